"""Simple exact points: corners of the domain and small fractions, for checking by hand."""

from __future__ import annotations

from fractions import Fraction

from gradproof.checks import domain
from gradproof.checks.points import Point
from gradproof.formulas import Proposition, Relation
from gradproof.formulas.values import Undefined

SIMPLE = tuple(map(Fraction, ("0", "1", "1/2", "2", "-1", "3", "1/3", "2/3", "1/4", "1/10", "-2",
                              "10", "100", "1/100")))
MAX_SIMPLE = 400  # simple points that are tried


def simple_points(proposition: Proposition) -> list[Point]:
    """Points with simple coordinates: bounds given the coordinates before, or small fractions.

    Simplest first. Parameters are taken in the given and in the reverse order.
    """
    names = [name for name, _ in proposition.for_all]
    found: dict[tuple, dict] = {}
    for order in (names, names[::-1]):
        queue: list[dict] = [{}]
        for name in order:
            width = max(2, int((MAX_SIMPLE / max(len(queue), 1)) + 1))
            queue = [{**point, name: value} for point in queue
                     for value in _simple_values(proposition, name, point)[:width]][:MAX_SIMPLE]
        for point in queue:
            found.setdefault(tuple(point[n] for n in names), {n: point[n] for n in names})
    return sorted(found.values(), key=plainness)


def plainness(point: Point) -> tuple:
    """How simple a point is, smallest first: small numbers, above all small denominators."""
    return (sum(v.denominator ** 2 + abs(v.numerator) + (v <= 0) for v in point.values()),
            tuple(point.values()))


def _simple_values(proposition: Proposition, name: str, point: dict) -> list[Fraction]:
    ready = [h for h in proposition.hypotheses if isinstance(h, Relation)
             and name in domain._free(h) <= {name, *point}]
    try:
        lows, highs, equal = domain._bounds(ready, name, point)
    except (Undefined, ZeroDivisionError):
        return []
    low, high = max(lows, default=None), min(highs, key=lambda b: (b[0], not b[1]), default=None)
    ends = [end[0] for end in (low, high) if end]
    small = tuple(map(Fraction, range(13))) if name in proposition.integers else SIMPLE
    values = [*equal[:1], *ends, *(small if not equal else ())]
    if len(ends) == 2:
        values.append((ends[0] + ends[1]) / 2)
    elif ends and not equal:
        values.append(ends[0] + 1 if low else ends[0] - 1)
    return [v for v in dict.fromkeys(values)
            if (low is None or v > low[0] or (v == low[0] and not low[1]))
            and (high is None or v < high[0] or (v == high[0] and not high[1]))
            and (name not in proposition.integers or v.denominator == 1)]
