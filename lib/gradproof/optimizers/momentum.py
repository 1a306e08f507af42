"""Heavy ball in the forms of the three texts, and Nesterov's method."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from .settings import (
    Gradient,
    Schedule,
    fraction_at,
    require_choice,
    require_fraction,
    require_fraction_or_schedule,
)
from .steps import require_step, step_at

FORMS = ("velocity", "averaged", "difference", "stale")


class Momentum(NamedTuple):
    """State: time t, and m (velocity, averaged), x_{t-1} (difference) or V_t (stale)."""

    t: int
    m: np.ndarray


@dataclass(frozen=True)
class HeavyBall:
    """Gradient descent with momentum b, at x = x_t with g = grad f(x_t); m and V start at 0.

    form = "velocity"     m <- b m + g,            x <- x - alpha_t m
           "averaged"     m <- b m + (1 - b) g,    x <- x - alpha_t m
           "difference"   x <- x - alpha_t g + b (x_t - x_{t-1}),  with x_{-1} = x_0
           "stale"        x <- x - V_t,  then V_{t+1} = alpha_t g + b V_t:  the move made now
                          holds no gradient of now; the first step does not move
    For a constant step "velocity" and "difference" are the same method, and "averaged" with
    alpha is "velocity" with (1 - b) alpha.  For a varying step they differ: in "velocity" and
    "averaged" the displacement's factor is b alpha_t / alpha_{t-1}.  "stale" is another method:
    b = 0 does not give gradient descent.

    Sources: "velocity": *EE-556, Lecture 8*, Heavy Ball Minibatch SGD; "averaged": *Lecture Notes
    for CIE6128*, 9.3.1; "stale": *Optimization of neural networks*, slides, gradient descent with
    momentum, as printed.
    """

    step: float | Schedule
    momentum: float
    form: str = "velocity"

    def __post_init__(self) -> None:
        require_step("step", self.step)
        require_fraction("momentum", self.momentum)
        require_choice("form", self.form, FORMS)

    def init(self, x0: np.ndarray) -> Momentum:
        return Momentum(0, x0 if self.form == "difference" else np.zeros_like(x0))

    def update(
        self, gradient: Gradient, state: Momentum, x: np.ndarray
    ) -> tuple[np.ndarray, Momentum]:
        t, m = state
        alpha, b, g = step_at("step", self.step, t), float(self.momentum), gradient(x)
        if self.form == "difference":
            return x - alpha * g + b * (x - m), Momentum(t + 1, x)
        if self.form == "stale":
            return x - m, Momentum(t + 1, alpha * g + b * m)
        m = b * m + ((1 - b) * g if self.form == "averaged" else g)
        return x - alpha * m, Momentum(t + 1, m)


def convex_momentum(t: int) -> float:
    """b_t = t / (t + 3): Nesterov's method for convex functions without strong convexity."""
    return t / (t + 3)


@dataclass(frozen=True)
class Nesterov:
    """y_t = x_t + b_t (x_t - x_{t-1}),  x_{t+1} = y_t - alpha_t grad f(y_t),  with x_{-1} = x_0.

    at = "iterate": the trajectory is x_t, and the gradient is asked at y_t.
    at = "lookahead": the trajectory is y_t, and the gradient is asked there; for constant step
    and momentum this is m <- b m + g, y <- y - alpha (g + b m), as PyTorch and optax write it.
    momentum: a number, or a function of t such as `convex_momentum`.

    Source: Nesterov (1983), "A method of solving a convex programming problem with convergence
    rate O(1/k^2)"; *EE-556, Lecture 8* names it beside the heavy ball and prints no formula.
    """

    step: float | Schedule
    momentum: float | Schedule = convex_momentum
    at: str = "iterate"

    def __post_init__(self) -> None:
        require_step("step", self.step)
        require_fraction_or_schedule("momentum", self.momentum)
        require_choice("at", self.at, ("iterate", "lookahead"))

    def init(self, x0: np.ndarray) -> Momentum:
        return Momentum(0, x0)

    def update(
        self, gradient: Gradient, state: Momentum, x: np.ndarray
    ) -> tuple[np.ndarray, Momentum]:
        t, last = state  # last is x_{t-1} at the iterate, x_t at the look-ahead
        alpha = step_at("step", self.step, t)
        if self.at == "iterate":
            y = x + fraction_at("momentum", self.momentum, t) * (x - last)
            return y - alpha * gradient(y), Momentum(t + 1, x)
        new = x - alpha * gradient(x)
        ahead = fraction_at("momentum", self.momentum, t + 1)
        return new + ahead * (new - last), Momentum(t + 1, new)
