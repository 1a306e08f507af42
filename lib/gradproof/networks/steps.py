"""The steps that networks are chained from: y = step(theta, x), each beside its derivatives.

    forward            y
    tangent            y_dot: the directional derivative along (theta_dot, x_dot)
    backward           (theta_bar, x_bar): the transposed derivative applied to g, of y's shape;
                       it turns g = dF/dy into dF/dtheta and dF/dx
    backward_tangent   the directional derivative of `backward` as theta, x and g move along
                       theta_dot, x_dot, g_dot: this gives Hessian-vector products

theta is a tuple of arrays, x has shape (..., inputs, n).  Leading axes are independent runs, so
each formula reads as if for one network.  `initialize` draws theta, taking a scheme for each of
its `matrices`.  Steps don't check their arguments: `Network` does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from .activations import Activation
from .arrays import Parameters
from .initialization import Gaussian, Scheme


class Step(Protocol):
    """What a network needs of a step; `names` and `shapes` belong to theta's arrays."""

    names: tuple[str, ...]
    shapes: tuple[tuple[int, ...], ...]
    inputs: int
    outputs: int
    matrices: int

    def initialize(self, rng, schemes: Iterator[Scheme], runs, biases: float) -> Parameters: ...

    def forward(self, theta: Parameters, x: np.ndarray) -> np.ndarray: ...

    def tangent(self, theta, x, theta_dot, x_dot) -> np.ndarray: ...

    def backward(self, theta, x, g) -> tuple[Parameters, np.ndarray]: ...

    def backward_tangent(self, theta, x, g, theta_dot, x_dot, g_dot): ...


def transposed(A: np.ndarray) -> np.ndarray:
    """A^T, run by run."""
    return np.swapaxes(A, -2, -1)


@dataclass(frozen=True)
class Linear:
    """y = W x, with W of shape (..., outputs, inputs)."""

    inputs: int
    outputs: int
    label: str = ""
    matrices = 1

    @property
    def names(self):
        return (f"W{self.label}",)

    @property
    def shapes(self):
        return ((self.outputs, self.inputs),)

    def initialize(self, rng, schemes, runs, biases):
        return (next(schemes)(rng, self.outputs, self.inputs, runs),)

    def forward(self, theta, x):
        (W,) = theta
        return W @ x

    def tangent(self, theta, x, theta_dot, x_dot):
        (W,), (W_dot,) = theta, theta_dot
        return W_dot @ x + W @ x_dot

    def backward(self, theta, x, g):
        (W,) = theta
        return (g @ transposed(x),), transposed(W) @ g

    def backward_tangent(self, theta, x, g, theta_dot, x_dot, g_dot):
        (W,), (W_dot,) = theta, theta_dot
        W_bar_dot = g_dot @ transposed(x) + g @ transposed(x_dot)
        return (W_bar_dot,), transposed(W_dot) @ g + transposed(W) @ g_dot


@dataclass(frozen=True)
class Bias:
    """y = x + b, the same b (..., d) for every sample."""

    inputs: int
    label: str = ""
    matrices = 0

    @property
    def outputs(self):
        return self.inputs

    @property
    def names(self):
        return (f"b{self.label}",)

    @property
    def shapes(self):
        return ((self.inputs,),)

    def initialize(self, rng, schemes, runs, biases):
        return (Gaussian(biases)(rng, 1, self.inputs, runs)[..., 0, :],)

    def forward(self, theta, x):
        (b,) = theta
        return x + b[..., None]

    def tangent(self, theta, x, theta_dot, x_dot):
        (b_dot,) = theta_dot
        return x_dot + b_dot[..., None]

    def backward(self, theta, x, g):
        return (g.sum(axis=-1),), g

    def backward_tangent(self, theta, x, g, theta_dot, x_dot, g_dot):
        return (g_dot.sum(axis=-1),), g_dot


@dataclass(frozen=True)
class Elementwise:
    """y = phi(x), entry by entry: the derivative is the diagonal matrix of phi'(x)."""

    phi: Activation
    inputs: int
    names = ()
    shapes = ()
    matrices = 0

    @property
    def outputs(self):
        return self.inputs

    def initialize(self, rng, schemes, runs, biases):
        return ()

    def forward(self, theta, x):
        return self.phi.value(x)

    def tangent(self, theta, x, theta_dot, x_dot):
        return self.phi.first(x) * x_dot

    def backward(self, theta, x, g):
        return (), self.phi.first(x) * g

    def backward_tangent(self, theta, x, g, theta_dot, x_dot, g_dot):
        return (), self.phi.second(x) * x_dot * g + self.phi.first(x) * g_dot
