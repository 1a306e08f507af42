"""The general form of the Adam-type methods: a definition to compare the others with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .adam import Moments
from .adaptive import quotient
from .settings import Gradient, Schedule, fraction_at, require_fraction_or_schedule
from .steps import require_step, step_at


@dataclass(frozen=True)
class AdamType:
    """The notes' general form: vhat_t = h_t(g_0, ..., g_t),

        m_t = beta1_t m_{t-1} + (1 - beta1_t) g_t,   x <- x - alpha_t m_t / sqrt(vhat_t).

    squares: h_t, a function of all gradients so far, stacked (t + 1, ..., d), to shape (..., d).
    It keeps every gradient: a definition to compare the other methods with, not a tool.
    Source: *Lecture Notes for CIE6128*, 9.3.4, Summary and Figure 9.1.
    """

    step: float | Schedule
    beta1: float | Schedule
    squares: Callable[[np.ndarray], np.ndarray]

    def __post_init__(self) -> None:
        require_step("step", self.step)
        require_fraction_or_schedule("beta1", self.beta1)
        if not callable(self.squares):
            raise ValueError(f"squares = {self.squares!r}: give a function of the gradients")

    def init(self, x0: np.ndarray) -> Moments:
        return Moments(0, np.zeros_like(x0), np.empty((0, *x0.shape), x0.dtype))

    def update(
        self, gradient: Gradient, state: Moments, x: np.ndarray
    ) -> tuple[np.ndarray, Moments]:
        t, b, g = state.t, fraction_at("beta1", self.beta1, state.t), gradient(x)
        m, history = b * state.m + (1 - b) * g, np.concatenate([state.v, g[None]])
        move = quotient(m, self.squares(history), 0.0)
        return x - step_at("step", self.step, t) * move, Moments(t + 1, m, history)
