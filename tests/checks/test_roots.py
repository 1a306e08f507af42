"""Root counts, critical points, zeros and minima that exist; with near misses."""

import pytest

from gradproof.checks import critical_points, krawczyk, root_count, strong_minimum
from gradproof.checks.roots import MAX_DEGREE
from gradproof.formulas import FormulaError, proposition
from gradproof.verdicts import Enclosed, Proved, Refuted, Undecided


def decided(check, goal, names=(), assume=()):
    return check()(proposition(goal, for_all=list(names), assume=list(assume)))


@pytest.mark.parametrize("goal, verdict", [
    ("roots(x, x^2 - 2, -oo, oo) == 2", Proved), ("roots(x, x^2 - 2, 0, oo) == 2", Refuted),
    ("roots(x, x^2 - 1, -1, 1) == 2", Proved), ("roots_open(x, x^2 - 1, -1, 1) == 2", Refuted),
    ("roots_open(x, x^2 - 1, -1, 1) == 0", Proved), ("roots(x, x - 1, 1, 1) == 1", Proved),
    ("roots(x, (x - 1)^2, 0, 2) == 1", Proved), ("roots(x, (x - 1)^2, 0, 2) == 2", Refuted),
    ("isolated(x, (x - 1)^2, 0, 2)", Refuted), ("isolated(x, x^3 - x - 1, 1, 2)", Proved),
    ("isolated(x, x^3 - x, -1, 1)", Refuted), ("roots(x, x^2 + 1, -5, 5) == 0", Proved),
    ("roots(x, x - x, 0, 1) == 0", Undecided), ("roots(x, x^2/x, -1, 1) == 1", Undecided),
    ("roots(x, exp(x) - 2, 0, 1) == 1", Undecided), ("roots(x, x, 2, 1) == 0", Undecided)])
def test_root_counts(goal, verdict):
    assert isinstance(decided(root_count, goal), verdict)


def test_the_limit_of_the_degree_is_allowed():
    assert isinstance(decided(root_count, f"roots(x, x^{MAX_DEGREE} - x, 0, 1) == 2"), Proved)
    beyond = decided(root_count, f"roots(x, x^{MAX_DEGREE + 1} - x, 0, 1) == 2")
    assert isinstance(beyond, Undecided) and "beyond the limit" in beyond.note


def test_counts_with_a_parameter_are_refuted_at_a_point_or_left_open():
    goal = "roots(x, x^2 - a, -oo, oo) == 2"
    assert isinstance(decided(root_count, goal, ["a"], ["a >= 0"]), Refuted)
    assert isinstance(decided(root_count, goal, ["a"], ["a > 0"]), Undecided)


@pytest.mark.parametrize("goal, verdict", [
    ("critical_points(x^3 - 3*x, [x], [[1], [-1]])", Proved),
    ("critical_points(x^3 - 3*x, [x], [[1]])", Refuted),
    ("critical_points(x^3 - 3*x, [x], [[1], [-1], [2]])", Refuted),
    ("critical_points(x^3 - 6*x, [x], [[sqrt(2)], [-sqrt(2)]])", Proved),
    ("critical_points(x^3 + x, [x], [])", Proved),
    ("critical_points(x^4 + y^4 - 4*x*y, [x, y], [[0, 0], [1, 1], [-1, -1]])", Proved),
    ("critical_points(x^4 + y^4 - 4*x*y, [x, y], [[0, 0], [1, 1]])", Refuted),
    ("critical_points(x^2, [x, y], [[0, 0]])", Refuted),
    ("critical_points(exp(x), [x], [])", Undecided),
    ("critical_points(x^2, [x], [[0], [0]])", Undecided),
    ("real_solutions([x^2 + y^2 - 1, x - y], [x, y]) == 2", Proved),
    ("real_solutions([x^2 + y^2 - 1, x - y], [x, y]) == 3", Refuted),
    ("real_solutions([(x - 1)^2, y^3], [x, y]) == 1", Proved),
    ("real_solutions([x^2 + 1, y - x], [x, y]) == 0", Proved),
    ("real_solutions([x^2 + y^2], [x, y]) == 1", Undecided),
    ("real_solutions([x - x], [x]) == 0", Undecided)])
def test_critical_points_and_solutions(goal, verdict):
    assert isinstance(decided(critical_points, goal), verdict)


@pytest.mark.parametrize("goal, verdict", [
    ("unique_zero([x - cos(x)], [x], [[0, 1]])", Enclosed),
    ("unique_zero([x - cos(x)], [x], [[-10, 10]])", Enclosed),
    ("unique_zero([x - cos(x)], [x], [[1, 2]])", Refuted),
    ("unique_zero([x^2 - 2], [x], [[-2, 2]])", Refuted),
    ("unique_zero([x^2], [x], [[-1, 1]])", Undecided),
    ("unique_zero([x^2 + y^2 - 1, x - y], [x, y], [[0, 1], [0, 1]])", Enclosed),
    ("unique_zero([x^2 + y^2 - 1, x - y], [x, y], [[-1, 1], [-1, 1]])", Refuted),
    ("no_zero([x - cos(x)], [x], [[0.74, 2]])", Enclosed),
    ("no_zero([x - cos(x)], [x], [[0.73, 2]])", Refuted),
    ("no_zero([1/x], [x], [[-1, 1]])", Undecided),
    ("unique_zero([x + 0*log(x)], [x], [[-1, 1]])", Undecided)])
def test_zeros_in_boxes(goal, verdict):
    assert isinstance(decided(krawczyk, goal), verdict)


@pytest.mark.parametrize("goal, verdict", [
    ("unique_minimum(exp(x) - x + y^2, [x, y], [0.1, 0], 1/2)", Enclosed),
    ("unique_minimum(exp(x) - x + y^2, [x, y], [0.9, 0], 1/2)", Refuted),
    ("unique_minimum(x^2 - y^2, [x, y], [0, 0], 1/2)", Undecided),
    ("unique_minimum(abs(x), [x], [0], 1/2)", Undecided),
    ("unique_minimum(x^2 + 0*log(x), [x], [0], 1/2)", Undecided)])
def test_minima_in_balls(goal, verdict):
    assert isinstance(decided(strong_minimum, goal), verdict)


def test_bound_variables_are_bound():
    statement = proposition("roots(x, x^2 - a, 0, a) == 1", for_all=["a"], assume=["a > 1"])
    assert "x" not in dict(statement.for_all)
    with pytest.raises(FormulaError, match="undeclared"):
        proposition("roots(x, x^2 - a, 0, x) == 1", for_all=["a"])
