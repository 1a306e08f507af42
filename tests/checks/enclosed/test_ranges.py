"""Boxes read off hypotheses: they contain every allowed point, and are as tight as promised."""

from fractions import Fraction

import flint
import pytest
from flint import fmpq

from gradproof.checks import domain
from gradproof.checks.enclosed.boxes import Side, centre, ends, exact, fraction, replaced, simplest
from gradproof.checks.enclosed.ranges import box_of
from gradproof.formulas import proposition

# hypotheses over x (and y), then: low and high of x, whether open, the same of y
TIGHT = [
    ("0 <= x <= 1", "0 1"), ("0 < x < 1", "(0 1)"), ("0 <= x < 1", "0 1)"), ("1 >= x > 0", "(0 1"),
    ("x >= 0; x <= 3; x <= 2; x > 0", "(0 2"), ("x >= 0; x > 0; x < 2; x <= 2", "(0 2)"),
    ("x == 1/3", "1/3 1/3"),
    ("2*x + 1 <= 5; -x <= 3", "-3 2"), ("1 - x >= 0; x + 1 > 0", "(-1 1"),
    ("-2*x < 4; -2*x > -4", "(-2 2)"),
    ("x/3 <= 1; x/(-3) < 1", "(-3 3"), ("3*x == 2", "2/3 2/3"),
    ("x*4 <= 1; x*(-4) <= 1", "-1/4 1/4"),
    ("abs(x) <= 2", "-2 2"), ("abs(x) < 2", "(-2 2)"), ("abs(x) + 1 <= 3", "-2 2"),
    ("abs(x - 1) < 2", "(-1 3)"),
    ("abs(2*x - 1) <= 3", "-1 2"), ("x^2 <= 4", "-2 2"), ("x^2 < 4", "(-2 2)"),
    ("x^4 <= 16", "-2 2"), ("x^2 <= 0", "0 0"),
    ("4 >= x^2", "-2 2"), ("(x - 1)^2 <= 4", "-1 3"), ("1 - x^2 >= 0", "-1 1"),
    ("0 <= x <= 1; x <= y <= 2*x", "0 1", "0 2"), ("0 <= x <= 1; y == 3 - x", "0 1", "2 3"),
    ("x + y <= 1; x >= 0; y >= 0", "0 1", "0 1"), ("x + y < 1; x > 0; y >= 0", "(0 1)", "0 1)"),
    ("x - y == 0; 0 <= y <= 1", "0 1", "0 1"),
    ("x^2 + y^2 <= 1", "-1 1", "-1 1"), ("abs(x) + abs(y) <= 1", "-1 1", "-1 1"),
    ("x^2 + abs(y) <= 4", "-2 2", "-4 4"),
    ("0 <= x <= 2; 1 <= y <= x + 1", "0 2", "1 3"), ("y - x <= 1; x <= 2; y >= -1", "-2 2", "-1 3"),
    ("x <= y; y <= 1; x >= 0; y >= 0", "0 1", "0 1"),
    ("2*x + 3*y <= 6; x >= 0; y >= 0", "0 3", "0 2"),
    ("-x - y >= -1; x >= 0; y >= 0", "0 1", "0 1"),
    ("0 < x; x < 1; x != 1/2", "(0 1)"),
    ("sqrt(y) + x <= 3; x >= 1; 0 <= y <= 9", "1 3", "0 9"),
]
OPEN = ["x >= 0", "x <= 0", "x != 0", "x^3 <= 8", "x^2 >= 1", "abs(x) >= 1", "x*y <= 1; y > 0",
        "x^2 <= y", "sin(x) <= 1/2",
        "x^-2 <= 1", "1/x <= 1", "x + y <= 1; x >= 0", "x/y <= 1; y >= 1"]


def stated(given):
    names = ["x", "y"] if "y" in given else ["x"]
    return proposition("0 <= 1", for_all=names, assume=[g.strip() for g in given.split(";")]), names


def read(text):
    low, high = text.split()
    return (Fraction(low.strip("(")), Fraction(high.strip(")")), "(" in low, ")" in high)


@pytest.mark.parametrize("case", TIGHT, ids=lambda c: c[0])
def test_ranges_are_tight(case):
    given, *sides = case
    p, names = stated(given)
    box = box_of(p, names)
    assert not isinstance(box, str), box
    for side, text in zip(box, sides, strict=True):
        low, high, open_low, open_high = read(text)
        assert (side.open_low, side.open_high) == (open_low, open_high)
        assert 0 <= low - fraction(side.low) < Fraction(1, 10**7)  # rounded outward
        assert 0 <= fraction(side.high) - high < Fraction(1, 10**7)


@pytest.mark.parametrize("case", TIGHT, ids=lambda c: c[0])
def test_ranges_contain_what_is_allowed(case):
    p, names = stated(case[0])
    box = box_of(p, names)
    for point in domain.points(p, 30):
        for name, side in zip(names, box, strict=True):
            assert fraction(side.low) <= point[name] <= fraction(side.high)
            assert not (side.open_low and point[name] == fraction(side.low))
            assert not (side.open_high and point[name] == fraction(side.high))


@pytest.mark.parametrize("given", OPEN)
def test_unbounded_parameters_are_named(given):
    found = box_of(*stated(given))
    assert isinstance(found, str) and "no finite bounds" in found


@pytest.mark.parametrize("given", ["x >= 1; x <= 0", "x^2 <= 1; x >= 2", "abs(x) <= 1; x < -3"])
def test_contradictions_are_a_reason(given):
    assert box_of(*stated(given)) == "the hypotheses contradict each other"


def test_irrational_ends_are_rounded_outward():
    (side,) = box_of(*stated("x^2 <= 2"))
    assert fraction(side.low) ** 2 > 2 and fraction(side.high) ** 2 > 2
    assert fraction(side.high) - Fraction(14142135623730951, 10**16) < Fraction(1, 10**14)
    assert not side.open_low and not side.open_high
    (side,) = box_of(*stated("x^2 < 2"))
    assert not side.open_low  # the end itself is beyond what is allowed
    box = box_of(*stated("0 <= x <= pi; exp(x) <= y <= 30"))
    assert Fraction(314159, 100000) < fraction(box[0].high) < Fraction(314160, 100000)
    assert fraction(box[1].low) <= 1


def test_only_the_parameters_asked_for_need_bounds():
    p = proposition("0 <= 1", for_all=["x", "y"], assume=["0 <= x <= 1"])
    assert len(box_of(p, ["x"])) == 1 and isinstance(box_of(p, ["x", "y"]), str)
    whole = proposition("0 <= 1", for_all=["n natural"], assume=["n < 5"])
    (side,) = box_of(whole, ["n"])
    assert (fraction(side.low), fraction(side.high), side.open_high) == (0, 5, True)


# sides


@pytest.mark.parametrize(("low", "high"),
                         [(0, 1), (Fraction(1, 3), 2), (-1, 1), (-7, Fraction(-1, 7)), (2, 2)])
def test_sides_are_halved_without_a_gap(low, high):
    side = Side(low, high, True, True)
    assert side.width == exact(high) - exact(low)
    assert low <= fraction(side.middle) <= high
    if low == high:
        return
    quarter = side.width / 4
    assert side.low + quarter <= side.middle <= side.high - quarter
    left, right = side.halves()
    assert (left.low, left.high, right.low, right.high) == (
        side.low, side.middle, side.middle, side.high)
    assert (left.open_low, left.open_high, right.open_low, right.open_high) == (
        True, False, False, True)
    for half in (left, right):
        for value in (half.low, half.high, half.middle):
            assert half.ball.contains(flint.arb(value))


def test_balls_of_sides_that_start_at_zero_stay_on_their_side():
    assert Side(0, Fraction(1, 3)).ball >= 0 and Side(Fraction(-1, 3), 0).ball <= 0
    left, right = Side(-1, 1).halves()
    assert left.ball <= 0 and right.ball >= 0


@pytest.mark.parametrize(("low", "high", "found"), [
    ("1/3", "2/3", "1/2"), ("-1", "1", "0"), ("3/10", "9/20", "1/3"), ("5/2", "7/2", "3"),
    ("-7/2", "-5/2", "-3"),
    ("1/5", "1/5", "1/5"), ("31/10", "32/10", "16/5"), ("0", "5", "0"),
    ("314/100", "315/100", "22/7")])
def test_the_simplest_fraction(low, high, found):
    assert fraction(simplest(fmpq(*_pair(low)), fmpq(*_pair(high)))) == Fraction(found)


def _pair(text):
    return Fraction(text).numerator, Fraction(text).denominator


def test_ends_of_a_ball_are_outside_of_it():
    ball = flint.arb(1, "0.25")
    low, high = ends(ball)
    assert low <= fmpq(3, 4) and high >= fmpq(5, 4) and high - low < fmpq(51, 100)
    assert ends(flint.arb(3)) == (3, 3)


def test_replaced_sides_and_centres():
    box = (Side(0, 1), Side(2, 4))
    other = replaced(box, 1, Side(5, 7))
    assert other[0] is box[0] and centre(other) == [fmpq(1, 2), 6] and len(other) == 2
    assert centre(replaced(box, 0, Side(-3, -3)))[0] == -3


@pytest.mark.parametrize(("assume", "low", "high"), [
    (["y >= 2", "z >= 3", "x >= y + z", "x <= 10"], 5, 10),
    (["y >= 2", "z <= 3", "x >= y - z", "x <= 10"], -1, 10),
    (["y <= 2", "z >= 3", "x <= y - z", "x >= -10"], -10, -1),
    (["y >= 2", "x >= -y", "x <= y", "x <= 10", "x >= -10"], -10, 10)])
def test_a_bound_from_names_without_a_finite_range(assume, low, high):
    (side,) = box_of(proposition("x >= 0", for_all=["x", "y", "z"], assume=assume), ["x"])
    assert (side.low, side.high) == (low, high)
