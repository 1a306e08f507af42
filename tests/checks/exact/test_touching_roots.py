"""Roots at which nothing changes sign, inside an interval, at its ends, and just outside."""

import pytest

from gradproof.checks import sturm
from gradproof.formulas import proposition
from gradproof.verdicts import Proved, Refuted

CASES = [
    ("(13*x - 7)^2 > 0", "0 < x < 1", "7/13"), ("(13*x - 7)^2 >= 0", "0 < x < 1", None),
    ("(13*x - 7)^2 > 0", "0 < x < 7/13", None), ("(13*x - 7)^2 > 0", "0 < x <= 7/13", "7/13"),
    ("(13*x - 7)^2 > 0", "7/13 <= x < 1", "7/13"), ("(13*x - 7)^2 > 0", "7/13 < x", None),
    ("(13*x - 7)^2 != 0", "0 < x <= 7/13", "7/13"), ("13*x - 7 != 0", "x < 7/13", None),
    ("13*x - 7 < 0", "0 < x < 7/13", None), ("13*x - 7 < 0", "0 < x <= 7/13", "7/13"),
    ("13*x - 7 <= 0", "0 < x <= 7/13", None), ("13*x - 7 >= 0", "x >= 7/13", None),
    ("13*x - 7 > 0", "x >= 7/13", "7/13"), ("(13*x - 7)^2*(x - 3)^2 > 0", "1 < x < 2", None),
    ("(13*x - 7)^2*(19*x - 41)^2 > 0", "1 < x < 3", "41/19"),
    ("-(13*x - 7)^4 < 0", "x > 0", "7/13"),
    ("(x^2 - 2)^2*(13*x - 7)^2 > 0", "0 < x < 1", "7/13"), ("(x^2 - 2)^2 >= 0", "0 < x < 2", None),
    ("(x^2 - 2)^2 > 0", "0 < x < 7/5", None), ("(x^2 - 2)^2 > 0", "3/2 < x", None),
]


@pytest.mark.parametrize(("goal", "given", "root"), CASES)
def test_touching_roots(goal, given, root):
    verdict = sturm()(proposition(goal, for_all=["x"], assume=[given]))
    if root is None:
        assert isinstance(verdict, Proved), verdict
    else:
        assert isinstance(verdict, Refuted) and verdict.witness == {"x": root}, verdict


@pytest.mark.parametrize("given", ["0 < x < 2", "7/5 < x < 3/2", "x > 0", "x < 0"])
def test_an_irrational_root_refutes_without_a_rational_witness(given):
    verdict = sturm()(proposition("(x^2 - 2)^2 > 0", for_all=["x"], assume=[given]))
    assert isinstance(verdict, Refuted) and verdict.witness == {}
    assert "1.41421" in verdict.note and verdict.tier is Proved
