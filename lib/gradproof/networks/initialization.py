"""Initialisations: how the matrices of a network are drawn.

A scheme is called with a generator, the number of rows m (outputs, fan-out) and of columns d
(inputs, fan-in) and the leading axes `runs`, and returns float64 weights (*runs, m, d).
`net.initialize(rng, He(), runs=(1000,))` draws a thousand networks at once.

Source: *Lecture Notes for CIE6128*, sections 2.3 and 3.3.3 (variances), 3.4.1 (orthogonal).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

Scheme = Callable[[np.random.Generator, int, int, tuple[int, ...]], np.ndarray]


def require_scale(name: str, given: float) -> None:
    if not (math.isfinite(given) and given >= 0):
        raise ValueError(f"{name} = {given!r}: give a finite number, at least 0")


@dataclass(frozen=True)
class Gaussian:
    """Entries N(0, standard_deviation^2), whatever the size."""

    standard_deviation: float

    def __post_init__(self) -> None:
        require_scale("standard_deviation", self.standard_deviation)

    def __call__(self, rng, m, d, runs=()):
        return self.standard_deviation * rng.standard_normal((*runs, m, d))


@dataclass(frozen=True)
class FanIn:
    """Entries N(0, gain / d): FanIn(1) keeps E|Wx|^2/m = |x|^2/d, FanIn(2) is He."""

    gain: float = 1.0

    def __post_init__(self) -> None:
        require_scale("gain", self.gain)

    def __call__(self, rng, m, d, runs=()):
        return math.sqrt(self.gain / d) * rng.standard_normal((*runs, m, d))


@dataclass(frozen=True)
class Xavier:
    """Entries N(0, 2 / (m + d)); for square matrices FanIn(1)."""

    def __call__(self, rng, m, d, runs=()):
        return math.sqrt(2 / (m + d)) * rng.standard_normal((*runs, m, d))


@dataclass(frozen=True)
class He:
    """Entries N(0, 2 / d), for ReLU (Kaiming)."""

    def __call__(self, rng, m, d, runs=()):
        return FanIn(2.0)(rng, m, d, runs)


@dataclass(frozen=True)
class Orthogonal:
    """gain times a uniformly random matrix with orthonormal columns (m >= d) or rows (m <= d).

    The Q of a Gaussian matrix' QR factors, with signs such that R has a positive diagonal:
    without these Q is not uniform.
    """

    gain: float = 1.0

    def __post_init__(self) -> None:
        require_scale("gain", self.gain)

    def __call__(self, rng, m, d, runs=()):
        Q, R = np.linalg.qr(rng.standard_normal((*runs, max(m, d), min(m, d))))
        diagonal = np.diagonal(R, axis1=-2, axis2=-1)
        Q = self.gain * Q * np.where(diagonal < 0, -1.0, 1.0)[..., None, :]
        return Q if m >= d else np.swapaxes(Q, -2, -1)


@dataclass(frozen=True)
class Zero:
    """All entries 0."""

    def __call__(self, rng, m, d, runs=()):
        return np.zeros((*runs, m, d))


@dataclass(frozen=True)
class IdentityPlusNoise:
    """I + N(0, standard_deviation^2) entries; ones on the main diagonal if not square."""

    standard_deviation: float = 0.0

    def __post_init__(self) -> None:
        require_scale("standard_deviation", self.standard_deviation)

    def __call__(self, rng, m, d, runs=()):
        return np.eye(m, d) + Gaussian(self.standard_deviation)(rng, m, d, runs)
