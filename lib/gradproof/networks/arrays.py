"""Arrays with leading axes: checks that name the argument, and parameters as one vector."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

Parameters = tuple[np.ndarray, ...]


def checked(name: str, given, shape: Sequence[int | str], finite: bool = True) -> np.ndarray:
    """`given` as an array whose last axes have this shape (a string fits any length but 0).

    Whole numbers become float64; float32, float64 and complex stay.  TypeError for what is not
    numbers, ValueError for a wrong shape, NaN or an infinity; the message names the argument.
    """
    array = np.asarray(given)
    if array.dtype.kind in "iub":
        array = array.astype(float)
    if array.dtype.kind not in "fc":
        raise TypeError(f"{name} has dtype {array.dtype}: give real numbers")
    last = array.shape[array.ndim - len(shape) :] if array.ndim >= len(shape) else None
    fits = last is not None and all(
        have == want or (isinstance(want, str) and have > 0)
        for have, want in zip(last, shape, strict=True)
    )
    if not fits:
        wanted = ", ".join(["...", *map(str, shape)])
        raise ValueError(f"{name} has shape {array.shape}: give ({wanted})")
    if finite and not np.isfinite(array).all():
        raise ValueError(f"{name} holds NaN or an infinity: give finite numbers")
    return array


def common_runs(named: dict[str, tuple[np.ndarray, int]]) -> tuple[int, ...]:
    """The broadcast leading axes of arrays, each given with its number of own (last) axes."""
    runs = {name: a.shape[: a.ndim - own] for name, (a, own) in named.items()}
    try:
        return np.broadcast_shapes(*runs.values())
    except ValueError:
        listed = ", ".join(f"{name} {shape}" for name, shape in runs.items() if shape)
        raise ValueError(f"the leading axes don't broadcast: {listed}") from None


def flatten(params: Parameters, shapes: Sequence[tuple[int, ...]]) -> np.ndarray:
    """Arrays of shape (..., *shape) as one array (..., p), in order, each row by row."""
    axes = [a.ndim - len(s) for a, s in zip(params, shapes, strict=True)]
    runs = np.broadcast_shapes(*(a.shape[:k] for a, k in zip(params, axes, strict=True)))
    parts = [
        np.broadcast_to(a.reshape(*a.shape[:k], math.prod(s)), (*runs, math.prod(s)))
        for a, k, s in zip(params, axes, shapes, strict=True)
    ]
    return np.concatenate(parts, axis=-1)


def unflatten(theta: np.ndarray, shapes: Sequence[tuple[int, ...]]) -> Parameters:
    """The inverse of `flatten`: views into theta, of shape (..., p)."""
    ends = np.cumsum([math.prod(s) for s in shapes])
    parts = np.split(theta, ends[:-1], axis=-1)
    return tuple(a.reshape(*a.shape[:-1], *s) for a, s in zip(parts, shapes, strict=True))
