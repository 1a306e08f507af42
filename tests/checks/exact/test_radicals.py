"""Roots in roots: taken apart where that is proved, and a generator of their own elsewhere."""

import pytest

from gradproof.checks import normal_form
from gradproof.checks.core import Accept
from gradproof.formulas import proposition
from gradproof.verdicts import Proved, Refuted


def decided(goal, *assume):
    names = [n for n in "xy" if n in goal]
    return normal_form()(proposition(goal, for_all=names, assume=assume))


@pytest.mark.parametrize("goal", [
    "sqrt(3 + 2*sqrt(2)) == 1 + sqrt(2)", "sqrt(3 - 2*sqrt(2)) == sqrt(2) - 1",
    "sqrt(2 + sqrt(3)) == (sqrt(6) + sqrt(2))/2", "sqrt(5 + 2*sqrt(6)) == sqrt(2) + sqrt(3)",
    "sqrt(3/4 + sqrt(2)/2) == 1/2 + sqrt(2)/2", "sqrt(1 + sqrt(3)/2) == (1 + sqrt(3))/2"])
def test_nested_roots_come_apart(goal):
    verdict = decided(goal)
    assert type(verdict) is Proved and verdict.method.startswith("normal form"), verdict
    assert type(decided(goal.replace("==", "== 1/10^20 +"))) is Refuted


@pytest.mark.parametrize(("goal", "assume", "rest"), [
    ("sqrt(1 + sqrt(2))^2 == 1 + sqrt(2)", [], "sqrt(sqrt(2) + 1)"),
    ("sqrt(1 + sqrt(5))^4 == 6 + 2*sqrt(5)", [], "sqrt(sqrt(5) + 1)"),
    ("sqrt(1 + pi)^2 == 1 + pi", [], "sqrt(π + 1)"),
    ("sqrt(2 + sqrt(x))^2 == 2 + sqrt(x)", ["x > 0"], "sqrt(sqrt(x) + 2)")])
def test_the_others_stay_whole(goal, assume, rest):
    verdict = decided(goal, *assume)
    assert type(verdict) is Proved and rest in verdict.method, verdict


def test_a_product_of_roots_that_is_a_number_as_the_hypotheses_say():
    goal = "sqrt(5/4 + sqrt(x)*sqrt(y)) == 3/2"
    assert type(decided(goal, "x > 0", "y > 0", "x*y == 1")) is Proved
    assert type(decided(goal, "x > 0", "y > 0", "x*y == 4")) is Refuted
    assert not isinstance(normal_form().procedure(
        proposition(goal, for_all=["x", "y"], assume=["x > 0", "y > 0"])), Accept)


@pytest.mark.parametrize(("goal", "assume", "written"), [
    ("exp(x*exp(y))^2 == exp(2*x*exp(y))", [], "exp(exp(y)·x)"),
    ("exp(x*sqrt(y))^2 == exp(2*x*sqrt(y))", ["y > 0"], "exp(sqrt(y)·x)"),
    ("exp(sin(x))^2 == exp(2*sin(x))", [], "exp(sin(x))"),
    ("exp(x*log(y))^2 == y^(2*x)", ["y > 0"], "y^x")])
def test_the_generators_are_named_as_what_they_are(goal, assume, written):
    verdict = decided(goal, *assume)
    assert type(verdict) is Proved and written in verdict.method, verdict
