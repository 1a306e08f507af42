"""Two problems on which Adam leaves: eleven parabolas, and a line on an interval.

Source: *Lecture Notes for CIE6128*, 9.3.4, Bibliography; the linear example is that of Reddi,
Kale and Kumar (2018), "On the convergence of Adam and beyond", to which the notes refer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from ..optimizers.settings import Gradient, Optimizer

CURVATURES = np.array([11.0] + 10 * [-1.0])  # of 5.5 theta^2 once and -0.5 theta^2 ten times


def follow(
    optimizer: Optimizer,
    x0: np.ndarray,
    gradient_at: Callable[[int], Gradient],
    steps: int,
    times: Sequence[int],
) -> np.ndarray:
    """The points of the run with gradient `gradient_at(t)` in step t, at the given times.

    x0 has shape (..., d); the result (len(times), ..., d).  Times count steps taken.
    """
    wanted, kept = set(map(int, times)), []
    x, state = x0, optimizer.init(x0)
    for t in range(steps + 1):
        if t in wanted:
            kept.append(x)
        if t < steps:
            x, state = optimizer.update(gradient_at(t), state, x)
    return np.array(kept)


def eleven(runs: int, steps: int, seed: int) -> Callable[[int], Gradient]:
    """Stochastic gradients of the eleven parabolas: in each step every run draws a component.

    For x of shape (runs, 1).  Components are drawn with replacement.
    """
    drawn = CURVATURES[np.random.default_rng(seed).integers(11, size=(steps, runs, 1))]
    return lambda t: lambda x: drawn[t] * x


def sign_epoch(theta: float, alpha: float, order: Sequence[int]) -> float:
    """theta after one epoch of signSGD with constant step that visits components in this order.

    Exact for exact arguments (int, Fraction): component 0 has slope 11 theta, the others -theta.
    """
    for j in order:
        slope = 11 * theta if j == 0 else -theta
        theta = theta - alpha * ((slope > 0) - (slope < 0))
    return theta


def linear(C: float) -> Callable[[int], Gradient]:
    """f_t(x) = C x for every third t, beginning with the first, and -x otherwise."""
    return lambda t: lambda x: np.full_like(x, C if t % 3 == 0 else -1.0)
