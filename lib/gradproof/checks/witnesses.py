"""Small witnesses: the same violation at numbers that a reader can check by hand."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from gradproof.checks.corners import plainness, simple_points
from gradproof.checks.points import Point, holds_at, satisfies
from gradproof.formulas import Proposition, Statement
from gradproof.formulas.values import Undefined

ROUND = tuple(
    Fraction(v) for v in ("0", "1", "-1", "2", "1/2", "-2", "-1/2", "3", "1/3", "4", "10")
)
DENOMINATORS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 20, 50, 100, 1000, 10**6)


def simplified(proposition: Proposition, statement: Statement, point: Point) -> Point:
    """A point that violates ``statement`` as well, with simpler coordinates where possible.

    Corners and other simple points of the domain first; then,
    coordinate by coordinate (two rounds): round numbers first, then fractions close to the
    coordinate with small denominators. Every candidate is judged like the original.
    """
    if any(not isinstance(value, Fraction) for value in point.values()):
        return dict(point)
    for candidate in simple_points(proposition):
        if plainness(candidate) >= plainness(point):
            break
        if candidate.keys() == point.keys() and _violates(proposition, statement, candidate):
            return candidate
    best = dict(point)
    for _ in range(2):
        for name in best:
            for value in _simpler(best[name]):
                if _violates(proposition, statement, {**best, name: value}):
                    best[name] = value
                    break
    return best


def _simpler(value) -> Iterator[Fraction]:
    """Candidates that are simpler than ``value``, simplest first."""
    if not isinstance(value, Fraction):
        return
    near = [value.limit_denominator(limit) for limit in DENOMINATORS]
    powers = [Fraction((-1) ** (value < 0) * 10**k) for k in range(2, len(str(int(value))))]
    for candidate in dict.fromkeys((*ROUND, *powers, *near)):
        if candidate == value:
            return
        if _weight(candidate) < _weight(value):
            yield candidate


def _weight(value: Fraction) -> int:
    return abs(value.numerator) + value.denominator


def _violates(proposition: Proposition, statement: Statement, point: Point) -> bool:
    try:
        return satisfies(proposition, point) and holds_at(statement, point) is False
    except Undefined:
        return False
