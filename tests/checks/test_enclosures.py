"""Inequalities by balls: each true statement beside a false one that differs in one place."""

import flint
import pytest

from gradproof.checks import subdivision
from gradproof.formulas import proposition
from gradproof.formulas.parse import parse_expr
from gradproof.formulas.values import ball
from gradproof.verdicts import Enclosed, Refuted, Undecided

UNIT = ["0 <= x <= 1"]
TWO = ["-1 <= x <= 2"]

TRUE = [
    ("exp(x) <= 2.72", UNIT), ("exp(x) >= 1 + x", TWO), ("exp(x) > 1 + x", ["0 < x <= 2"]),
    ("log(1 + x) <= x", ["0 <= x <= 5"]), ("log(1 + x) < x", ["0 < x <= 5"]),
    ("log(1 - x) <= -x", ["0 <= x < 0.9"]), ("sqrt(x) <= (1 + x)/2", ["0 <= x <= 3"]),
    ("abs(x - 1) <= 2", ["abs(x) <= 1"]), ("exp(x) != 1", ["0 < x < 2"]),
    ("max(x, x^2) <= 1", UNIT), ("x^2 >= 0", ["-1 <= x <= 3/2"]), ("e^pi > pi^e", []),
    ("exp(x) - 1 - x <= x^2", ["0 <= x <= 1"]), ("x < 2.7183", ["0 <= x", "x < e"]),
    ("cos(x) >= 1 - x^2/2", ["-1 <= x <= 1"]), ("x*(1 - x) <= 1/4", UNIT),
]
FALSE = [
    ("exp(x) <= 2.718", UNIT), ("exp(x) >= 1 + 1.01*x", TWO), ("exp(x) > 1 + x", ["0 <= x <= 2"]),
    ("log(1 + x) <= 0.99*x", ["0 <= x <= 5"]), ("log(1 + x) < x", ["0 <= x <= 5"]),
    ("log(1 - x) <= -1.01*x", ["0 <= x < 0.9"]), ("sqrt(x) <= (1 + x)/2.02", ["0 <= x <= 3"]),
    ("abs(x - 1) < 2", ["abs(x) <= 1"]), ("exp(x) != 1", ["0 <= x < 2"]),
    ("max(x, x^2) < 1", UNIT), ("x^2 > 0", ["-1 <= x <= 3/2"]), ("e^pi < pi^e", []),
    ("exp(x) - 1 - x <= x^2", ["0 <= x <= 3"]), ("cos(x) >= 1 - x^2/2.02", ["-1 <= x <= 1"]),
    ("x*(1 - x) < 1/4", UNIT), ("x < 2.7182", ["0 <= x", "x < e"]),
]


def decided(goal, assume, names="x"):
    return subdivision()(proposition(goal, for_all=[names] if assume else [], assume=assume))


@pytest.mark.parametrize("goal, assume", TRUE)
def test_true_statements_are_enclosed(goal, assume):
    assert isinstance(decided(goal, assume), Enclosed)


@pytest.mark.parametrize("goal, assume", FALSE)
def test_their_near_misses_are_refuted(goal, assume):
    verdict = decided(goal, assume)
    assert isinstance(verdict, Refuted), verdict
    if assume:
        assert set(verdict.witness) == {"x"}


def test_other_hypotheses_cut_the_box():
    assert isinstance(decided("x*exp(y) <= 2.72", ["0 <= x <= 1", "0 <= y <= x"], "x, y"), Enclosed)
    assert isinstance(decided("x^2 + y^2 <= 1.01", ["x^2 + y^2 <= 1"], "x, y"), Enclosed)
    assert isinstance(decided("x + y <= 1.4", ["x^2 + y^2 <= 1"], "x, y"), Refuted)
    assert isinstance(decided("x + y <= 1.42", ["x^2 + y^2 <= 1"], "x, y"), Enclosed)


@pytest.mark.parametrize("goal, assume, why", [
    ("exp(x) >= 1 + x", ["x >= 0"], "no finite bounds"),
    ("x*sin(1/x) <= 2", ["-1 <= x <= 1"], "undefined"),
    ("tanh(1/x) <= 2", ["-1 <= x <= 1"], "undefined"),
    ("exp(x) == exp(x)*1", ["0 <= x <= 1"], "!="),
    ("log(x) <= x", ["-1 <= x <= 1"], "undefined"),
    ("0*log(x) >= 0", ["-1 <= x <= 1"], "undefined"),
])
def test_what_is_not_shown_is_undecided(goal, assume, why):
    verdict = subdivision(boxes=300)(proposition(goal, for_all=["x"], assume=assume))
    assert isinstance(verdict, Undecided) and why in verdict.note


def test_budgets_are_boxes_and_give_the_same_note_twice():
    statement = proposition("sin(x)*cos(y) <= 1", for_all=["x, y"],
                            assume=["0 <= x <= 3", "0 <= y <= 3"])
    first, second = (subdivision(boxes=200)(statement) for _ in range(2))
    assert isinstance(first, Undecided) and first.note == second.note


def test_balls_around_zero_and_infinite_intermediate_values():
    around = {"x": flint.arb(0, 1)}
    assert ball(parse_expr("x^2"), around) >= 0
    assert ball(parse_expr("abs(x)"), around) >= 0
    for text in ("tanh(1/x)", "exp(-1/x^2)", "(1/x)^0", "cos(1/x)"):
        assert not ball(parse_expr(text), around).is_finite()


@pytest.mark.parametrize("text, value", [
    ("integral(x, 0, 1, exp(-x^2))", "0.7468241328124270"), ("integral(x, 1, 0, x)", "-0.5"),
    ("integral(x, 0, 1, sqrt(x))", "0.6666666666666667"), ("integral(x, -1, 2, abs(x))", "2.5")])
def test_integrals_with_numeric_ends(text, value):
    assert abs(ball(parse_expr(text), {}) - flint.arb(value)) < 1e-12


@pytest.mark.parametrize("text", ["integral(x, -1, 1, 1/x)", "integral(x, 0, 2, x/x)",
                                  "integral(x, -1, 1, sqrt(x)^2)", "integral(x, 0, 1, log(x))"])
def test_integrals_of_what_is_undefined_somewhere_have_no_value(text):
    assert not ball(parse_expr(text), {}).is_finite()


def test_integrals_are_refuted_with_a_second_opinion():
    assert isinstance(decided("integral(x, 0, 1, exp(-x^2)) < 0.7469", []), Enclosed)
    assert isinstance(decided("integral(x, 0, 1, exp(-x^2)) < 0.7468", []), Refuted)
