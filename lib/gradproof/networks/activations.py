"""Activations phi, entry by entry, with phi' and phi''.

At a kink the texts differ or are silent, so the value there is a setting: `relu(at_zero)`,
`leaky_relu(a, at_zero)`, `hard_tanh(at_kinks)`, `threshold(at_zero)`.  The ready-made ones take

    RELU: phi'(0) = 0      HARD_TANH: phi'(-1) = phi'(1) = 0      THRESHOLD: phi(0) = 1.

phi'' is the derivative almost everywhere: zero for the piecewise linear ones.  THRESHOLD has
phi' = 0 everywhere, its jump included, so no gradient passes through it.
float32 stays float32.  The complex step passes through `value`, except in SIGMOID and SOFTPLUS.
Another activation is made the same way: `Activation("sin", np.sin, np.cos, lambda h: -np.sin(h))`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import erf

Function = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Activation:
    """phi (`value`), phi' (`first`) and phi'' (`second`), each from an array to its like."""

    name: str
    value: Function
    first: Function
    second: Function

    def __repr__(self) -> str:
        return self.name


def relu(at_zero: float = 0.0) -> Activation:
    """max(h, 0); phi'(0) is `at_zero`, any number in [0, 1]."""
    _require("at_zero", at_zero, 0, 1)
    return Activation(
        "relu",
        lambda h: np.maximum(h, 0),
        lambda h: _positive(h, at_zero),
        np.zeros_like,
    )


def leaky_relu(a: float, at_zero: float | None = None) -> Activation:
    """h for h > 0 and a*h otherwise; phi'(0) is `at_zero`, between a and 1 (a unless given)."""
    _require("a", a, -math.inf, math.inf)
    middle = a if at_zero is None else at_zero
    _require("at_zero", middle, min(a, 1), max(a, 1))
    return Activation(
        f"leaky_relu({a:g})",
        lambda h: np.where(h > 0, h, a * h),
        lambda h: np.where(h > 0, 1, np.where(h < 0, a, middle)).astype(h.dtype),
        np.zeros_like,
    )


def hard_tanh(at_kinks: float = 0.0) -> Activation:
    """h cut off at -1 and 1; phi'(-1) = phi'(1) = `at_kinks`, any number in [0, 1]."""
    _require("at_kinks", at_kinks, 0, 1)
    return Activation(
        "hard_tanh",
        lambda h: np.clip(h, -1, 1),
        lambda h: _positive(1 - np.abs(h), at_kinks),
        np.zeros_like,
    )


def threshold(at_zero: float = 1.0) -> Activation:
    """1 for h > 0 and 0 for h < 0; phi(0) is `at_zero`, any number in [0, 1]; phi' = phi'' = 0.

    Source: *Lecture Notes for CIE6128*, section 7.2.1, where phi(0) = 1.
    """
    _require("at_zero", at_zero, 0, 1)
    return Activation(
        "threshold", lambda h: np.heaviside(h.real, at_zero), np.zeros_like, np.zeros_like
    )


def _positive(h: np.ndarray, at_zero: float) -> np.ndarray:
    """1 for h > 0, 0 for h < 0, `at_zero` at 0."""
    slope = (h > 0).astype(h.dtype)
    return slope if at_zero == 0 else np.where(h == 0, at_zero, slope)


def _require(name: str, given: float, low: float, high: float) -> None:
    if not (math.isfinite(given) and low <= given <= high):
        raise ValueError(f"{name} = {given!r}: give a finite number in [{low:g}, {high:g}]")


def sigmoid(h: np.ndarray) -> np.ndarray:
    """1 / (1 + exp(-h)) to full relative accuracy, far to the left too."""
    return np.exp(-softplus(-h))


def softplus(h: np.ndarray) -> np.ndarray:
    """log(1 + exp(h)) without overflow."""
    return np.logaddexp(0, h)


def _sigmoid_first(h: np.ndarray) -> np.ndarray:
    return np.exp(-softplus(h) - softplus(-h))  # sigma(h) sigma(-h)


def _sech_squared(h: np.ndarray) -> np.ndarray:
    return 4 * _sigmoid_first(2 * h)  # 1 - tanh^2, without the cancellation


def _gauss(h: np.ndarray) -> np.ndarray:
    return 2 / math.sqrt(math.pi) * np.exp(-(h**2))


IDENTITY = Activation("identity", lambda h: h, np.ones_like, np.zeros_like)
RELU = relu()
TANH = Activation("tanh", np.tanh, _sech_squared, lambda h: -2 * np.tanh(h) * _sech_squared(h))
SIGMOID = Activation(
    "sigmoid", sigmoid, _sigmoid_first, lambda h: -np.tanh(h / 2) * _sigmoid_first(h)
)
SOFTPLUS = Activation("softplus", softplus, sigmoid, _sigmoid_first)
HARD_TANH = hard_tanh()
ERF = Activation("erf", erf, _gauss, lambda h: -2 * h * _gauss(h))
QUADRATIC = Activation("quadratic", np.square, lambda h: 2 * h, lambda h: np.full_like(h, 2))
THRESHOLD = threshold()
