"""Is a function positive, or nonnegative, on a box? By balls, slopes and monotonicity.

On one box, in this order: the ball of the value; the mean-value form f(c) + Σ ∂ᵢf(box)(xᵢ − cᵢ)
with c the midpoint, which makes the products sharp, balls being midpoints and radii; and, where
∂ᵢf has one sign on the box, f on the face where it is smallest. With higher derivatives the same
is asked of ∂ᵢf itself, which settles contact such as eˣ ≥ 1 + x at 0: a face that is a rational
point is evaluated without any rounding error.
"""

from __future__ import annotations

import flint

from gradproof.checks.enclosed.boxes import Box, balls, replaced
from gradproof.checks.enclosed.functions import Function

ORDERS = 4  # derivatives of at most this order are used


def positive(f: Function, box: Box, strict: bool, orders: int = 1) -> bool:
    """Whether f > 0 (or f ≥ 0 when not strict) certainly holds on the box.

    A strict answer is for the box without its open ends. False says nothing. Call it inside
    ``flint.ctx.workprec``.
    """
    value = f.on(box)
    if not value.is_finite():
        return False
    if _above(value, strict):
        return True
    if orders == 0:
        return False
    slopes = f.gradient_on(box)
    if slopes is None:
        return False
    return (_by_mean_value(f, box, slopes, strict)
            or _by_faces(f, box, slopes, strict, orders)
            or (strict and orders > 1 and _from_open_end(f, box, slopes, orders)))


def _above(value: flint.arb, strict: bool) -> bool:
    return bool(value > 0) if strict else bool(value >= 0)


def _by_mean_value(f: Function, box: Box, slopes: list[flint.arb], strict: bool) -> bool:
    at_middle = [x.mid() for x in balls(box)]
    value = f(at_middle)
    for slope, x, c in zip(slopes, balls(box), at_middle, strict=True):
        value += slope * (x - c)
    return value.is_finite() and _above(value, strict)


def _by_faces(f: Function, box: Box, slopes: list[flint.arb], strict: bool, orders: int) -> bool:
    """Move every side in which f is monotone to the end where f is smallest, then ask again."""
    face = box
    for i, (side, slope) in enumerate(zip(box, slopes, strict=True)):
        if side.width:
            sign = _sign(f, i, box, slope, orders)
            if sign:
                face = replaced(face, i, side.at(side.low if sign > 0 else side.high))
    return face != box and positive(f, face, strict, orders)


def _sign(f: Function, i: int, box: Box, slope: flint.arb, orders: int) -> int:
    """+1 when ∂ᵢf ≥ 0 on the box, −1 when ∂ᵢf ≤ 0, else 0."""
    if slope >= 0:
        return 1
    if slope <= 0:
        return -1
    if orders > 1:
        partial = f.partial(i)
        if positive(partial, box, False, orders - 1):
            return 1
        if positive(partial.negative, box, False, orders - 1):
            return -1
    return 0


def _from_open_end(f: Function, box: Box, slopes: list[flint.arb], orders: int) -> bool:
    """f ≥ 0 at an excluded end and strictly growing away from it: then f > 0."""
    for i, side in enumerate(box):
        if not side.width:
            continue
        partial = f.partial(i)
        if side.open_low and positive(f, replaced(box, i, side.at(side.low)), False, orders):
            if slopes[i] > 0 or positive(partial, box, True, orders - 1):
                return True
        if side.open_high and positive(f, replaced(box, i, side.at(side.high)), False, orders):
            if slopes[i] < 0 or positive(partial.negative, box, True, orders - 1):
                return True
    return False
