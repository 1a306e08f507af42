"""Definiteness, eigenvalue bounds and norms, true beside false by one entry or sign."""

import pytest

from gradproof.checks import definite
from gradproof.formulas import FormulaError, proposition
from gradproof.verdicts import Enclosed, Proved, Refuted, Undecided

SPECTRUM = {
    "tau": "e", "gamma": "1", "L": "e", "G2(s)": "L - (L + gamma)*s^3*(10 - 15*s + 6*s^2)",
    "p(s)": "tau*(-2*gamma - 2*gamma*s + (10*gamma - 14*L)*s^2 + (10*L - 6*gamma)*s^3)",
    "h11(s, y)": "(diff(s, p(s)) + diff(s, diff(s, G2(s)))*y^2/tau)/tau",
    "h12(s, y)": "2*diff(s, G2(s))*y/tau"}
HESSIAN = "[[h11(s, y), h12(s, y)], [h12(s, y), 2*G2(s)]]"


def decided(goal, names=(), assume=(), let=None):
    return definite()(proposition(goal, for_all=list(names), assume=list(assume), let=let))


@pytest.mark.parametrize("goal, names, assume, tier", [
    ("posdef([[2, 1], [1, 2]])", [], [], Proved),
    ("possemidef([[1, 1], [1, 1]])", [], [], Proved),
    ("negdef([[-2, 1], [1, -2]])", [], [], Proved),
    ("negsemidef([[-1, 1], [1, -1]])", [], [], Proved),
    ("indefinite([[0, 1], [1, 0]])", [], [], Proved),
    ("posdef([[e, 1], [1, 1]])", [], [], Enclosed),
    ("posdef([[a, b], [b, c]])", ["a, b, c"], ["a > 0", "a*c > b^2"], Proved),
    ("possemidef([[x^2, x*y], [y*x, y^2]])", ["x, y"], [], Proved),
    ("indefinite([[x, 1], [1, 2]])", ["x"], ["x < 0.5"], Proved),
    ("posdef([[exp(x), 1], [1, 1]])", ["x"], ["0 < x < 3"], Enclosed),
    ("lambda_min([[2, 1], [1, 2]]) == 1", [], [], Proved),
    ("lambda_max([[2, 1], [1, 2]]) <= 3", [], [], Proved),
    ("norm2([[1, 2], [3, 4]]) <= 5.47", [], [], Proved),
    ("norm2([[1, 2], [3, 4]]) > 5.46", [], [], Proved),
    ("posdef(identity(6) + x^2*identity(6))", ["x"], ["-3 <= x <= 3"], Enclosed)])
def test_true_statements(goal, names, assume, tier):
    assert type(decided(goal, names, assume)) is tier


@pytest.mark.parametrize("goal, names, assume", [
    ("posdef([[1, 1], [1, 1]])", [], []), ("possemidef([[1, 1], [1, 0.99]])", [], []),
    ("negdef([[-1, 1], [1, -1]])", [], []), ("indefinite([[1, 1], [1, 1]])", [], []),
    ("posdef([[e, 2], [2, 1]])", [], []),
    ("posdef([[a, b], [b, c]])", ["a, b, c"], ["a > 0", "a*c >= b^2"]),
    ("possemidef([[a, b], [b, c]])", ["a, b, c"], ["a >= 0", "a*c >= b^2"]),
    ("indefinite([[x, 1], [1, 2]])", ["x"], ["x <= 0.5"]),
    ("posdef([[exp(x), 1], [1, 1]])", ["x"], ["0 <= x < 3"]),
    ("lambda_max([[2, 1], [1, 2]]) < 3", [], []), ("norm2([[1, 2], [3, 4]]) <= 5.46", [], []),
    ("posdef(2*identity(6) + x*identity(6))", ["x"], ["-2 <= x <= 3"])])
def test_false_ones(goal, names, assume):
    assert isinstance(decided(goal, names, assume), Refuted)


@pytest.mark.parametrize("goal, message", [
    ("posdef([[1, 2], [3, 4]])", r"\(1, 2\)"), ("posdef([[1, 2, 3]])", "square"),
    ("posdef([[x, x], [y, y]])", r"\(1, 2\)")])
def test_matrices_that_are_not_symmetric_are_errors(goal, message):
    with pytest.raises(FormulaError, match=message):
        decided(goal, ["x, y"])


@pytest.mark.parametrize("goal", ["x^2 >= 0", "x == x + 0", "lambda_min([[2, 1], [1, 2]]) != 3"])
def test_other_statements_are_not_decided(goal):
    verdict = decided(goal, ["x"])
    assert isinstance(verdict, Undecided)
    assert "definite() reads posdef(M), lambda_min(M) >= c and the like, not" in verdict.note


def test_a_false_statement_of_another_kind_is_refuted_by_the_audit():
    assert isinstance(decided("x^2 < 0", ["x"]), Refuted)


def test_a_singular_matrix_of_irrational_entries_is_not_called_either():
    assert isinstance(decided("possemidef([[sqrt(2), 2], [2, 2*sqrt(2)]])"), Undecided)
    assert isinstance(decided("posdef([[sqrt(2), 2], [2, 2*sqrt(2)]])"), Undecided)


@pytest.mark.parametrize("bound, verdict", [
    ("lambda_min(M) >= -34.67", Enclosed), ("lambda_min(M) >= -34.65", Refuted),
    ("lambda_max(M) <= 17.06", Enclosed), ("lambda_max(M) <= 17.04", Refuted)])
def test_spectral_range_over_a_box(bound, verdict):
    found = decided(bound.replace("M", HESSIAN), ["s, y"], ["0 <= s <= 1", "0 <= y <= tau"],
                    SPECTRUM)
    assert isinstance(found, verdict)
