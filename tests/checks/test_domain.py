"""Points of the domain: all satisfy the hypotheses, ends come up, nothing is invented."""

from fractions import Fraction

import pytest

from gradproof.checks import domain
from gradproof.checks.corners import plainness, simple_points
from gradproof.checks.domain import _bounds, _inside, _integer_inside, _line, points
from gradproof.checks.points import satisfies
from gradproof.formulas import parse_expr, parse_statement, proposition


def stated(for_all, assume, **more):
    return proposition("0 <= 1", for_all=for_all, assume=assume, **more)


DOMAINS = {
    "free": (["x, y"], []),
    "box": (["x, y"], ["0 <= x <= 1", "-2 < y < -1"]),
    "one-sided": (["x, y"], ["x > 100", "y <= -50"]),
    "chain": (["a, b, c"], ["0 < a < b", "b < c"]),
    "simplex": (["x, y, z"], ["x >= 0", "y >= 0", "z >= 0", "x + y + z == 1"]),
    "symbolic ends": (["L, gamma, s"], ["gamma > 0", "L >= gamma/2", "0 <= s <= L/gamma"]),
    "integers": (["n natural", "k integer"], ["n >= 3", "-5 < k < 2"]),
    "equations": (["x, y"], ["y == 3*x - 1", "x >= 0"]),
    "disequation": (["x"], ["0 <= x <= 1", "x != 0"]),
    "curved": (["x, y"], ["x^2 + y^2 <= 1"]),
    "scaled": (["x, y"], ["x > 0", "x*y <= -1", "x*y >= -2"]),
}


@pytest.mark.parametrize("name", DOMAINS)
def test_points_satisfy_the_hypotheses(name):
    p = stated(*DOMAINS[name])
    found = points(p, 24)
    assert len(found) >= 20 and all(satisfies(p, point) for point in found)
    assert len({tuple(point.items()) for point in found}) == len(found)
    order = [n for n, _ in p.for_all]
    assert all(list(point) == order for point in found)
    assert all(isinstance(v, Fraction) for point in found for v in point.values())


@pytest.mark.parametrize("name", DOMAINS)
def test_points_are_the_same_every_time(name):
    p = stated(*DOMAINS[name])
    assert points(p, 8) == points(p, 8) == points(p, 8, seed=0)
    if name != "equations":
        assert points(p, 8) != points(p, 8, seed=1)


@pytest.mark.parametrize("assume", [
    ["x > 1", "x < 0"], ["x > 1", "x < 1"], ["x >= 1", "x < 1"], ["x > 1", "x <= 1"],
    ["x^2 < 0"], ["x == 1", "x == 2"], ["1/(x - x) > 0"], ["sqrt(2)^2 == 2"]])
def test_an_empty_domain_has_no_points(assume):
    assert points(stated(["x"], assume), 5) == []


def test_a_single_point_is_found():
    assert points(stated(["x"], ["1 <= x <= 1"]), 5) == [{"x": Fraction(1)}]
    assert points(stated(["n integer"], ["0 < n < 2"]), 5) == [{"n": Fraction(1)}]
    assert points(stated(["n integer"], ["0 < n < 1"]), 5) == []


def test_without_parameters_there_is_one_point():
    assert points(stated([], []), 5) == [{}]
    assert points(stated([], ["1 <= 0"]), 5) == []


def test_examples_come_first_if_they_fit():
    p = stated(["x, y"], ["x^2 + y^2 == 1", "x > 1/2"],
               examples=[{"x": "3/5", "y": "4/5"}, {"x": "-3/5", "y": "4/5"}, {"x": "1", "y": "1"}])
    assert points(p, 1) == [{"x": Fraction(3, 5), "y": Fraction(4, 5)}]
    assert all(satisfies(p, point) for point in points(p, 6))


def test_the_number_asked_for_is_kept():
    p = stated(["x"], [])
    for count in (1, 2, 7):
        assert len(points(p, count)) == count


def test_closed_ends_come_up_and_open_ends_do_not():
    closed = {point["x"] for point in points(stated(["x"], ["0 <= x <= 1"]), 40)}
    assert {Fraction(0), Fraction(1)} <= closed
    opened = {point["x"] for point in points(stated(["x"], ["0 < x < 1"]), 40)}
    assert not {Fraction(0), Fraction(1)} & opened
    assert min(opened) < Fraction(1, 4) and max(opened) > Fraction(3, 4)


def test_points_spread_over_the_line():
    values = [point["x"] for point in points(stated(["x"], []), 60)]
    assert min(values) < -3 and max(values) > 3 and any(abs(v) < Fraction(1, 8) for v in values)
    assert any(v.denominator == 1 for v in values) and any(v.denominator > 1 for v in values)


@pytest.mark.parametrize(("source", "point", "line"), [
    ("3*x - 2", {}, (-2, 3)), ("5 - x", {}, (5, -1)), ("x/4", {}, (0, "1/4")),
    ("a*x + b", {"a": 2, "b": 7}, (7, 2)), ("(x + 1)^2 - x^2", {}, (1, 2)),
    ("4", {}, None), ("a*x", {"a": 0}, None), ("x^2", {}, None), ("x^3 - x", {}, None),
    ("(x^2 - 1)*(x - 2) + x", {}, None), ("(x^2 - 1)*(x - 2)*(x - 5) + x", {}, (0, 1)),
    ("1/(x - 1)", {}, None), ("exp(x)", {}, None), ("x + q", {}, None)])
def test_lines_are_read_from_four_values(source, point, line):
    """(The last quartic agrees with x at all four: a draw from it is tested afterwards.)"""
    found = _line(parse_expr(source), "x", {k: Fraction(v) for k, v in point.items()})
    assert found == (line and tuple(map(Fraction, line)))


@pytest.mark.parametrize(("source", "lows", "highs", "equal"), [
    ("x < 3", [], [(3, True)], []), ("x <= 3", [], [(3, False)], []),
    ("x > 3", [(3, True)], [], []), ("x >= 3", [(3, False)], [], []),
    ("-2*x < 4", [(-2, True)], [], []), ("-2*x >= 4", [], [(-2, False)], []),
    ("3 > x", [], [(3, True)], []), ("3 <= x", [(3, False)], [], []),
    ("2*x == 3", [], [], [Fraction(3, 2)]), ("x != 3", [], [], []), ("x^2 <= 3", [], [], [])])
def test_bounds_of_a_relation(source, lows, highs, equal):
    assert _bounds(parse_statement(source), "x", {}) == (lows, highs, equal)


class Fixed:
    """A generator that gives what it is told."""

    def __init__(self, *numbers, pick=0):
        self.numbers, self.pick = list(numbers), pick

    def random(self):
        return self.numbers.pop(0)

    def choice(self, options):
        return options[self.pick]

    def randrange(self, start, stop=None):
        return start

    def randint(self, low, high):
        return high if self.pick else low


F = Fraction
NEVER, OFTEN = 0.99, 0.0


@pytest.mark.parametrize(("low", "high", "value"), [
    ((F(0), False), (F(1), False), F(1, 2)), (None, (F(1), True), F(-1)),
    ((F(5), True), None, F(7)),
    (None, None, F(0))])
def test_a_number_within_bounds(low, high, value):
    """Half of the interval; a missing end lies ``spread`` away from the other, or from 0."""
    found = _inside([low] if low else [], [high] if high else [], [], False,
                    Fixed(NEVER, NEVER), F(4))
    assert found == value


def test_the_tightest_bounds_count():
    lows, highs = [(F(0), False), (F(1), False), (F(1), True)], [(F(9), False), (F(5), True)]
    highs += [(F(5), False)]
    found = _inside(lows, highs, [], False, Fixed(NEVER, NEVER), F(4))
    assert found == 3
    for closed in (False, True):  # an open end is never chosen, whatever is equal to it
        found = _inside(lows, highs, [], False, Fixed(OFTEN, OFTEN, pick=int(closed)), F(4))
        assert 1 < found < 5


def test_ends_whole_numbers_and_forced_values():
    low, high = (F(1, 3), False), (F(7, 2), False)
    assert _inside([low], [high], [], False, Fixed(OFTEN), F(1)) == F(1, 3)
    assert _inside([low], [high], [], False, Fixed(OFTEN, pick=1), F(1)) == F(7, 2)
    assert _inside([low], [high], [], False, Fixed(NEVER, OFTEN), F(1)) == 1
    assert _inside([low], [high], [], False, Fixed(NEVER, OFTEN, pick=1), F(1)) == 3
    assert _inside([low], [high], [F(99), F(1)], False, Fixed(), F(1)) == 99
    assert _inside([low], [high], [], True, Fixed(), F(1)) == 1
    assert _inside([(F(2), False)], [(F(1), False)], [], False, Fixed(), F(1)) is None
    narrow = [(F(1, 3), True)], [(F(1, 2), True)]
    assert _inside(*narrow, [], False, Fixed(NEVER, OFTEN), F(1)) == F(5, 12)
    for ends, empty in (((False, False), False), ((True, False), True), ((False, True), True)):
        found = _inside([(F(1), ends[0])], [(F(1), ends[1])], [], False, Fixed(NEVER, NEVER), F(1))
        assert (found is None) == empty


@pytest.mark.parametrize(("a", "b", "low", "high", "first", "last"), [
    ("1/2", "7/2", False, False, 1, 3), ("1", "3", False, False, 1, 3),
    ("1", "3", True, True, 2, 2),
    ("1", "3", True, False, 2, 3), ("1", "3", False, True, 1, 2),
    ("-5/2", "-1/2", True, True, -2, -1),
    ("0", "100", False, False, 0, 12), ("1/2", "5/2", True, True, 1, 2)])
def test_whole_numbers_inside(a, b, low, high, first, last):
    a, b = F(a), F(b)
    for pick, expected in ((0, first), (1, last)):
        assert _integer_inside(a, b, (a, low), (b, high), Fixed(pick=pick)) == expected
    assert _integer_inside(a, b, None, None, Fixed()) is not None


def test_no_whole_number_inside():
    for a, b, strict in (("1/3", "2/3", False), ("1", "2", True), ("1", "1", True)):
        a, b = F(a), F(b)
        assert _integer_inside(a, b, (a, strict), (b, strict), Fixed()) is None


def test_work_is_bounded(monkeypatch):
    drawn = []
    real = domain._drawn
    monkeypatch.setattr(domain, "_drawn", lambda *args: drawn.append(1) or real(*args))
    assert points(stated(["x"], ["x^2 == 2"]), 3) == []
    assert len(drawn) == 3 * domain.TRIES


# corners


def test_simple_points_are_corners_and_small_fractions():
    found = simple_points(stated(["x"], ["1/7 <= x <= 5/7"]))
    assert [str(p["x"]) for p in found] == ["1/2", "1/3", "2/3", "1/4", "1/7", "3/7", "5/7"]
    assert all(F(1, 7) <= p["x"] <= F(5, 7) for p in found)
    assert found == sorted(found, key=plainness)


def test_simple_points_respect_strict_ends_sorts_and_equations():
    opened = {p["x"] for p in simple_points(stated(["x"], ["0 < x < 3"]))}
    assert F(0) not in opened and F(3) not in opened and {F(1), F(2), F(3, 2)} <= opened
    whole = {p["n"] for p in simple_points(stated(["n natural"], ["n <= 20"]))}
    assert whole == {F(n) for n in range(13)} | {F(20), F(10)}
    forced = simple_points(stated(["x"], ["2*x == 7"]))
    assert forced == [{"x": F(7, 2)}]
    above = {p["x"] for p in simple_points(stated(["x"], ["x >= 70"]))}
    assert above == {F(70), F(71), F(100)}
    below = {p["x"] for p in simple_points(stated(["x"], ["x <= -70"]))}
    assert below == {F(-70), F(-71)}


def test_simple_points_use_what_was_chosen_before():
    p = stated(["x, y"], ["0 <= x <= 1", "y == 3*x"])
    found = simple_points(p)
    assert found and all(list(point) == ["x", "y"] for point in found)
    assert {"x": F(1), "y": F(3)} in found and {"x": F(1, 3), "y": F(1)} in found


def test_plain_points_have_small_denominators():
    values = [{"x": F(v)} for v in ("-1", "2/3", "1", "1/2", "2", "0", "1/3")]
    assert [str(p["x"]) for p in sorted(values, key=plainness)] == [
        "0", "1", "-1", "2", "1/2", "1/3", "2/3"]
    assert plainness({"x": F(3)}) == (4, (3,)) and plainness({"x": F(-3)}) == (5, (-3,))
    assert plainness({"x": F(0)}) == (2, (0,)) and plainness({"x": F(2, 3)}) == (11, (F(2, 3),))
    assert plainness({"x": F(1), "y": F(1, 2)}) == (7, (1, F(1, 2)))
