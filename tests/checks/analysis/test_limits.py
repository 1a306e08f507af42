"""Limits: true ones proved, near-misses refuted or open, never the other way round."""

import pytest

from gradproof.checks import auto, signs
from gradproof.checks.analysis.limits import limit
from gradproof.formulas import proposition
from gradproof.verdicts import Derived, Proved, Refuted, Undecided


def decide(statement, *context, **options):
    """context: names, then hypotheses."""
    names = [c for c in context if c.replace("_", "").isalnum()]
    return limit(**options)(proposition(statement, for_all=names,
                                        assume=[c for c in context if c not in names]))


TRUE = [
    ("limit(x, 0, sin(x)/x) == 1",),
    ("limit(x, 0, sin(a*x)/x) == a", "a"),
    ("limit(x, 0, (1 - cos(x))/x^2) == 1/2",),
    ("limit(x, 0, (exp(x) - 1 - x - x^2/2)/x^3) == 1/6",),
    ("limit(x, a, (x^2 - a^2)/(x - a)) == 2*a", "a"),
    ("limit(x, oo, (1 + a/x)^x) == exp(a)", "a"),
    ("limit(x, oo, x^5*exp(-c*x)) == 0", "c", "c > 0"),
    ("limit(x, oo, (a*x^2 + 1)/(b*x^2 + x)) == a/b", "a", "b", "b > 0"),
    ("limit(x, oo, sqrt(x^2 + x) - x) == 1/2",),
    ("limit(x, oo, log(x)^2/sqrt(x)) == 0",),
    ("limit(x, -oo, tanh(x)) == -1",),
    ("limit(x, oo, x*(pi/2 - atan(x))) == 1",),
    ("limit(x, oo, x*(1 - erf(x))) == 0",),
    ("limit(x, oo, sin(x)/x) == 0",),
    ("limit(x, 0, exp(-1/x^2)/x^3) == 0",),
    ("limit(x, 0, x^2*sin(1/x)) == 0",),
    ("limit(x, 0, 1/x^2) == oo",),
    ("limit_right(x, 0, 1/x) == oo",),
    ("limit_left(x, 0, 1/x) == -oo",),
    ("limit_right(x, 0, x^a) == 0", "a", "a > 0"),
    ("limit_right(x, 0, x*log(x)) == 0",),
    ("limit_right(x, 0, sqrt(x)) == 0",),
    ("limit_left(x, 1, asin(x)) == pi/2",),
    ("limit(x, 0, abs(x)) == 0",),
    ("limit(x, 0, limit(y, 0, x/(x + y))) == 1",),
    ("limit(y, 0, limit(x, 0, x/(x + y))) == 0",),
    ("limit_right(x, 0, limit(y, oo, exp(-x*y))) == 0",),
    ("limit_right(h, 0, 1 - log(1 - 2*h*L)/log(1 + 2*h*g)) == 1 + L/g", "L", "g", "L > 0", "g > 0"),
    ("limit(h, 0, ((x + h)^3*exp(x + h) - x^3*exp(x))/h) == (x^3 + 3*x^2)*exp(x)", "x"),
    ("limit(h, 0, (abs(x + h) - abs(x))/h) == 1", "x", "x > 0"),
    ("limit(d, oo, ((L + g)/g)^d) == oo", "L", "g", "L > 0", "g > 0"),
    ("limit(n, oo, q^n) == 0", "q", "0 < q < 1"),
    ("limit(T, oo, T*(1 - (1 - a/T)^b)) == a*b", "a", "b"),
    ("limit(x, oo, (x + 1)/x) + limit(x, 0, sin(2*x)/x) == 3",),
]


@pytest.mark.parametrize("case", TRUE, ids=lambda c: c[0])
def test_true(case):
    assert type(decide(*case)) is Proved


FALSE = [
    ("limit(x, 0, sin(x)/x) == 1.0005",),
    ("limit(x, 0, sin(a*x)/x) == 2*a", "a"),
    ("limit(x, 0, (1 - cos(x))/x^2) == 1",),
    ("limit(x, oo, (1 + a/x)^x) == exp(-a)", "a"),
    ("limit(x, -oo, tanh(x)) == 1",),
    ("limit(x, oo, (x + 1)/x) == 0",),
    ("limit(y, 0, limit(x, 0, x/(x + y))) == 1",),
    ("limit_right(x, 0, x^a) == 0", "a", "a >= 0"),  # a = 0
    ("limit(x, oo, x^2) == 5",),
    ("limit(x, oo, x^2) == -oo",),
    ("limit(x, oo, 1/x) == oo",),
    ("limit(x, oo, x^5*exp(-c*x)) == 0", "c", "c >= 0"),  # c = 0
    ("limit(d, oo, ((L + g)/g)^d) == oo", "L", "g", "L >= 0", "g > 0"),  # L = 0
    ("limit(n, oo, q^n) == 0", "q", "0 < q <= 1"),
    ("limit(h, 0, ((x + h)^3 - x^3)/h) == 3*x^2 + x/1000", "x"),
    ("limit_right(h, 0, 1 - log(1 - 2*h*L)/log(1 + 2*h*g)) == 1 + L/(2*g)", "L", "g", "L > 0",
     "g > 0"),
]


@pytest.mark.parametrize("case", FALSE, ids=lambda c: c[0])
def test_false(case):
    verdict = decide(*case)
    assert type(verdict) is Refuted and "the value is" in verdict.note


OPEN = [
    ("limit(x, 0, abs(x)/x) == 1",),  # from the right only
    ("limit(x, 0, sqrt(x)) == 0",),  # undefined on the left
    ("limit(x, 0, x*log(x)) == 0",),
    ("limit(x, 0, 1/x) == oo",),
    ("limit(x, oo, sin(x)) == 0",),  # does not settle
    ("limit(x, oo, x*sin(x)/(x + 1)) == 0",),
    ("limit(x, 0, sin(1/x)) == 0",),
    ("limit(h, 0, (abs(x + h) - abs(x))/h) == 1", "x", "x >= 0"),  # no limit at x = 0
    ("limit(x, oo, (a*x^2 + 1)/(b*x^2 + x)) == a/b", "a", "b"),  # b = 0
    ("limit(x, 0, limit(y, oo, exp(-x*y))) == 0",),  # infinite for x < 0
    ("limit(x, oo, x^2) == 1/0",),
    ("limit(x, 0, x/(x - x)) == 0",),
    ("limit(x, 1, acos(x)) == 0",),
    ("limit_right(x, oo, 1/x) == 0",),
    ("limit(x, 0, 1) == 1/0",),
    ("limit(x, 0, x/a) == 0", "a"),  # undefined at a = 0
    ("limit(x, oo, floor(x)/x) == 2",),
    ("limit(h, 0, sqrt(x + h)) == sqrt(x)", "x", "x >= 0"),  # one-sided at x = 0
]


@pytest.mark.parametrize("case", OPEN, ids=lambda c: c[0])
def test_open(case):
    assert type(decide(*case)) is Undecided


def test_computer_algebra_alone_is_derived_and_refutes_nothing():
    verdict = decide("limit(x, oo, gamma_function(x)/exp(x^2)) == 0")
    assert type(verdict) is Derived and "unverified" in verdict.note
    assert type(decide("limit(x, oo, gamma_function(x)/exp(x^2)) == 1")) is Undecided


def test_inequalities_between_limits():
    assert type(decide("limit(x, oo, c*x/(x + 1)) >= 0", "c", "c >= 0", then=signs())) is Proved
    verdict = decide("limit(x, oo, c*x/(x + 1)) > 0", "c", "c >= 0", then=signs())
    assert type(verdict) in (Refuted, Undecided)


@pytest.mark.parametrize("statement", [
    "limit_right(x, 0, sin(x)/x) == 1", "coefficient(x, 0, 1, exp(x)) == 1",
    "integral(x, 0, 1, x) == 1/2", "solves_ode(t, exp(t), exp(t), 0, 1)",
    "limit(x, oo, c*x/(x + 1)) >= 0", "integral(x, 0, 1, c*x^2) <= c"])
def test_decide_finds_the_check(statement):
    context = {"for_all": ["t", "c"], "assume": ["c >= 0"]}
    assert type(auto.decide()(proposition(statement, **context))) is Proved


def test_a_statement_without_limits_is_not_ours():
    assert type(decide("(x + 1)^2 == x^2 + 2*x + 1", "x")) is Undecided


def test_a_bound_variable_with_a_parameters_name():
    assert type(decide("limit(x, 0, (x + 1)/(x + 2)) == x/(2*x)", "x", "x > 0")) is Proved
    assert type(decide("limit(x, 0, (x + 1)/(x + 2)) == x", "x", "x > 0")) is Refuted
