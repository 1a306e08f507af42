"""Batch normalisation: each row of a batch to mean 0 and variance 1, then scaled and shifted."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .activations import Activation
from .fully_connected import layer, require_widths
from .network import Network
from .steps import Elementwise, Step


def row_mean(x: np.ndarray) -> np.ndarray:
    return x.mean(axis=-1, keepdims=True)


@dataclass(frozen=True)
class BatchNorm:
    """y = gamma x_hat + beta,  x_hat = (x - mu) / sigma  in each row of x (..., d, n), where

        mu = (1/n) sum_j x_j,   sigma^2 = (1/n) sum_j (x_j - mu)^2 + epsilon.

    gamma, beta (..., d).  mu and sigma depend on x, which couples the samples of a batch.
    With epsilon = 0 a row of equal entries is refused.

    Source: *Lecture Notes for CIE6128*, section 4.3, (4.4); there sigma lacks its square root.
    """

    inputs: int
    label: str = ""
    epsilon: float = 0.0
    matrices = 0

    def __post_init__(self) -> None:
        if not (math.isfinite(self.epsilon) and self.epsilon >= 0):
            raise ValueError(f"epsilon = {self.epsilon!r}: give a finite number, at least 0")

    @property
    def outputs(self):
        return self.inputs

    @property
    def names(self):
        return f"gamma{self.label}", f"beta{self.label}"

    @property
    def shapes(self):
        return (self.inputs,), (self.inputs,)

    def initialize(self, rng, schemes, runs, biases):
        return np.ones((*runs, self.inputs)), np.zeros((*runs, self.inputs))

    def normalize(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """x_hat, and 1/sigma of shape (..., d, 1)."""
        centred = x - row_mean(x)
        variance = row_mean(centred**2)
        if self.epsilon == 0 and (variance == 0).any():
            raise ValueError("batch normalisation of a row without variance: give epsilon > 0")
        rate = 1 / np.sqrt(variance + self.epsilon)
        return centred * rate, rate

    def forward(self, theta, x):
        gamma, beta = theta
        return gamma[..., None] * self.normalize(x)[0] + beta[..., None]

    def tangent(self, theta, x, theta_dot, x_dot):
        (gamma, _), (gamma_dot, beta_dot) = theta, theta_dot
        x_hat, rate = self.normalize(x)
        x_hat_dot = rate * three_paths(x_hat, x_dot)
        return gamma_dot[..., None] * x_hat + gamma[..., None] * x_hat_dot + beta_dot[..., None]

    def backward(self, theta, x, g):
        x_hat, rate = self.normalize(x)
        theta_bar = (g * x_hat).sum(axis=-1), g.sum(axis=-1)
        return theta_bar, rate * three_paths(x_hat, theta[0][..., None] * g)

    def backward_tangent(self, theta, x, g, theta_dot, x_dot, g_dot):
        gamma, gamma_dot = theta[0][..., None], theta_dot[0][..., None]
        x_hat, rate = self.normalize(x)
        x_hat_dot = rate * three_paths(x_hat, x_dot)
        rate_dot = -(rate**2) * row_mean(x_hat * x_dot)
        bar_dot = (g_dot * x_hat + g * x_hat_dot).sum(axis=-1), g_dot.sum(axis=-1)
        u, u_dot = gamma * g, gamma_dot * g + gamma * g_dot
        turned = x_hat_dot * row_mean(x_hat * u) + x_hat * row_mean(x_hat_dot * u)
        moved = rate_dot * three_paths(x_hat, u) + rate * (three_paths(x_hat, u_dot) - turned)
        return bar_dot, moved


def three_paths(x_hat: np.ndarray, u: np.ndarray) -> np.ndarray:
    """u seen directly, less what goes through mu, less what goes through sigma.

    In a row this is (I - 11^T/n - x_hat x_hat^T/n) u.  Divided by sigma it is the derivative of
    x_hat along u, and as the matrix is symmetric, the transposed derivative too.
    """
    return u - row_mean(u) - x_hat * row_mean(x_hat * u)


class BatchNormalized(Network):
    """Fully connected, with batch normalisation before the activation of each hidden layer.

    z^l = phi(BN(W^l z^{l-1})) for l < L; the output is W^L z^{L-1} (+ b^L).  The hidden layers
    need no bias, as BN takes it away.  Parameters (W1, gamma1, beta1, ..., WL [, bL]).

    Source: *Lecture Notes for CIE6128*, section 4.3, Remarks 4.3 and 4.4.
    """

    def __init__(
        self,
        widths: Sequence[int],
        activation: Activation,
        bias: bool = False,
        *,
        epsilon: float = 0.0,
    ) -> None:
        widths = require_widths(widths)
        steps: list[Step] = []
        for l, (d, m) in enumerate(zip(widths[:-2], widths[1:-1], strict=True), start=1):
            steps += layer(d, m, str(l), bias=False)
            steps += [BatchNorm(m, str(l), epsilon), Elementwise(activation, m)]
        steps += layer(widths[-2], widths[-1], str(len(widths) - 1), bias)
        super().__init__(tuple(steps))
