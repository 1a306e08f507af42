"""Two code paths: what passes, what is turned down, what nobody may conclude."""

from fractions import Fraction

import numpy as np
import pytest

from gradproof.checks.numeric import agree, formula_agrees, monotone, rate
from gradproof.formulas import Proposition, proposition
from gradproof.verdicts import Consistent, Proved, Refuted, Undecided

WHY = "both sum ten terms of size one"
POINTS = np.linspace(0.1, 2.0, 7)


def logistic(x):
    return 1 / (1 + np.exp(-x))


def by_tanh(x):
    return (1 + np.tanh(x / 2)) / 2


def measured(left, right, points=POINTS, tolerance=1e-12, **options):
    return agree(left, right, points, tolerance=tolerance, because=WHY,
                 statement="two forms of the logistic function", **options)()


def test_two_code_paths_agree():
    verdict = measured(logistic, by_tanh)
    assert type(verdict) is Consistent
    assert "1e-13" in verdict.note and WHY in verdict.note and "7 points" in verdict.method


@pytest.mark.parametrize("relative", [False, True])
def test_wrong_by_half_a_per_mille(relative):
    verdict = measured(logistic, lambda x: 1.0005 * by_tanh(x), relative=relative)
    assert type(verdict) is Refuted and verdict.tier is Consistent and verdict.witness


def test_the_witness_is_the_worst_point():
    verdict = measured(logistic, lambda x: by_tanh(x) + (x > 1.9))
    assert verdict.witness == {"point": "2"}


@pytest.mark.parametrize("right", [
    lambda x: np.nan if x > 1 else by_tanh(x), lambda x: np.inf, lambda x: -np.inf,
    lambda x: np.array([by_tanh(x), 0.0]), lambda x: np.array([])])
def test_not_a_number_decides_nothing(right):
    assert type(measured(logistic, right)) is Undecided


def test_infinite_on_both_sides_decides_nothing():
    assert type(measured(lambda x: np.inf, lambda x: x + np.inf)) is Undecided


def test_empty_arrays_decide_nothing():
    assert type(measured(lambda x: np.zeros(0), lambda x: np.ones(0))) is Undecided


@pytest.mark.parametrize("points", [[], np.zeros((0, 3)), iter(())])
def test_no_points_decide_nothing(points):
    assert type(measured(logistic, by_tanh, points)) is Undecided


def test_one_function_on_both_sides():
    class Model:
        def value(self, x):
            return x

    model = Model()
    assert type(measured(logistic, logistic)) is Undecided
    assert type(measured(model.value, model.value)) is Undecided
    assert type(measured(lambda x: x + 1, lambda x: x + 1)) is Undecided
    assert type(measured(Model().value, model.value)) is Consistent


def test_closures_over_different_numbers_are_different_functions():
    def power(k):
        return lambda x: x ** k
    assert type(measured(power(2.0), power(3.0))) is Refuted


def test_a_function_cannot_change_what_the_other_sees():
    def spoils(x):
        x *= 0
        return x
    assert type(measured(spoils, lambda x: x, [np.ones(3)])) is Refuted


def test_points_by_position_and_by_name():
    assert type(measured(lambda x, y: x - y, lambda x, y: -(y - x), [(1.0, 2.0)])) is Consistent
    assert type(measured(lambda x, y: x - y, lambda x, y: y - x, [{"x": 1., "y": 2.}])) is Refuted


@pytest.mark.parametrize("tolerance", [-1e-9, float("nan"), float("inf")])
def test_a_bad_tolerance(tolerance):
    with pytest.raises(ValueError, match="tolerance"):
        measured(logistic, by_tanh, tolerance=tolerance)


def test_a_tolerance_needs_a_reason_and_a_measurement_a_statement():
    with pytest.raises(ValueError, match="because"):
        agree(logistic, by_tanh, POINTS, tolerance=1e-9, because=" ", statement="x")
    with pytest.raises(ValueError, match="statement"):
        agree(logistic, by_tanh, POINTS, tolerance=1e-9, because=WHY)()


def test_strings_are_no_numbers():
    with pytest.raises(TypeError, match="number"):
        measured(logistic, lambda x: "0.5")


def test_prose_of_a_clause_is_carried_and_a_formula_is_not_held():
    check = agree(logistic, by_tanh, POINTS, tolerance=1e-12, because=WHY)
    clause = Proposition(prose="the two forms are the same function")
    assert check(clause).proposition == clause
    assert type(check(proposition("x^2 >= 0", for_all=["x"]))) is Undecided


def test_the_residual_hides_rounding_noise_and_nothing_else():
    def note(residual):
        return measured(lambda x: x, lambda x: x + residual, [0.0], 1e-9).note
    assert note(0.0) == note(3e-16) == note(9e-11)
    assert "≤ 1e-10" in note(9e-11) and "≤ 1e-09" in note(2e-10)


def test_a_formula_against_a_function():
    points = [{"x": x} for x in POINTS]

    def check(function, formula="1/(1 + exp(-x))", points=points):
        return formula_agrees(formula, function, points, tolerance=1e-14, because=WHY)()
    assert type(check(lambda x: by_tanh(x))) is Consistent
    assert type(check(lambda x: 1.0005 * by_tanh(x))) is Refuted
    assert type(check(lambda x: x * np.nan)) is Undecided
    assert type(check(lambda x: x, "sqrt(-x)")) is Undecided
    assert type(check(lambda x: x, "x/x", [{"x": 0.0}])) is Undecided
    assert type(check(lambda x: 0.0, "sin(x) - sin(x)")) is Consistent
    with pytest.raises(ValueError, match="y"):
        check(lambda x: x, "x*y")


def test_a_trajectory_below_its_bound():
    values = [1 / (t + 1.0) ** 2 for t in range(20)]

    def check(bound, values=values):
        return rate(values, bound, because="no rounding matters", statement="O(1/t)")()
    passed = check(lambda t: 1 / (t + 1))
    assert (type(passed), passed.method) == (Consistent, "compared 20 values")
    assert check(lambda t: 1 / (t + 1) ** 2.001).witness["t"] != "0"
    assert type(check(lambda t: 0.5 / (t + 1))) is Refuted
    assert type(check(lambda t: np.inf)) is Undecided
    assert type(check(lambda t: 1.0, [*values, np.nan])) is Undecided
    assert type(check(lambda t: 1.0, [])) is Undecided
    with pytest.raises(ValueError, match="bounds"):
        check([1.0, 2.0])


def test_an_exact_trajectory_is_proved_for_its_instances():
    values = [Fraction(1, 2 ** t) for t in range(6)]
    verdict = rate(values, lambda t: Fraction(1, t + 1), statement="2^-t is at most 1/(t+1)")()
    assert type(verdict) is Proved and "6 instances" in verdict.proposition.prose
    wrong = rate(values, lambda t: Fraction(1, 3 ** t), statement="2^-t is at most 3^-t")()
    assert type(wrong) is Refuted and wrong.tier is Proved


def test_monotone():
    why = {"because": "exact doubles", "statement": "falls"}
    falls = monotone([3.0, 2.0, 2.0], **why)()
    assert (type(falls), falls.method) == (Consistent, "compared 2 values")
    assert monotone([3.0, 2.0], **why)().method == "compared 1 value"
    assert type(monotone([3.0, 2.0, 2.0], strict=True, **why)()) is Refuted
    assert type(monotone([1.0, 2.0], **why)()) is Refuted
    assert type(monotone([1.0, 2.0], increasing=True, **why)()) is Consistent
    assert type(monotone([1.0], **why)()) is Undecided
    exact = monotone([3, 2, 2], statement="falls")()
    assert (type(exact), exact.method) == (Proved, "exact arithmetic, two routes, 2 instances")
    assert type(monotone([3, 2, 2], strict=True, statement="falls")()) is Refuted
