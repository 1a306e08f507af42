"""Networks as chains of steps: forward, backward, and derivatives of first and second order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from . import arrays
from .arrays import Parameters, checked, common_runs
from .initialization import Scheme
from .losses import Loss
from .steps import Elementwise, Step


class Record(NamedTuple):
    """What `backward` needs of a forward pass.

    params: the parameters.  values: the input of every step in order, then the output; for
    `FullyConnected` without biases (z^0, h^1, z^1, h^2, ..., h^L).
    """

    params: Parameters
    values: tuple[np.ndarray, ...]


@dataclass(frozen=True)
class Network:
    """A chain of steps; its parameters are one flat tuple of arrays, named by `names`.

    X has shape (..., d_0, n): columns are samples.  Leading axes of the parameters and of X are
    independent runs and broadcast; a gradient has its parameter's shape, for each run.
    Whole numbers become float64; float32 parameters with float32 X stay float32.
    Refused (ValueError, naming the argument): wrong shapes, NaN, infinities.
    """

    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "steps", tuple(self.steps))
        if not self.steps:
            raise ValueError("steps is empty: give at least one step")
        for before, after in zip(self.steps, self.steps[1:], strict=False):
            if before.outputs != after.inputs:
                raise ValueError(f"steps: {before} is followed by {after}, whose inputs differ")

    # ---- parameters ---------------------------------------------------------------------

    @property
    def names(self) -> tuple[str, ...]:
        """Such as ("W1", "b1", "W2", "b2")."""
        return tuple(name for step in self.steps for name in step.names)

    @property
    def shapes(self) -> tuple[tuple[int, ...], ...]:
        """The shape of each parameter, without the axes of runs."""
        return tuple(shape for step in self.steps for shape in step.shapes)

    @property
    def size(self) -> int:
        """p, the number of parameters."""
        return sum(int(np.prod(shape)) for shape in self.shapes)

    def initialize(
        self,
        rng: np.random.Generator,
        scheme: Scheme | Sequence[Scheme],
        runs: tuple[int, ...] = (),
        *,
        biases: float = 0.0,
        dtype: type = np.float64,
    ) -> Parameters:
        """Draw the parameters of `runs` networks; `biases` is their standard deviation.

        scheme: one for all matrices, or a sequence with one for each of them, first to last.
        The draws are made in float64, so that float32 networks are the rounded float64 ones.
        """
        if not isinstance(rng, np.random.Generator):
            raise TypeError(f"rng is {rng!r}: give a numpy.random.Generator, as default_rng(seed)")
        matrices = sum(step.matrices for step in self.steps)
        schemes = [scheme] * matrices if callable(scheme) else list(scheme)
        if len(schemes) != matrices:
            raise ValueError(f"scheme: {len(schemes)} given for {matrices} matrices")
        remaining, params = iter(schemes), []
        for step in self.steps:
            params += step.initialize(rng, remaining, tuple(runs), biases)
        return tuple(a.astype(dtype) for a in params)

    def flatten(self, params: Parameters) -> np.ndarray:
        """The parameters as one array (..., p), in order, each row by row."""
        return arrays.flatten(self._parameters("", params), self.shapes)

    def unflatten(self, theta: np.ndarray) -> Parameters:
        """The inverse of `flatten`."""
        return arrays.unflatten(checked("theta", theta, (self.size,), finite=False), self.shapes)

    # ---- first order --------------------------------------------------------------------

    def __call__(self, params: Parameters, X: np.ndarray) -> np.ndarray:
        """The output alone, (..., d_L, n)."""
        return self.forward(params, X)[0]

    def forward(self, params: Parameters, X: np.ndarray) -> tuple[np.ndarray, Record]:
        """The output (..., d_L, n), and what `backward` needs."""
        return self._forward(*self._arguments(params, X))

    def backward(self, record: Record, g: np.ndarray) -> tuple[Parameters, np.ndarray]:
        """From g = dF/d(output): dF/dparams, a tuple like params, and dF/dX."""
        output = record.values[-1]
        g = checked("g", g, output.shape[-2:])
        return self._backward(
            record, np.broadcast_to(g, np.broadcast_shapes(g.shape, output.shape))
        )

    def vjp(self, params: Parameters, X: np.ndarray, g: np.ndarray):
        """Vector-Jacobian product: J^T g as (for params, for X), J the derivative of forward."""
        return self.backward(self.forward(params, X)[1], g)

    def jvp(self, params: Parameters, X: np.ndarray, params_dot: Parameters, X_dot=None):
        """Jacobian-vector product: the derivative of the output along (params_dot, X_dot).

        X_dot is zero unless given.  Leading axes of the directions broadcast against the runs.
        """
        params, X = self._arguments(params, X)
        params_dot = self._parameters("direction of ", params_dot)
        x_dot = np.zeros_like(X) if X_dot is None else checked("X_dot", X_dot, X.shape[-2:])
        return self._tangents(params, X, params_dot, x_dot)[-1]

    def jacobian(self, params: Parameters, X: np.ndarray) -> np.ndarray:
        """The derivative of every output by every parameter, (..., d_L, n, p)."""
        params, X = self._arguments(params, X)
        p, runs = self.size, self._runs(params, X)
        directions = np.eye(p, dtype=params[0].dtype).reshape(p, *[1] * len(runs), p)
        return np.moveaxis(self.jvp(params, X, self.unflatten(directions)), 0, -1)

    # ---- second order -------------------------------------------------------------------

    def hvp(self, params: Parameters, X, loss: Loss, Y, direction: Parameters) -> Parameters:
        """Hessian-vector product: the Hessian of loss(forward(params, X), Y) in params, times
        `direction`, a tuple like params; the result too.  Exact, at the cost of a few passes.

        It is the derivative of `backward` along the direction (forward over reverse).
        """
        params, X = self._arguments(params, X)
        return self._hvp(params, X, loss, Y, self._parameters("direction of ", direction))

    # ---- without checks -----------------------------------------------------------------

    def _split(self, params: Parameters) -> Iterator[Parameters]:
        """The parameters of each step in turn."""
        start = 0
        for step in self.steps:
            yield params[start : start + len(step.names)]
            start += len(step.names)

    def _forward(self, params, x):
        values = [x]
        for step, theta in zip(self.steps, self._split(params), strict=True):
            x = step.forward(theta, x)
            values.append(x)
        return x, Record(params, tuple(values))

    def _backward(self, record, g):
        thetas, gradient = list(self._split(record.params)), ()
        for step, theta, x in zip(
            reversed(self.steps), reversed(thetas), record.values[-2::-1], strict=True
        ):
            theta_bar, g = step.backward(theta, x, g)
            gradient = (*theta_bar, *gradient)
        return gradient, g

    def _tangents(self, params, x, params_dot, x_dot):
        """The derivatives of all values of the record along a direction."""
        dots = [x_dot]
        thetas = zip(self._split(params), self._split(params_dot), strict=True)
        for step, (theta, theta_dot) in zip(self.steps, thetas, strict=True):
            x_dot = step.tangent(theta, x, theta_dot, x_dot)
            x = step.forward(theta, x)
            dots.append(x_dot)
        return tuple(dots)

    def _hvp(self, params, X, loss, Y, direction):
        output, record = self._forward(params, X)
        dots = self._tangents(params, X, direction, np.zeros_like(X))
        g, g_dot = loss.gradient(output, Y), loss.hvp(output, Y, dots[-1])
        along = list(zip(self._split(params), self._split(direction), strict=True))
        result = ()
        for k in reversed(range(len(self.steps))):
            step, (theta, theta_dot), x, x_dot = self.steps[k], along[k], record.values[k], dots[k]
            theta_bar_dot, g_dot = step.backward_tangent(theta, x, g, theta_dot, x_dot, g_dot)
            g = step.backward(theta, x, g)[1]
            result = (*theta_bar_dot, *result)
        return result

    # ---- checks -------------------------------------------------------------------------

    def _parameters(self, prefix: str, params: Parameters, finite: bool = True) -> Parameters:
        if not isinstance(params, (tuple, list)) or len(params) != len(self.names):
            given = len(params) if isinstance(params, (tuple, list)) else type(params).__name__
            wanted = ", ".join(self.names)
            raise ValueError(f"{prefix}params: {given} given, wanted the tuple ({wanted})")
        named = zip(self.names, params, self.shapes, strict=True)
        return tuple(checked(prefix + name, a, shape, finite) for name, a, shape in named)

    def _arguments(self, params, X, finite: bool = True) -> tuple[Parameters, np.ndarray]:
        params = self._parameters("", params, finite)
        X = checked("X", X, (self.steps[0].inputs, "n"))
        self._runs(params, X)
        return params, X

    def _runs(self, params: Parameters, X: np.ndarray) -> tuple[int, ...]:
        named = zip(self.names, params, self.shapes, strict=True)
        return common_runs({name: (a, len(s)) for name, a, s in named} | {"X": (X, 2)})

    def preactivations(self, record: Record) -> list[np.ndarray]:
        """What the activations were applied to, h^1, h^2, ..., in a record of this network."""
        pairs = zip(self.steps, record.values, strict=False)
        return [x for step, x in pairs if isinstance(step, Elementwise)]
