"""Networks as chains of steps: forward, backward, and derivatives of first and second order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from . import arrays
from .arrays import Parameters, checked, common_runs
from .chain import Chain, Record
from .initialization import Scheme
from .losses import Loss
from .steps import Elementwise


@dataclass(frozen=True, repr=False)
class Network(Chain):
    """A chain of steps that checks its arguments; one flat tuple of arrays is its parameters.

    `names` and `shapes` say what they are, such as ("W1", "b1", "W2") and ((4, 3), (4,), (2, 4)).

    X has shape (..., d_0, n): columns are samples.  Leading axes of the parameters and of X are
    independent runs and broadcast; a gradient has its parameter's shape, for each run.
    Whole numbers become float64; float32 parameters with float32 X stay float32.
    Refused (ValueError, naming the argument): wrong shapes, NaN, infinities.
    """

    def __repr__(self) -> str:
        listed = ", ".join(f"{n} {s}" for n, s in zip(self.names, self.shapes, strict=True))
        return f"{type(self).__name__}({listed})"

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
        schemes = [scheme] * self.matrices if callable(scheme) else list(scheme)
        if len(schemes) != self.matrices:
            raise ValueError(f"scheme: {len(schemes)} given for {self.matrices} matrices")
        params = self._initialize(rng, iter(schemes), tuple(runs), biases)
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
        runs = common_runs({"g": (g, 2), "the output": (output, 2)})
        return self._backward(record, np.broadcast_to(g, (*runs, *output.shape[-2:])))

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
        return self._tangents(self._forward(params, X)[1], params_dot, x_dot)[-1]

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

    # ---- checks -------------------------------------------------------------------------

    def _parameters(self, prefix: str, params: Parameters) -> Parameters:
        if not isinstance(params, (tuple, list)) or len(params) != len(self.names):
            given = len(params) if isinstance(params, (tuple, list)) else type(params).__name__
            wanted = ", ".join(self.names)
            raise ValueError(f"{prefix}params: {given} given, wanted the tuple ({wanted})")
        named = zip(self.names, params, self.shapes, strict=True)
        return tuple(checked(prefix + name, a, shape) for name, a, shape in named)

    def _arguments(self, params, X) -> tuple[Parameters, np.ndarray]:
        params = self._parameters("", params)
        X = checked("X", X, (self.inputs, "n"))
        self._runs(params, X)
        return params, X

    def _runs(self, params: Parameters, X: np.ndarray) -> tuple[int, ...]:
        named = zip(self.names, params, self.shapes, strict=True)
        return common_runs({name: (a, len(s)) for name, a, s in named} | {"X": (X, 2)})

    def preactivations(self, record: Record) -> list[np.ndarray]:
        """What the activations were applied to, h^1, h^2, ..., in a record of this network."""
        pairs = zip(self.steps, record.values, strict=False)
        return [x for step, x in pairs if isinstance(step, Elementwise)]
