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
        X = checked("X", self.X, (self.net.steps[0].inputs, "n"))
        Y = checked("Y", self.Y, (self.net.steps[-1].outputs, X.shape[-1]))
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


def objective(net: Network, loss: Loss, X: np.ndarray, Y: np.ndarray) -> NetworkObjective:
    """The loss of `net` on data as an objective for `gradproof.optimizers.minimize`."""
    return NetworkObjective(net, loss, X, Y)
