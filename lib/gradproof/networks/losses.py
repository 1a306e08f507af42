"""Losses of an output F against targets Y, both (..., c, n): columns are the n samples.

    value (...)       the sum over outputs and samples; `mean=True` divides by n, not by c
    gradient          d value / dF, of F's shape
    hvp               the Hessian with respect to F, times V; of F's shape
    hessian           (..., n, c, c): one block a sample, for samples don't mix

The texts differ in factors, so they are settings: `Squared(half=True)`, `Logistic(mean=True)`.
SQUARED, LOGISTIC, HINGE and CROSS_ENTROPY are plain sums: SQUARED is |F - Y|_F^2, no half.
float32 outputs give float32 losses, whatever the targets' dtype.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from .activations import sigmoid, softplus
from .arrays import checked


@dataclass(frozen=True)
class Loss:
    """What all losses share: the normalisation, and the check of the targets."""

    mean: bool = False

    def scale(self, F: np.ndarray) -> float:
        """1, or 1/n for the mean over samples."""
        return 1 / F.shape[-1] if self.mean else 1.0

    def targets(self, F: np.ndarray, Y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """F and Y as arrays of one dtype; ValueError for wrong shapes, NaN or wrong labels."""
        F = np.asarray(F)
        if F.ndim < 2:
            raise ValueError(f"F has shape {F.shape}: give outputs of shape (..., c, n)")
        Y = checked("Y", Y, F.shape[-2:])
        self.require(Y)
        return F, Y.astype(F.real.dtype, copy=False)

    def require(self, Y: np.ndarray) -> None:
        """Refuse targets that the loss is not made for."""


class Separable(Loss):
    """A loss that sums l(f, y) over entries; subclasses give l, dl/df and d^2 l/df^2."""

    def value(self, F: np.ndarray, Y: np.ndarray) -> np.ndarray:
        F, Y = self.targets(F, Y)
        return self.scale(F) * self.entries(F, Y).sum(axis=(-2, -1))

    def gradient(self, F: np.ndarray, Y: np.ndarray) -> np.ndarray:
        F, Y = self.targets(F, Y)
        return self.scale(F) * self.slopes(F, Y)

    def hvp(self, F: np.ndarray, Y: np.ndarray, V: np.ndarray) -> np.ndarray:
        F, Y = self.targets(F, Y)
        return self.scale(F) * self.curvatures(F, Y) * V

    def hessian(self, F: np.ndarray, Y: np.ndarray) -> np.ndarray:
        F, Y = self.targets(F, Y)
        diagonal = self.scale(F) * np.swapaxes(self.curvatures(F, Y), -2, -1)
        return diagonal[..., None] * np.eye(F.shape[-2], dtype=F.dtype)


@dataclass(frozen=True)
class Squared(Separable):
    """(f - y)^2, or (1/2)(f - y)^2 with `half=True`."""

    half: bool = False

    @property
    def factor(self) -> float:
        return 0.5 if self.half else 1.0

    def entries(self, F, Y):
        return self.factor * (F - Y) ** 2

    def slopes(self, F, Y):
        return 2 * self.factor * (F - Y)

    def curvatures(self, F, Y):
        return np.full_like(F - Y, 2 * self.factor)


class Signed(Separable):
    """Losses of the margin y f, for labels y = -1 or 1."""

    def require(self, Y: np.ndarray) -> None:
        if not np.isin(Y, (-1, 1)).all():
            raise ValueError(
                f"Y holds labels other than -1 and 1: {type(self).__name__} needs these"
            )


class Logistic(Signed):
    """log(1 + exp(-y f)), y = -1 or 1.

    Source: *EE-556 Mathematics of Data, Lecture 8*, loss functions.
    """

    def entries(self, F, Y):
        return softplus(-Y * F)

    def slopes(self, F, Y):
        return -Y * sigmoid(-Y * F)

    def curvatures(self, F, Y):
        return sigmoid(Y * F) * sigmoid(-Y * F)


@dataclass(frozen=True)
class Hinge(Signed):
    """max(0, 1 - y f), y = -1 or 1; at the kink y f = 1 the slope is -y `at_kink`, in [0, 1].

    Source: *EE-556 Mathematics of Data, Lecture 8*, loss functions.
    """

    at_kink: float = 0.0

    def __post_init__(self) -> None:
        if not (math.isfinite(self.at_kink) and 0 <= self.at_kink <= 1):
            raise ValueError(f"at_kink = {self.at_kink!r}: give a number in [0, 1]")

    def entries(self, F, Y):
        return np.maximum(0, 1 - Y * F)

    def slopes(self, F, Y):
        return -Y * np.heaviside(1 - Y * F, F.dtype.type(self.at_kink))

    def curvatures(self, F, Y):
        return np.zeros_like(F - Y)


class CrossEntropy(Loss):
    """-sum_i y_i log softmax(f)_i = log(sum_i exp f_i) - y . f, column by column.

    The columns of Y are probability vectors; `one_hot(labels, c)` makes them from labels.

    Source: *EE-556 Mathematics of Data, Lecture 8*, multi-class cross-entropy.
    """

    def require(self, Y: np.ndarray) -> None:
        if not ((Y >= 0).all() and np.allclose(Y.sum(axis=-2), 1, rtol=0, atol=1e-6)):
            raise ValueError(
                "Y must hold probability vectors in its columns: use one_hot(labels, c) for labels"
            )

    def value(self, F: np.ndarray, Y: np.ndarray) -> np.ndarray:
        F, Y = self.targets(F, Y)
        return self.scale(F) * (log_sum_exp(F) - (Y * F).sum(axis=-2)).sum(axis=-1)

    def gradient(self, F: np.ndarray, Y: np.ndarray) -> np.ndarray:
        F, Y = self.targets(F, Y)
        return self.scale(F) * (softmax(F) - Y)

    def hvp(self, F: np.ndarray, Y: np.ndarray, V: np.ndarray) -> np.ndarray:
        F, Y = self.targets(F, Y)
        s = softmax(F)
        return self.scale(F) * s * (V - (s * V).sum(axis=-2, keepdims=True))

    def hessian(self, F: np.ndarray, Y: np.ndarray) -> np.ndarray:
        F, Y = self.targets(F, Y)
        s = np.swapaxes(softmax(F), -2, -1)[..., None]  # (..., n, c, 1)
        return self.scale(F) * (s * np.eye(F.shape[-2], dtype=F.dtype) - s * s.swapaxes(-2, -1))


def log_sum_exp(F: np.ndarray) -> np.ndarray:
    """log of the sum of exp over the rows, (..., c, n) -> (..., n), without overflow."""
    top = F.max(axis=-2, keepdims=True)
    return top[..., 0, :] + np.log(np.exp(F - top).sum(axis=-2))


def softmax(F: np.ndarray) -> np.ndarray:
    """exp(F) with its columns scaled to sum 1, without overflow."""
    e = np.exp(F - F.max(axis=-2, keepdims=True))
    return e / e.sum(axis=-2, keepdims=True)


def one_hot(labels: np.ndarray, c: int) -> np.ndarray:
    """Labels 0..c-1, of shape (..., n), as columns of the identity: (..., c, n)."""
    labels = np.asarray(labels)
    if labels.dtype.kind not in "iu" or labels.size and not 0 <= labels.min() <= labels.max() < c:
        raise ValueError(f"labels must be whole numbers from 0 to {c - 1}")
    return (labels[..., None, :] == np.arange(c)[:, None]).astype(float)


SQUARED = Squared()
LOGISTIC = Logistic()
HINGE = Hinge()
CROSS_ENTROPY = CrossEntropy()
