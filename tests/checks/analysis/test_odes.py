"""Solutions of differential equations: the equation, the initial value, the interval."""

import pytest

from gradproof.checks.analysis.odes import ode
from gradproof.formulas import proposition
from gradproof.verdicts import Proved, Refuted, Undecided

FLOW = {"Y(t)": "y0*exp(-k*t)", "F(t, y)": "-k*y"}
BLOWUP = {"Y(t)": "1/(1 - t)", "F(t, y)": "y^2"}
CIRCLE = "solves_ode(t, [cos(t), sin(t)], [-sin(t), cos(t)], 0, [1, 0])"


def decide(statement, names=("t",), assume=(), let=None):
    return ode()(proposition(statement, for_all=names, assume=assume, let=let))


def flow(let=FLOW, start="0", value="y0", assume=()):
    return decide(f"solves_ode(t, Y(t), F(t, Y(t)), {start}, {value})", ("t", "k", "y0"),
                  assume, let)


def test_gradient_flow_of_a_quadratic():
    assert type(flow()) is Proved


@pytest.mark.parametrize("wrong", [
    {"value": "2*y0"}, {"value": "1.0005*y0"}, {"start": "1"},
    {"let": {**FLOW, "F(t, y)": "k*y"}}, {"let": {**FLOW, "F(t, y)": "-k*y^2"}},
    {"let": {**FLOW, "Y(t)": "y0*exp(-k*t) + t^2"}}])
def test_wrong_value_start_sign_or_equation(wrong):
    assert type(flow(**wrong)) is Refuted


def blowup(start="0", value="1", assume=("t < 1",)):
    return decide(f"solves_ode(t, Y(t), F(t, Y(t)), {start}, {value})", assume=assume, let=BLOWUP)


def test_the_interval_is_part_of_the_statement():
    assert type(blowup()) is Proved
    assert type(blowup(assume=("t >= 0", "t < 1"))) is Proved
    assert type(blowup(assume=())) is Undecided  # undefined at 1
    assert type(blowup(assume=("t <= 1",))) is Undecided
    assert type(blowup("2", "-1")) is Undecided  # 2 lies beyond the pole
    assert type(blowup(assume=("t > 1/2", "t < 1"))) is Undecided
    assert type(blowup("1", "1")) is Undecided


@pytest.mark.parametrize(("given", "verdict"), [
    ("s > 0", Proved), ("s >= 0", Proved), ("s == 0", Proved), ("s >= -1", Undecided)])
def test_a_symbolic_start_has_to_belong_to_the_interval(given, verdict):
    found = decide("solves_ode(t, exp(t - s), exp(t - s), s, 1)", ("t", "s"), [given, "t >= 0"])
    assert type(found) is verdict


def test_systems():
    assert type(decide(CIRCLE)) is Proved
    assert type(decide(CIRCLE.replace("cos(t)], 0", "-cos(t)], 0"))) is Refuted
    assert type(decide(CIRCLE.replace("[1, 0]", "[0, 1]"))) is Refuted
    assert type(decide(CIRCLE.replace("[1, 0]", "1"))) is Undecided
    assert type(decide(CIRCLE.replace("[1, 0]", "[1, 0, 0]"))) is Undecided


def test_the_solution_has_to_be_differentiable():
    assert type(decide("solves_ode(t, abs(t), abs(t)/t, 1, 1)", assume=["t > 0"])) is Undecided
    assert type(decide("solves_ode(t, sqrt(t), 1/(2*sqrt(t)), 0, 0)", assume=["t >= 0"])) \
        is Undecided
    assert type(decide("solves_ode(t, sqrt(t), 1/(2*sqrt(t)), 0, 0)", assume=["t > 0"])) is Proved


@pytest.mark.parametrize("statement", [
    "solves_ode(2, t, 1, 0, 0)", "solves_ode(t, t^2, 2*t, t, t^2)"])
def test_statements_that_say_nothing(statement):
    assert type(decide(statement)) is Undecided
