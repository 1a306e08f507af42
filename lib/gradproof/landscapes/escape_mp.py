"""Escape times in mpmath: the referee for runs in doubt, and descent step by step.

Source: *Gradient Descent for Non-convex Problems in Modern Machine Learning*, Lemma 7.2.
"""

from __future__ import annotations

import math

import mpmath
import numpy as np

from .connectors import weights
from .exact import exact_gradient
from .octopus import Octopus
from .points import points


def in_logs(octopus: Octopus, a: np.ndarray, step: float):
    """(times, buffer_steps, overshoot, behind), each of shape (d,), for one run a = |x0| > 0.

    Logarithms as in `escape`, with enough digits for d plateaus; distances to tau or 2 tau that
    are within 1e-30 of each other count as equal.
    """
    ratio = 1 - math.log1p(-2 * step * octopus.L) / math.log1p(2 * step * octopus.gamma)
    g1, g2, _ = weights()
    with mpmath.workdps(80 + int(octopus.d * math.log10(ratio + 1))):
        L, gamma, tau, eta = (mpmath.mpf(v) for v in (octopus.L, octopus.gamma, octopus.tau, step))
        grow, decay = mpmath.log1p(2 * eta * gamma), mpmath.log1p(-2 * eta * L)
        near, now, rows = mpmath.mpf(10) ** -30, 0, []
        logs = [mpmath.log(mpmath.mpf(float(v))) for v in a] + [-mpmath.inf]
        for k in range(octopus.d):
            jump = int(mpmath.floor((mpmath.log(tau) - logs[k]) / grow + near)) + 1
            logs = [u + jump * (grow if j == k else decay) for j, u in enumerate(logs)]
            x, count, most = mpmath.exp(logs[k]), 0, logs[k + 1]
            while x <= 2 * tau * (1 + near):
                s, y = (x - tau) / tau, mpmath.exp(logs[k + 1])
                logs[k + 1] += mpmath.log1p(-2 * eta * g2(s, L, gamma))
                logs[k + 2 :] = [u + decay for u in logs[k + 2 :]]
                slope = g1.derivative()(s, L, gamma) * tau
                x -= eta * (slope + g2.derivative()(s, L, gamma) / tau * y**2)
                count, most = count + 1, max(most, logs[k + 1])
            now += jump + count
            if now >= 2**63:
                raise OverflowError(f"T_{k + 1} = {now} exceeds 64 bits: take a smaller d or L")
            rows.append((now, count, float(x / tau), float(mpmath.exp(most) / tau)))
    return tuple(np.array(column) for column in zip(*rows, strict=True))


def mp_descent(octopus: Octopus, x0, step: float, steps: int, dps: int = 30) -> list[int]:
    """Escape times T_1, T_2, ... seen by plain descent in mpmath within `steps` steps.

    A slow reference that shares nothing with `escape_times` but the connectors: every step is
    taken, on one start of shape (d,), with dps digits and an exponent that cannot underflow.
    """
    with mpmath.workdps(dps):
        L, gamma, tau, eta = (mpmath.mpf(v) for v in (octopus.L, octopus.gamma, octopus.tau, step))
        x = [mpmath.mpf(float(v)) for v in points(x0, octopus.d, "x0")]
        times: list[int] = []
        for t in range(steps + 1):
            while len(times) < octopus.d and abs(x[len(times)]) > 2 * tau:
                times.append(t)
            if len(times) == octopus.d:
                break
            slope = exact_gradient(x, L, gamma, tau)
            x = [v - eta * g for v, g in zip(x, slope, strict=True)]
    return times
