"""Where formulas are defined: what is asked, what the hypotheses give, and the convention."""

import pytest

from gradproof.checks.conditions import (
    nonnegative,
    nonzero,
    positive,
    side_conditions,
    undischarged,
)
from gradproof.formulas import parse_expr, proposition

SHOWN = [
    ("x/x == 1", ["x"], ["x > 0"]),
    ("x/x == 1", ["x"], ["x != 0"]),
    ("1/x > 0", ["x"], ["x > 0", "1/x >= 2"]),
    ("sqrt(x) >= 0", ["x"], ["x >= 0", "sqrt(x) >= 1"]),
    ("sum(k, 1, n, 1/k) >= 0", ["n natural"], []),
    ("sum(k, 0, n*(n+1)/2, k) >= 0", ["n natural"], []),
    ("log(x) <= x - 1", ["x"], ["x > 0"]),
    ("log(1 - 2*L*h) < 0", ["L, h"], ["L > 0", "h > 0", "2*L*h < 1"]),
    ("x^n >= 0", ["x", "n natural"], []),
    ("x^(n-1) >= 0", ["x", "n natural"], ["n >= 1"]),
    ("x^a >= 0", ["x, a"], ["x > 0"]),
    ("integral(x, 0, 1, 1/(1+x)) >= 0", [], []),
    ("integral(t, 0, a, log(1+t)) >= 0", ["a"], ["a >= 0"]),
    ("1/(x^2 + y^2) > 0", ["x, y"], ["x > 0"]),
    ("1/(exp(x) + 1) > 0", ["x"], []),
    ("1/(x^2 - x + 1) > 0", ["x"], []),
    ("1/log(1+x) > 0", ["x"], ["x > 0"]),
    ("acos(x) >= 0", ["x"], ["-1 <= x <= 1"]),
    ("x/y + y/x > 0", ["x, y"], ["x*y > 0"]),
    ("1/(x*y) + 1/(x - y) > 0", ["x, y"], ["x^2*y - x*y^2 != 0"]),
    ("1/abs(x) > 0", ["x"], ["x != 0"]),
    ("sum(x, 1, n, 1/x) >= x", ["x", "n natural"], ["x < 0"]),  # the index is not the parameter
]
MISSING = [
    ("x/x == 1", ["x"], [], "x ≠ 0"),
    ("1/x > 0", ["x"], ["x >= 0"], "x ≠ 0"),
    ("x > 0", ["x"], ["1/x > 0"], "x ≠ 0 (in 1/x > 0)"),
    ("sqrt(x) >= 0", ["x"], ["sqrt(x) >= 1"], "x ≥ 0 (in sqrt(x) ≥ 1)"),
    ("sqrt(x) >= 0", ["x"], [], "x ≥ 0"),
    ("sum(k, 0, n, 1/k) >= 0", ["n natural"], [], "k ≠ 0"),
    ("sum(k, 0, n/2, k) >= 0", ["n natural"], [], "n/2 an integer"),
    ("log(x) <= x - 1", ["x"], ["x >= 0"], "x > 0"),
    ("x^(n-1) >= 0", ["x", "n natural"], [], "x ≠ 0"),
    ("x^a >= 0", ["x, a"], ["x >= 0"], "x > 0"),
    ("integral(x, 1, 0, 1/(1+x)) >= 0", [], [], "1 + x ≠ 0"),
    ("integral(t, 0, a, log(1+t)) >= 0", ["a"], [], "1 + t > 0"),
    ("diff(x, log(x)) > 0", ["x"], ["x != 0"], "x > 0"),
    ("tan(x) > 0", ["x"], [], "cos(x) ≠ 0"),
    ("1/x > 0", ["x, y"], ["x*y >= 0"], "x ≠ 0"),
    ("1/x > 0", ["x, y"], ["x + y > 0"], "x ≠ 0"),
    ("1/(x - 1) > 0", ["x, y"], ["x*y > 0"], "x − 1 ≠ 0"),
    ("1/x^2 + 1/z > 0", ["x, y, z"], ["x*y > 0"], "z ≠ 0"),
    ("x > 0", ["x, y"], ["1/x > 0", "x*y > 0"], "x ≠ 0 (in 1/x > 0)"),
    ("1/abs(x) > 0", ["x"], ["x >= 0"], "|x| ≠ 0"),
    ("1/abs(x) > 0", ["x"], ["x != 1"], "|x| ≠ 0"),
    ("1/(x^2 + y^2) > 0", ["x, y"], ["x >= 0"], "x^2 + y^2 ≠ 0"),
    ("acos(x) >= 0", ["x"], ["-1 <= x <= 2"], "1 − x^2 ≥ 0"),
    ("sum(x, 1, n, 1/x) + 1/x >= 0", ["x", "n natural"], [], "x ≠ 0"),
]


@pytest.mark.parametrize(("conclude", "for_all", "assume"), SHOWN)
def test_shown(conclude, for_all, assume):
    assert undischarged(proposition(conclude, for_all=for_all, assume=assume)) == []


@pytest.mark.parametrize(("conclude", "for_all", "assume", "text"), MISSING)
def test_missing(conclude, for_all, assume, text):
    assert text in undischarged(proposition(conclude, for_all=for_all, assume=assume))


def test_order_of_hypotheses_matters():
    late = proposition("x <= 1", for_all=["x"], assume=["1/x >= 1", "x > 0"])
    early = proposition("x <= 1", for_all=["x"], assume=["x > 0", "1/x >= 1"])
    assert undischarged(late) and not undischarged(early)


def test_side_conditions_as_listed():
    listed = side_conditions(parse_expr("1/x + sqrt(y) + log(z) + w^(-2) + w^2"))
    assert [(str(e), kind) for e, kind in listed] == [
        ("x", "nonzero"), ("y", "nonnegative"), ("z", "positive"), ("w", "nonzero")]


def test_signs_of_terms():
    given = proposition("x == x + y - y", for_all=["x, y"], assume=["x > 0", "y >= 0"])
    assert positive(parse_expr("x + y"), given) and not positive(parse_expr("y"), given)
    assert nonnegative(parse_expr("y"), given) and not nonnegative(parse_expr("y - x"), given)
    assert nonzero(parse_expr("-x - y"), given) and not nonzero(parse_expr("x - y"), given)
