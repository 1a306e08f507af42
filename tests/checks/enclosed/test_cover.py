"""Covers by boxes: which boxes lie outside of the hypotheses, what a judge is asked, the count."""

import flint
import pytest

from gradproof.checks.enclosed.boxes import Side
from gradproof.checks.enclosed.cover import Covered, Failed, Judgement, Outside, cover
from gradproof.formulas import proposition


def outside(*assume):
    return Outside(proposition("x >= 0", for_all=["x"], assume=assume), ["x"], 64)


@pytest.mark.parametrize(("hypothesis", "excluded"), [
    ("x <= 1", [2]), ("x < 1", [1, 2]), ("x >= 1", [0]), ("x > 1", [0, 1]), ("x == 1", [0, 2]),
    ("x != 1", []), ("1/(x - 1) <= 1", [])])
def test_points_outside_of_a_hypothesis(hypothesis, excluded):
    """A point on the rim belongs to a hypothesis with ≤: there a strict inequality may fail."""
    test = outside(hypothesis)
    assert [x for x in (0, 1, 2) if test([flint.arb(x)])] == excluded
    assert not test([flint.arb(1, 1)]) and not test([flint.arb("nan")])


def test_every_other_bisection_is_looked_at_deeper():
    seen = []

    def judge(box, deep):
        seen.append((box[0].width, deep))
        return Judgement(box[0].width < flint.fmpq(1, 5))

    assert cover((Side(0, 1),), judge, outside(), 100) == Covered(len(seen))
    assert {deep for width, deep in seen if width == 1} == {True}
    widths = sorted({width for width, _ in seen}, reverse=True)
    for level, width in enumerate(widths[:3]):
        assert {deep for w, deep in seen if w == width} <= {level % 2 == 0}


def test_the_budget_counts_boxes():
    seen = []

    def judge(box, deep):
        return seen.append(box) or Judgement(False)

    found = cover((Side(0, 1),), judge, outside(), 9)
    assert isinstance(found, Failed) and found.reason == "undecided after 9 boxes, 5 of them open"
    assert len(seen) == 9
    assert cover((Side(0, 1),), lambda *_: Judgement(True), outside(), 1) == Covered(1)
