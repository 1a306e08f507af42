"""The second route of a limit, an integral or a Taylor coefficient: mpmath's numbers.

True: they confirm the value at a point; False: they contradict it; None: they say nothing.
A pass must not be contradicted; a refutation and an unverified value must be confirmed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import mpmath

from gradproof.formulas import Expr, FormulaError
from gradproof.formulas.expr import walk
from gradproof.formulas.values import Undefined, floating

DIGITS = 60
SCALES = (2 ** 20, 2 ** 40)  # distances 1/scale from a point, or scale itself towards infinity
NEAR, FAR = 1e-3, 0.5  # relative distances that confirm a limit, and that contradict it
CLOSE, OFF = 1e-6, 1e-2  # the same for integrals, against quadrature's own error estimate
INFINITE = Expr("const", (), "oo")
TROUBLE = (Undefined, FormulaError, OverflowError, ValueError, TypeError, ZeroDivisionError,
           mpmath.libmp.NoConvergence)
Point = Mapping[str, Fraction]


def limit(name: str, at: Expr, sides: tuple[int, ...], body: Expr, value: Expr,
          point: Point) -> bool | None:
    """Whether ``body`` comes close to ``value`` as ``name`` → ``at``."""
    try:
        if INFINITE in walk(value):
            return _diverges(name, at, sides, body, -1 if value.head == "neg" else 1, point)
        goal = floating(value, point, DIGITS)
        places = [_places(at, side, point) for side in sides]
        gaps = [[abs(floating(body, {**point, name: x}, DIGITS) - goal) / (1 + abs(goal))
                 for x in pair] for pair in places]
    except TROUBLE:
        return None
    if all(b <= NEAR and b <= a + mpmath.mpf(10) ** -30 for a, b in gaps):
        return True
    return False if any(b > FAR and b >= a for a, b in gaps) else None


def _diverges(name: str, at: Expr, sides: tuple[int, ...], body: Expr, sign: int,
              point: Point) -> bool | None:
    """Whether sign·body grows, beyond 10, from the first distance to the second."""
    pairs = [[sign * floating(body, {**point, name: x}, DIGITS) for x in _places(at, side, point)]
             for side in sides]
    return True if all(far > max(near, 10) for near, far in pairs) else None


def _places(at: Expr, side: int, point: Point) -> list[Fraction]:
    if INFINITE in walk(at):
        return [Fraction(scale * (-1 if at.head == "neg" else 1)) for scale in SCALES]
    centre = exact(floating(at, point, DIGITS))
    return [centre + Fraction(side, scale) for scale in SCALES]


def integral(name: str, low: Expr, high: Expr, body: Expr, cuts: Sequence[Expr], value: Expr,
             point: Point) -> bool | None:
    """Whether tanh-sinh quadrature between the ends and ``cuts`` gives ``value``."""
    def end(expr: Expr):
        if INFINITE in walk(expr):
            return -mpmath.inf if expr.head == "neg" else mpmath.inf
        return floating(expr, point, 20)

    try:
        goal = floating(value, point, 20)
        with mpmath.workdps(20):
            ends = [end(low), *map(end, cuts), end(high)]
            if len(ends) == 2 and mpmath.isfinite(ends[0]) and mpmath.isfinite(ends[1]):
                ends.insert(1, ends[0] + (ends[1] - ends[0]) * mpmath.mpf("0.382"))
            found, error = mpmath.quad(
                lambda x: floating(body, {**point, name: exact(x)}, 20), ends, error=True)
    except TROUBLE:
        return None
    if not mpmath.isfinite(found) or error > CLOSE:
        return None
    gap = abs(found - goal) / (1 + abs(goal))
    return True if gap <= CLOSE else False if gap > OFF else None


def coefficient(name: str, at: Expr, order: int, body: Expr, value: Expr,
                point: Point) -> bool | None:
    """Whether mpmath's numerical derivatives give ``value``."""
    try:
        goal = floating(value, point, DIGITS)
        digits = 40 * (order + 4)  # of which the differences cancel all but a few
        with mpmath.workdps(20):
            centre = floating(at, point, digits)
            found = mpmath.diff(lambda x: floating(body, {**point, name: exact(x)}, digits),
                                centre, order) / mpmath.factorial(order)
    except TROUBLE:
        return None
    gap = abs(found - goal) / (1 + abs(goal))
    return True if gap <= CLOSE else False if gap > OFF else None


def exact(x) -> Fraction:
    """An mpmath number as a fraction."""
    sign, mantissa, exponent, _ = mpmath.mpf(x)._mpf_
    return (-1) ** sign * Fraction(int(mantissa)) * Fraction(2) ** exponent
