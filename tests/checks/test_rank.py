"""Ranks: exact, for all parameters, and the parameter value at which one drops."""

import pytest

from gradproof.checks import rank
from gradproof.formulas import FormulaError, proposition
from gradproof.verdicts import Proved, Refuted, Undecided


@pytest.mark.parametrize("goal, assume, verdict", [
    ("rank([[1, 2], [2, 4]]) == 1", [], Proved), ("rank([[1, 2], [2, 4]]) == 2", [], Refuted),
    ("rank([[1, 2], [2, 4.01]]) == 2", [], Proved), ("rank([[0, 0]]) == 0", [], Proved),
    ("rank([[a, 0], [0, 1]]) == 2", ["a > 0"], Proved),
    ("rank([[a, 0], [0, 1]]) == 2", ["a >= 0"], Refuted),
    ("rank([[a, a*a], [1, a]]) == 1", [], Proved),
    ("rank([[a, a*a], [1, a]]) == 2", [], Refuted),
    ("rank([[a, a^2 + 1], [1, a]]) == 2", [], Proved),
    ("rank([[a, 1], [1, a]]) >= 1", [], Proved), ("2 <= rank([[a, 1], [1, a]])", [], Refuted),
    ("rank([[sqrt(2), 2], [1, sqrt(2)]]) == 1", [], Undecided)])
def test_ranks(goal, assume, verdict):
    free = ["a"] if "a," in goal or "[a" in goal else []
    assert isinstance(rank()(proposition(goal, for_all=free, assume=assume)), verdict)


def test_bad_ranks_are_named():
    with pytest.raises(FormulaError, match="natural number"):
        rank()(proposition("rank([[1]]) == 1/2"))
