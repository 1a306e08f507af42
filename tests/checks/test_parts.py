"""Small parts of the checks, each asked directly what it says."""

from fractions import Fraction

import flint
import pytest

from gradproof.checks import krawczyk, mean, normal_form, rank, strong_minimum
from gradproof.checks.analysis.kinks import _less, _root, has_kinks, kinks
from gradproof.checks.analysis.tree import Known
from gradproof.checks.core import Unknown
from gradproof.checks.enclosed.boxes import Side
from gradproof.checks.exact.generators import text_of_goal
from gradproof.checks.exact.matrices import _diag, _sized
from gradproof.checks.exact.matrix_witness import written
from gradproof.checks.matrices.goals import Demand, at_point
from gradproof.checks.matrices.inertia import ball_not_possemidef, ball_posdef
from gradproof.checks.monotonicity import _linear, _one_side, _start_sign, _surely_positive
from gradproof.formulas import FormulaError, num, parse_expr, proposition
from gradproof.formulas.values import Undefined
from gradproof.verdicts import Enclosed, Proved, Refuted, Undecided

POWER_SUMS = ["n", "n*(n+1)/2", "n*(n+1)*(2*n+1)/6", "n^2*(n+1)^2/4",
              "n*(n+1)*(2*n+1)*(3*n^2+3*n-1)/30", "n^2*(n+1)^2*(2*n^2+2*n-1)/12"]


@pytest.mark.parametrize("power", range(6))
def test_sums_of_powers(power):
    stated = proposition(f"sum(k, 1, n, k^{power}) == {POWER_SUMS[power]}", for_all=["n natural"])
    verdict = normal_form()(stated)
    assert isinstance(verdict, Proved) and verdict.method == "normal form in ℚ(n)"


def test_relations_that_were_used_are_named():
    verdict = normal_form()(proposition("x^2*y^2 == 1", for_all=["x, y"], assume=["x*y == 1"]))
    assert isinstance(verdict, Proved) and verdict.note == "modulo x·y = 1"
    plain = normal_form()(proposition("x*y == y*x", for_all=["x, y"], assume=["x*y == 1"]))
    assert isinstance(plain, Proved) and plain.note == ""


def test_goals_as_text():
    stated = proposition(["x < 1", "posdef([[x]])"], for_all=["x"])
    assert text_of_goal(stated) == "x < 1, posdef([[x]])"


# pieces of an integral


def test_kinks_are_seen():
    for body, found in (("abs(x)", True), ("1 + max(x, 2)*y", True), ("min(y, x^2)", True),
                        ("abs(y)*x", False), ("sin(x)", False), ("exp(abs(y)) + x", False)):
        assert has_kinks("x", parse_expr(body)) is found


@pytest.mark.parametrize(("source", "root"), [
    ("x - 1", "1"), ("3 - 2*x", "3/2"), ("x/7", "0"), ("5", None), ("x^2", None), ("sin(x)", None),
    ("x - y", None), ("1/x", None)])
def test_roots_of_linear_arguments(source, root):
    assert _root(parse_expr(source), "x") == (Fraction(root) if root else None)


@pytest.mark.parametrize(("a", "b", "less"), [
    ("-oo", "0", True), ("0", "oo", True), ("-oo", "oo", True), ("oo", "0", False),
    ("0", "-oo", False),
    ("0", "1", True), ("1", "0", False), ("1", "1", False), ("0", "p", True), ("p", "0", False),
    ("q", "0", False), ("-oo", "q", True), ("q", "oo", True), ("oo", "q", False),
    ("q", "-oo", False)])
def test_order_of_ends(a, b, less):
    known = Known(proposition("p >= 0", for_all=["p", "q"], assume=["p > 0"]))
    assert _less(parse_expr(a), parse_expr(b), known) is less


@pytest.mark.parametrize(("low", "high", "cuts"), [
    ("-5", "5", ["-1", "0", "2"]), ("5", "-5", ["2", "0", "-1"]), ("0", "5", ["2"]),
    ("3", "5", []), ("-oo", "1", ["-1", "0"])])
def test_cuts_lie_between_the_ends_in_their_order(low, high, cuts):
    known = Known(proposition("1 >= 0"))
    body = parse_expr("abs(x) + max(x, 2)*min(x + 1, 0) + abs(x)")
    assert [str(c) for c in kinks("x", parse_expr(low), parse_expr(high), body, known)] == cuts


# monotonicity


def test_what_is_surely_positive():
    p = proposition("x >= 0", for_all=["x", "y"], assume=["x >= 0", "y > 0"])
    for source, sure in (("1 + x", True), ("y", True), ("y*(1 + x)", True), ("x", False),
                         ("x - 2", False),
                         ("y*(x - 2)", False), ("(x - 2)*(x - 3)", False), ("1 - x", False),
                         ("-y", False)):
        assert _surely_positive(parse_expr(source), p) is sure, source


@pytest.mark.parametrize(("gap", "linear"), [
    ("x", True), ("y^2*x - 1", True), ("(x + y)/(1 + y^2)", True), ("y", True), ("x^2", False),
    ("1/x", False), ("x*exp(y)", False), ("x/(y - y)", False)])  # what is not seen is not believed
def test_linear_in_one_parameter(gap, linear):
    assert _linear(parse_expr(gap), "x") is linear


@pytest.mark.parametrize(("source", "weak", "strict"), [
    ("1", True, True), ("0", True, False), ("-1", False, False), ("exp(1) - 2", True, True),
    ("2 - exp(1)", False, False), ("log(2) - 1/2", True, True), ("1/(2 - 2)", False, False)])
def test_signs_at_the_start(source, weak, strict):
    p = proposition("1 >= 0")
    assert _start_sign(parse_expr(source), p, False) is weak
    assert _start_sign(parse_expr(source), p, True) is strict


@pytest.mark.parametrize(("f", "assume", "grows"), [
    ("x", ["x >= 0"], True), ("x^2 + x", ["x >= 0"], True), ("exp(x) - 1", ["x >= 0"], True),
    ("-x", ["x >= 0"], False), ("x - 1", ["x >= 0"], False),
    ("-1/(x - 1)", ["x >= 0"], False),  # grows on either side of its pole, and jumps down at it
    ("-1/(x - 1)", ["x < 1", "x >= 0"], True), ("x", ["x^2 >= 4", "x >= 0"], False),
    ("-x", ["y > 0", "x <= 0"], True), ("-x*y", ["y > 0", "x <= 0"], True),
    ("1 - 1/x", ["y > 0", "x > 0", "x >= 0"], False),  # grows where it has values, but not from 0
    ("x^2/x", ["y > 0", "x > 0", "x >= 0"], False)])
def test_growth_on_one_side(f, assume, grows):
    half = proposition("x >= 0", for_all=["x", "y"], assume=assume)
    assert _one_side(parse_expr(f), "x", num(0), half, False, 4) is grows


# matrices


def rows(*lines):
    return [[parse_expr(x) for x in line.split(",")] for line in lines]


@pytest.mark.parametrize(("lines", "definite", "semidefinite"), [
    (("2, 1", "1, 2"), True, True), (("1, 1", "1, 1"), False, True),
    (("1, 2", "2, 1"), False, False), (("0, 0", "0, 0"), False, True),
    (("e, 1", "1, 2"), True, True), (("e, 3", "3, 2"), False, False),
    (("pi, sqrt(2)", "sqrt(2), 1"), True, True),
    (("-e, 0", "0, 1"), False, False), (("e, 1, 0", "1, 2, 0", "0, 0, -1"), False, False),
    (("3, e, 0", "e, 4, 1", "0, 1, 1"), True, True),
    (("1, 9/10, 9/10", "9/10, 1, 0*pi", "9/10, 0*pi, 1"), False, False)])
def test_definiteness_at_a_point(lines, definite, semidefinite):
    matrix = rows(*lines)
    assert at_point(Demand(matrix, True), {}) is definite
    assert at_point(Demand(matrix, False), {}) is semidefinite
    assert at_point(Demand(matrix, True, True), {}) is not definite
    assert at_point(Demand(matrix, False, True), {}) is not semidefinite


@pytest.mark.parametrize("lines", [("2, 1", "0, 2"), ("e, 1", "2, 3"), ("e, sqrt(2)", "sqrt(3), 3"),
                                   ("1, 0, 0", "0, e, 1", "0, 0, 9")])
def test_matrices_that_are_not_symmetric_are_refused(lines):
    with pytest.raises(FormulaError,
                       match=r"not symmetric: entries \(\d, \d\) and \(\d, \d\) differ"):
        at_point(Demand(rows(*lines), True), {})


def test_the_entries_that_differ_are_named_from_one():
    with pytest.raises(FormulaError, match=r"entries \(2, 3\) and \(3, 2\) differ"):
        at_point(Demand(rows("1, 0, 0", "0, 1, 5", "0, 4, 1"), True), {})
    with pytest.raises(FormulaError, match=r"entries \(2, 3\) and \(3, 2\) differ"):
        at_point(Demand(rows("1, 0, 0", "0, 1, e", "0, 4, 1"), True), {})


def test_entries_without_a_value():
    with pytest.raises(Undefined):
        at_point(Demand(rows("1/(e - e), 0", "0, 1"), True), {})


@pytest.mark.parametrize(("table", "definite", "negative"), [
    ([[2]], True, False), ([[0]], False, False), ([[-1]], False, True),
    ([[1, 2], [2, 1]], False, True),
    ([[1, 1], [1, 1]], False, False), ([[4, 2, 2], [2, 2, 0], [2, 0, 1]], False, True)])
def test_definiteness_in_balls(table, definite, negative):
    balls = [[flint.arb(x) for x in line] for line in table]
    assert ball_posdef(balls) is definite and ball_not_possemidef(balls) is negative
    wide = [[flint.arb(x, 50) for x in line] for line in table]
    assert ball_posdef(wide) is None and ball_not_possemidef(wide) is False
    gone = [[flint.arb("nan") for _ in line] for line in table]
    assert ball_posdef(gone) is None and ball_not_possemidef(gone) is False


def test_matrices_as_text():
    assert written(flint.fmpq_mat([[flint.fmpq(1, 2)]])) == "1/2"
    assert written(flint.fmpq_mat([[1, 2], [0, 1]])) == "[[1, 2], [0, 1]]"
    assert written(flint.fmpq_mat([[1, 2]])) == "[[1, 2]]"
    assert written(flint.fmpq_mat([[1], [2]])) == "[[1], [2]]"


def test_identities_have_a_size_from_one_to_sixty():
    assert _sized(num(1)) == 1 and _sized(num(60)) == 60
    for bad in (num(0), num(61), num(-1), num("3/2"), parse_expr("n")):
        with pytest.raises(FormulaError, match="a size from 1 to 60 is needed"):
            _sized(bad)


def test_a_diagonal_matrix_from_its_entries():
    assert _diag(None, num(5), num(7)) == [[num(5), num(0)], [num(0), num(7)]]


def test_ends_are_closed_unless_said():
    assert not Side(0, 1).open_low and not Side(0, 1).open_high
    assert Side(0, 1, True).open_low and not Side(0, 1, True).open_high


def test_figures_of_a_sample_are_given_by_name():
    verdict = mean(lambda rng, n: rng.random(n), 0.5, delta=0.1, n=2_000, seed=0, bounds=(0, 1),
                   statement="one half")()
    assert verdict.passes
    with pytest.raises(TypeError, match="positional"):
        mean(lambda rng, n: rng.random(n), 0.5, 0.1, n=100, seed=0)


# existence


def judged(check, goal, *names, **parts):
    return check(proposition(goal, for_all=names, **parts))


def test_a_zero_on_the_rim_of_the_ball_decides_nothing():
    verdict = judged(strong_minimum(), "unique_minimum(x^2, [x], [1/2], 1/2)")
    assert isinstance(verdict, Undecided) and "is not below mρ = 0.99" in verdict.note
    verdict = judged(strong_minimum(), "unique_minimum(x^2, [x], [1/2], 2/5)")
    assert isinstance(verdict, Refuted) and "no zero in the box" in verdict.note


def test_terms_need_values_on_the_ball_only():
    verdict = judged(strong_minimum(), "unique_minimum(x^2 + 1/(2*cos(x)), [x], [0], 1/4)")
    assert isinstance(verdict, Enclosed), verdict


@pytest.mark.parametrize("goal", ["posdef([[2]])", "1 < 2"])
def test_other_statements_are_not_strong_minimums(goal):
    verdict = judged(strong_minimum(), goal)
    assert isinstance(verdict, Undecided) and "decides unique_minimum only" in verdict.note


@pytest.mark.parametrize("f", ["x^2 + 1", "exp(x)", "-exp(x)", "-1 - x^2", "x + 2", "x - 2"])
def test_a_function_of_one_sign_takes_one_box(f):
    verdict = judged(krawczyk(), f"no_zero([{f}], [x], [[-1, 1]])")
    assert isinstance(verdict, Enclosed) and verdict.note.startswith("no zero, 1 boxes"), verdict


def test_minors_that_are_no_polynomials_are_open():
    verdict = judged(rank(), "rank([[exp(x), sin(x)], [sin(x), exp(x)]]) <= 2 - 1", "x",
                     examples=[{"x": "2"}])
    assert not verdict.passes
    outcome = rank().procedure(proposition("rank([[exp(x), 1], [1, exp(x)]]) <= 1", for_all=["x"]))
    assert isinstance(outcome, Unknown) and "no quotient of polynomials" in outcome.reason
