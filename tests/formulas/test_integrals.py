"""Enclosed integrals against antiderivatives, every function and sign; and what has no value."""

from fractions import Fraction

import flint
import pytest

from gradproof.formulas import FormulaError, parse_expr
from gradproof.formulas.values import ball


def value(source, **point):
    return ball(parse_expr(source), {k: Fraction(v) for k, v in point.items()}, 128)


@pytest.mark.parametrize(("integral", "exact"), [
    ("integral(x, 0, 1, x^2)", "1/3"), ("integral(x, 1, 0, x^2)", "-1/3"),
    ("integral(x, 2, 2, x)", "0"),
    ("integral(x, -1, 2, -x)", "-3/2"), ("integral(x, 0, 1, x - 2)", "-3/2"),
    ("integral(x, 0, 1, 3 + x)", "7/2"),
    ("integral(x, 1, 2, 1/x)", "log(2)"), ("integral(x, -2, -1, 1/x)", "-log(2)"),
    ("integral(x, 1, 2, x^-2)", "1/2"),
    ("integral(x, 0, 1, 2*x*3)", "3"), ("integral(x, 0, 1, exp(-x))", "1 - exp(-1)"),
    ("integral(x, 0, pi, sin(x))", "2"),
    ("integral(x, 0, pi/2, cos(x))", "1"), ("integral(x, 0, 1, tan(x))", "-log(cos(1))"),
    ("integral(x, 0, 1, sinh(x))", "cosh(1) - 1"),
    ("integral(x, 0, 1, cosh(x))", "sinh(1)"), ("integral(x, 0, 1, tanh(x))", "log(cosh(1))"),

    ("integral(x, 1, e, log(x))", "1"), ("integral(x, 1, 4, sqrt(x))", "14/3"),
    ("integral(x, -1, 2, abs(x))", "5/2"),
    ("integral(x, -3, -1, abs(x))", "4"), ("integral(x, 1, 2, x^(1/2))", "(2*sqrt(2) - 1)*2/3"),
    ("integral(x, 0, 1, 2^x)", "1/log(2)"),
    ("integral(x, 0, 1, pi + e*x)", "pi + e/2"), ("integral(x, 0, a, x)", "9/2"),
    ("integral(x, a, 0, b*x)", "9/4"), ("integral(x, 0, 1, sqrt(x))", "2/3"),
    ("integral(x, -1, 0, sqrt(-x))", "2/3"),  # a piece that starts at 0 stays on one side of it
    ("integral(x, 0, 1, 1/(x^2 - x + 1))", "2*pi/(3*sqrt(3))"),  # defined, as shorter pieces show
    ("integral(x, 0, 1, b*x^3)", "-1/8"), ("integral(x, 0, 1, x^0)", "1"),
])
def test_against_antiderivatives(integral, exact):
    found, expected = value(integral, a=3, b="-1/2"), value(exact)
    assert found.is_finite() and found.overlaps(expected)
    assert abs(found - expected) < flint.arb("1e-9")


@pytest.mark.parametrize("integral", [
    "integral(x, -1, 1, 1/x)", "integral(x, -1, 1, x/x)", "integral(x, 0, 2, 1/(x - 1)^2)",
    "integral(x, -1, 1, log(x))", "integral(x, -1, 1, sqrt(x))", "integral(x, 0, 1, 1/x)",
    "integral(x, -1, 0, sqrt(x))", "integral(x, 0, 2, tan(x))", "integral(x, -2, -1, log(x))",
    "integral(x, 0, 1, log(x))"])
def test_what_may_be_undefined_has_no_value(integral):
    assert not value(integral).is_finite()


def test_a_spent_budget_of_pieces_is_no_proof():
    from gradproof.formulas.integrals import PIECES, _defined

    nan, seen = flint.arb("nan"), []

    def body(x):
        seen.append(x)
        return x if x.rad() < 1e-6 else nan

    assert not _defined(body, flint.arb(0), flint.arb(1)) and len(seen) == PIECES


@pytest.mark.parametrize("body", ["log(x)", "sqrt(x)", "sqrt(x)*log(-x)"])
def test_a_complex_value_is_never_passed_off_as_real(body):
    """Even where the real evaluator should overlook that the integrand has no value."""
    from gradproof.formulas.integrals import enclosed_integral

    ends = {"-2": flint.arb(-2), "-1": flint.arb(-1)}
    blind = lambda expr, point: ends.get(str(expr).replace("−", "-"), flint.arb(1))  # noqa: E731
    found = enclosed_integral(parse_expr(f"integral(x, -2, -1, {body})"), {}, blind)
    assert not found.is_finite()


def test_infinite_ends_and_foreign_functions_are_named():
    with pytest.raises(FormulaError, match="its ends have to be finite"):
        value("integral(x, 0, oo, exp(-x))")
    for source in ("max(x, 0)", "floor(x)", "limit(t, 0, t*x)"):
        with pytest.raises(FormulaError):
            value(f"integral(x, 0, 1, {source})")
    with pytest.raises(FormulaError, match="no value given for q"):
        value("integral(x, 0, 1, q*x)")


def test_the_variable_of_an_integral_is_its_own():
    assert abs(value("x*integral(x, 0, 1, x)", x=4) - 2) < flint.arb("1e-20")


def test_pieces_of_the_path():
    from gradproof.formulas.integrals import PIECES, _defined, _piece

    zero, one = flint.arb(0), flint.arb(1)
    assert _piece(zero, one) >= 0 and _piece(-one, zero) <= 0
    assert _piece(-one, one).contains(0) and _piece(one, one + 1) >= 0
    nan = flint.arb("nan")
    for size, whole in (("0.3", True), ("0.01", True), ("1e-9", False)):  # too many pieces
        assert _defined(lambda x, s=size: x if x.rad() < flint.arb(s) else nan, zero, one) is whole
    assert _defined(lambda x: x, one, zero) and not _defined(lambda x: nan, zero, one)
    assert not _defined(lambda x: nan, one, one) and _defined(lambda x: x, one, one)
    count = []
    _defined(lambda x: count.append(x) or nan, zero, one)
    assert len(count) <= PIECES
