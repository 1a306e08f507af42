"""Gradient descent and perturbed gradient descent."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from .settings import Gradient, require_count, require_number
from .steps import StepRule, require_step, travel


@dataclass(frozen=True)
class GradientDescent:
    """x <- x - alpha_t grad f(x), with alpha_t by any rule of `steps`, line searches included.

    Sources: *Gradient Descent for Non-convex Problems in Modern Machine Learning*, (7.1);
    *Lecture Notes for CIE6128*, Remark 9.1 and Appendix .1 for the rules.
    """

    step: StepRule

    def __post_init__(self) -> None:
        require_step("step", self.step, line_search=True)

    def init(self, x0: np.ndarray) -> int:
        return 0

    def update(self, gradient: Gradient, state: int, x: np.ndarray) -> tuple[np.ndarray, int]:
        g = gradient(x)
        return travel(self.step, state, gradient, x, g, g), state + 1


class Perturbed(NamedTuple):
    """State of perturbed descent: time t, and per run the last noise's time and their number."""

    t: int
    last_noise: np.ndarray
    noises: np.ndarray


@dataclass(frozen=True)
class PerturbedGradientDescent:
    """If |grad f(x)| <= gradient_threshold and the last noise is more than time_threshold steps
    ago: x <- x + xi, with xi uniform in the ball of this radius.  Then x <- x - step * grad f(x).

    Every noise has its own generator, keyed by (seed, run, how many noises the run had before).
    So run i takes the same path alone (`first_run=i`) as in a batch, and `update` stays pure.

    Source: *Gradient Descent for Non-convex Problems in Modern Machine Learning*, Algorithm 2.
    """

    step: float
    radius: float
    gradient_threshold: float
    time_threshold: int = 1
    seed: int = 0
    first_run: int = 0

    def __post_init__(self) -> None:
        require_number("step", self.step)
        for name in ("radius", "gradient_threshold", "time_threshold"):
            require_number(name, getattr(self, name), positive=False)
        for name in ("seed", "first_run"):
            require_count(name, getattr(self, name))

    def init(self, x0: np.ndarray) -> Perturbed:
        runs = x0.shape[:-1]
        before = np.full(runs, -math.floor(self.time_threshold) - 1)
        return Perturbed(0, before, np.zeros(runs, int))

    def update(
        self, gradient: Gradient, state: Perturbed, x: np.ndarray
    ) -> tuple[np.ndarray, Perturbed]:
        t, last, noises = state
        flat = np.linalg.norm(gradient(x), axis=-1) <= self.gradient_threshold
        noisy = flat & (t - last > self.time_threshold)
        if noisy.any():
            x = x + self._noise(noisy, noises, x.shape[-1])
            last, noises = np.where(noisy, t, last), noises + noisy
        return x - self.step * gradient(x), Perturbed(t + 1, last, noises)

    def _noise(self, noisy: np.ndarray, noises: np.ndarray, d: int) -> np.ndarray:
        """xi for the runs that are `noisy`, zero for the others; shape noisy.shape + (d,)."""
        xi = np.zeros((noisy.size, d))
        counts = noises.ravel()
        for run in np.flatnonzero(noisy):
            key = (int(run) + self.first_run, int(counts[run]))
            generator = np.random.default_rng(np.random.SeedSequence(self.seed, spawn_key=key))
            xi[run] = uniform_in_ball(generator, d, self.radius)
        return xi.reshape(*noisy.shape, d)


def uniform_in_ball(
    generator: np.random.Generator, d: int, radius: float, n: int | None = None
) -> np.ndarray:
    """Uniform in the closed ball of R^d: a Gaussian's direction times radius * U^(1/d).

    Shape (d,), or (n, d) when n is given.
    """
    direction = generator.standard_normal(d if n is None else (n, d))
    direction /= np.linalg.norm(direction, axis=-1, keepdims=True)
    length = generator.random(None if n is None else (n, 1)) ** (1 / d)
    return radius * length * direction
