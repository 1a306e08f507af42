"""Root counts and inequalities in one variable, over the reals and over the integers."""

import pytest
from flint import fmpq, fmpq_poly

from gradproof.checks import integers, sturm
from gradproof.checks.core import Accept, Unknown, Witness
from gradproof.checks.exact.rootcount import count_roots, count_sign_changes, isolated
from gradproof.checks.exact.sturm import _inside
from gradproof.formulas import proposition
from gradproof.verdicts import Proved, Refuted, Undecided

X = fmpq_poly([0, 1])


@pytest.mark.parametrize(("low", "high", "closed", "count"), [
    (None, None, (True, True), 3), (0, 2, (True, True), 3), (0, 2, (False, True), 2),
    (0, 2, (True, False), 2), (0, 2, (False, False), 1), (1, 1, (True, True), 1),
    (1, 1, (False, True), 0), (2, 0, (True, True), 0), (fmpq(1, 2), None, (True, True), 2),
    (None, fmpq(1, 2), (True, True), 1),
])
def test_counts_at_the_ends(low, high, closed, count):
    poly = X * (X - 1) ** 2 * (X - 2) ** 3  # distinct roots 0, 1, 2
    ends = [None if e is None else fmpq(e) for e in (low, high)]
    assert count_roots(poly, *ends, closed_low=closed[0], closed_high=closed[1]) == count


def test_sign_changes_ignore_even_multiplicity():
    assert count_sign_changes(X * (X - 1) ** 2 * (X - 2) ** 3) == 2


def test_zero_polynomial_is_refused():
    with pytest.raises(ValueError, match="zero polynomial"):
        count_roots(fmpq_poly([0]))


def test_close_roots_are_separated():
    poly = (X - fmpq(1, 3)) * (X - fmpq(1, 3) - fmpq(1, 10 ** 12)) * (X ** 2 + 1)
    assert len(isolated(poly, fmpq(-1), fmpq(1))) == 2


TRUE = [
    ("(x^2 - 2)^2 >= 0", []), ("x^2 - 2 >= 0", ["x >= 1.41421357"]), ("1/x + x >= 2", ["x > 0"]),
    ("x^3 - x + 1 > 0", ["x >= -1.3"]), ("x^2 - 3*x + 2 < 0", ["1 < x < 2"]),
    ("x^2 - 3*x + 2 <= 0", ["1 <= x <= 2"]), ("x^20 - 10*x^2 + 9 >= 0", []),
    ("x^2 != 2", ["0 < x < 1.4"]), ("x*(1 - x) <= 1/4", ["0 <= x <= 1"]),
    ("x^2*(1-x) <= 4/27", ["0 <= x <= 1"]), ("1/(x^2 + 1) <= 1", []),
]
FALSE = [
    ("x^2 != 2", []), ("(x^2 - 2)^2 > 0", []), ("x^2 - 2 >= 0", ["x >= 1.41421356"]),
    ("1/x + x > 2", ["x > 0"]), ("x^3 - x + 1 > 0", ["x >= -1.4"]),
    ("x^2 - 3*x + 2 < 0", ["1 <= x < 2"]), ("x^20 - 10*x^2 + 8.99999 >= 0", []),
    ("x^2*(1-x) <= 4/27 - 1/10^12", ["0 <= x <= 1"]), ("x^2*(1-x) < 4/27", ["0 <= x <= 1"]),
    ("(x^2 - 2)*(x^2 - 2 - 1/10^10) >= 0", []),
]


@pytest.mark.parametrize(("conclude", "assume"), TRUE)
def test_true(conclude, assume):
    assert isinstance(sturm()(proposition(conclude, for_all=["x"], assume=assume)), Proved)


@pytest.mark.parametrize(("conclude", "assume"), FALSE)
def test_false(conclude, assume):
    assert isinstance(sturm()(proposition(conclude, for_all=["x"], assume=assume)), Refuted)


SETS = [  # hypotheses that are no interval
    ("x >= 1", "x > 1", ["(x-1)^2*(x-2)^2 <= 0"], ["1", "2"]),
    ("x^3 - x^2 <= 0", "x^3 - x^2 < 0", ["(x-1)^2 <= 0"], ["1"]),
    ("x >= 0", "x > 0", ["x*(x-1)*(x-2) >= 0"], ["0"]),
    ("x < 70711/50000", "x < 1.41421", ["x^2 <= 2", "x > 0"], ["1"]),
    ("x != 0", "x != 1", ["x^2 >= 1"], ["1"]),
    ("(x-1)^2 > 0", "x^2 > 0", ["x != 1"], ["0"]),
]


@pytest.mark.parametrize(("true", "false", "assume", "examples"), SETS)
def test_sets_that_are_no_interval(true, false, assume, examples):
    for conclude, kind in ((true, Proved), (false, Refuted)):
        given = proposition(conclude, for_all=["x"], assume=assume,
                            examples=[{"x": e} for e in examples])
        assert isinstance(sturm()(given), kind), conclude


def test_a_dropped_piece_is_noticed():
    given = proposition("x >= 0", for_all=["x"], assume=["(x+1)^2*x*(x-2) >= 0"])
    assert not isinstance(sturm()(given), Proved)  # x = −1 belongs to the set


def test_an_irrational_pole_is_no_witness():
    verdict = sturm()(proposition("1/(x^2 - 2)^2 > 0", for_all=["x"]))
    assert isinstance(verdict, Undecided)


def test_an_irrational_zero_outside_of_further_hypotheses_is_no_witness():
    given = proposition("x^2 != 2", for_all=["x"], assume=["x^3 <= 1"])
    assert not isinstance(sturm()(given), Refuted)


@pytest.mark.parametrize(("conclude", "sort", "assume", "kind"), [
    ("k^2 != 2", "k integer", [], Proved), ("k^2 >= k", "k integer", [], Proved),
    ("k^2 - 3*k + 2 <= 0", "k integer", ["0 < k < 3"], Proved),
    ("k^2 - 3*k + 2 <= 0", "k integer", ["0 < k < 4"], Refuted),
    ("k^3 >= k", "k natural", [], Proved), ("k^3 >= k", "k integer", [], Refuted),
    ("k^2 > k", "k integer", [], Refuted), ("k^2 >= k", "k", [], Refuted),
    ("(k - 1000)*(k - 1001) >= 0", "k natural", [], Proved),
    ("(k - 1000)*(k - 1002) >= 0", "k natural", [], Refuted),
])
def test_integers(conclude, sort, assume, kind):
    assert isinstance(integers()(proposition(conclude, for_all=[sort], assume=assume)), kind)


@pytest.mark.parametrize(("conclude", "assume"), [
    ("2*x - 1 <= 0", ["707/500 < x < 3"]), ("2*x - 1 >= 0", ["-9 < x < -3"]),
    ("2*x - 1 <= 0", ["x > 5"]), ("2*x - 1 > 0", ["x < -5"]), ("x^2 - 2 < 0", ["x >= 2"]),
])
def test_integers_beyond_all_roots_are_tried(conclude, assume):
    given = proposition(conclude, for_all=["x integer"], assume=assume)
    assert isinstance(integers().procedure(given), Witness)  # without core's audit
    turned = conclude.translate(str.maketrans("<>", "><"))
    given = proposition(turned, for_all=["x integer"], assume=assume)
    assert isinstance(integers().procedure(given), Accept)


def test_an_interval_without_integers_is_not_accepted():
    given = proposition("2*x - 1 <= 0", for_all=["x integer"], assume=["5/4 < x < 7/4"])
    assert isinstance(integers().procedure(given), Unknown)


@pytest.mark.parametrize(("conclude", "assume", "kind"), [
    ("(x^2 - 2)^2/(x^2 - 2) != 0", [], Undecided),  # no value at its only zeros
    ("(x^2 - 2)/(x^4 - 4)*(x^4 - 4) != 0", [], Undecided),
    ("x^2 - 2 != 0", ["x*(x^2 - 2)/(x^2 - 2) > 0"], Undecided),
    ("(x^2 - 3)^2*(x^2 - 2)/(x^2 - 3) != 0", [], Refuted),  # √2 is a zero, only √3 is none
    ("(x^2 - 2)/(x - 5) != 0", [], Refuted), ("(x^2 - 2)^2/(x^2 - 3)^2 > 0", [], Refuted),
])
def test_an_irrational_zero_needs_a_value_there(conclude, assume, kind):
    assert isinstance(sturm()(proposition(conclude, for_all=["x"], assume=assume)), kind)


@pytest.mark.parametrize(("closed_low", "closed_high", "inside"), [
    (True, True, [0, 1, 2]), (False, True, [1, 2]), (True, False, [0, 1]), (False, False, [1])])
def test_points_of_an_interval(closed_low, closed_high, inside):
    where = fmpq(0), fmpq(2), closed_low, closed_high
    assert [k for k in range(-1, 4) if _inside(fmpq(k), where)] == inside
    assert _inside(fmpq(-9), (None, fmpq(2), False, closed_high))
    assert _inside(fmpq(9), (fmpq(0), None, closed_low, False))
