"""Layers with missing and shared weights, in the generality of the thesis's Theorem 4.3."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .activations import IDENTITY, Activation
from .network import Network
from .steps import Elementwise, Linear, Step, transposed


@dataclass(frozen=True, eq=False)
class SharedWeights:
    """y = W x with W[i, j] = v[g(i, j)], or 0 where g(i, j) = 0; v (..., free).

    pattern (outputs, inputs) holds g: whole numbers, 0 for a missing weight, and each of
    1, ..., free at least once (v's entries are counted from 1).  W is linear in v, so that the
    gradient of v[k] is the sum of W's gradient over the places that share it.
    `initialize`: v[k] is the first such entry of a matrix that the scheme draws for all of W.

    Source: *Gradient Descent for Non-convex Problems in Modern Machine Learning*, section 4.2.2.
    """

    pattern: np.ndarray
    label: str = ""
    matrices = 1

    def __post_init__(self) -> None:
        pattern = np.array(self.pattern)
        whole = pattern.dtype.kind in "iu" and pattern.ndim == 2
        if not whole or np.setdiff1d(np.arange(1, pattern.max(initial=0) + 1), pattern).size:
            raise ValueError("pattern: give a matrix of whole numbers with each of 1..max in it")
        if pattern.min() < 0 or pattern.max() < 1:
            raise ValueError("pattern: give 0 for missing weights and at least one 1")
        pattern.setflags(write=False)
        object.__setattr__(self, "pattern", pattern)

    @property
    def inputs(self):
        return self.pattern.shape[1]

    @property
    def outputs(self):
        return self.pattern.shape[0]

    @property
    def names(self):
        return (f"v{self.label}",)

    @property
    def shapes(self):
        return ((int(self.pattern.max()),),)

    @cached_property
    def places(self) -> tuple[np.ndarray, np.ndarray]:
        """The flat places of the weights that are there, sorted by g, and where each g begins."""
        order = np.argsort(self.pattern, axis=None, kind="stable")
        order = order[np.count_nonzero(self.pattern == 0) :]
        begins = np.flatnonzero(np.diff(self.pattern.ravel()[order], prepend=0))
        return order, begins

    def matrix(self, v: np.ndarray) -> np.ndarray:
        """W, (..., outputs, inputs)."""
        padded = np.concatenate([np.zeros_like(v[..., :1]), v], axis=-1)
        return padded[..., self.pattern]

    def gathered(self, W_bar: np.ndarray) -> np.ndarray:
        """The transpose of `matrix`: sums over the places that share a weight, (..., free)."""
        order, begins = self.places
        flat = W_bar.reshape(*W_bar.shape[:-2], self.pattern.size)
        return np.add.reduceat(flat[..., order], begins, axis=-1)

    def initialize(self, rng, schemes, runs, biases):
        W = next(schemes)(rng, self.outputs, self.inputs, runs)
        order, begins = self.places
        return (W.reshape(*runs, self.pattern.size)[..., order[begins]],)

    def forward(self, theta, x):
        return self.matrix(theta[0]) @ x

    def tangent(self, theta, x, theta_dot, x_dot):
        return self.matrix(theta_dot[0]) @ x + self.matrix(theta[0]) @ x_dot

    def backward(self, theta, x, g):
        return (self.gathered(g @ transposed(x)),), transposed(self.matrix(theta[0])) @ g

    def backward_tangent(self, theta, x, g, theta_dot, x_dot, g_dot):
        W_bar_dot = g_dot @ transposed(x) + g @ transposed(x_dot)
        W, W_dot = self.matrix(theta[0]), self.matrix(theta_dot[0])
        return (self.gathered(W_bar_dot),), transposed(W_dot) @ g + transposed(W) @ g_dot


class SharedWeightNetwork(Network):
    """phi(W^1 x) and so on, each W^h given by a pattern; the last layer is linear.

    patterns: for each layer the matrix of g_h, or a pair (d_h, d_{h-1}) for a full matrix.
    Parameters (v1 or W1, v2 or W2, ...).  `output` is an activation for the last layer too.
    """

    def __init__(
        self,
        patterns: Sequence[np.ndarray | tuple[int, int]],
        activation: Activation,
        *,
        output: Activation = IDENTITY,
    ) -> None:
        steps: list[Step] = []
        for h, pattern in enumerate(patterns, start=1):
            full = np.ndim(pattern) == 1
            chosen = Linear(pattern[1], pattern[0], str(h)) if full else None
            steps.append(chosen or SharedWeights(pattern, str(h)))
            phi = activation if h < len(patterns) else output
            if phi is not IDENTITY:
                steps.append(Elementwise(phi, steps[-1].outputs))
        super().__init__(tuple(steps))
