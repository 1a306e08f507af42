"""Looks hard for an exact rational point at which a proposition is false.

Candidates: points of the domain and its corners; for every one, moves along each coordinate, along
pairs and to the critical points of the violation, judged in floating point; what looks violated, or
as if both sides met, is rounded to simple fractions and then decided exactly by `points`. The work
is counted in evaluations and is the same on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from gradproof.checks import domain
from gradproof.checks.arrays import Unsupported, compiled, magnitude
from gradproof.checks.corners import simple_points
from gradproof.checks.points import Point, holds_at, satisfies
from gradproof.formulas import Predicate, Proposition, Relation, Statement
from gradproof.formulas.values import Undefined

STARTS = 64  # exact points of the domain
CLOUD = 6_000  # floating-point points around them
BEST = 16  # of which the most violated are improved
STEPS = 90  # rounds of improvement
EXACT = 1_500  # exact evaluations
SIZES = (1, 2, 3, 5, 8, 12, 24, 60, 100, 1_000, 10 ** 5, 10 ** 8, 10 ** 12)
NEAR = 1e-6  # relative gap below which both sides may meet exactly


def search(proposition: Proposition) -> tuple[Statement, Point] | None:
    """A false conclusion and an exact point that satisfies the hypotheses; None: none was found."""
    judge = _Judge(proposition)
    for point in simple_points(proposition):
        if found := judge.verdict(point):
            return found
    starts = domain.points(proposition, STARTS, seed=1)
    for point in starts:
        if found := judge.verdict(point):
            return found
    if not starts or not proposition.for_all:
        return None
    names = [name for name, _ in proposition.for_all]
    for statement in proposition.conclusions:
        if isinstance(statement, Predicate):
            continue
        try:
            field = _Field(proposition, statement, names)
        except Unsupported:
            continue
        for point in _suspects(field, proposition, starts):
            if found := judge.verdict(point, statement):
                return found
            if judge.left <= 0:
                return None
    return None


class _Judge:
    """Exact decisions, counted."""

    def __init__(self, proposition: Proposition):
        self.proposition, self.left = proposition, EXACT
        self._seen: set[tuple] = set()

    def verdict(self, point: Point,
                only: Statement | None = None) -> tuple[Statement, Point] | None:
        key = tuple(point.items())
        if key in self._seen or self.left <= 0:
            return None
        self._seen.add(key)
        self.left -= 1
        if not satisfies(self.proposition, point):
            return None
        for statement in (only,) if only else self.proposition.conclusions:
            try:
                if holds_at(statement, point) is False:
                    return statement, dict(point)
            except Undefined:
                continue
        return None


class _Field:
    """How far a statement is from being violated, in floating point, over arrays of points.

    `violation` is > 0 where the conclusion fails and −inf outside of the domain.
    """

    def __init__(self, proposition: Proposition, statement: Relation, names: list[str]):
        self.names = names
        self.whole = np.array([name in proposition.integers for name in names])
        self.sides = compiled(statement.left), compiled(statement.right)
        self.sizes = magnitude(statement.left), magnitude(statement.right)
        self.op = statement.op
        self.given = [(h.op, compiled(h.left), compiled(h.right))
                      for h in proposition.hypotheses if isinstance(h, Relation)]

    def violation(self, points: np.ndarray) -> np.ndarray:
        """Relative excess at each row of ``points``, shape (m, n) -> (m,)."""
        table = dict(zip(self.names, points.T, strict=True))
        with np.errstate(all="ignore"):
            size = sum(f(table) for f in self.sizes) + 1e-300
            excess = np.broadcast_to(_excess(self.op, *(f(table) for f in self.sides)) / size,
                                     len(points))
            inside = np.ones(len(points), dtype=bool)
            for op, left, right in self.given:
                a, b = left(table), right(table)
                inside &= _excess(op, a, b) <= _SLACK[op] * (np.abs(a) + np.abs(b))
        return np.where(inside & np.isfinite(excess), excess, -np.inf)


# how much a hypothesis may seem to fail by rounding, relative to its sides
_SLACK = {"==": 1e-9, "<=": 1e-12, ">=": 1e-12, "<": 0.0, ">": 0.0, "!=": 0.0}


def _excess(op: str, a, b):
    """How much ``a op b`` fails; ≤ 0 where it holds."""
    if op == "==":
        return np.abs(a - b)
    if op == "!=":
        return -np.abs(a - b)
    return b - a if op in (">", ">=") else a - b


def _suspects(field: _Field, proposition: Proposition, starts: list[Point]) -> Iterator[Point]:
    """Exact points near the worst places that improvement finds, simplest fractions first."""
    base = np.array([[float(p[n]) for n in field.names] for p in starts])
    cloud = _cloud(base, field.whole)
    value = field.violation(cloud)
    order = np.argsort(-value, kind="stable")[:BEST]
    improved = [_improved(field, cloud[i], value[i]) for i in order if np.isfinite(value[i])]
    improved.sort(key=lambda pair: -pair[1])
    for size in SIZES:
        for point, excess in improved:
            if excess > -NEAR:
                yield from _rounded(field, proposition, point, size)


def _cloud(base: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Points around ``base``: scaled, mixed and mirrored coordinates, magnitudes 10⁻⁹ to 10⁹."""
    random_ = np.random.default_rng(7)
    m, n = base.shape
    picks = base[random_.integers(0, m, CLOUD)]
    others = base[random_.integers(0, m, CLOUD)]
    share = random_.choice([0.0, 0.01, 0.1, 0.5, 0.9, 1.0], size=(CLOUD, 1))
    mixed = picks + share * (others - picks)
    swapped = np.where(random_.random((CLOUD, n)) < 0.3, others, picks)
    scaled = picks * 10.0 ** random_.uniform(-9, 9, (CLOUD, 1))
    single = np.where(random_.random((CLOUD, n)) < 1 / max(n, 1),
                      picks * 10.0 ** random_.uniform(-9, 9, (CLOUD, n)), picks)
    points = np.concatenate([base, mixed, swapped, scaled, single])
    return np.where(whole, np.round(points), points)


def _improved(field: _Field, point: np.ndarray, value: float) -> tuple[np.ndarray, float]:
    """Pattern search: steps of shrinking size along coordinates, pairs, random directions."""
    n = len(point)
    generator = np.random.default_rng(11)
    step = 0.25 * (np.abs(point) + 0.1)
    for _ in range(STEPS):
        directions = np.concatenate([np.eye(n), -np.eye(n), generator.standard_normal((12 * n, n))])
        moves = point + np.concatenate([directions, 4 * directions, directions / 8]) * step
        moves = np.where(field.whole, np.round(moves), moves)
        values = field.violation(moves)
        best = int(np.argmax(values))
        if values[best] > value:
            point, value = moves[best], values[best]
        else:
            step = step * 0.55
    return point, value


def _rounded(field: _Field, proposition: Proposition, point: np.ndarray,
             size: int) -> Iterator[Point]:
    """``point`` with denominators up to ``size``; bounds that it nearly meets are met exactly."""
    values = [Fraction(round(v)) if whole else Fraction(float(v)).limit_denominator(size)
              for v, whole in zip(point, field.whole, strict=True)]
    exact = dict(zip(field.names, values, strict=True))
    yield exact
    if size <= 1_000:
        yield from _snapped(proposition, exact, point, field.names)


def _snapped(proposition: Proposition, exact: Point, point: np.ndarray, names: list[str]):
    """Variants in which one coordinate after the other is moved to the nearest bound."""
    order = list(names)
    for attempt in range(2):
        snapped = dict(exact)
        for name in (order if attempt == 0 else reversed(order)):
            others = {k: v for k, v in snapped.items() if k != name}
            relations = [h for h in proposition.hypotheses if isinstance(h, Relation)
                         and name in domain._free(h)]
            try:
                lows, highs, equal = domain._bounds(relations, name, others)
            except (Undefined, ZeroDivisionError):
                continue
            at = float(point[names.index(name)])
            ends = equal + [end for end, strict in (*lows, *highs) if not strict]
            near = [e for e in ends if abs(float(e) - at) <= 1e-3 * (1 + abs(at))]
            if near:
                snapped[name] = min(near, key=lambda e: (abs(float(e) - at), e))
        if snapped != exact:
            yield snapped
