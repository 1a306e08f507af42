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
    BatchNormalized,
    Convolutional,
    DeepLinear,
    Elementwise,
    FullyConnected,
    Linear,
    Network,
    Residual,
    SharedWeightNetwork,
    leaky_relu,
    residual_step,
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
        X = rng.standard_normal((self.net.inputs, n))
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


def residual(branch, written, alpha=1.0, beta=1.0, **more):
    """A case of depth 3 and width 3; `written(params, z)` is a branch."""
    net = Residual(3, 3, TANH, branch=branch, alpha=alpha, beta=beta, **more)

    def forward(params, X):
        params = list(params)
        z = anp.dot(params.pop(0), X) if "inputs" in more else X
        W_out = params.pop() if "outputs" in more else None
        each = len(params) // 3
        for l in range(3):
            z = alpha * z + alpha * beta * written(params[each * l : each * (l + 1)], z)
        return z if W_out is None else anp.dot(W_out, z)

    return Case(f"residual {branch} {alpha:.2} {beta:.2} {list(more)}", net, forward)


def normalised(x):
    """Rows of mean 0 and variance 1."""
    n = x.shape[1]
    mu = anp.dot(x, anp.ones((n, n))) / n
    return (x - mu) / anp.sqrt(anp.dot((x - mu) ** 2, anp.ones((n, n))) / n + 0.25)


def batch_normalised(params, X):
    z = X
    for W, gamma, beta in (params[:3], params[3:6]):
        h = normalised(anp.dot(W, z))
        z = anp.tanh(gamma[:, None] * h + beta[:, None])
    return anp.dot(params[6], z) + params[7][:, None]


PATTERN = np.array([[1, 2, 0, 0, 3], [0, 1, 2, 0, 0], [3, 0, 1, 2, 0], [4, 4, 0, 0, 4]])


def shared(params, X):
    v, W, u = params
    entries = [[v[g - 1] if g else 0.0 for g in row] for row in PATTERN]
    first = anp.array([sum(entries[i][j] * X[j] for j in range(5)) for i in range(4)])
    second = anp.tanh(anp.dot(W, anp.tanh(first)))
    return 1 / (1 + anp.exp(-u[0] * (second[0:1] + second[2:3])))


PATCHES = np.array([[0, 3, 1, 4], [1, 4, 2, 0], [5, 2, 0, 3]])  # (3, 4), overlapping


def patches(params, X, average=False, unit_norm=False):
    w = params[0] / anp.sqrt(anp.sum(params[0] ** 2)) if unit_norm else params[0]
    a = np.full(4, 0.25) if average else params[1]
    total = 0
    for i in range(4):
        total = total + a[i] * anp.tanh(anp.dot(w, X[PATCHES[:, i]]))
    return anp.reshape(total, (1, -1))


STRUCTURED = [
    residual("outer", lambda p, z: anp.tanh(anp.dot(p[0], z))),
    residual("inner", lambda p, z: anp.dot(p[0], anp.tanh(z)), alpha=2**-0.5),
    residual("inner", lambda p, z: anp.dot(p[0], anp.tanh(z)), beta=2**-0.5, inputs=2, outputs=1),
    residual(
        "two-layer",
        lambda p, z: anp.dot(p[2], anp.tanh(anp.dot(p[0], z) + p[1][:, None])) + p[3][:, None],
        0.9,
        0.4,
        bias=True,
        outputs=2,
    ),
    residual(
        "inner",
        lambda p, z: anp.dot(p[2], anp.tanh(p[0][:, None] * normalised(z) + p[1][:, None])),
        beta=2**-0.5,
        batch_norm=True,
        epsilon=0.25,
    ),
    Case("batch norm", BatchNormalized((3, 4, 3, 2), TANH, True, epsilon=0.25), batch_normalised),
    Case(
        "shared weights",
        SharedWeightNetwork([PATTERN, (3, 4), np.array([[1, 0, 1]])], TANH, output=SIGMOID),
        shared,
    ),
    Case("patches", Convolutional(PATCHES, TANH), patches),
    Case(
        "average of patches",
        Convolutional(PATCHES, TANH, inputs=7, average=True),
        lambda p, X: patches(p, X, average=True),
    ),
    Case(
        "unit filter",
        Convolutional(PATCHES, TANH, unit_norm=True),
        lambda p, X: patches(p, X, unit_norm=True),
    ),
    Case(
        "projected shortcut",
        Network((
            residual_step(
                Network((Linear(3, 2, "1"), Elementwise(SOFTPLUS, 2))),
                0.5,
                3.0,
                shortcut=Network((Linear(3, 2, "_s"),)),
            ),
        )),
        lambda p, X: 0.5 * (anp.dot(p[0], X) + 3 * anp.log(1 + anp.exp(anp.dot(p[1], X)))),
    ),
]

CASES = [fully_connected(phi, written, bias=True) for phi, written in WRITTEN]
CASES += [
    fully_connected(*WRITTEN[3], widths=(2, 3, 3, 4, 2), output=WRITTEN[4]),
    fully_connected(*WRITTEN[3], widths=(4, 1)),
    Case("deep linear", DeepLinear((3, 2, 4, 2)), lambda p, X: p[2] @ (p[1] @ (p[0] @ X))),
]
CASES += STRUCTURED
