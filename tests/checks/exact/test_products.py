"""What certificates are made of: the tightest bounds, products and squares up to a degree."""

import pytest

from gradproof.checks.exact.facts import facts_of
from gradproof.checks.exact.products import Kit, _tightest
from gradproof.formulas import proposition


def given(*assume):
    return facts_of(proposition("x >= 0", for_all=["x", "y"], assume=assume))


@pytest.mark.parametrize(("one", "two", "kept"), [
    ("x >= 1", "x >= 2", 1), ("x <= 1", "x <= 2", 0), ("-2*x >= -3", "x <= 1", 1),
    ("-x/2 >= -1", "x <= 1", 1), ("x <= 1", "3 - x/4 >= 0", 0), ("x/2 >= 1", "x >= 1", 0),
    ("x < 1", "x <= 1", 0), ("x >= 1", "2*x > 2", 1), ("-x/2 < 1", "x > -1", 1)])
def test_of_two_bounds_the_tighter_one_is_kept(one, two, kept):
    assert _tightest(given(one, two)) == [kept]
    assert _tightest(given(two, one)) == [1 - kept]


def test_bounds_of_both_sides_are_kept():
    assert _tightest(given("x >= 1", "x <= 2", "x*y >= 0")) == [0, 1, 2]


def test_products_up_to_a_degree():
    facts = given("x >= 0", "y >= 0")
    x, y = facts.gens
    kit = Kit(facts, x * y + 1)
    assert {str(p) for p, _ in kit.products(1)} == {"1", "x", "y"}
    assert {str(p) for p, _ in kit.products(2)} == {"1", "x", "y", "x^2", "x*y", "y^2"}
    assert len(kit.products(3)) == 10


@pytest.mark.parametrize("degree", [1, 2, 3])
def test_columns_have_the_degree_at_most_and_reach_it(degree):
    facts = given("x >= 0", "y <= 1")
    x, y = facts.gens
    columns = Kit(facts, x * y + x + 1).linear_terms(degree)
    assert max(p.total_degree() for p, _ in columns) == degree
    assert {str(p) for p, _ in columns} >= {"1", "x"}
