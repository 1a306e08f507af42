"""Exact points of the set that a proposition's hypotheses cut out.

Coordinate by coordinate: hypotheses that are linear in one unassigned parameter, once the
others are known, give it an interval; a rational is drawn in it, ends included. What is not
linear is settled by testing the finished point. The search is seeded work, the same everywhere.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction

from gradproof.checks.points import Point, satisfies
from gradproof.formulas import Expr, FormulaError, Proposition, Relation, free_variables
from gradproof.formulas.values import NotRational, Undefined, rational

TRIES = 60  # draws per requested point
SPREAD = (Fraction(1, 8), Fraction(1), Fraction(3), Fraction(40))
Bound = tuple[Fraction, bool]  # value, strict


def points(proposition: Proposition, count: int, seed: int = 0) -> list[Point]:
    """Up to ``count`` distinct rational points that satisfy every hypothesis, in drawing order.

    The proposition's own examples come first. An empty list means that none was found.
    """
    found = {}
    for point in _candidates(proposition, count, seed):
        if satisfies(proposition, point):
            found.setdefault(tuple(sorted(point.items())), point)
        if len(found) == count:
            break
    return list(found.values())


def _candidates(proposition: Proposition, count: int, seed: int) -> Iterator[Point]:
    yield from (dict(example) for example in proposition.examples)
    names = [name for name, _ in proposition.for_all]
    if not names:
        yield {}
        return
    generator = random.Random(seed)
    for attempt in range(count * TRIES):
        order = names if attempt % 2 == 0 else generator.sample(names, len(names))
        point = _drawn(proposition, order, generator, generator.choice(SPREAD))
        if point is not None:
            yield {name: point[name] for name in names}


def _drawn(proposition: Proposition, order: list[str], generator: random.Random,
           spread: Fraction) -> dict[str, Fraction] | None:
    point: dict[str, Fraction] = {}
    pending = [h for h in proposition.hypotheses if isinstance(h, Relation)]
    for name in order:
        ready = [h for h in pending if name in _free(h) and _free(h) <= {name, *point}]
        try:
            lows, highs, equal = _bounds(ready, name, point)
        except (Undefined, ZeroDivisionError):
            return None
        integral = name in proposition.integers
        value = _inside(lows, highs, equal, integral, generator, spread)
        if value is None:
            return None
        point[name] = value
    return point


def _free(relation: Relation) -> frozenset[str]:
    return free_variables(relation.left) | free_variables(relation.right)


def _bounds(relations: list[Relation], name: str, point: Point):
    """Lower and upper bounds, and forced values, of ``name`` from relations linear in it."""
    lows: list[Bound] = []
    highs: list[Bound] = []
    equal: list[Fraction] = []
    for relation in relations:
        line = _line(Expr("sub", (relation.left, relation.right)), name, point)
        if line is None:
            continue
        constant, slope = line
        root, op = -constant / slope, relation.op
        if op == "==":
            equal.append(root)
        elif op != "!=":
            below = (op in ("<", "<=")) == (slope > 0)
            (highs if below else lows).append((root, op in ("<", ">")))
    return lows, highs, equal


def _line(expr: Expr, name: str, point: Point) -> tuple[Fraction, Fraction] | None:
    """(a, b) when ``expr`` is a + b·name with b ≠ 0 at ``point``; None when it is not linear."""
    try:
        values = [rational(expr, {**point, name: Fraction(k)}) for k in (-1, 1, 2, 5)]
    except (NotRational, FormulaError, Undefined):
        return None
    slope = (values[1] - values[0]) / 2
    constant = values[0] + slope
    linear = values[2] == constant + 2 * slope and values[3] == constant + 5 * slope
    return (constant, slope) if linear and slope else None


def _inside(lows, highs, equal, integral: bool, generator: random.Random,
            spread: Fraction) -> Fraction | None:
    """A number within the bounds; now and then an end point that belongs to them."""
    if equal:
        return equal[0]
    low = max(lows, default=None)
    high = min(highs, key=lambda b: (b[0], not b[1]), default=None)
    if low and high and (low[0] > high[0] or (low[0] == high[0] and (low[1] or high[1]))):
        return None
    a = low[0] if low else (high[0] - spread if high else -spread)
    b = high[0] if high else (low[0] + spread if low else spread)
    if integral:
        return _integer_inside(a, b, low, high, generator)
    ends = [end[0] for end in (low, high) if end and not end[1]]
    if ends and generator.random() < 0.15:
        return generator.choice(ends)
    if generator.random() < 0.25:  # small whole numbers make witnesses that people can check
        whole = _integer_inside(a, b, low, high, generator)
        if whole is not None:
            return whole
    steps = generator.choice((2, 3, 4, 10, 64, 997))
    return a + (b - a) * Fraction(generator.randrange(1, steps), steps)


def _integer_inside(a, b, low, high, generator: random.Random) -> Fraction | None:
    first = -((-a.numerator) // a.denominator)
    last = b.numerator // b.denominator
    first += bool(low and low[1] and first == a)
    last -= bool(high and high[1] and last == b)
    return Fraction(generator.randint(first, min(last, first + 12))) if first <= last else None
