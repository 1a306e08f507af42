"""A network, a loss and data as a function of one vector, for the optimizers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .arrays import checked, flatten, unflatten
from .losses import Loss
from .network import Network


@dataclass(frozen=True)
class NetworkObjective:
    """theta -> loss(net(params, X), Y), with theta = net.flatten(params) of shape (..., p).

    X (..., d_0, n) and Y (..., d_L, n): the same data for all runs, or leading axes that
    broadcast against those of theta.  An overflow in theta gives NaN or infinities, not an
    error, so that the caller can say when it happened.
    """

    net: Network
    loss: Loss
    X: np.ndarray
    Y: np.ndarray

    def __post_init__(self) -> None:
        X = checked("X", self.X, (self.net.inputs, "n"))
        Y = checked("Y", self.Y, (self.net.outputs, X.shape[-1]))
        object.__setattr__(self, "X", X)
        object.__setattr__(self, "Y", Y)

    def value(self, theta: np.ndarray) -> np.ndarray:
        """The loss, (...)."""
        output, _ = self.net._forward(self._params(theta), self.X)
        return self.loss.value(output, self.Y)

    def gradient(self, theta: np.ndarray) -> np.ndarray:
        """The gradient, (..., p)."""
        output, record = self.net._forward(self._params(theta), self.X)
        gradient, _ = self.net._backward(record, self.loss.gradient(output, self.Y))
        return self._flatten(gradient)

    @property
    def n(self) -> int:
        """The number of samples: with `batch_gradient` this is a finite sum for `Batches`."""
        return self.X.shape[-1]

    def batch_gradient(self, theta: np.ndarray, indices: np.ndarray) -> np.ndarray:
        """The estimate of `gradient` from the samples `indices`, (..., B): runs' own draws.

        The mean over the batch, for a loss that is a mean; times n for one that is a sum.  With
        batch normalisation mu and sigma are the batch's, so that the estimate is biased.
        """
        X, Y = columns(self.X, indices), columns(self.Y, indices)
        gradient = NetworkObjective(self.net, self.loss, X, Y).gradient(theta)
        return gradient if self.loss.mean else self.n / X.shape[-1] * gradient

    def hvp(self, theta: np.ndarray, v: np.ndarray) -> np.ndarray:
        """The Hessian times v, both (..., p)."""
        params, direction = self._params(theta), self._params(v, "v")
        return self._flatten(self.net._hvp(params, self.X, self.loss, self.Y, direction))

    def hessian(self, theta: np.ndarray) -> np.ndarray:
        """The Hessian, (..., p, p): p Hessian-vector products in one operation."""
        theta = np.asarray(theta)
        p = self.net.size
        columns = np.eye(p, dtype=theta.dtype).reshape(p, *[1] * (theta.ndim - 1), p)
        return np.moveaxis(self.hvp(theta, columns), 0, -1)

    def _params(self, theta: np.ndarray, name: str = "theta"):
        theta = checked(name, theta, (self.net.size,), finite=False)
        return unflatten(theta, self.net.shapes)

    def _flatten(self, gradient) -> np.ndarray:
        return flatten(gradient, self.net.shapes)


def columns(A: np.ndarray, indices: np.ndarray) -> np.ndarray:
    """The columns `indices` (..., B) of A (..., d, n), run by run: (..., d, B)."""
    indices = np.asarray(indices)
    runs = np.broadcast_shapes(A.shape[:-2], indices.shape[:-1])
    chosen = np.broadcast_to(indices[..., None, :], (*runs, 1, indices.shape[-1]))
    return np.take_along_axis(np.broadcast_to(A, (*runs, *A.shape[-2:])), chosen, axis=-1)


def objective(net: Network, loss: Loss, X: np.ndarray, Y: np.ndarray) -> NetworkObjective:
    """The loss of `net` on data as an objective for `gradproof.optimizers.minimize`."""
    return NetworkObjective(net, loss, X, Y)
