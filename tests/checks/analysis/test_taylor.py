"""Taylor coefficients: right, wrong by a factor or sign, at points without smoothness."""

import pytest

from gradproof.checks.analysis.taylor import series
from gradproof.formulas import proposition
from gradproof.verdicts import Proved, Refuted, Undecided


def decide(statement, *names, assume=()):
    return series()(proposition(statement, for_all=names, assume=assume))


@pytest.mark.parametrize(("statement", "names"), [
    ("coefficient(x, 0, 3, sin(x)) == -1/6", []),
    ("coefficient(x, 0, 2, (1 + x)^a) == a*(a - 1)/2", ["a"]),
    ("coefficient(x, a, 1, x^3) == 3*a^2", ["a"]),
    ("coefficient(x, 0, 5, tanh(x)) == 2/15", []),
    ("coefficient(x, 0, 4, exp(-b*x)/(1 - x)) == b^4/24 - b^3/6 + b^2/2 - b + 1", ["b"]),
    ("coefficient(x, 0, 0, cos(x)) == 1", []),
    ("coefficient(x, 0, 2, log(1 + x)) + coefficient(x, 0, 2, log(1 - x)) == -1", []),
])
def test_true(statement, names):
    assert type(decide(statement, *names)) is Proved


@pytest.mark.parametrize(("statement", "names"), [
    ("coefficient(x, 0, 3, sin(x)) == 1/6", []),
    ("coefficient(x, 0, 3, sin(x)) == -1/3", []),
    ("coefficient(x, 0, 2, (1 + x)^a) == a*(a + 1)/2", ["a"]),
    ("coefficient(x, 0, 2, log(1 + x)) == -0.49975", []),
])
def test_false(statement, names):
    assert type(decide(statement, *names)) is Refuted


@pytest.mark.parametrize("statement", [
    "coefficient(x, 0, 1, abs(x)) == 0", "coefficient(x, 0, 0, sqrt(x)) == 0",
    "coefficient(x, 0, 1, x^(5/2)) == 0", "coefficient(x, 0, 1, x/x) == 0",
    "coefficient(x, 0, 1/2, x) == 0", "coefficient(x, 0, -1, x) == 0",
    "coefficient(x, 0, 40, x) == 0", "coefficient(x, a, 1, log(x)) == 1/a",
    "coefficient(x, 0, 0, x*log(x)) == 0", "coefficient(x, 0, 0, floor(x)) == 0"])
def test_open(statement):
    assert type(decide(statement, "a")) is Undecided


def test_hypotheses_make_it_smooth():
    assert type(decide("coefficient(x, a, 1, log(x)) == 1/a", "a", assume=["a > 0"])) is Proved
