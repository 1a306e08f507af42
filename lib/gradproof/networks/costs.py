"""Counting what a gradient costs: operations on numbers, and multiplications in a network.

Two accounts that need no trust in a formula: `Counted` numbers count every + − × that somebody
does with them, and `Multiplications` counts inside matrix–vector and outer products.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from .tape import Node, apply


@dataclass
class Tally:
    """How many operations were done so far."""

    operations: int = 0


@dataclass(frozen=True)
class Counted:
    """An exact number that adds 1 to its tally in every + − × it takes part in."""

    value: Fraction
    tally: Tally = field(compare=False, repr=False)

    def _done(self, value: Fraction) -> Counted:
        self.tally.operations += 1
        return Counted(value, self.tally)

    def __add__(self, other: Counted) -> Counted:
        return self._done(self.value + other.value)

    def __sub__(self, other: Counted) -> Counted:
        return self._done(self.value - other.value)

    def __mul__(self, other: Counted) -> Counted:
        return self._done(self.value * other.value)


def square_loss(weights: list, x: list, y: list, activated=None):
    """‖f(x) − y‖² of a network without biases, in plain + − × on lists of numbers.

    weights: one list of rows a layer. activated: the activation of a hidden value (default
    u·u); the last layer is linear. Numbers may be of any type, `tape.Node` included.
    """
    activated = activated or (lambda u: u * u)
    for number, rows in enumerate(weights, 1):
        x = [_total([w * z for w, z in zip(row, x, strict=True)]) for row in rows]
        if number < len(weights):
            x = [activated(u) for u in x]
    errors = [a - b for a, b in zip(x, y, strict=True)]
    return _total([e * e for e in errors])


def _total(numbers: list):
    first, *others = numbers
    for number in others:
        first = first + number
    return first


def taped_loss(weights: list, x: list, y: list, two) -> tuple[Node, list]:
    """(the loss as a node, the weights' nodes in the same nested lists), activation u².

    two: the number 2 of the type in use, for the activation's derivative 2u.
    """
    nodes = [[[Node(w) for w in row] for row in rows] for rows in weights]
    leaves = ([Node(v) for v in values] for values in (x, y))
    loss = square_loss(nodes, *leaves, lambda u: apply(lambda v: v * v, lambda v: two * v, u))
    return loss, nodes


@dataclass
class Multiplications:
    """Products of arrays that count the multiplications of numbers they take."""

    count: int = 0

    def matvec(self, matrix: np.ndarray, vector: np.ndarray) -> np.ndarray:
        """matrix @ vector, shapes (m, n) and (n,): m·n multiplications."""
        self.count += matrix.size
        return matrix @ vector

    def times(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """a ⊙ b, one multiplication an entry."""
        self.count += b.size
        return a * b

    def outer(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """a bᵀ: one multiplication an entry."""
        self.count += a.size * b.size
        return np.outer(a, b)


def backpropagation(weights, slopes, inputs, g) -> tuple[list[np.ndarray], int]:
    """(the gradients of all layers, multiplications), δ passed on from layer to layer.

    weights: W^1 … W^L, shapes (d_l, d_{l-1}). slopes: φ′(h^1) … φ′(h^{L-1}). inputs:
    z^0 … z^{L-1}. g: the gradient by h^L. W^l has gradient δ^l (z^{l-1})ᵀ.
    """
    work, delta, found = Multiplications(), g, []
    for at in range(len(weights) - 1, -1, -1):
        found.append(work.outer(delta, inputs[at]))
        if at:
            delta = work.times(slopes[at - 1], work.matvec(weights[at].T, delta))
    return found[::-1], work.count


def layer_by_layer(weights, slopes, inputs, g) -> tuple[list[np.ndarray], int]:
    """The same gradients, each layer's chain started again at the output."""
    work, found = Multiplications(), []
    for at in range(len(weights)):
        delta = g
        for above in range(len(weights) - 1, at, -1):
            delta = work.times(slopes[above - 1], work.matvec(weights[above].T, delta))
        found.append(work.outer(delta, inputs[at]))
    return found, work.count
