"""Fully connected networks, and the linear ones among them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .activations import IDENTITY, Activation
from .network import Network
from .steps import Bias, Elementwise, Linear, Step


class FullyConnected(Network):
    """z^0 = X,  h^l = W^l z^{l-1} (+ b^l),  z^l = phi(h^l) for l < L;  the output is h^L.

    widths (d_0, ..., d_L); W^l has shape (..., d_l, d_{l-1}), b^l (..., d_l).  Parameters are
    (W1, ..., WL), or (W1, b1, ..., WL, bL) with `bias=True`.  `output` is an activation for the
    last layer too: the output is then z^L = output(h^L).

    Source: *Lecture Notes for CIE6128*, (1.1), whose last layer is linear, and Remark 1.1.
    """

    def __init__(
        self,
        widths: Sequence[int],
        activation: Activation,
        bias: bool = False,
        *,
        output: Activation = IDENTITY,
    ) -> None:
        widths = require_widths(widths)
        steps: list[Step] = []
        for l in range(1, len(widths)):
            phi = activation if l < len(widths) - 1 else output
            steps += layer(widths[l - 1], widths[l], str(l), bias)
            if phi is not IDENTITY:
                steps.append(Elementwise(phi, widths[l]))
        super().__init__(tuple(steps))


class DeepLinear(FullyConnected):
    """W^L ... W^1 X: all activations are the identity.  `product` multiplies the matrices."""

    def __init__(self, widths: Sequence[int]) -> None:
        super().__init__(widths, IDENTITY)

    def product(self, params) -> np.ndarray:
        """W^L ... W^1, of shape (..., d_L, d_0)."""
        product, *others = self._parameters("", params)
        for W in others:
            product = W @ product
        return product


def layer(inputs: int, outputs: int, label: str, bias: bool) -> list[Step]:
    """x -> W x, or W x + b."""
    affine: list[Step] = [Linear(inputs, outputs, label)]
    return [*affine, Bias(outputs, label)] if bias else affine


def require_widths(widths: Sequence[int]) -> list[int]:
    """The widths as a list; ValueError unless there are at least two, each at least 1."""
    widths = list(widths)
    if len(widths) < 2 or not all(isinstance(d, (int, np.integer)) and d > 0 for d in widths):
        raise ValueError(f"widths = {widths}: give at least two whole numbers, each at least 1")
    return [int(d) for d in widths]
