"""Three small landscapes on the way to the octopus.

`band`: x1^2 - x2^2; `FarAway`: the same saddle at the end of a long slope, (7.2);
`TwoSaddles`: three quadratics side by side, discontinuous, (7.3).

Source: *Gradient Descent for Non-convex Problems in Modern Machine Learning*, sections 7.3, 7.4.1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.polynomial.polynomial import polyder, polyval

from .points import DomainError, points


class Band:
    """f(x) = x1^2 - x2^2 on the plane.

    One step of size eta multiplies x1 by 1 - 2 eta and x2 by 1 + 2 eta.
    """

    d = 2

    def value(self, x) -> np.ndarray:
        x = points(x, 2)
        return x[..., 0] ** 2 - x[..., 1] ** 2

    def gradient(self, x) -> np.ndarray:
        return points(x, 2) * (2.0, -2.0)

    def hessian(self, x) -> np.ndarray:
        return np.broadcast_to(np.diag([2.0, -2.0]), (*points(x, 2).shape[:-1], 2, 2)).copy()


@lru_cache(maxsize=8)
def slope_connectors(shift: int) -> tuple:
    """(x, h1, h2): the quintics with h(x1, x2) = h1(x1) + h2(x1) x2^2 on -2 <= x1 <= -1.

    Solved by SymPy from value, slope and curvature at both ends: from -4 x + shift and 1 at -2,
    to x^2 and -1 at -1.  As printed, (7.2) has shift = 0; shift = -4 is the repair.
    """
    import sympy as sp

    x = sp.Symbol("x", real=True)
    unknowns = sp.symbols("c:6")
    h = sum(c * x**n for n, c in enumerate(unknowns))
    ends = ((-4 * x + shift, x**2), (sp.Integer(1), sp.Integer(-1)))
    solved = []
    for before, after in ends:
        conditions = [
            sp.diff(h - side, x, n).subs(x, end)
            for side, end in ((before, -2), (after, -1))
            for n in range(3)
        ]
        (solution,) = sp.linsolve(conditions, unknowns)
        solved.append(sp.expand(h.subs(dict(zip(unknowns, solution, strict=True)))))
    return (x, *solved)


@dataclass(frozen=True)
class FarAway:
    """(7.2): x1^2 - x2^2 for -1 <= x1 <= 1, and -4 x1 + shift + x2^2 for x1 <= -2.

    Between them stands the C^2 connector h1(x1) + h2(x1) x2^2 of `slope_connectors`.  The text
    prints no constant (shift = 0), so h1 must fall by 7 over one unit, its slope reaches
    about -10.5 and one step of size 1/4 can overshoot the domain.  shift = -4 makes the slope
    stay in [-4, -2].
    """

    shift: int = 0
    d = 2

    @cached_property
    def _series(self) -> list[list[np.ndarray]]:
        import sympy as sp

        x, *quintics = slope_connectors(self.shift)
        rows = [np.array(sp.Poly(h, x).all_coeffs()[::-1], float) for h in quintics]
        return [[polyder(row, order) for order in range(3)] for row in rows]

    def contains(self, x) -> np.ndarray:
        """The domain (-infinity, 1] x [-1, 1]."""
        x = points(x, 2)
        return (x[..., 0] <= 1) & (np.abs(x[..., 1]) <= 1)

    def _split(self, x):
        x = points(x, 2)
        inside = self.contains(x)
        if not inside.all():
            raise DomainError(
                f"{x[~inside][0]} is outside (-inf, 1] x [-1, 1]: stop the run before it leaves"
            )
        u, v = x[..., 0], x[..., 1]
        return u, v, [u <= -2, u < -1]

    def _connect(self, which: int, order: int, u: np.ndarray) -> np.ndarray:
        return polyval(np.clip(u, -2.0, -1.0), self._series[which][order])

    def value(self, x) -> np.ndarray:
        u, v, where = self._split(x)
        middle = self._connect(0, 0, u) + self._connect(1, 0, u) * v * v
        return np.select(where, [-4 * u + self.shift + v * v, middle], u * u - v * v)

    def gradient(self, x) -> np.ndarray:
        u, v, where = self._split(x)
        middle = self._connect(0, 1, u) + self._connect(1, 1, u) * v * v
        first = np.select(where, [np.full_like(u, -4.0), middle], 2 * u)
        second = np.select(where, [2 * v, 2 * self._connect(1, 0, u) * v], -2 * v)
        return np.stack([first, second], axis=-1)


@dataclass(frozen=True)
class TwoSaddles:
    """(7.3): quadratics around the saddles (0, 0), (2, 0) and the minimum (2, 2); discontinuous.

    At x1 = 1 the value jumps by (L + gamma)(1 - x2^2).  Cells overlap in their faces; there the
    later one counts, as for gradient descent that has just left the earlier one.
    """

    L: float = 2.0
    gamma: float = 1.0
    d = 2

    def __post_init__(self) -> None:
        for name in ("L", "gamma"):
            if not (math.isfinite(getattr(self, name)) and getattr(self, name) > 0):
                raise ValueError(f"{name} = {getattr(self, name)!r}: give a finite positive number")

    def _cells(self, x):
        x = points(x, 2)
        u, v = x[..., 0], x[..., 1]
        first, low = u < 1, v < 1
        cell = np.select([first & (v <= 1), ~first & low, ~first & ~low], [0, 1, 2], 3)
        inside = (cell < 3) & (u >= 0) & (u <= 3) & (v >= 0) & (v <= 3)
        if not inside.all():
            raise DomainError(f"{x[~inside][0]} is in none of the three cells of (7.3)")
        return u, v, cell

    def value(self, x) -> np.ndarray:
        u, v, cell = self._cells(x)
        one, two = self.L * (u - 2) ** 2, self.L * (v - 2) ** 2
        pieces = [-self.gamma * u * u + self.L * v * v, one - self.gamma * v * v, one + two]
        return np.choose(cell, pieces)

    def gradient(self, x) -> np.ndarray:
        """The gradient of the cell's own formula."""
        u, v, cell = self._cells(x)
        first = np.where(cell == 0, -2 * self.gamma * u, 2 * self.L * (u - 2))
        second = [2 * self.L * v, -2 * self.gamma * v, 2 * self.L * (v - 2)]
        return np.stack([first, np.choose(cell, second)], axis=-1)
