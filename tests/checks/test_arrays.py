"""Vectorised formulas: the same numbers as the exact and the mpmath evaluators."""

from fractions import Fraction

import numpy as np
import pytest

from gradproof.checks.arrays import FUNCTIONS, MAX_TERMS, Unsupported, compiled, magnitude
from gradproof.formulas import parse_expr
from gradproof.formulas.values import BALL_FUNCTIONS, Undefined, floating

TABLE = {"x": np.array([0.5, 2.0, 0.75]), "y": np.array([-1.5, 0.25, 3.0]),
         "n": np.array([0.0, 3.0, 5.0]), "k": np.array([9.0, 9.0, 9.0])}

SOURCES = [
    "x + y", "x - y", "x*y", "x/y", "-x", "x^2", "x^-2", "x^y", "y^3", "2", "3/8", "pi", "e",
    "x^(1/2)",
    "sqrt(x)", "exp(y)", "log(x)", "sin(y)", "cos(y)", "tan(y)", "sinh(y)", "cosh(y)", "tanh(y)",
    "asin(x/2)", "acos(x/2)", "atan(y)", "erf(y)", "gamma_function(x)", "abs(y)", "max(x, y)",
    "min(x, y)",
    "sign(y)", "floor(y)", "ceil(y)", "atan2(y, x)", "factorial(n)", "binomial(n, 2)",
    "sum(k, 1, n, k*x)", "prod(k, 1, n, k + y)", "sum(k, 0, n, x^k)", "sum(k, 2, 1, x)",
    "prod(k, 2, 1, x)",
    "sum(k, n, 5, k)", "sum(k, n, n + 2, 1/(k + 1))", "sum(j, 1, 2, sum(k, 1, j, j*k))",
]


@pytest.mark.parametrize("source", SOURCES)
def test_values(source):
    expr = parse_expr(source)
    found = np.broadcast_to(compiled(expr)(TABLE), (3,))
    for place in range(3):
        point = {name: Fraction(values[place]) for name, values in TABLE.items()}
        if source == "binomial(n, 2)" and point["n"] == 0:
            continue
        assert found[place] == pytest.approx(float(floating(expr, point)), rel=1e-13, abs=1e-13)


def test_every_function_of_the_grammar_is_there():
    assert set(FUNCTIONS) == set(BALL_FUNCTIONS)


def test_infinity_and_undefined_values_do_not_raise():
    with np.errstate(all="ignore"):
        assert compiled(parse_expr("oo"))(TABLE) == np.inf
        found = compiled(parse_expr("log(y)"))(TABLE)
        assert np.isnan(found[0]) and np.isfinite(found[1:]).all()
        table = {"n": np.array([np.inf, np.nan, 2.0])}
        assert np.isnan(compiled(parse_expr("sum(k, 1, n, k)"))(table)).all()
        assert np.isnan(compiled(parse_expr("prod(k, -oo, 3, k)"))(TABLE)).all()


def test_long_sums_are_open_and_never_cut():
    found = compiled(parse_expr("sum(k, 1, m, 1)"))({"m": np.array([3.0, MAX_TERMS,
                                                                    MAX_TERMS + 1.0])})
    assert found[0] == 3 and found[1] == MAX_TERMS and np.isnan(found[2])


@pytest.mark.parametrize("source", ["integral(t, 0, 1, t)", "limit(t, 0, t)", "[x, y]", "[[x]]",
                                    "unheard_of(x)", "diff(x, x)"])
def test_what_is_not_supported_is_said_so(source):
    with pytest.raises(Unsupported, match="has no vectorised evaluation"):
        compiled(parse_expr(source))


@pytest.mark.parametrize(("source", "size"), [
    ("x - 1", "x + 1"), ("x + y", "x + abs(y)"), ("-y", "abs(y)"), ("-(x - 1)", "x + 1"),
    ("(x - 1)*(y - 2)", "(x + 1)*(abs(y) + 2)"), ("(x - 1)/y", "(x + 1)/abs(y)"),
    ("(x - 1)^3", "(x + 1)^3"), ("(x - 1)^-1", "1/abs(x - 1)"), ("sin(y - x)", "abs(sin(y - x))"),
    ("x - (y - 1)", "x + (abs(y) + 1)"), ("3", "3")])
def test_magnitudes(source, size):
    with np.errstate(all="ignore"):
        found = np.broadcast_to(magnitude(parse_expr(source))(TABLE), (3,))
        expected = np.broadcast_to(compiled(parse_expr(size))(TABLE), (3,))
    assert found == pytest.approx(expected, rel=1e-13)


def test_magnitudes_tell_how_nearly_terms_cancel():
    table = {"x": np.array([1 + 1e-9])}
    expr = parse_expr("x^2 - 2*x + 1")
    assert abs(compiled(expr)(table)[0]) / magnitude(expr)(table)[0] < 1e-15
    with pytest.raises(Undefined):
        floating(parse_expr("1/z"), {"z": Fraction(0)})
