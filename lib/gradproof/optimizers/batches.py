"""Finite sums and their minibatches.

`minimize(problem, x0, optimizer, steps, batches=Batches(...))` gives any optimizer, at step t,
the gradient of that step's minibatch instead of the full one; records keep the full value and
gradient.  `StochasticGradientDescent` carries its batches as a setting.

By hand:  at = Batches(...).gradients(problem, x0.shape[:-1]);
          x, state = optimizer.update(at(t), state, x)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .settings import Gradient, require_choice, require_count

ORDERS = ("with replacement", "subsets", "without replacement", "cyclic")
BLOCK = 256  # steps, about, drawn at once
SAMPLES, NOISE = 1, 2  # first entries of the random streams' keys


@dataclass(frozen=True)
class FiniteSum:
    """F(x) = (1/n) (F_0(x) + ... + F_{n-1}(x)).

    component_value(x, j) and component_gradient(x, j) take x of shape (..., d) and whole numbers
    j that broadcast against (...); they return (...) and (..., d).
    Source of the normalisation: *Lecture Notes for CIE6128*, 9.2.2.
    """

    n: int
    component_value: Callable[[np.ndarray, np.ndarray], np.ndarray]
    component_gradient: Callable[[np.ndarray, np.ndarray], np.ndarray]

    def __post_init__(self) -> None:
        require_count("n", self.n, least=1)

    def value(self, x: np.ndarray) -> np.ndarray:
        return self.component_value(x[..., None, :], np.arange(self.n)).mean(axis=-1)

    def gradient(self, x: np.ndarray) -> np.ndarray:
        return self.batch_gradient(x, np.arange(self.n))

    def batch_gradient(self, x: np.ndarray, indices: np.ndarray) -> np.ndarray:
        """The mean of the components' gradients over the last axis of indices (..., B)."""
        return self.component_gradient(x[..., None, :], indices).mean(axis=-2)


@dataclass(frozen=True)
class Batches:
    """Which components make the gradient of step t: `size` of them, in one of four orders.

    "with replacement"     independent uniform draws
    "subsets"              each step a uniform subset, independent of the other steps
    "without replacement"  a new random order every epoch, cut into batches; size divides n
    "cyclic"               0, 1, ..., n - 1, 0, 1, ...: the incremental gradient method
    The draws of run i are a function of (seed, first_run + i) alone: run i sees the same batches
    alone as in a batch of runs.
    Source: *Lecture Notes for CIE6128*, 9.2.2 and Remark 9.2(4); *EE-556, Lecture 8*, Vanilla
    Minibatch SGD.
    """

    size: int = 1
    order: str = "with replacement"
    seed: int = 0
    first_run: int = 0

    def __post_init__(self) -> None:
        require_count("size", self.size, least=1)
        require_choice("order", self.order, ORDERS)
        for name in ("seed", "first_run"):
            require_count(name, getattr(self, name))

    def indices(self, n: int, runs: tuple[int, ...] = ()) -> Callable[[int], np.ndarray]:
        """The function from t to the indices of step t, (*runs, size), for n components."""
        if self.size > n and self.order != "with replacement":
            raise ValueError(f"size = {self.size}: the sum has only {n} components")
        if self.order == "without replacement" and n % self.size:
            raise ValueError(f"size = {self.size}: give a divisor of the {n} components")
        if self.order == "cyclic":
            one = np.arange(self.size)
            return lambda t: np.broadcast_to((t * self.size + one) % n, (*runs, self.size))
        return blocks((self.seed, SAMPLES), self.first_run, runs, self._length(n), self._draw(n))

    def gradients(
        self, problem: FiniteSum, runs: tuple[int, ...] = ()
    ) -> Callable[[int], Gradient]:
        """The function from t to the minibatch gradient of step t, which is a function of x."""
        if not hasattr(problem, "batch_gradient"):
            raise ValueError("objective: batches need a finite sum, with n and batch_gradient")
        at = self.indices(problem.n, runs)
        return lambda t: lambda x: problem.batch_gradient(x, at(t))

    def _length(self, n: int) -> int:
        """Steps to a block; whole epochs where there are epochs."""
        epoch = n // self.size if self.order == "without replacement" else 1
        return epoch * -(-BLOCK // epoch)

    def _draw(self, n: int) -> Callable[[np.random.Generator], np.ndarray]:
        length, size = self._length(n), self.size

        def draw(generator: np.random.Generator) -> np.ndarray:
            if self.order == "with replacement":
                return generator.integers(n, size=(length, size))
            if self.order == "subsets":
                return np.stack([generator.choice(n, size, replace=False) for _ in range(length)])
            orders = [generator.permutation(n) for _ in range(length * size // n)]
            return np.concatenate(orders).reshape(length, size)

        return draw


def blocks(
    key: tuple[int, int],
    first_run: int,
    runs: tuple[int, ...],
    length: int,
    draw: Callable[[np.random.Generator], np.ndarray],
) -> Callable[[int], np.ndarray]:
    """The function from t to that step's draws, one for each run, from keyed random streams.

    key = (seed, purpose).  Block b of run i (steps b*length to (b+1)*length - 1) is drawn by the
    generator with spawn key (purpose, first_run + i, b).  The last block is kept, for speed only.
    """
    seed, purpose = key
    kept: dict[int, np.ndarray] = {}

    def at(t: int) -> np.ndarray:
        number, place = divmod(t, length)
        if number not in kept:
            kept.clear()
            keys = [(purpose, first_run + run, number) for run in range(int(np.prod(runs)))]
            sequences = [np.random.SeedSequence(seed, spawn_key=k) for k in keys]
            kept[number] = np.stack([draw(np.random.default_rng(s)) for s in sequences])
        drawn = kept[number][:, place]
        return drawn.reshape(*runs, *drawn.shape[1:])

    return at
