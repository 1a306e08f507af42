"""Curvature bounds behind strong minima: never more than the least eigenvalue on the box."""

from fractions import Fraction

import pytest

from gradproof.checks.enclosed.boxes import Side
from gradproof.checks.existence import SHARES, _curvature
from gradproof.formulas import parse_expr
from gradproof.formulas.calculus import derivative


@pytest.mark.parametrize(("f", "names", "half", "least", "most"), [
    ("x^2", "x", 1, "197/100", 2), ("x^2/2 + x^3/6", "x", Fraction(1, 2), "1/4", "1/2"),
    # f″ = 1 + x
    ("x^2/2 + x^3/6", "x", Fraction(1, 20), "9/10", "19/20"), ("x^2 + y^2", "x y", 1, "197/100", 2),
    ("x^2 + x*y + y^2", "x y", 1, "98/100", 1), ("x^2 + y^2 + x^3/6 + y^3/6", "x y", 1, "1/2", 1),
    ("50*x^2 + y^2/2", "x y", 1, "98/100", 1)])
def test_curvature(f, names, half, least, most):
    names = names.split()
    gradient = [derivative(parse_expr(f), name) for name in names]
    found = _curvature(gradient, names, tuple(Side(-half, half) for _ in names), 96)
    assert Fraction(least) <= found <= Fraction(most)


@pytest.mark.parametrize("f", ["-x^2", "x^3", "x^2/2 + x^3", "x*y", "x", "1/x"])
def test_no_curvature(f):
    names = ["x", "y"] if "y" in f else ["x"]
    gradient = [derivative(parse_expr(f), name) for name in names]
    assert _curvature(gradient, names, tuple(Side(-1, 1) for _ in names), 96) is None


def test_shares_fall():
    assert list(SHARES) == sorted(SHARES, reverse=True) and 0 < SHARES[-1] and SHARES[0] < 1
