"""Residual networks: sums of chains, with the two scalings of the lecture notes."""

from __future__ import annotations

from dataclasses import dataclass

from .activations import IDENTITY, Activation
from .batch_norm import BatchNorm
from .chain import Chain
from .fully_connected import layer, require_widths
from .network import Network
from .steps import Elementwise, Linear, Step


@dataclass(frozen=True)
class Sum:
    """y = sum of c * chain(x) over pairs (c, chain): derivatives add up."""

    parts: tuple[tuple[float, Chain], ...]

    @property
    def inputs(self):
        return self.parts[0][1].inputs

    @property
    def outputs(self):
        return self.parts[0][1].outputs

    @property
    def matrices(self):
        return sum(chain.matrices for _, chain in self.parts)

    @property
    def names(self):
        return tuple(name for _, chain in self.parts for name in chain.names)

    @property
    def shapes(self):
        return tuple(shape for _, chain in self.parts for shape in chain.shapes)

    def _split(self, *thetas):
        """(c, chain, its part of each theta) in turn."""
        start = 0
        for c, chain in self.parts:
            end = start + len(chain.names)
            yield c, chain, *(theta[start:end] for theta in thetas)
            start = end

    def initialize(self, rng, schemes, runs, biases):
        drawn = (chain._initialize(rng, schemes, runs, biases) for _, chain in self.parts)
        return tuple(a for theta in drawn for a in theta)

    def forward(self, theta, x):
        return sum(c * chain._forward(own, x)[0] for c, chain, own in self._split(theta))

    def tangent(self, theta, x, theta_dot, x_dot):
        y_dot = 0
        for c, chain, own, own_dot in self._split(theta, theta_dot):
            record = chain._forward(own, x)[1]
            y_dot = y_dot + c * chain._tangents(record, own_dot, x_dot)[-1]
        return y_dot

    def backward(self, theta, x, g):
        theta_bar, x_bar = (), 0
        for c, chain, own in self._split(theta):
            own_bar, part = chain._backward(chain._forward(own, x)[1], c * g)
            theta_bar, x_bar = (*theta_bar, *own_bar), x_bar + part
        return theta_bar, x_bar

    def backward_tangent(self, theta, x, g, theta_dot, x_dot, g_dot):
        bar_dot, x_bar_dot = (), 0
        for c, chain, own, own_dot in self._split(theta, theta_dot):
            record = chain._forward(own, x)[1]
            dots = chain._tangents(record, own_dot, x_dot)
            own_bar_dot, part = chain._backward_tangent(record, c * g, own_dot, dots, c * g_dot)
            bar_dot, x_bar_dot = (*bar_dot, *own_bar_dot), x_bar_dot + part
        return bar_dot, x_bar_dot


def residual_step(
    branch: Network, alpha: float = 1.0, beta: float = 1.0, shortcut: Network | None = None
) -> Sum:
    """y = alpha (x + beta branch(x)), or alpha (shortcut(x) + beta branch(x)).

    A shortcut such as `Network([Linear(d, m, "_s")])` serves where the widths differ.

    Source: *Lecture Notes for CIE6128*, sections 4.4 (Remark 4.10) and 5.2.
    """
    skip = Network((Elementwise(IDENTITY, branch.inputs),)) if shortcut is None else shortcut
    if (skip.inputs, skip.outputs) != (branch.inputs, branch.outputs):
        raise ValueError(
            f"shortcut maps {skip.inputs} to {skip.outputs} rows, the branch {branch.inputs} to "
            f"{branch.outputs}: give a shortcut with the branch's numbers of rows"
        )
    return Sum(((float(alpha), skip), (float(alpha * beta), branch)))


class Residual(Network):
    """z^l = alpha (z^{l-1} + beta branch_l(z^{l-1})) for l = 1..depth; the output is z^depth.

    branch  "outer": phi(W^l z), section 4.4, where alpha = beta = 1;
            "inner": W^l phi(z), section 5.2 (Scaling of the Residuals; printed with the z of a
            layer before inside phi);
            "two-layer": W^{l.2} phi(W^{l.1} z), Remark 4.11.
    The two scalings of section 5.2: alpha = 1/sqrt(2), beta = 1 (alpha-scaling); and alpha = 1,
    beta = 1/sqrt(L - 1) (beta-scaling), there with `batch_norm=True`: phi(BN(.)) in phi's place.
    With `bias` each W has its b.  inputs, outputs: a linear layer W_in before, W_out after.

    Source: *Lecture Notes for CIE6128*, sections 4.4 and 5.2.
    """

    def __init__(
        self,
        width: int,
        depth: int,
        activation: Activation,
        *,
        branch: str = "outer",
        alpha: float = 1.0,
        beta: float = 1.0,
        bias: bool = False,
        batch_norm: bool = False,
        epsilon: float = 0.0,
        inputs: int | None = None,
        outputs: int | None = None,
    ) -> None:
        require_widths([width if d is None else d for d in (inputs, width, outputs)])

        def phi(label: str) -> list[Step]:
            norm = [BatchNorm(width, label, epsilon)] if batch_norm else []
            return [*norm, Elementwise(activation, width)]

        def W(label: str) -> list[Step]:
            return layer(width, width, label, bias)

        branches = {
            "outer": lambda l: Network((*W(l), *phi(l))),
            "inner": lambda l: Network((*phi(l), *W(l))),
            "two-layer": lambda l: Network((*W(f"{l}.1"), *phi(l), *W(f"{l}.2"))),
        }
        if branch not in branches:
            raise ValueError(f"branch = {branch!r}: give one of {', '.join(branches)}")
        blocks: list[Step] = [
            residual_step(branches[branch](str(l)), alpha, beta) for l in range(1, depth + 1)
        ]
        first = [] if inputs is None else [Linear(inputs, width, "_in")]
        last = [] if outputs is None else [Linear(width, outputs, "_out")]
        super().__init__((*first, *blocks, *last))
