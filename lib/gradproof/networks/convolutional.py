"""Convolutional networks in the thesis's patch form: one filter, many patches, one output."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .activations import IDENTITY, Activation
from .network import Network
from .steps import Elementwise
from .unit_norm import UnitNorm


def sliding_patches(inputs: int, q: int, stride: int) -> np.ndarray:
    """The coordinates of the patches of size q that start at 0, stride, 2 stride, ...; (q, k).

    stride = q: no overlap; q = 2, stride = 1: patch i is coordinates i and i + 1.
    """
    if not 1 <= q <= inputs or stride < 1:
        raise ValueError(
            f"q = {q}, stride = {stride}: give 1 <= q <= inputs = {inputs}, stride > 0"
        )
    return np.arange(q)[:, None] + np.arange(0, inputs - q + 1, stride)


@dataclass(frozen=True, eq=False)
class Convolution:
    """y_i = w . Z_i for patches i = 1..k of x, all with the same filter w (..., q).

    coordinates (q, k): patch Z_i holds x's entries coordinates[:, i], which are distinct.
    """

    coordinates: np.ndarray
    inputs: int
    name: str = "w"
    matrices = 1

    def __post_init__(self) -> None:
        chosen = np.array(self.coordinates)
        if chosen.ndim != 2 or chosen.dtype.kind not in "iu" or not chosen.size:
            raise ValueError("coordinates: give whole numbers of shape (q, k)")
        if chosen.min() < 0 or chosen.max() >= self.inputs:
            raise ValueError(f"coordinates: give numbers from 0 to {self.inputs - 1}")
        if (np.diff(np.sort(chosen, axis=0), axis=0) == 0).any():
            raise ValueError("coordinates: a patch has one coordinate twice")
        chosen.setflags(write=False)
        object.__setattr__(self, "coordinates", chosen)

    @property
    def outputs(self):
        return self.coordinates.shape[1]

    @property
    def names(self):
        return (self.name,)

    @property
    def shapes(self):
        return ((self.coordinates.shape[0],),)

    def initialize(self, rng, schemes, runs, biases):
        return (next(schemes)(rng, 1, len(self.coordinates), runs)[..., 0, :],)

    def patches(self, x: np.ndarray) -> np.ndarray:
        """Z, (..., q, k, n)."""
        return x[..., self.coordinates, :]

    def folded(self, Z_bar: np.ndarray) -> np.ndarray:
        """The transpose of `patches`: each coordinate sums what its places in patches get."""
        x_bar = np.zeros((*Z_bar.shape[:-3], self.inputs, Z_bar.shape[-1]), Z_bar.dtype)
        for i in range(self.outputs):
            x_bar[..., self.coordinates[:, i], :] += Z_bar[..., :, i, :]
        return x_bar

    def forward(self, theta, x):
        return filtered(theta[0], self.patches(x))

    def tangent(self, theta, x, theta_dot, x_dot):
        return filtered(theta_dot[0], self.patches(x)) + filtered(theta[0], self.patches(x_dot))

    def backward(self, theta, x, g):
        w_bar = correlated(g, self.patches(x))
        return (w_bar,), self.folded(spread(theta[0], g))

    def backward_tangent(self, theta, x, g, theta_dot, x_dot, g_dot):
        w_bar_dot = correlated(g_dot, self.patches(x)) + correlated(g, self.patches(x_dot))
        return (w_bar_dot,), self.folded(spread(theta_dot[0], g) + spread(theta[0], g_dot))


def flat(Z: np.ndarray) -> np.ndarray:
    """Z with one axis for patches and samples: (..., q, k n)."""
    return Z.reshape(*Z.shape[:-2], -1)


def filtered(w: np.ndarray, Z: np.ndarray) -> np.ndarray:
    """sum_j w_j Z_j: (..., q) and (..., q, k, n) to (..., k, n)."""
    y = w[..., None, :] @ flat(Z)
    return y.reshape(*y.shape[:-2], *Z.shape[-2:])


def correlated(g: np.ndarray, Z: np.ndarray) -> np.ndarray:
    """sum over patches and samples of g Z_j: (..., k, n) and (..., q, k, n) to (..., q)."""
    return (flat(Z) @ g.reshape(*g.shape[:-2], -1, 1))[..., 0]


def spread(w: np.ndarray, g: np.ndarray) -> np.ndarray:
    """w_j g: (..., q) and (..., k, n) to (..., q, k, n)."""
    return w[..., :, None, None] * g[..., None, :, :]


@dataclass(frozen=True)
class Average:
    """y = the mean of x's rows, (..., 1, n)."""

    inputs: int
    outputs = 1
    names = ()
    shapes = ()
    matrices = 0

    def initialize(self, rng, schemes, runs, biases):
        return ()

    def forward(self, theta, x):
        return x.mean(axis=-2, keepdims=True)

    def tangent(self, theta, x, theta_dot, x_dot):
        return x_dot.mean(axis=-2, keepdims=True)

    def backward(self, theta, x, g):
        return (), np.repeat(g, self.inputs, axis=-2) / self.inputs

    def backward_tangent(self, theta, x, g, theta_dot, x_dot, g_dot):
        return (), np.repeat(g_dot, self.inputs, axis=-2) / self.inputs


class Convolutional(Network):
    """f(x) = sum_i a_i phi(w . Z_i), output (..., 1, n); Z_i, i = 1..k, are patches of x.

    coordinates (q, k): patch i is x's entries coordinates[:, i]; see `sliding_patches`.  For
    given patches Z (..., q, k, n) take X = Z.reshape(..., q * k, n) and
    coordinates = np.arange(q * k).reshape(q, k).
    Parameters (w, a), of shapes (..., q) and (..., k).  `average=True`: a_i = 1/k is fixed and
    the parameters are (w,), section 6.1.  `unit_norm=True`: w = v/|v| with v in w's place;
    for a positively homogeneous phi this is the weight normalisation before (5.2).

    Source: *Gradient Descent for Non-convex Problems in Modern Machine Learning*, chapters 5, 6.
    """

    def __init__(
        self,
        coordinates: np.ndarray,
        activation: Activation,
        *,
        inputs: int | None = None,
        average: bool = False,
        unit_norm: bool = False,
    ) -> None:
        coordinates = np.asarray(coordinates)
        first = Convolution(coordinates, inputs or int(coordinates.max(initial=0)) + 1)
        k = first.outputs
        last = Average(k) if average else Convolution(np.arange(k)[:, None], k, "a")
        hidden = [] if activation is IDENTITY else [Elementwise(activation, k)]
        super().__init__((UnitNorm(first) if unit_norm else first, *hidden, last))
