"""Adam and its relatives: momentum in the numerator, past squares in the denominator.

m starts at 0, v at 0.  Every method divides by eps + sqrt(...), see `adaptive`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from .adaptive import quotient
from .settings import (
    Gradient,
    Schedule,
    fraction_at,
    require_choice,
    require_flag,
    require_fraction,
    require_fraction_or_schedule,
    require_number,
)
from .steps import require_step, step_at

MAXIMA = ("none", "before maximum", "after maximum")


class Moments(NamedTuple):
    """State: time t, first moment m, second moment v, and the running maximum where one is kept."""

    t: int
    m: np.ndarray
    v: np.ndarray
    largest: np.ndarray | None = None


@dataclass(frozen=True)
class Adam:
    """m <- beta1 m + (1 - beta1) g,  v <- beta2 v + (1 - beta2) g^2,  then

    with bias correction   x <- x - alpha_t mhat / (eps + sqrt(vhat + eps_root)),
                           mhat = m / (1 - beta1^{t+1}),  vhat = v / (1 - beta2^{t+1});
    without                x <- x - alpha_t m / (eps + sqrt(v + eps_root)).

    Sources: *EE-556, Lecture 8*, Adam (with; t from 0 in the algorithm, from 1 in the summary
    table; eps is its delta); *Lecture Notes for CIE6128*, 9.3.4 (without, eps = 0).
    """

    step: float | Schedule
    beta1: float = 0.9
    beta2: float = 0.999
    eps: float = 1e-8
    bias_correction: bool = True
    eps_root: float = 0.0

    def __post_init__(self) -> None:
        require_step("step", self.step)
        require_flag("bias_correction", self.bias_correction)
        for name in ("beta1", "beta2"):
            require_fraction(name, getattr(self, name))
            if self.bias_correction and getattr(self, name) == 1:
                raise ValueError(f"{name} = 1: the bias correction divides by 0; give less than 1")
        for name in ("eps", "eps_root"):
            require_number(name, getattr(self, name), positive=False)

    def init(self, x0: np.ndarray) -> Moments:
        return Moments(0, np.zeros_like(x0), np.zeros_like(x0))

    def update(
        self, gradient: Gradient, state: Moments, x: np.ndarray
    ) -> tuple[np.ndarray, Moments]:
        t = state.t
        m, v = _moments(gradient(x), state, float(self.beta1), float(self.beta2))
        mhat, vhat = m, v
        if self.bias_correction:
            mhat = m / (1 - float(self.beta1) ** (t + 1))
            vhat = v / (1 - float(self.beta2) ** (t + 1))
        move = quotient(mhat, vhat, self.eps, self.eps_root)
        return x - step_at("step", self.step, t) * move, Moments(t + 1, m, v)


@dataclass(frozen=True)
class AMSGrad:
    """Adam with the running maximum of its second moment: vhat_t = max(vhat_{t-1}, v_t).

    bias_correction = "none":            x <- x - alpha_t m / (eps + sqrt(vhat));
                      "before maximum":  mhat as Adam's, and the maximum is taken of
                                         v_t / (1 - beta2^{t+1})  (optax);
                      "after maximum":   mhat as Adam's, and the maximum of the v_t is divided by
                                         1 - beta2^{t+1}          (PyTorch).
    beta1: a number, or without bias correction a function of t (the notes' beta_{1,t}).
    Sources: *Lecture Notes for CIE6128*, Figure 9.1 ("none", eps = 0); Reddi, Kale, Kumar (2018).
    """

    step: float | Schedule
    beta1: float | Schedule = 0.9
    beta2: float = 0.999
    eps: float = 1e-8
    bias_correction: str = "none"

    def __post_init__(self) -> None:
        require_step("step", self.step)
        require_fraction_or_schedule("beta1", self.beta1)
        require_fraction("beta2", self.beta2)
        require_number("eps", self.eps, positive=False)
        require_choice("bias_correction", self.bias_correction, MAXIMA)
        if self.bias_correction != "none":
            if callable(self.beta1):
                raise ValueError("beta1 varies with t: give a number with bias_correction")
            for name in ("beta1", "beta2"):
                if getattr(self, name) == 1:
                    raise ValueError(f"{name} = 1: the bias correction divides by 0")

    def init(self, x0: np.ndarray) -> Moments:
        return Moments(0, *(np.zeros_like(x0) for _ in range(3)))

    def update(
        self, gradient: Gradient, state: Moments, x: np.ndarray
    ) -> tuple[np.ndarray, Moments]:
        t, b1, b2 = state.t, fraction_at("beta1", self.beta1, state.t), float(self.beta2)
        m, v = _moments(gradient(x), state, b1, b2)
        weight1, weight2 = 1.0, 1.0
        if self.bias_correction != "none":
            weight1, weight2 = 1 - b1 ** (t + 1), 1 - b2 ** (t + 1)
        before = self.bias_correction == "before maximum"
        largest = np.maximum(state.largest, v / weight2 if before else v)
        used = largest if before else largest / weight2
        move = quotient(m / weight1, used, self.eps)
        return x - step_at("step", self.step, t) * move, Moments(t + 1, m, v, largest)


@dataclass(frozen=True)
class AdaFom:
    """m <- beta1 m + (1 - beta1) g,  v = (1/(t+1)) (sum of g_s^2 so far),
    x <- x - alpha_t m / (eps + sqrt(v)): AdaGrad with first-order momentum.

    beta1: a number, or a function of t (the notes' beta_{1,t}, non-increasing).
    Sources: *Lecture Notes for CIE6128*, Figure 9.1 (eps = 0); Chen, Liu, Sun, Hong (2019).
    """

    step: float | Schedule
    beta1: float | Schedule = 0.9
    eps: float = 1e-8

    def __post_init__(self) -> None:
        require_step("step", self.step)
        require_fraction_or_schedule("beta1", self.beta1)
        require_number("eps", self.eps, positive=False)

    def init(self, x0: np.ndarray) -> Moments:
        return Moments(0, np.zeros_like(x0), np.zeros_like(x0))

    def update(
        self, gradient: Gradient, state: Moments, x: np.ndarray
    ) -> tuple[np.ndarray, Moments]:
        t, b1 = state.t, fraction_at("beta1", self.beta1, state.t)
        m, v = _moments(gradient(x), state, b1, t / (t + 1))
        move = quotient(m, v, self.eps)
        return x - step_at("step", self.step, t) * move, Moments(t + 1, m, v)


def _moments(g: np.ndarray, state: Moments, b1: float, b2: float) -> tuple[np.ndarray, np.ndarray]:
    return b1 * state.m + (1 - b1) * g, b2 * state.v + (1 - b2) * (g * g)
