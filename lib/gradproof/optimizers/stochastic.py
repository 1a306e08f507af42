"""Stochastic gradient descent, plain and perturbed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from .batches import BLOCK, NOISE, Batches, blocks
from .settings import Gradient, Schedule, require_count, require_number
from .steps import require_step, step_at


@dataclass(frozen=True)
class StochasticGradientDescent:
    """theta <- theta - alpha_t g_t, with g_t the gradient of step t's minibatch.

    `minimize` draws the minibatches; a full gradient function gives gradient descent.
    Source: *Lecture Notes for CIE6128*, 9.2.2; *EE-556, Lecture 8*, Vanilla Minibatch SGD.
    """

    step: float | Schedule
    batches: Batches = Batches()

    def __post_init__(self) -> None:
        require_step("step", self.step)
        require_batches(self.batches)

    def init(self, x0: np.ndarray) -> int:
        return 0

    def update(self, gradient: Gradient, state: int, x: np.ndarray) -> tuple[np.ndarray, int]:
        return x - step_at("step", self.step, state) * gradient(x), state + 1


class Noisy(NamedTuple):
    """State: time t, and the function from t to that step's noise (a keyed stream)."""

    t: int
    noise: Callable[[int], np.ndarray]


@dataclass(frozen=True)
class PerturbedStochasticGradientDescent:
    """x <- x - alpha_t (g_t + xi_t), xi_t uniform on the sphere of this radius (1 in the text).

    g_t is the minibatch gradient, or the full one when `batches` is None.  E xi = 0 and
    E xi xi^T = (radius^2 / d) I.  Run i's noise is a function of (seed, first_run + i) and t, so
    that it is the same alone as in a batch of runs, and independent of the batches' draws.
    Source: *EE-556, Lecture 8*, Perturbed Stochastic Gradient Descent.
    """

    step: float | Schedule
    radius: float = 1.0
    batches: Batches | None = None
    seed: int = 0
    first_run: int = 0

    def __post_init__(self) -> None:
        require_step("step", self.step)
        require_number("radius", self.radius, positive=False)
        if self.batches is not None:
            require_batches(self.batches)
        for name in ("seed", "first_run"):
            require_count(name, getattr(self, name))

    def init(self, x0: np.ndarray) -> Noisy:
        def draw(generator: np.random.Generator) -> np.ndarray:
            xi = generator.standard_normal((BLOCK, x0.shape[-1]))
            return xi * (self.radius / np.linalg.norm(xi, axis=-1, keepdims=True))

        runs = x0.shape[:-1]
        return Noisy(0, blocks((self.seed, NOISE), self.first_run, runs, BLOCK, draw))

    def update(self, gradient: Gradient, state: Noisy, x: np.ndarray) -> tuple[np.ndarray, Noisy]:
        xi = state.noise(state.t).astype(x.dtype)
        alpha = step_at("step", self.step, state.t)
        return x - alpha * (gradient(x) + xi), Noisy(state.t + 1, state.noise)


def require_batches(given: Batches) -> None:
    """Refuse what are no batches, by name."""
    if not isinstance(given, Batches):
        raise ValueError(f"batches = {given!r}: give Batches(size, order, seed)")
