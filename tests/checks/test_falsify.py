"""The search for witnesses: tiny regions, corners, tangent points; and none against the truth."""

import pytest

from gradproof.checks.arrays import Unsupported, compiled, magnitude
from gradproof.checks.corners import simple_points
from gradproof.checks.falsify import search
from gradproof.checks.points import holds_at, satisfies
from gradproof.formulas import parse_expr, proposition

FALSE = [
    ("x^2 - 2*x + 1 > 0", ["x"], []),
    ("(3*x - 2)^2 + (y - x)^2 > 0", ["x, y"], ["0 <= x <= 1", "0 <= y <= 1"]),
    ("(x - 1/7)^2 + (y - 2/3)^2 + (z - 1)^2 > 0", ["x, y, z"], ["0 <= x <= 1"]),
    ("1000*(x - 1/3)^2 >= 1/10^6", ["x"], ["0 <= x <= 1"]),
    ("x*(1 - x) <= 0.2475", ["x"], ["0 <= x <= 1"]),
    ("x^4*y^2 + x^2*y^4 - 3*x^2*y^2 + 0.999 >= 0", ["x, y"], []),
    ("x^2*(1 - x) < 4/27", ["x"], ["0 <= x <= 1"]),
    ("x^5*(1 - x) <= 0.0663", ["x"], ["0 <= x <= 1"]),  # sharp: 0.06698 at 5/6
    ("x*y*z <= 0.0366", ["x, y, z"], ["x >= 0", "y >= 0", "z >= 0", "x + y + z == 1"]),
    ("x + y <= 1.414", ["x, y"], ["x^2 + y^2 <= 1"]),
    ("x/y >= 1/10^5", ["x, y"], ["x > 0", "y > 0"]),
    ("x < 10^6", ["x"], ["x > 0"]),
    ("exp(x) > 1 + x", ["x"], []),
    ("log(x) <= 0.99*(x - 1)", ["x"], ["x > 0"]),
    ("2^n >= n^2", ["n natural"], ["n >= 2"]),
    ("n^2 >= 2^n", ["n natural"], ["n >= 2"]),
    ("sum(k, 1, n, 1/k) <= 3", ["n natural"], []),
    ("x != y", ["x, y"], ["x > 0", "y > 0"]),
]
TRUE = [
    ("x^2*(1 - x) <= 4/27", ["x"], ["0 <= x <= 1"]),
    ("x + y <= 1.4143", ["x, y"], ["x^2 + y^2 <= 1"]),
    ("x > 0", ["x"], ["x > 0", "x^2 > 0"]),
    ("n^2 >= n", ["n integer"], []),
    ("exp(x) >= 1 + x", ["x"], []),
]


@pytest.mark.parametrize(("conclude", "for_all", "assume"), FALSE)
def test_found(conclude, for_all, assume):
    given = proposition(conclude, for_all=for_all, assume=assume)
    statement, point = search(given)
    assert satisfies(given, point) and holds_at(statement, point) is False
    assert search(given) == (statement, point)  # the same every time


@pytest.mark.parametrize(("conclude", "for_all", "assume"), TRUE)
def test_nothing_against_true_statements(conclude, for_all, assume):
    assert search(proposition(conclude, for_all=for_all, assume=assume)) is None


def test_simple_points_respect_bounds_and_sorts():
    given = proposition("x + n >= 0", for_all=["x", "n integer"], assume=["0 < x <= 1", "n >= x"])
    points = simple_points(given)
    assert {"x": 1, "n": 1} in points
    assert all(0 < p["x"] <= 1 and p["n"].denominator == 1 for p in points)


def test_arrays_agree_with_the_formula():
    table = {"x": 0.5, "n": 3.0}
    assert compiled(parse_expr("sum(k, 1, n, x^k) + sqrt(1/4)"))(table) == pytest.approx(1.375)
    assert magnitude(parse_expr("x - 1 - (2 - x)"))(table) == pytest.approx(4)
    with pytest.raises(Unsupported):
        compiled(parse_expr("integral(t, 0, x, t)"))
