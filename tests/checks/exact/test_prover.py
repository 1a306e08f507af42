"""Each rule of the prover alone: it finds what it is there for, and the verifier agrees."""

import pytest
from flint import fmpq

from gradproof.checks.exact.derivation import verify
from gradproof.checks.exact.facts import facts_of
from gradproof.checks.exact.positivity import wanted
from gradproof.checks.exact.prover import Budget, Prover
from gradproof.formulas import Expr, proposition

NOTHING = Budget(0, 0, 0, 0)


def prover(goal, *assume, samples=(), budget=None, degree=None):
    """(prover, p, strict) for the polynomial p that has to be > 0 or ≥ 0."""
    names = [n for n in "vxyz" if n in goal.replace("sqrt", "")]
    stated = proposition(goal, for_all=names, assume=assume)
    facts, (statement,) = facts_of(stated), stated.conclusions
    poly, strict = wanted(facts.read(Expr("sub", (statement.left, statement.right))), statement.op)
    return Prover(facts, samples, budget, degree), poly, strict


def shows(one, poly, strict, node):
    """Whether ``node`` is verified as poly > 0, or poly ≥ 0 where that is enough."""
    if node is None:
        return False
    shown, kind = verify(node, one.facts)
    assert shown == poly and (kind == ">" or not strict)
    return True


def by(rule, goal, *assume, **options):
    one, poly, strict = prover(goal, *assume, **options)
    return shows(one, poly, strict, getattr(one, rule)(poly, strict))


@pytest.mark.parametrize(("goal", "assume"), [
    ("(x - 1)^3*(y - 2)^3 > 0", ["x < 1", "y < 2"]), ("x^3*y^3*z > 0", ["x < 0", "y < 0", "z > 0"]),
    ("-x^3*y^2 >= 0", ["x <= 0"])])
def test_signs_of_factors_take_no_program(goal, assume):
    assert by("node", goal, *assume, budget=NOTHING)
    assert not by("node", goal, *assume[:-1], budget=NOTHING)


@pytest.mark.parametrize(("goal", "assume", "found"), [
    ("x^4 - 2*x + 2 > 0", ["x >= 0"], True), ("x^3 - 2*x + 2 >= 0", ["x >= 0"], True),
    ("x^3 - 2*x + 1 >= 0", ["x >= 0"], False), ("x*(x - 1) >= 0", ["x >= 1"], True),
    ("x*(x - 1) > 0", ["x >= 1"], False), ("x*(x - 1) > 0", ["x > 1"], True)])
def test_sturm(goal, assume, found):
    assert by("_sturm", goal, *assume) is found


@pytest.mark.parametrize(("goal", "assume", "found"), [
    ("y^2 + y*(2*v^2 - 1) + 1 > 0", ["0 <= v", "v <= 1"], True),
    ("y^2 + 2*y*(2*v^2 - 1) + 1 >= 0", ["0 <= v", "v <= 1"], True),
    ("y^2 + 2*y*(2*v^2 - 1) + 1 > 0", ["0 <= v", "v <= 1"], False),  # 0 at v = 1, y = −1
    ("y^2 + y*(2*v^2 - 1) + 1 > 0", ["0 <= v", "v <= 2"], False)])
def test_extremes_of_an_even_power(goal, assume, found):
    assert by("_eliminated", goal, *assume) is found


@pytest.mark.parametrize(("goal", "assume", "found"), [
    ("sqrt(x^2 + 1) > x", [], True), ("sqrt(x^2) >= x", [], True), ("sqrt(x^2) > x", [], False),
    ("sqrt(x^2) >= 2*x", [], False), ("2*sqrt(x) <= x + 1", ["x >= 0"], True),
    ("2*sqrt(x) < x + 1", ["x >= 0"], False), ("sqrt(4*x^2 + 4*x + 1) >= 2*x + 1", [], True),
    ("2*sqrt(x^2 + y^2) >= x + y", [], True), ("sqrt(x^2 + y^2) >= x + y", [], False)])
def test_roots_are_compared_by_their_squares(goal, assume, found):
    assert by("_compared", goal, *assume) is found


def test_a_constant_is_split_off_until_the_rest_is_a_sum_of_squares():
    goal = "x^4 + x^2*y^2 + y^4 + 1/10 > 0"  # 1/4 is too much, as the sample shows
    one, poly, strict = prover(goal, samples=[(fmpq(0), fmpq(0))])
    assert shows(one, poly, strict, one._weighted(poly, True, 4))


@pytest.mark.parametrize(("goal", "found"), [
    ("x^4 + y^4 >= 1/2", True), ("x^4 + y^4 >= 51/100", False), ("x^4*y^2 + x^2 >= x^3*y", True)])
def test_sums_of_squares_modulo_an_equation(goal, found):
    one, poly, strict = prover(goal, "x^2 + y^2 == 1")
    assert shows(one, poly, strict, one._weighted(poly, False, 6)) is found


@pytest.mark.parametrize(("constant", "degree", "found"), [
    ("1/2", 3, True), ("32/100", 4, False), ("32/100", 5, True), ("32/100", None, False),
    ("34/100", None, True), ("26/100", 5, False)])
def test_products_up_to_the_degree_asked_for(constant, degree, found):
    """x² − x + c on [0, 1] by products of x and 1 − x (Bernstein): the degree grows as c → 1/4."""
    one, poly, strict = prover(f"x^2 - x + {constant} >= 0", "x >= 0", "x <= 1", degree=degree)
    one.facts.known[:] = one.facts.known[:2]
    node = one._high(poly, strict)
    assert shows(one, poly, strict, node) is found


def test_a_budget_of_one_program_allows_one():
    one, poly, strict = prover("x*y >= 0", "x >= 0", "y >= 0", budget=Budget(1, 0, 0, 0))
    assert shows(one, poly, strict, one._handelman(poly, strict, 2))
    assert one.budget.programs == 0 and one._handelman(poly, strict, 2) is None


@pytest.mark.parametrize(("assume", "middle"), [
    (["0 <= x", "x <= 2", "0 <= y", "y <= 1"], "x - 1"),
    (["0 <= x", "x <= 2", "0 <= y", "y <= 8"], "y - 4"),
    (["0 <= x", "0 <= y", "y <= 1"], "y - 1/2"),
    (["0 <= x"], None)])
def test_the_widest_bounded_variable_is_halved(assume, middle):
    one, poly, _ = prover("x^2 + y^2 >= 0", *assume)
    at = one._middle(poly)
    assert at is None if middle is None else str(at) == middle
