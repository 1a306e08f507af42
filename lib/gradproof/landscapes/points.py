"""Points as arrays of shape (..., d): one place that refuses wrong shapes, NaN and non-numbers."""

from __future__ import annotations

import numpy as np


class DomainError(ValueError):
    """A point lies outside the set on which a landscape is defined."""


def points(x, d: int, name: str = "x") -> np.ndarray:
    """x as a floating-point array of shape (..., d), or an error that says what to change."""
    array = np.asarray(x)
    if array.dtype.kind not in "fiu":
        raise TypeError(
            f"{name} has dtype {array.dtype}: give real floating-point numbers "
            "(for fractions, mpmath or SymPy numbers use gradproof.landscapes.exact)"
        )
    if array.ndim == 0 or array.shape[-1] != d:
        raise ValueError(
            f"{name} has shape {array.shape}: the last axis must hold the {d} coordinates"
        )
    if array.dtype != np.longdouble:
        array = array.astype(float, copy=False)
    if np.isnan(array).any():
        raise ValueError(f"{name} holds NaN: find where it comes from before asking for values")
    return array
