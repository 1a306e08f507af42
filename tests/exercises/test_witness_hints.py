"""A point that is no witness earns its hint before any repair is written."""

from gradproof.exercises.fields import read_yaml
from gradproof.exercises.kinds import witness

TEXT = """
for_all: [x]
assume: [x >= 0]
conclude: x^2 >= x
repair: {kind: hypothesis, weakest: x >= 1}
"""


def test_the_point_alone_is_recognised():
    fields = read_yaml(TEXT, "test")
    judge = witness.read(fields, {"at": {"x": "1/2"}, "repair": "x >= 1"})
    listed = judge.coarse({"at": {"x": 2}, "repair": "x >= 1"})
    assert listed == judge.coarse({"at": {"x": 2}, "repair": ...})
    assert listed != judge.coarse({"at": {"x": 3}, "repair": "x >= 1"})
    assert judge.coarse({"at": {"x": "1/2"}, "repair": ...}) is None
