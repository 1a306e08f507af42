"""When gradient descent escapes each saddle of the octopus, without taking every step.

In double precision a waiting coordinate shrinks to the smallest subnormal number and stays there:
both x - eta grad f and its growth round back to 5e-324, and descent stalls for ever.  That is
arithmetic, not mathematics.  Here the logarithms of the distances are iterated instead.  In a
quadratic region the front grows by 1 + 2 eta gamma and the others shrink by 1 - 2 eta L a step, so
a whole plateau is one jump; the few steps in a buffer are taken one by one.

Every rounding error is tracked to first order; where it could change a count (a distance too close
to tau or 2 tau), that run is done again with mpmath.

Source: *Gradient Descent for Non-convex Problems in Modern Machine Learning*, Lemma 7.2, 7.5.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from . import escape_mp
from .escape_mp import mp_descent
from .octopus import Octopus
from .points import DomainError, points

__all__ = ["Escape", "escape_times", "mp_descent", "plateau_ratio"]

EPS = np.finfo(float).eps
SAFETY = 16.0  # factor on the first-order error bounds


def plateau_ratio(L: float, gamma: float, step: float) -> float:
    """The limit of T_{k+1}/T_k: kappa = 1 - ln(1 - 2 step L)/ln(1 + 2 step gamma)."""
    if not 0 < 2 * step * L < 1:
        raise ValueError(f"step = {step!r}: give a step in (0, 1/(2L)) = (0, {1 / (2 * L)!r})")
    return 1 - math.log1p(-2 * step * L) / math.log1p(2 * step * gamma)


@dataclass(frozen=True)
class Escape:
    """Arrays of shape (..., d), one entry per run and coordinate k.

    times: T_k, the first t with |x_k| > 2 tau; buffer_steps: how many of the steps before it start
    in tau < |x_k| <= 2 tau; overshoot: |x_k|/tau at T_k; behind: the largest |x_{k+1}|/tau while
    coordinate k is in its buffer, T_k included (0 for k = d).  redone (...): done with mpmath.
    Counts are exact; overshoot and behind lose digits as T_k grows (about 1e-15 T_k relative).
    """

    times: np.ndarray
    buffer_steps: np.ndarray
    overshoot: np.ndarray
    behind: np.ndarray
    redone: np.ndarray

    @property
    def plateaus(self) -> np.ndarray:
        """T_k - T_{k-1}, with T_0 = 0."""
        return np.diff(self.times, axis=-1, prepend=0)


def escape_times(octopus: Octopus, x0, step: float) -> Escape:
    """Escape times of gradient descent from x0 in [-tau, tau]^d, shape (..., d), no entry zero.

    step must be in (0, 1/(2L)): at 1/(2L) itself a waiting coordinate lands on exactly 0 and
    descent never leaves the second saddle.
    """
    x0 = points(x0, octopus.d, "x0").astype(float)
    plateau_ratio(octopus.L, octopus.gamma, step)
    if (x0 == 0).any():
        raise ValueError("x0 has a zero coordinate: descent never escapes along it; move the start")
    if (np.abs(x0) > octopus.tau).any():
        raise DomainError(f"x0 leaves [-tau, tau]^d, tau = {octopus.tau!r}: start inside")
    flat = np.abs(x0).reshape(-1, octopus.d)
    with np.errstate(invalid="ignore", over="ignore"):  # only runs already in doubt get there
        *found, doubtful = _in_logs(octopus, flat, step)
    for run in np.flatnonzero(doubtful):
        for array, row in zip(found, escape_mp.in_logs(octopus, flat[run], step), strict=True):
            array[run] = row
    shaped = (array.reshape(x0.shape) for array in found)
    return Escape(*shaped, doubtful.reshape(x0.shape[:-1]))


def _in_logs(octopus: Octopus, a: np.ndarray, step: float):
    """times, buffer_steps, overshoot, behind of shape (n, d), and which runs are in doubt."""
    grow, decay = math.log1p(2 * step * octopus.gamma), math.log1p(-2 * step * octopus.L)
    times, counts = np.zeros(a.shape, np.int64), np.zeros(a.shape, np.int64)
    overshoot, behind = np.zeros(a.shape), np.zeros(a.shape)
    logs = np.log(a)
    now, doubt = np.zeros(len(a)), np.zeros(len(a), bool)
    error = EPS * np.abs(logs).max(axis=1)  # of any entry of logs
    for k in range(octopus.d):
        jump = (math.log(octopus.tau) - logs[:, k]) / grow
        unsure = np.abs(jump - np.rint(jump)) <= SAFETY * (error / grow + EPS * (1 + jump))
        doubt |= unsure | ~np.isfinite(jump)
        jump = np.floor(jump) + 1
        error += EPS * (jump * (grow - decay) * 2 + np.abs(logs).max(axis=1))
        now, logs[:, k] = now + jump, logs[:, k] + jump * grow
        logs[:, k + 1 :] += jump[:, None] * decay
        front = np.exp(logs[:, k])
        out = _cross_buffer(octopus, step, front, logs[:, k + 1 :], error)
        counts[:, k], overshoot[:, k], behind[:, k], unsure, error = out
        now = now + counts[:, k]
        doubt |= unsure
        times[:, k] = np.where(doubt, 0, now)
    return times, counts, overshoot, behind, doubt


def _cross_buffer(octopus: Octopus, step: float, front, waiting, error):
    """Take the steps with tau < front <= 2 tau, updating the logs `waiting` in place.

    Returns the number of steps, front/tau after them, the largest next coordinate over tau, which
    runs come too close to 2 tau to be sure, and the error bound of the logs.
    """
    tau, decay = octopus.tau, math.log1p(-2 * step * octopus.L)
    front, off = front.copy(), (error + EPS) * front
    count, unsure = np.zeros(len(front), np.int64), np.zeros(len(front), bool)
    alone = waiting.shape[1] == 0
    most = np.full(len(front), -np.inf if alone else 0.0)
    if not alone:
        most = waiting[:, 0].copy()
    inside = front <= 2 * tau
    while inside.any():
        x, i = front[inside], np.flatnonzero(inside)
        y2 = np.zeros(len(x)) if alone else np.exp(2 * waiting[i, 0])
        slope = octopus.g1(x, 1) + octopus.g2(x, 1) * y2
        bend = octopus.g1(x, 2) + octopus.g2(x, 2) * y2
        steep = 2 * step * np.abs(octopus.g2(x, 1))
        here = off[i]
        off[i] = np.abs(1 - step * bend) * here + steep * y2 * error[i]
        off[i] += 40 * EPS * (x - step * slope)
        if not alone:
            factor = -2 * step * octopus.g2(x)
            waiting[i, 0] += np.log1p(factor)
            waiting[i, 1:] += decay
            most[i] = np.maximum(most[i], waiting[i, 0])
            error[i] += here * steep / (1 + factor) + EPS * (2 + np.abs(waiting[i]).max(axis=1))
        front[i] = x - step * slope
        count[i] += 1
        unsure |= np.abs(front - 2 * tau) <= SAFETY * off
        inside = front <= 2 * tau
    return count, front / tau, np.exp(most) / tau, unsure, error
