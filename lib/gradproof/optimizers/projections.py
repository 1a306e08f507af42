"""Euclidean projections onto simple convex sets: functions from (..., d) to (..., d).

P(x) is the point of the set nearest to x.  All keep the dtype of x.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .settings import require_count, require_number

Projection = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True, eq=False)
class Box:
    """low <= x <= high, coordinate by coordinate; numbers or arrays (d,), infinities allowed."""

    low: float | np.ndarray
    high: float | np.ndarray

    def __post_init__(self) -> None:
        with np.errstate(invalid="ignore"):
            if not (np.asarray(self.low) <= np.asarray(self.high)).all():
                raise ValueError(f"low = {self.low!r}: give numbers at most high = {self.high!r}")

    def __call__(self, x: np.ndarray) -> np.ndarray:
        return np.clip(x, np.asarray(self.low, x.dtype), np.asarray(self.high, x.dtype))


@dataclass(frozen=True, eq=False)
class Ball:
    """|x - center| <= radius."""

    radius: float
    center: float | np.ndarray = 0.0

    def __post_init__(self) -> None:
        require_number("radius", self.radius)
        if not np.isfinite(self.center).all():
            raise ValueError(f"center = {self.center!r}: give finite numbers")

    def __call__(self, x: np.ndarray) -> np.ndarray:
        center = np.asarray(self.center, x.dtype)
        away = x - center
        length = np.linalg.norm(away, axis=-1, keepdims=True)
        outside = length > self.radius
        return np.where(outside, center + away * (self.radius / np.where(outside, length, 1)), x)


@dataclass(frozen=True)
class Simplex:
    """x >= 0 with sum total: max(x - tau, 0), with tau such that the sum is right.

    With the coordinates sorted downwards, u_1 >= u_2 >= ..., tau = (u_1 + ... + u_k - total) / k
    for the largest k with u_k > that number.
    """

    total: float = 1.0

    def __post_init__(self) -> None:
        require_number("total", self.total)

    def __call__(self, x: np.ndarray) -> np.ndarray:
        down = -np.sort(-x, axis=-1)
        counts = np.arange(1, x.shape[-1] + 1, dtype=x.dtype)
        tau = (np.cumsum(down, axis=-1) - float(self.total)) / counts
        last = (down > tau).sum(axis=-1, keepdims=True) - 1
        return np.maximum(x - np.take_along_axis(tau, last, axis=-1), 0)


@dataclass(frozen=True)
class Halfspace:
    """normal . x <= offset; the normal is a tuple of numbers, not all 0."""

    normal: tuple[float, ...]
    offset: float = 0.0

    def __post_init__(self) -> None:
        if not (np.isfinite(self.normal).all() and np.any(self.normal)):
            raise ValueError(f"normal = {self.normal!r}: give finite numbers, not all 0")
        if not np.isfinite(self.offset):
            raise ValueError(f"offset = {self.offset!r}: give a finite number")

    def __call__(self, x: np.ndarray) -> np.ndarray:
        a = np.asarray(self.normal, x.dtype)
        beyond = (a * x).sum(axis=-1, keepdims=True) - float(self.offset)
        return x - np.maximum(beyond, 0) / (a * a).sum() * a


@dataclass(frozen=True)
class Blocks:
    """The first `split` coordinates by one projection, the rest by another; None leaves alone.

    For z = (x, y) of a min-max problem.
    """

    split: int
    first: Projection | None = None
    second: Projection | None = None

    def __post_init__(self) -> None:
        require_count("split", self.split, least=1)

    def __call__(self, x: np.ndarray) -> np.ndarray:
        first, second = x[..., : self.split], x[..., self.split :]
        if self.first is not None:
            first = self.first(first)
        if self.second is not None:
            second = self.second(second)
        return np.concatenate([first, second], axis=-1)
