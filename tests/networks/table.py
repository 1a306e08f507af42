"""The networks that the tests go through, each beside the same function written out again.

The second writing uses `autograd.numpy` and plain matrix formulas, one run at a time: it shares
no code with the library, and autograd differentiates it.
"""

from dataclasses import dataclass
from typing import Any

import autograd.numpy as anp
import numpy as np
from autograd.extend import defvjp, primitive
from scipy import special

from gradproof.networks import (
    ERF,
    HARD_TANH,
    IDENTITY,
    QUADRATIC,
    RELU,
    SIGMOID,
    SOFTPLUS,
    TANH,
    THRESHOLD,
    DeepLinear,
    FullyConnected,
    leaky_relu,
)


@dataclass
class Case:
    """A network, and `written(params, X)`, its output by other means."""

    name: str
    net: Any
    written: Any

    def at(self, theta, X):
        """The written output at one vector of parameters, for autograd."""
        params, start = [], 0
        for shape in self.net.shapes:
            params.append(theta[start : start + int(np.prod(shape))].reshape(shape))
            start += int(np.prod(shape))
        return self.written(params, X)

    def draw(self, seed=0, runs=(), n=5):
        """Parameters and data, away from kinks with probability one."""
        rng = np.random.default_rng(seed)
        theta = rng.standard_normal((*runs, self.net.size))
        X = rng.standard_normal((self.net.steps[0].inputs, n))
        return self.net.unflatten(theta), X


erf = primitive(special.erf)  # autograd's own comes with a slow import
defvjp(erf, lambda ans, h: lambda g: g * 2 / np.sqrt(np.pi) * anp.exp(-(h**2)))

WRITTEN = [
    (IDENTITY, lambda h: h),
    (RELU, lambda h: h * (h > 0)),
    (leaky_relu(0.2), lambda h: h * (h > 0) + 0.2 * h * (h < 0)),
    (TANH, anp.tanh),
    (SIGMOID, lambda h: 1 / (1 + anp.exp(-h))),
    (SOFTPLUS, lambda h: anp.log(1 + anp.exp(h))),
    (HARD_TANH, lambda h: h * (abs(h) < 1) + 1.0 * (h >= 1) - 1.0 * (h <= -1)),
    (ERF, erf),
    (QUADRATIC, lambda h: h * h),
    (THRESHOLD, lambda h: 0.0 * h + (h >= 0)),
]


def fully_connected(phi, written, widths=(3, 4, 2), bias=False, output=None):
    """A case with this activation; `output` is a pair (activation, written) for the last layer."""
    net = FullyConnected(widths, phi, bias, output=output[0] if output else IDENTITY)
    L = len(widths) - 1

    def forward(params, X):
        z = X
        for l in range(L):
            W = params[2 * l] if bias else params[l]
            h = anp.dot(W, z)
            if bias:
                h = h + anp.outer(params[2 * l + 1], anp.ones(X.shape[1]))
            z = written(h) if l < L - 1 else output[1](h) if output else h
        return z

    return Case(f"{phi!r} {widths}{' bias' * bias}{' output' * bool(output)}", net, forward)


CASES = [fully_connected(phi, written, bias=True) for phi, written in WRITTEN]
CASES += [
    fully_connected(*WRITTEN[3], widths=(2, 3, 3, 4, 2), output=WRITTEN[4]),
    fully_connected(*WRITTEN[3], widths=(4, 1)),
    Case("deep linear", DeepLinear((3, 2, 4, 2)), lambda p, X: p[2] @ (p[1] @ (p[0] @ X))),
]
