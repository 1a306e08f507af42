"""A step that a derivation asks for is another step than its goal; a chain has no statements."""

import pytest

from gradproof.exercises.fields import read_yaml
from gradproof.exercises.findings import AnswerError
from gradproof.exercises.kinds import derivation

TEXT = """
for_all: ["x, y"]
assume: ["x > 0", "y >= 1"]
start: x - y >= 0
goal: 2*x >= 2
steps: 2
passes: [{says: "the inequality without y", with: "x", without: "y"}]
"""


def judge():
    fields = read_yaml(TEXT, "test")
    found = derivation.read(fields, ["x >= y", "x >= 1", "2*x >= 2"])
    fields.finish()
    return found


def test_the_goal_is_not_the_step_that_is_asked_for():
    finding = judge().examine(["x + 1 >= y + 1", "2*x >= 2"])
    assert not finding.passed and "one step is not there" in finding.message


def test_a_step_before_the_goal_is():
    assert judge().examine(["x + 1 >= y + 1", "x >= 1", "2*x >= 2"]).passed


def test_a_statement_in_a_chain_is_told_so():
    fields = read_yaml("{for_all: ['x'], start: x^2 + x, goal: x*(x + 1)}", "test")
    chain = derivation.read(fields, ["x*(x + 1)"])
    with pytest.raises(AnswerError, match="step 1: a chain consists of formulas"):
        chain.examine(["x^2 == x*x", "x*(x + 1)"])
    assert chain.examine(["== x*x + x", "= x*(x + 1)"]).passed
