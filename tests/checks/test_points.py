"""Truth at a point: exact where it can be, by balls elsewhere, and never more than certain."""

from fractions import Fraction

import flint
import pytest

from gradproof.checks import points
from gradproof.checks.points import by_balls, compared, holds_at, satisfies, show_point
from gradproof.formulas import parse_statement, proposition
from gradproof.formulas.values import Undefined

POINT = {"x": Fraction(1, 2), "y": Fraction(3)}
NAN = flint.arb("nan")


def truth(source, route=holds_at, **point):
    (statement,) = parse_statement(source)
    return route(statement, {**POINT, **{k: Fraction(v) for k, v in point.items()}})


TABLE = {  # op: truth for left < right, left == right, left > right
    "==": (False, True, False), "!=": (True, False, True), "<": (True, False, False),
    "<=": (True, True, False), ">": (False, False, True), ">=": (False, True, True)}


@pytest.mark.parametrize("op", TABLE)
def test_exact_relations_by_both_routes(op):
    for left, expected in zip(("2", "3", "4"), TABLE[op], strict=True):
        for route in (holds_at, by_balls):
            assert truth(f"{left} {op} y", route) is expected


@pytest.mark.parametrize("op", TABLE)
def test_irrational_relations(op):
    for left, expected in (("sqrt(2)", TABLE[op][0]), ("sqrt(11)", TABLE[op][2])):
        assert truth(f"{left} {op} y") is expected


@pytest.mark.parametrize("op", TABLE)
def test_equal_irrational_sides_are_never_decided(op):
    assert truth(f"sqrt(2)^2 {op} 2") is None
    assert truth(f"sqrt(9) {op} 3", by_balls) in (TABLE[op][1], None)


def test_what_an_exact_zero_ball_says():
    for op, (_, equal, _) in TABLE.items():
        assert truth(f"exp(x - 1/2) {op} 1") is equal


def sign_answers(gap):
    return {op: points._sign_answer(op, gap) for op in TABLE}


def test_signs_of_balls():
    """A ball with an end at 0 settles the weak relations; a ball across 0 settles nothing."""
    above = flint.arb(2, 2).nonnegative_part()  # its lower end is 0 exactly
    below = -above
    assert sign_answers(below) == {"==": None, "!=": None, "<": None, "<=": True, ">": False,
                                   ">=": None}
    assert sign_answers(above) == {"==": None, "!=": None, "<": False, "<=": None, ">": None,
                                   ">=": True}
    for gap in (flint.arb(0, 1), flint.arb(1, 2), flint.arb(-1, 2), NAN):
        assert set(sign_answers(gap).values()) == {None}
    for number, place in ((-1, 0), (0, 1), (1, 2)):
        assert sign_answers(flint.arb(number)) == {op: row[place] for op, row in TABLE.items()}
        if number:
            assert sign_answers(flint.arb(3 * number, 1)) == {
                op: row[place] for op, row in TABLE.items()}


def test_precision_grows_until_the_sides_part():
    assert truth("sqrt(10^120 + 1) <= 10^60") is False  # parts at some 400 bits
    assert truth("exp(10^-60) <= 1") is False
    assert truth("sqrt(10^30 + 1) > 10^15") is True
    assert truth("exp(10^-300) <= 1") is None  # beyond the finest balls
    assert points.BITS == tuple(sorted(points.BITS)) and points.BITS[-1] == 640


@pytest.mark.parametrize("source", ["1/(x - 1/2) > 0", "log(x - 1) < 3", "sqrt(x - 3) == 0",
                                    "x/(x - x) == 1", "log(x - 1/2) <= 0"])
def test_no_value_is_no_truth(source):
    for route in (holds_at, by_balls):
        with pytest.raises(Undefined):
            truth(source, route)


def test_the_undefined_is_named():
    with pytest.raises(Undefined, match=r"log\(x − 1\) < 3 has no finite value at x = 1/2, y = 3"):
        truth("log(x - 1) < 3")


def test_what_cannot_be_evaluated_is_open():
    assert truth("limit(t, 0, t) == 0") is None
    assert truth("limit(t, 0, t) == 0", by_balls) is None
    assert truth("2^6000 > 0") is None
    assert truth("z > 0") is None  # no value for z
    assert truth("foo(x) == foo(x)") is None


def test_predicates_have_their_judges(monkeypatch):
    seen = []
    monkeypatch.setitem(points.PREDICATES, "tiny", lambda args, p: seen.append((args, p)) or False)
    assert truth("tiny(x, 2)") is False and truth("nobody_knows(x)") is None
    ((args, point),) = seen
    assert [str(a) for a in args] == ["x", "2"] and point == POINT


def test_comparisons_have_their_judges(monkeypatch):
    monkeypatch.setitem(points.COMPARISONS, "norm9", lambda relation, point: "judged")
    (left,), (right,) = parse_statement("norm9(x) >= 2"), parse_statement("2 <= norm9(x)")
    (inner,), (predicate,) = parse_statement("1 + norm9(x) >= 2"), parse_statement("norm9(x)")
    assert compared(left) == compared(right) == "norm9"
    assert compared(inner) == compared(predicate) == compared(*parse_statement("x > 1")) == ""
    assert holds_at(left, POINT) == holds_at(right, POINT) == "judged"


def test_satisfied_hypotheses():
    p = proposition("x >= 0", for_all=["x", "n natural", "k integer"], assume=["x <= 2", "x != n"])
    point = {"x": Fraction(1, 2), "n": Fraction(1), "k": Fraction(-2)}
    assert satisfies(p, point)
    for change in ({"x": 3}, {"x": 1}, {"n": Fraction(1, 2)}, {"n": -1}, {"k": Fraction(1, 2)}):
        assert not satisfies(p, {**point, **{k: Fraction(v) for k, v in change.items()}})


def test_only_certain_hypotheses_are_satisfied():
    for given in ("sqrt(x)^2 == 2", "1/(x - 2) > 0", "limit(t, 0, t) == 0", "sqrt(-x) >= 0"):
        p = proposition("x >= 0", for_all=["x"], assume=[given])
        assert satisfies(p, {"x": Fraction(2)}) is False
    assert satisfies(proposition("1 <= 2"), {})


def test_points_for_people():
    assert show_point({"gamma_1": Fraction(2, 5), "s": Fraction(1)}) == "γ_1 = 2/5, s = 1"
    assert show_point({}) == "the statement itself"
