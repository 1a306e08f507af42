"""Krawczyk's operator: exactly one zero of a square system in a box, or none."""

from __future__ import annotations

from collections.abc import Sequence

import flint
import numpy as np

from gradproof.checks.enclosed.boxes import Box, Side, balls, ends, replaced
from gradproof.checks.enclosed.functions import Program
from gradproof.formulas import Expr
from gradproof.formulas.calculus import derivative

INFLATE = flint.fmpq(1, 10)


class System:
    """f: ℝⁿ → ℝⁿ with its Jacobian, compiled for balls of ``bits`` bits."""

    def __init__(self, equations: Sequence[Expr], names: Sequence[str], bits: int):
        self.size = len(names)
        self.value = Program(equations, names, bits)
        self._jacobian = Program([derivative(f, n) for f in equations for n in names], names, bits)

    def jacobian(self, box: Box) -> list[list[flint.arb]]:
        """Row i: the partial derivatives of f_i on the box."""
        n, flat = self.size, self._jacobian(balls(box))
        return [flat[i * n:(i + 1) * n] for i in range(n)]


def image(system: System, box: Box) -> list[flint.arb] | None:
    """K(box) = c − C f(c) + (1 − C·J(box))(box − c) with C an approximate inverse of J(c).

    Every zero of f in the box lies in K(box); K(box) inside the interior of the box has
    exactly one. None when the Jacobian is not finite or nearly singular at the centre.
    """
    n = system.size
    middle = tuple(Side(*2 * ((s.low + s.high) / 2,)) for s in box)
    slopes = system.jacobian(box)
    at_middle = system.value(balls(middle))
    inverse = _inverse(system.jacobian(middle))
    rows = (*slopes, at_middle, system.value(balls(box)))  # f itself has to have values there
    if inverse is None or not all(x.is_finite() for row in rows for x in row):
        return None
    offsets = [x - c for x, c in zip(balls(box), balls(middle), strict=True)]
    found = []
    for i, c in enumerate(balls(middle)):
        total = c - sum((inverse[i][k] * at_middle[k] for k in range(n)), flint.arb(0))
        for j in range(n):
            product = sum((inverse[i][k] * slopes[k][j] for k in range(n)), flint.arb(0))
            total += (int(i == j) - product) * offsets[j]
        found.append(total)
    return found


def _inverse(rows: list[list[flint.arb]]) -> list[list[flint.arb]] | None:
    """An approximate inverse with exact entries: any matrix does, a good one helps."""
    table = np.array([[float(x.mid()) if x.is_finite() else np.nan for x in row] for row in rows])
    if not np.isfinite(table).all():
        return None
    try:
        inverse = np.linalg.inv(table)
    except np.linalg.LinAlgError:
        return None
    if not np.isfinite(inverse).all():
        return None
    return [[flint.arb(float(x)) for x in row] for row in inverse]


def _inside(values: list[flint.arb], box: Box) -> bool:
    """Whether K lies strictly inside the box."""
    return all(side.low < low and high < side.high
               for side, (low, high) in zip(box, map(ends, values), strict=True))


def _met(values: list[flint.arb], box: Box) -> Box | None:
    """K ∩ box; None when it is empty."""
    sides = []
    for side, (low, high) in zip(box, map(ends, values), strict=True):
        a, b = max(side.low, low), min(side.high, high)
        if a > b:
            return None
        sides.append(Side(a, b))
    return tuple(sides)


def zeros_in(system: System, box: Box, budget: int) -> tuple[int | None, str]:
    """(0, text), (1, text) or (2, text) for no, exactly one, at least two zeros in the box;
    (None, why) when neither was shown.

    Boxes without a zero are discarded by f ≠ 0 or K ∩ box = ∅; what is left is contracted, and
    K(X) ⊂ int X is tried on the hull of it, or on disjoint parts of it.
    """
    if _one(system, box):
        return 1, "one zero: K(X) lies inside X"
    queue, left, count = [box], [], 0
    least = min(side.width for side in box) / 1024
    while queue:
        count += 1
        if count > budget:
            return None, f"undecided after {budget} boxes"
        current = _contracted(system, queue.pop())
        if current is None:
            continue
        widest = max(range(len(current)), key=lambda i: current[i].width)
        if current[widest].width <= least:
            left.append(current)
        else:
            queue += [replaced(current, widest, half) for half in current[widest].halves()]
    if not left:
        return 0, f"no zero, {count} boxes"
    return _last(system, box, left, count)


def _contracted(system: System, box: Box) -> Box | None:
    values = system.value(balls(box))
    if any(v.is_finite() and (v > 0 or v < 0) for v in values):
        return None
    narrowed = image(system, box)
    if narrowed is None or not all(v.is_finite() for v in narrowed):
        return box
    return _met(narrowed, box)


def _one(system: System, box: Box) -> bool:
    narrowed = image(system, box)
    return narrowed is not None and all(v.is_finite() for v in narrowed) and _inside(narrowed, box)


def _last(system: System, box: Box, left: list[Box], count: int) -> tuple[int | None, str]:
    hull = tuple(Side(min(b[i].low for b in left), max(b[i].high for b in left))
                 for i in range(len(box)))
    if (wide := _widened(hull, box)) and _one(system, wide):
        return 1, f"one zero, {count} boxes"
    apart: list[Box] = []
    for part in left:
        wide = _widened(part, box)
        if wide and all(_disjoint(wide, other) for other in apart) and _one(system, wide):
            apart.append(wide)
    if len(apart) > 1:
        return 2, f"at least {len(apart)} zeros"
    return None, "perhaps several zeros, a multiple zero, or one on the boundary of the box"


def _widened(part: Box, box: Box) -> Box | None:
    """A slightly larger box, if it lies inside ``box``."""
    sides = []
    for side, whole in zip(part, box, strict=True):
        room = max(side.width, whole.width / 2 ** 20) * INFLATE
        sides.append(Side(side.low - room, side.high + room))
    inside = all(s.low < w.low and w.high < s.high for s, w in zip(box, sides, strict=True))
    return tuple(sides) if inside else None


def _disjoint(a: Box, b: Box) -> bool:
    return any(s.high < t.low or t.high < s.low for s, t in zip(a, b, strict=True))
