"""Signs of factors: chapter 23's slope bound, strictness, squares, atoms, integers."""

import pytest

from gradproof.checks import signs
from gradproof.checks.exact.signs import NEGATIVE, POSITIVE, ZERO, plus, power, times
from gradproof.formulas import proposition
from gradproof.verdicts import Proved, Refuted, Undecided

SLOPE = "(g/2)*(1-s)*(2-s) + (L-g/2)*s*(7-5*s) >= 0"
STEEP = "-30*(L+g)*s^2*(1-s)^2/t"
BOX = ["0 <= s <= 1", "L >= g/2", "g > 0"]

TRUE = [
    (SLOPE, ["s, L, g"], BOX),
    (STEEP + " <= 0", ["s, L, g, t"], [*BOX, "t > 0"]),
    (STEEP + " < 0", ["s, L, g, t"], ["0 < s < 1", *BOX[1:], "t > 0"]),
    ("x^2 + x*y + y^2 >= 0", ["x, y"], []),
    ("x^2 + x + 1 > 0", ["x"], []),
    ("x^2 - 3*x + 2 <= 0", ["x"], ["1 <= x <= 2"]),
    ("x^3 >= 0", ["x"], ["x >= 0"]),
    ("x*y < 0", ["x, y"], ["x > 0", "y < 0"]),
    ("x*y != 0", ["x, y"], ["x != 0", "y < 0"]),
    ("x^2 > 0", ["x"], ["x != 0"]),
    ("exp(x) >= 1 + x", ["x"], []),
    ("sqrt(x^2 + 1) > 0", ["x"], []),
    ("sqrt(x) <= sqrt(y)", ["x, y"], ["0 <= x", "x <= y"]),
    ("log(1 + x) > 0", ["x"], ["x > 0"]),
    ("sum(k, 1, n, k^2) > 0", ["n natural"], ["n >= 1"]),
    ("sum(k, 1, n, k^2) >= 0", ["n natural"], []),
    ("1 - 1/n >= 0", ["n natural"], ["n > 0"]),
    ("abs(x) >= x", ["x"], []),
]

FALSE = [
    (SLOPE, ["s, L, g"], ["0 <= s <= 1", "L >= 2*g/5", "g > 0"]),
    (STEEP + " < 0", ["s, L, g, t"], [*BOX, "t > 0"]),
    (STEEP + " <= 0", ["s, L, g, t"], [*BOX, "t != 0"]),
    ("x^2 + 3*x*y + y^2 >= 0", ["x, y"], []),
    ("x^2 + 2*x + 1 > 0", ["x"], []),
    ("x^2 - 3*x + 2 < 0", ["x"], ["1 <= x <= 2"]),
    ("x^3 >= 0", ["x"], ["x >= -1"]),
    ("x*y < 0", ["x, y"], ["x >= 0", "y < 0"]),
    ("x*y != 0", ["x, y"], ["y < 0"]),
    ("exp(x) > 1 + x", ["x"], []),
    ("sqrt(x) < sqrt(y)", ["x, y"], ["0 <= x", "x <= y"]),
    ("log(1 + x) > 0", ["x"], ["x >= 0"]),
    ("sum(k, 1, n, k^2) > 0", ["n natural"], []),
    ("n - 1 >= 0", ["n"], ["n > 0"]),
    ("sqrt(x^2) == x", ["x"], []),
]


@pytest.mark.parametrize(("conclude", "for_all", "assume"), TRUE)
def test_true(conclude, for_all, assume):
    assert isinstance(signs()(proposition(conclude, for_all=for_all, assume=assume)), Proved)


@pytest.mark.parametrize(("conclude", "for_all", "assume"), FALSE)
def test_false(conclude, for_all, assume):
    assert isinstance(signs()(proposition(conclude, for_all=for_all, assume=assume)), Refuted)


@pytest.mark.parametrize(("conclude", "assume"), [
    ("x/x > 0", []),  # undefined at 0
    ("sqrt(x) >= 0", []),  # undefined for x < 0
    ("1/x > 0", ["1/x > 0", "x >= -1"]),  # a hypothesis that is not defined everywhere
    ("log(x) <= x - 1", ["x >= 0"]),
])
def test_undefined_terms_are_never_proved(conclude, assume):
    verdict = signs()(proposition(conclude, for_all=["x"], assume=assume))
    assert isinstance(verdict, Undecided)


def test_witness_is_simple():
    verdict = signs()(proposition(SLOPE, for_all=["s, L, g"],
                                  assume=["0 <= s <= 1", "L >= 2*g/5", "g > 0"]))
    assert verdict.witness["s"] == "1"


def test_point_of_the_brief_is_a_witness():
    given = proposition(SLOPE, for_all=["s, L, g"], assume=["0 <= s <= 1", "L >= 2*g/5", "g > 0"])
    assert isinstance(signs()(given.at(s=1, g=1, L="2/5")), Refuted)


SAMPLE = {NEGATIVE: (-2, -1), ZERO: (0,), POSITIVE: (1, 2)}


def _values(mask):
    return [v for bit, values in SAMPLE.items() if mask & bit for v in values]


def _bit(value):
    return POSITIVE if value > 0 else NEGATIVE if value < 0 else ZERO


@pytest.mark.parametrize("a", range(1, 8))
@pytest.mark.parametrize("b", range(1, 8))
def test_arithmetic_of_signs_is_exact(a, b):
    pairs = [(x, y) for x in _values(a) for y in _values(b)]
    assert times(a, b) == sum({_bit(x * y) for x, y in pairs})
    assert plus(a, b) == sum({_bit(x + y) for x, y in pairs})
    for n in range(4):
        assert power(a, n) == sum({_bit(x ** n) for x in _values(a)})
