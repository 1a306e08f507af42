"""Intervals read off facts; an end that is missing is not closed."""

import pytest

from gradproof.checks.exact.facts import facts_of
from gradproof.checks.exact.intervals import interval, is_empty
from gradproof.formulas import proposition


@pytest.mark.parametrize(("assume", "where", "empty"), [
    ([], (None, None, False, False), False), (["x > 0"], (0, None, False, False), False),
    (["x >= 0"], (0, None, True, False), False), (["x < 1"], (None, 1, False, False), False),
    (["x <= 1"], (None, 1, False, True), False), (["x == 2"], (2, 2, True, True), False),
    (["x >= 1", "x > 1", "x <= 1"], (1, 1, False, True), True),
    (["x <= 3", "2*x < 6", "x >= -1"], (-1, 3, True, False), False)])
def test_intervals(assume, where, empty):
    found = interval(facts_of(proposition("x >= 0", for_all=["x"], assume=assume)), 0)
    assert found == where and is_empty(found) is empty
