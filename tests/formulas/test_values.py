"""Three evaluators: what they agree on, what has no value, what is refused."""

from fractions import Fraction

import flint
import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradproof.formulas import FormulaError, parse_expr
from gradproof.formulas.values import (
    IRRATIONAL,
    MAX_TERMS,
    NotRational,
    Undefined,
    ball,
    floating,
    rational,
    whole_power,
)

POINT = {"x": Fraction(5, 3), "y": Fraction(-2), "n": Fraction(4), "z": Fraction(0)}


def exact(source, **point):
    return rational(parse_expr(source), {**POINT, **{k: Fraction(v) for k, v in point.items()}})


RATIONAL = [
    ("x + y", "-1/3"), ("x - y", "11/3"), ("x*y", "-10/3"), ("x/y", "-5/6"), ("-x", "-5/3"),
    ("x^2", "25/9"), ("x^-2", "9/25"), ("y^3", "-8"), ("z^0", "1"), ("z^3", "0"), ("2^n", "16"),
    ("sum(k, 1, n, k^2)", "30"), ("sum(k, 1, 0, k)", "0"), ("prod(k, 1, n, k)", "24"),
    ("prod(k, 3, 2, k)", "1"), ("sum(k, -1, 1, k + x)", "5"), ("sum(k, n, n, k)", "4"),
    ("sum(k, 1, 2, sum(j, 1, k, j*k))", "7"), ("prod(k, 1, 2, sum(j, 1, k, j))", "3"),
    ("sum(x, 1, 2, x)", "3"),
    ("abs(y)", "2"), ("abs(x)", "5/3"), ("max(x, y)", "5/3"), ("min(x, y)", "-2"),
    ("floor(x)", "1"), ("floor(-x)", "-2"), ("ceil(x)", "2"), ("ceil(-x)", "-1"), ("ceil(n)", "4"),
    ("binomial(4, 2)", "6"), ("binomial(4, 0)", "1"), ("binomial(4, 4)", "1"),
    ("binomial(4, 5)", "0"),
    ("binomial(4, -1)", "0"), ("binomial(0, 0)", "1"),
    ("factorial(0)", "1"), ("factorial(5)", "120"),
    ("sign(x)", "1"), ("sign(y)", "-1"), ("sign(z)", "0"),
]


@pytest.mark.parametrize(("source", "value"), RATIONAL)
def test_rational_values_by_three_routes(source, value):
    value = Fraction(value)
    found = exact(source)
    assert found == value and isinstance(found, Fraction)
    enclosed = ball(parse_expr(source), POINT, 128)
    with flint.ctx.workprec(256):
        assert (enclosed - flint.fmpq(value.numerator, value.denominator)).contains(0)
    assert enclosed.rad() < flint.arb("1e-30")
    with mpmath.workdps(60):
        assert abs(floating(parse_expr(source), POINT)
                   - mpmath.mpf(value.numerator) / value.denominator) < 1e-40


@pytest.mark.parametrize(("source", "message"), [
    ("x/z", "division by zero in 5?x?/?z?"), ("z^-1", "zero to a negative power"),
    ("x/x - 1/(y + 2)", "division by zero"), ("sum(k, 0, 2, 1/k)", "division by zero in 1/k"),
    ("sum(k, 1, x, k)", "bounds of .* are not integers at this point"),
    ("sum(k, x, 4, k)", "bounds of .* are not integers"),
    ("binomial(x, 1)", "binomial takes integers n ≥ 0, k"), ("binomial(4, x)", "binomial takes"),
    ("binomial(y, 1)", "binomial takes"), ("factorial(x)", "factorial takes an integer n ≥ 0"),
    ("factorial(y)", "factorial takes"),
])
def test_no_value(source, message):
    with pytest.raises(Undefined, match=message):
        exact(source)


def test_a_quotient_by_zero_has_no_value_in_any_evaluator():
    source = parse_expr("z/z")
    with pytest.raises(Undefined):
        rational(source, POINT)
    assert not ball(source, POINT).is_finite()
    with pytest.raises(Undefined):
        floating(source, POINT)


@pytest.mark.parametrize("source", [
    "sqrt(x)", "exp(x)", "sin(z)", "pi", "e", "oo", "[x, y]", "limit(t, 0, t)",
    "integral(t, 0, 1, t)",
    "f(x)", "x^(1/2)", "n^x"])
def test_not_rational(source):
    with pytest.raises(NotRational):
        exact(source)


def test_limits_of_work_are_refused_and_never_cut():
    assert exact("2^5000") == 2**5000
    for source in ("2^5001", "2^-5001"):
        with pytest.raises(FormulaError, match="beyond the evaluator's limit of 5000"):
            exact(source)
    assert exact(f"sum(k, 1, {MAX_TERMS}, 1)") == MAX_TERMS
    with pytest.raises(FormulaError, match=f"more than {MAX_TERMS} terms"):
        exact(f"sum(k, 0, {MAX_TERMS}, 1)")


def test_a_missing_value_is_named():
    for evaluate in (rational, ball, floating):
        with pytest.raises(FormulaError, match="no value given for q"):
            evaluate(parse_expr("q + 1"), {})


TRANSCENDENTAL = [
    "sqrt(x)", "exp(y)", "log(x)", "sin(x)", "cos(x)", "tan(x)", "sinh(x)", "cosh(x)", "tanh(x)",
    "asin(x/2)", "acos(x/2)", "atan(x)", "erf(x)", "gamma_function(x)", "pi*e", "x^(1/2)", "x^y",
    "2^x", "x^pi", "atan2(y, x)", "atan2(x, y)", "atan2(y, -x)", "abs(sin(y))",
    "max(sin(x), cos(x))",
    "min(sin(x), cos(x))", "floor(10*sin(x))", "ceil(10*sin(x))", "sign(cos(x))", "sign(-exp(x))",
    "sum(k, 1, 3, sin(k))", "prod(k, 1, 3, exp(k*x))", "sum(k, 0, 3, x^k)", "(-x)^3", "(-2)^-3",
]


@pytest.mark.parametrize("source", TRANSCENDENTAL)
def test_balls_contain_what_mpmath_finds(source):
    expr = parse_expr(source)
    enclosed, value = ball(expr, POINT, 192), floating(expr, POINT, 60)
    assert enclosed.is_finite() and enclosed.rad() < flint.arb("1e-40")
    with mpmath.workdps(60):
        gap = abs(mpmath.mpf(enclosed.mid().str(50, radius=False)) - value)
        assert gap < mpmath.mpf(10) ** -38 * max(1, abs(value))


def test_known_digits():
    """Against digits from tables, so that two evaluators cannot be wrong together."""
    for source, digits in (("pi", "3.14159265358979323846"), ("e", "2.71828182845904523536"),
                           ("sqrt(2)", "1.41421356237309504880"),
                           ("log(2)", "0.69314718055994530942"),
                           ("erf(1)", "0.84270079294971486934"),
                           ("gamma_function(1/2)^2", "3.14159265358979323846"),
                           ("atan2(1, -1)", "2.35619449019234492885"),
                           ("2^(1/2)", "1.41421356237309504880")):
        expr = parse_expr(source)
        assert mpmath.nstr(floating(expr, {}, 40), 21).startswith(digits[:20])
        with flint.ctx.workprec(256):
            assert abs(ball(expr, {}) - flint.arb(digits)) < flint.arb("2e-19")


def test_precision_is_asked_for_and_restored():
    before = flint.ctx.prec
    assert ball(parse_expr("pi"), {}, 64).rad() > ball(parse_expr("pi"), {}, 256).rad()
    assert ball(parse_expr("pi"), {}).rad() < flint.arb("1e-36")
    assert flint.ctx.prec == before
    pi = "3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803"
    with mpmath.workdps(100):
        assert abs(floating(parse_expr("pi"), {}, 80) - mpmath.mpf(pi)) < mpmath.mpf(10) ** -78
        assert abs(floating(parse_expr("pi"), {}) - mpmath.mpf(pi)) < mpmath.mpf(10) ** -48


@pytest.mark.parametrize("source", [
    "1/z", "log(z)", "log(y)", "sqrt(y)", "asin(2)", "acos(-2)", "y^(1/2)", "z^-1", "oo", "-oo",
    "oo - oo", "tanh(1/z)", "atan(1/z)", "exp(-1/z^2)", "0*log(z)", "(1/z)^0", "sign(1/z)",
    "z^(-1/2)", "max(1, 1/z)"])
def test_balls_without_a_claim(source):
    assert not ball(parse_expr(source), POINT).is_finite()


@pytest.mark.parametrize("source", [
    "1/z", "log(z)", "log(y)", "sqrt(y)", "asin(2)", "acos(-2)", "y^(1/2)", "z^-1", "oo"])
def test_floating_without_a_value(source):
    with pytest.raises(Undefined):
        floating(parse_expr(source), POINT)


@pytest.mark.parametrize("source", ["f(x)", "[x, y]", "limit(t, 0, t)"])
def test_constructs_without_a_numeric_value(source):
    with pytest.raises((FormulaError, Undefined)):
        ball(parse_expr(source), POINT)


def test_an_unknown_function_is_named():
    with pytest.raises(FormulaError, match=r"no ball evaluation for f\(x\)"):
        ball(parse_expr("f(x)"), POINT)
    with pytest.raises(FormulaError, match=r"no mpmath evaluation for f\(x\)"):
        floating(parse_expr("f(x)"), POINT)


def test_balls_of_sums_need_exact_bounds():
    wide = {"n": flint.arb(3, 1)}
    for source in ("sum(k, 1, n, k)", "binomial(n, 1)", "factorial(n)"):
        with pytest.raises(Undefined):
            ball(parse_expr(source), wide)
    for source in ("sum(k, 1, pi, k)", "binomial(pi, 1)", "sum(k, 1, x, k)"):
        with pytest.raises(Undefined):
            ball(parse_expr(source), POINT)


@pytest.mark.parametrize(("source", "low", "high"), [
    ("t^2", 0, 4), ("t^3", -8, 8), ("t^0", 1, 1), ("abs(t)", 0, 2), ("sign(t)", -1, 1),
    ("t*t", -4, 4),
    ("max(t, 1)", 1, 2), ("min(t, 1)", -2, 1), ("t^4", 0, 16), ("2^t", Fraction(1, 4), 4)])
def test_wide_balls_enclose_the_range_and_not_much_more(source, low, high):
    found = ball(parse_expr(source), {"t": flint.arb(0, 2)})
    assert found.contains(as_ball(low)) and found.contains(as_ball(high))
    assert found.lower() >= as_ball(low) - as_ball(high - low) - flint.arb("1e-6")
    assert found.upper() <= as_ball(high) + as_ball(high - low) / 50 + flint.arb("1e-6")


def as_ball(value):
    value = Fraction(value)
    return flint.arb(flint.fmpq(value.numerator, value.denominator))


def test_even_powers_and_absolute_values_are_never_negative():
    for source in ("t^2", "t^4", "t^6", "abs(t)"):
        for centre in (0, Fraction(1, 2), -1):
            assert ball(parse_expr(source), {"t": as_ball(centre) + flint.arb(0, 2)}) >= 0


@given(st.integers(-6, 6), st.integers(0, 9))
def test_whole_powers(base, exponent):
    assert whole_power(flint.arb(base), exponent).contains(base**exponent)
    wide = whole_power(flint.arb(base, "0.5"), exponent)
    for inside in (base - 0.5, base - 0.25, base, base + 0.25, base + 0.5):
        assert wide.contains(flint.arb(inside**exponent))  # exact: few binary digits


def test_the_sign_of_a_ball():
    sign = parse_expr("sign(t)")
    for value, expected in ((flint.arb(2, 1), 1), (flint.arb(-2, 1), -1), (flint.arb(0), 0)):
        assert ball(sign, {"t": value}) == expected
    assert ball(sign, {"t": flint.arb(1, 1)}).contains(0)
    assert not ball(sign, {"t": flint.arb("nan")}).is_finite()
    assert not ball(sign, {"t": flint.arb("inf")}).is_finite()


def test_points_may_hold_balls_fractions_and_integers():
    expr = parse_expr("a*b + c")
    assert ball(expr, {"a": flint.arb(2), "b": Fraction(3, 2), "c": 1}) == 4


def test_irrational_functions_are_those_without_an_exact_value():
    assert {"sqrt", "exp", "atan2", "gamma_function", "erf"} <= set(IRRATIONAL)
    assert not {"abs", "max", "floor", "binomial", "sign"} & set(IRRATIONAL)


def test_integrals_are_enclosed():
    assert abs(ball(parse_expr("integral(t, 0, 1, t^2)"),
                    {}) - as_ball(Fraction(1, 3))) < flint.arb("1e-10")
