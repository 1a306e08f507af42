"""Integrals: the fundamental theorem with all of its hypotheses, or an honest label."""

import pytest

from gradproof.checks import signs
from gradproof.checks.analysis.integrals import integral
from gradproof.checks.core import Unknown
from gradproof.formulas import proposition
from gradproof.verdicts import Derived, Proved, Refuted, Undecided


def decide(statement, *context, **options):
    names = [c for c in context if c.replace(" natural", "").isalnum()]
    return integral(**options)(proposition(statement, for_all=names,
                                           assume=[c for c in context if c not in names]))


TRUE = [
    ("integral(x, 0, 1, x^2) == 1/3",),
    ("integral(x, 0, b, x^n) == b^(n + 1)/(n + 1)", "b", "n", "b > 0", "n > 0"),
    ("integral(x, 0, 1, x^n) == 1/(n + 1)", "n natural"),
    ("integral(x, -2, -1, 1/x) == -log(2)",),
    ("integral(x, a, b, x) == (b^2 - a^2)/2", "a", "b"),
    ("integral(x, a, b, 1/x) == log(b) - log(a)", "a", "b", "a > 0", "b > 0"),
    ("integral(x, 1, 0, x) == -1/2",),
    ("integral(x, 2, 2, x) == 0",),
    ("integral(x, 0, 1, 1/sqrt(x)) == 2",),
    ("integral(x, 0, 1, log(x)) == -1",),
    ("integral(x, 1, 0, log(x)) == 1",),  # x·log x − x has no value at 0, but a limit from inside
    ("integral(x, 1, 0, 1/sqrt(x)) == -2",),
    ("integral(x, 1, oo, 1/x^2) == 1",),
    ("integral(x, 0, oo, exp(-c*x)) == 1/c", "c", "c > 0"),
    ("integral(x, -oo, oo, exp(-x^2/2)/sqrt(2*pi)) == 1",),
    ("integral(x, 0, pi, sin(x)) == 2",),
    ("integral(x, 0, 1, sqrt(1 - x^2)) == pi/4",),
    ("integral(x, 0, 1, 1/(1 + x^2)) == pi/4",),
    ("integral(x, 0, 1, integral(y, 0, x, x*y)) == 1/8",),
    ("integral(x, -1, 2, abs(x)) == 5/2",),
    ("integral(x, 2, -1, abs(x)) == -5/2",),
    ("integral(x, 0, a, abs(x)) == a^2/2", "a", "a >= 0"),
    ("integral(x, -oo, oo, max(x, 0)^2*exp(-x^2/2)/sqrt(2*pi)) == 1/2",),
    ("integral(x, 0, 1, min(x, 1 - x)) == 1/4",),
    ("integral(x, 0, 1, L*(1 - s*x)) == L - L*s/2", "L", "s"),
]


@pytest.mark.parametrize("case", TRUE, ids=lambda c: c[0])
def test_true(case):
    assert type(decide(*case)) is Proved


FALSE = [
    ("integral(x, 0, 1, x^2) == 0.3335",),
    ("integral(x, 0, 1, x^2) == 1/3 + 1/1000000",),
    ("integral(x, 1, 0, x) == 1/2",),
    ("integral(x, -1, 2, abs(x)) == 3/2",),
    ("integral(x, 0, a, abs(x)) == a^2/2", "a"),  # a < 0
    ("integral(x, a, b, max(x, 0)) == b^2/2", "a", "b", "a <= 0"),  # b < 0
    ("integral(x, 0, 1, abs(x - a)) == 1/2 - a", "a", "a <= 1"),
    ("integral(x, a, b, x) == (a^2 - b^2)/2", "a", "b"),
    ("integral(x, 0, 1, integral(y, 0, x, x*y)) == 1/4",),
    ("integral(x, 0, oo, exp(-c*x)) == 1/c^2", "c", "c > 0"),
    ("integral(x, 0, 1, exp(-x^2)) == 0.7468",),
]


@pytest.mark.parametrize("case", FALSE, ids=lambda c: c[0])
def test_false(case):
    assert type(decide(*case)) is Refuted


OPEN = [
    ("integral(x, -1, 1, 1/x) == 0",),  # a pole inside
    ("integral(x, -1, 1, 1/x^2) == -2",),
    ("integral(x, 1, oo, 1/x) == 1",),  # diverges
    ("integral(x, 0, 1, 1/x) == 0",),
    ("integral(x, 0, oo, exp(-c*x)) == 1/c", "c", "c != 0"),
    ("integral(x, a, b, 1/x) == log(b) - log(a)", "a", "b", "a > 0"),
    ("integral(x, 0, 1, x^n) == 1/(n + 1)", "n", "n >= -1"),
    ("integral(x, 0, 1, x^(-a)) == 1/(1 - a)", "a", "a != 1"),  # diverges for a > 1
    ("integral(x, 0, 1, 1/(x + a)^2) == 1/a - 1/(a + 1)", "a", "a != 0", "a != -1"),
    ("integral(x, 0, a, 1/(x - 1)^2) == a/(1 - a)", "a", "a != 1"),
    ("integral(x, -1, 1, x/x) == 2",),
    ("integral(x, -1, 1, abs(x)/x) == 0",),
    ("integral(x, -1, 1, 1/sqrt(abs(x))) == 4",),
    ("integral(x, -oo, oo, x) == 0",),
    ("integral(x, 0, 3, floor(x)) == 2",),
]


@pytest.mark.parametrize("case", OPEN, ids=lambda c: c[0])
def test_open(case):
    assert type(decide(*case)) is Undecided


def test_an_antiderivative_that_jumps_is_not_believed():
    half_angle = "2/sqrt(3)*atan(tan(x/2)/sqrt(3))"
    for options in ({"antiderivative": half_angle}, {}):
        statement = "integral(x, 0, 2*pi, 1/(2 + cos(x))) == 0"
        assert type(decide(statement, **options)) is Refuted  # balls: it is 3.6276
        assert isinstance(integral(**options).procedure(proposition(statement)), Unknown)
    right = decide("integral(x, 0, 2*pi, 1/(2 + cos(x))) == 2*pi/sqrt(3)")
    assert type(right) is Derived and "unverified" in right.note


@pytest.mark.parametrize("hint", ["x^3/3 + 1", "x^3/2", "x^2", "log(x)", "q*x", "x^3/3 + 0/0"])
def test_hints_of_the_author(hint):
    verdict = decide("integral(x, 0, 1, x^2) == 1/3", antiderivative=hint)
    assert type(verdict) is (Proved if hint == "x^3/3 + 1" else Derived if hint in (
        "x^3/2", "x^2", "log(x)", "x^3/3 + 0/0") else Undecided)


def test_inequalities_between_integrals():
    assert type(decide("integral(x, 0, 1, c*x) >= 0", "c", "c >= 0", then=signs())) is Proved
    assert not decide("integral(x, 0, 1, c*x) > 0", "c", "c >= 0", then=signs()).passes


def test_the_same_integrand_with_other_hypotheses():
    both = ("integral(x, a, b, 1/x) == log(b) - log(a)", "a", "b")
    for _ in range(2):  # hints are kept: the second round must not profit from the first
        assert type(decide(*both, "a > 0", "b > 0")) is Proved
        assert type(decide(*both, "a > 0")) is Undecided
        assert type(decide("integral(x, a, b, 1/x) == log(-b) - log(-a)", "a", "b",
                           "a < 0", "b < 0")) is Proved
    assert type(decide("integral(x, 0, 1, 1/(1 + a*x^2)) == atan(sqrt(a))/sqrt(a)", "a",
                       "a > 0")) is Proved


@pytest.mark.parametrize("right", ["-sqrt(2)/4*log(3 + 2*sqrt(2))", "0"])
def test_a_pole_inside_at_an_irrational_place(right):
    assert type(decide(f"integral(x, 0, 2*sqrt(2), 1/(x^2 - 2)^2) == {right}")) is Undecided
