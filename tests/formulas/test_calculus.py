"""Derivative rules: their form, and their value against complex steps and exact secants."""

import cmath
import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradproof.formulas import FormulaError, parse_expr
from gradproof.formulas.calculus import derivative, differentiated
from gradproof.formulas.expr import Expr
from gradproof.formulas.values import floating, rational


def d(source, name="x"):
    return str(derivative(parse_expr(source), name))


@pytest.mark.parametrize(("source", "result"), [
    ("x", "1"), ("y", "0"), ("3", "0"), ("-x", "−1"), ("-y", "0"),
    ("x + y", "1"), ("y + x", "1"), ("x - y", "1"), ("y - x", "−1"), ("x + x", "1 + 1"),
    ("x - x", "1 + (−1)"), ("x*y", "y"), ("y*x", "y"), ("x*x", "x + x"), ("2*x", "2"),
    ("x^2", "2·x"), ("x^3", "3·x^2"), ("x^1", "1"), ("x^-1", "−1·x^(−1 − 1)"),
    ("x^n", "n·x^(n − 1)"),
    ("x^(1/2)", "1/2·x^(1/2 − 1)"), ("(2*x)^2", "2·(2·x)·2"),
    ("2^x", "2^x·(log(2) + 0/2)"), ("x^x", "x^x·(log(x) + x/x)"),
    ("y^(2*x)", "y^(2·x)·(2·log(y) + 0/y)"),
    ("x/y", "1/y"), ("y/x", "−y/x^2"), ("x/(x + 1)", "(x + 1 + (−x))/(x + 1)^2"), ("1/x", "−1/x^2"),
    ("exp(x)", "exp(x)"), ("log(x)", "1/x"), ("sqrt(x)", "1/(2·sqrt(x))"), ("sin(x)", "cos(x)"),
    ("cos(x)", "−sin(x)"), ("tan(x)", "1 + tan(x)^2"), ("sinh(x)", "cosh(x)"),
    ("cosh(x)", "sinh(x)"), ("tanh(x)", "1 − tanh(x)^2"), ("atan(x)", "1/(1 + x^2)"),
    ("sin(2*x)", "cos(2·x)·2"), ("sum(k, 1, n, k*x)", "Σ_{k=1}^{n} k"), ("sum(k, 1, n, k)", "0"),
    ("sum(x, 1, 2, x)", "0"), ("f(y)", "0"), ("abs(y)", "0"),
])
def test_the_form_of_the_rules(source, result):
    assert d(source) == result


@pytest.mark.parametrize("source", [
    "abs(x)", "max(x, y)", "floor(x)", "f(x)", "sum(k, 1, x, k)", "sum(k, x, 2, k)",
    "prod(k, 1, n, x)", "integral(t, 0, x, t)", "limit(t, 0, t*x)", "[x, 1]", "atan2(x, y)"])
def test_what_has_no_rule_is_refused(source):
    with pytest.raises(FormulaError, match="no rule to differentiate .* by x"):
        derivative(parse_expr(source), "x")


SMOOTH = {
    # source: the same function for complex numbers
    "x^3 - 2*x": lambda x: x**3 - 2 * x, "1/x": lambda x: 1 / x,
    "x/(1 + x^2)": lambda x: x / (1 + x * x),
    "(x - 1)/(x + 1)": lambda x: (x - 1) / (x + 1), "x^-3": lambda x: x**-3,
    "-(x^2)": lambda x: -(x**2), "2 - 3*x": lambda x: 2 - 3 * x, "x^(5/2)": lambda x: x**2.5,
    "2^x": lambda x: cmath.exp(x * math.log(2)), "x^x": lambda x: cmath.exp(x * cmath.log(x)),
    "(x^2 + 1)^(3*x)": lambda x: cmath.exp(3 * x * cmath.log(x * x + 1)),
    "exp(-x^2)": lambda x: cmath.exp(-x * x), "log(1 + x^2)": lambda x: cmath.log(1 + x * x),
    "sqrt(1 + x^2)": lambda x: cmath.sqrt(1 + x * x), "sin(x^2)": lambda x: cmath.sin(x * x),
    "cos(3*x)": lambda x: cmath.cos(3 * x), "tan(x/2)": lambda x: cmath.tan(x / 2),
    "sinh(x^2)": lambda x: cmath.sinh(x * x), "cosh(x^2)": lambda x: cmath.cosh(x * x),
    "tanh(2*x)": lambda x: cmath.tanh(2 * x), "atan(2*x)": lambda x: cmath.atan(2 * x),
    "asin(x/3)": lambda x: cmath.asin(x / 3), "acos(x/3)": lambda x: cmath.acos(x / 3),
    "sin(cos(exp(x)))": lambda x: cmath.sin(cmath.cos(cmath.exp(x))),
    "sum(k, 1, 3, x^k/k)": lambda x: x + x**2 / 2 + x**3 / 3,
    "(x + 1)*(x - 2)*exp(x)": lambda x: (x + 1) * (x - 2) * cmath.exp(x),
}


@pytest.mark.parametrize("source", SMOOTH)
@pytest.mark.parametrize("place", [Fraction(3, 4), Fraction(7, 5)])
def test_values_against_a_complex_step(source, place):
    """f′(x) = Im f(x + ih)/h up to h², with Python's own complex functions."""
    step = 1e-20
    expected = SMOOTH[source](complex(float(place), step)).imag / step
    found = float(floating(derivative(parse_expr(source), "x"), {"x": place}))
    assert found == pytest.approx(expected, rel=1e-12)


def test_the_error_function():
    found = float(floating(derivative(parse_expr("erf(2*x)"), "x"), {"x": Fraction(1, 3)}))
    assert found == pytest.approx(2 * 2 / math.sqrt(math.pi) * math.exp(-4 / 9), rel=1e-13)
    secant = (math.erf(2 / 3 + 2e-6) - math.erf(2 / 3 - 2e-6)) / 2e-6
    assert found == pytest.approx(secant, rel=1e-8)


@given(st.lists(st.fractions(-3, 3, max_denominator=4), min_size=4, max_size=4),
       st.fractions(-2, 2, max_denominator=5))
def test_cubics_against_exact_secants(coefficients, place):
    """A symmetric secant of a cubic differs from the derivative by a·h² exactly."""
    a, b, c, e = coefficients
    expr = parse_expr("p*x^3 + q*x^2 + r*x + s")
    point = dict(zip("pqrs", (a, b, c, e), strict=True))
    value = lambda x: rational(expr, {**point, "x": x})  # noqa: E731
    step = Fraction(1, 7)
    secant = (value(place + step) - value(place - step)) / (2 * step)
    assert rational(derivative(expr, "x"), {**point, "x": place}) == secant - a * step**2


def test_parameters_stay():
    assert d("x*y", "y") == "x" and d("x^y", "y") == "x^y·(log(x) + 0/x)" and d("x^2", "y") == "0"


def test_denominators_stay_visible():
    """x·(1/x) has derivative 0 where it has a value; the rule keeps the quotients."""
    assert "/" in d("x*(1/x)")


def test_every_derivative_sign_is_replaced():
    assert str(differentiated(parse_expr("diff(x, diff(x, x^3)) + y"))) == "3·(2·x) + y"
    assert str(differentiated(parse_expr("f(diff(x, x*y))"))) == "f(y)"
    plain = parse_expr("x + 1")
    assert differentiated(plain) == plain


def test_factors_one_and_terms_zero_are_dropped():
    assert derivative(parse_expr("1*x"), "x") == parse_expr("1")
    assert derivative(parse_expr("x*1 + 0"), "x") == parse_expr("1")
    assert derivative(parse_expr("0*x"), "x") == parse_expr("0")
    assert derivative(Expr("neg", (parse_expr("2*x"),)), "x") == parse_expr("-2")
