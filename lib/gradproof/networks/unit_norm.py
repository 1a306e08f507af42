"""Weight normalisation: a filter that is used through its direction alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .steps import Step


@dataclass(frozen=True, eq=False)
class UnitNorm:
    """A step with one vector parameter w, which is replaced by w = v / |v|, v != 0.

    dw = (I - w w^T) dv / |v|, a symmetric matrix, which turns w's gradient into v's.

    Source: *Gradient Descent for Non-convex Problems in Modern Machine Learning*, before (5.2).
    """

    step: Step

    names = ("v",)

    @property
    def inputs(self):
        return self.step.inputs

    @property
    def outputs(self):
        return self.step.outputs

    @property
    def shapes(self):
        return self.step.shapes

    @property
    def matrices(self):
        return self.step.matrices

    def initialize(self, rng, schemes, runs, biases):
        return self.step.initialize(rng, schemes, runs, biases)

    def forward(self, theta, x):
        w, _ = direction(theta[0])
        return self.step.forward((w,), x)

    def tangent(self, theta, x, theta_dot, x_dot):
        w, length = direction(theta[0])
        return self.step.tangent((w,), x, (across(w, theta_dot[0]) / length,), x_dot)

    def backward(self, theta, x, g):
        w, length = direction(theta[0])
        (w_bar,), x_bar = self.step.backward((w,), x, g)
        return (across(w, w_bar) / length,), x_bar

    def backward_tangent(self, theta, x, g, theta_dot, x_dot, g_dot):
        (v_dot,), (w, length) = theta_dot, direction(theta[0])
        w_dot, length_dot = across(w, v_dot) / length, inner(w, v_dot)
        (w_bar,), _ = self.step.backward((w,), x, g)
        moved = self.step.backward_tangent((w,), x, g, (w_dot,), x_dot, g_dot)
        (w_bar_dot,), x_bar_dot = moved
        turned = w_dot * inner(w, w_bar) + w * inner(w_dot, w_bar)
        v_bar_dot = across(w, w_bar_dot) - turned - across(w, w_bar) * length_dot / length
        return (v_bar_dot / length,), x_bar_dot


def inner(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return (a * b).sum(axis=-1, keepdims=True)


def direction(v: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """v / |v| and |v|, of shape (..., 1)."""
    length = np.sqrt(inner(v, v))
    if (length == 0).any():
        raise ValueError("v is zero: a filter v/|v| needs a direction")
    return v / length, length


def across(w: np.ndarray, u: np.ndarray) -> np.ndarray:
    """(I - w w^T) u for a unit vector w: what of u is orthogonal to w."""
    return u - w * inner(w, u)
