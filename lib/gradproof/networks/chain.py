"""Chains of steps, run forward and backward, with first derivatives of both.

Nothing is checked here: `Network` is the chain that checks its arguments.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from .arrays import Parameters
from .steps import Step


class Record(NamedTuple):
    """What `backward` needs of a forward pass.

    params: the parameters.  values: the input of every step in order, then the output; for
    `FullyConnected` without biases (z^0, h^1, z^1, h^2, ..., h^L).
    """

    params: Parameters
    values: tuple[np.ndarray, ...]


@dataclass(frozen=True)
class Chain:
    """x -> steps[-1](... steps[0](x)); the steps' parameters are one flat tuple."""

    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "steps", tuple(self.steps))
        if not self.steps:
            raise ValueError("steps is empty: give at least one step")
        for before, after in zip(self.steps, self.steps[1:], strict=False):
            if before.outputs != after.inputs:
                raise ValueError(f"steps: {before} is followed by {after}, whose inputs differ")

    @property
    def inputs(self) -> int:
        """d_0, the number of rows of X."""
        return self.steps[0].inputs

    @property
    def outputs(self) -> int:
        """d_L, the number of rows of the output."""
        return self.steps[-1].outputs

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

    @property
    def matrices(self) -> int:
        """How many arrays the initialisation schemes draw."""
        return sum(step.matrices for step in self.steps)

    def _split(self, params: Parameters) -> Iterator[Parameters]:
        """The parameters of each step in turn."""
        start = 0
        for step in self.steps:
            yield params[start : start + len(step.names)]
            start += len(step.names)

    def _initialize(self, rng, schemes, runs, biases):
        drawn = (step.initialize(rng, schemes, runs, biases) for step in self.steps)
        return tuple(a for theta in drawn for a in theta)

    def _forward(self, params, x):
        """The output, and the record of what every step was given."""
        values = [x]
        for step, theta in zip(self.steps, self._split(params), strict=True):
            x = step.forward(theta, x)
            values.append(x)
        return x, Record(params, tuple(values))

    def _backward(self, record, g):
        """Backpropagation: g = dF/d(output) goes from the last step to the first, each of which
        leaves its parameters' gradient and passes on dF/d(its input)."""
        thetas, gradient = list(self._split(record.params)), ()
        for k in reversed(range(len(self.steps))):
            theta_bar, g = self.steps[k].backward(thetas[k], record.values[k], g)
            gradient = (*theta_bar, *gradient)
        return gradient, g

    def _tangents(self, record, params_dot, x_dot):
        """The derivatives of all values of the record along a direction."""
        dots = [x_dot]
        thetas = zip(self._split(record.params), self._split(params_dot), strict=True)
        for step, (theta, theta_dot), x in zip(self.steps, thetas, record.values, strict=False):
            dots.append(step.tangent(theta, x, theta_dot, dots[-1]))
        return tuple(dots)

    def _backward_tangent(self, record, g, params_dot, dots, g_dot):
        """The derivative of `_backward` as params, values and g move along the dots."""
        thetas = list(zip(self._split(record.params), self._split(params_dot), strict=True))
        gradient_dot = ()
        for k in reversed(range(len(self.steps))):
            step, (theta, theta_dot), x, x_dot = self.steps[k], thetas[k], record.values[k], dots[k]
            bar_dot, g_dot = step.backward_tangent(theta, x, g, theta_dot, x_dot, g_dot)
            g = step.backward(theta, x, g)[1]
            gradient_dot = (*bar_dot, *gradient_dot)
        return gradient_dot, g_dot

    def _hvp(self, params, X, loss, Y, direction):
        output, record = self._forward(params, X)
        dots = self._tangents(record, direction, np.zeros_like(X))
        g, g_dot = loss.gradient(output, Y), loss.hvp(output, Y, dots[-1])
        return self._backward_tangent(record, g, direction, dots, g_dot)[0]
