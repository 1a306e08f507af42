"""Quotients of polynomials: lowest terms, budgets, what is refused."""

from fractions import Fraction

import pytest

from gradproof.checks.exact.polynomials import (
    BeyondBudget,
    Field,
    NotPolynomial,
    constant,
    factors,
    fraction,
    generators,
    polynomial,
    primitive,
)
from gradproof.formulas import parse_expr
from gradproof.formulas.values import Undefined


def test_lowest_terms_with_monic_denominator():
    x, y = generators(["x", "y"])
    assert fraction(parse_expr("(2*x^2 - 2*y^2)/(4*x - 4*y)"), ["x", "y"]) == ((x + y) / 2, 1)
    assert fraction(parse_expr("x/(2*y)"), ["x", "y"]) == (x / 2, y)
    assert polynomial(parse_expr("(x^2 - 1)/(x - 1)"), ["x", "y"]) == x + 1


def test_sums_with_constant_bounds():
    (x,) = generators(["x"])
    assert polynomial(parse_expr("sum(k, 1, 3, k*x^k)"), ["x"]) == x + 2 * x ** 2 + 3 * x ** 3
    assert polynomial(parse_expr("prod(k, 1, 0, x)"), ["x"]) == 1


@pytest.mark.parametrize(("source", "error"), [
    ("1/(x - x)", Undefined), ("exp(x)", NotPolynomial), ("z", NotPolynomial),
    ("x^y", NotPolynomial), ("x^(1/2)", NotPolynomial), ("(x + y + 1)^4000", BeyondBudget),
    ("x^6000", BeyondBudget), ("sum(k, 1, 900, x)", BeyondBudget),
    ("sum(k, 1, y, x)", NotPolynomial),
])
def test_refusals(source, error):
    with pytest.raises(error):
        fraction(parse_expr(source), ["x", "y"])


def test_polynomial_refuses_a_denominator():
    with pytest.raises(NotPolynomial):
        polynomial(parse_expr("1/x"), ["x"])


def test_factors_multiply_back():
    field = Field(["x", "y"])
    value = field.of(parse_expr("-3/4*(x^2 - y^2)*x^2/(2*y - 2*x)^3"))
    content, parts = factors(value)
    product = field.const(content)
    for poly, power in parts:
        assert poly.leading_coefficient() > 0
        product = product * field.of(parse_expr(str(poly))) ** power
    assert (product - value).is_zero and content == Fraction(3, 32)


def test_constants():
    field = Field(["x"])
    assert constant(field.of(parse_expr("x - x + 2/3"))) == Fraction(2, 3)
    assert constant(field.of(parse_expr("0*x"))) == 0
    assert constant(field.of(parse_expr("x"))) is None


@pytest.mark.parametrize(("source", "whole", "unit"), [
    ("x - 2", "x - 2", "1"), ("2 - x", "x - 2", "-1"), ("-x", "x", "-1"),
    ("6 - 4*x", "2*x - 3", "-2"),
    ("1 - x/3", "x - 3", "-1/3"), ("x/6 + 1/4", "2*x + 3", "1/12")])
def test_primitive_parts_have_a_positive_leading_coefficient(source, whole, unit):
    poly = polynomial(parse_expr(source), ["x"])
    assert primitive(poly) == (polynomial(parse_expr(whole), ["x"]), Fraction(unit))


def test_a_sparse_power_is_affordable():
    (x,) = generators(["x"])
    assert len(polynomial(parse_expr("(x^1000 + 1)^1000"), ["x"])) == 1001
