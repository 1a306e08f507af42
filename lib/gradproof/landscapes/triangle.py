"""A strongly convex function on which the heavy ball goes round in a triangle.

    f'(x) = 25 x (x < 1),   x + 24 (1 <= x < 2),   25 x - 24 (x >= 2)

is 1-strongly convex, with 25-Lipschitz slope and minimum at 0.  With Polyak's parameters for
mu = 1, L = 25 (step 1/9, momentum 4/9) the heavy ball has the attracting 3-cycle `CYCLE`.

Source: *Lecture Notes for CIE6128*, Remark 9.3 (whose scope it shows); the example is Lessard,
Recht and Packard's (2016), "Analysis and design of optimization algorithms".
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

STEP, MOMENTUM = Fraction(1, 9), Fraction(4, 9)
CYCLE = (Fraction(792, 1225), Fraction(-2208, 1225), Fraction(2592, 1225))
RADIUS = Fraction(142, 1225)  # distance from the third point to the kink at 2


class Triangle:
    """The function as an objective: x has shape (..., 1)."""

    @staticmethod
    def value(x: np.ndarray) -> np.ndarray:
        """f(x) = 25 x^2/2 - 12 (x - 1)_+^2 + 12 (x - 2)_+^2, shape (...)."""
        u = np.asarray(x)[..., 0]
        return 12.5 * u**2 - 12 * np.maximum(u - 1, 0) ** 2 + 12 * np.maximum(u - 2, 0) ** 2

    @staticmethod
    def gradient(x: np.ndarray) -> np.ndarray:
        """f'(x), shape (..., 1)."""
        return 25 * x - 24 * np.maximum(x - 1, 0) + 24 * np.maximum(x - 2, 0)


def exact_slope(x: Fraction) -> Fraction:
    """f'(x) by its three branches."""
    if x < 1:
        return 25 * x
    return x + 24 if x < 2 else 25 * x - 24


def exact_run(x: Fraction, last: Fraction, steps: int) -> list[Fraction]:
    """[x_0, x_1, ..., x_steps] of the heavy ball from x_0 = x with x_{-1} = last, in fractions."""
    points = [x]
    for _ in range(steps):
        x, last = x - STEP * exact_slope(x) + MOMENTUM * (x - last), x
        points.append(x)
    return points


def deviation(x: Fraction, last: Fraction) -> Fraction:
    """The least max(|d|, 4 |d + 2/3 d_0|) over the phases of the cycle: d, d_0 are the
    distances of x from a point of the cycle and of last from the point before it."""
    return min(
        max(abs(x - here), 4 * abs(x - here + Fraction(2, 3) * (last - before)))
        for here, before in zip(CYCLE, (CYCLE[-1], *CYCLE), strict=False)
    )


def fate(x: np.ndarray, last: np.ndarray, steps: int = 300) -> np.ndarray:
    """Where runs from (x_0, x_{-1}) = (x, last) are after 3 * (steps // 3) steps.

    0: within 1e-3 of the minimum; 1, 2, 3: within 1e-3 of that point of the cycle; -1: elsewhere.
    """
    x, last = np.array(x, float), np.array(last, float)
    for _ in range(3 * (steps // 3)):
        x, last = x - Triangle.gradient(x) / 9 + 4 / 9 * (x - last), x
    ends = (0.0, *map(float, CYCLE))
    close = [(np.abs(x - end) < 1e-3) for end in ends]
    close[0] &= np.abs(last) < 1e-3
    return np.select(close, range(4), default=-1)
