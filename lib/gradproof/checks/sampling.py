"""Monte Carlo as an equivalence test: n, seed and the indifference δ are fixed beforehand.

A statement "the mean is μ" passes when the confidence interval lies within [μ − δ, μ + δ] *and*
holds μ; it is refuted when the interval lies wholly outside; all else is undecided. Before a
pass is believed, the same test is put to nulls at distance δ and has to turn them down.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from scipy import stats

from gradproof.checks.core import Outcome, Unknown
from gradproof.checks.equivalence import (
    RELATIONS,
    Interval,
    at_and_before,
    distance,
    equivalence,
    kolmogorov,
)
from gradproof.checks.measurement import Measurement, positive

Sampler = Callable[[np.random.Generator, int], np.ndarray]


def mean(sampler: Sampler, expected: float, *, delta: float, n: int, seed: int,
         statement: str = "", relation: str = "==", bounds: Interval | None = None,
         confidence: float = 0.999) -> Measurement:
    """Whether the mean of what ``sampler(generator, n)`` draws is ``expected``.

    sampler: independent draws, shape (n,). delta: differences up to this do not matter.
    bounds: (low, high) that hold every draw; the interval is then Hoeffding's or the empirical
    Bernstein bound, else Student's t (central limit theorem; refused when one draw
    carries a tenth of the variance). relation: "==", or "<=", ">=" for a bound on the mean.
    """
    goal, margin = _settings(expected, delta, n, relation, confidence)

    def run() -> Outcome:
        draws = _drawn(sampler, n, seed)
        if isinstance(draws, Unknown):
            return draws
        interval = _bounded(draws, bounds, confidence) if bounds else _student(draws, confidence)
        if isinstance(interval, Unknown):
            return interval
        name = "Hoeffding and empirical Bernstein" if bounds else "central limit theorem"
        return equivalence("mean", float(draws.mean()), interval, goal, margin, relation,
                           f"{name}, n = {n}, seed {seed}", confidence)

    return Measurement("mean", statement, run)


def probability(event: Sampler, expected: float, *, delta: float, n: int, seed: int,
                statement: str = "", relation: str = "==", confidence: float = 0.999
                ) -> Measurement:
    """Whether the event has probability ``expected`` (or at most, at least: ``relation``).

    event: ``event(generator, n)`` -> n independent booleans. Interval: Clopper–Pearson.
    """
    goal, margin = _settings(expected, delta, n, relation, confidence)
    if not 0 <= goal <= 1:
        raise ValueError(f"a probability lies between 0 and 1, not {expected!r}")

    def run() -> Outcome:
        draws = _drawn(event, n, seed)
        if isinstance(draws, Unknown):
            return draws
        if not np.isin(draws, (0.0, 1.0)).all():
            return Unknown("an event is a boolean: draws other than False and True came")
        hits, tail = int(draws.sum()), (1 - confidence) / 2
        interval = (float(stats.beta.ppf(tail, hits, n - hits + 1)) if hits else 0.0,
                    float(stats.beta.isf(tail, hits + 1, n - hits)) if hits < n else 1.0)
        return equivalence("frequency", hits / n, interval, goal, margin, relation,
                           f"Clopper–Pearson, n = {n}, seed {seed}", confidence)

    return Measurement("probability", statement, run)


def distribution(sampler: Sampler, cdf: Callable, *, delta: float, n: int, seed: int,
                 statement: str = "", confidence: float = 0.999) -> Measurement:
    """Whether draws follow ``cdf``, up to sup |F − cdf| ≤ δ (Dvoretzky–Kiefer–Wolfowitz).

    cdf: a vectorised distribution function, right-continuous (atoms are allowed), or a frozen
    scipy.stats distribution.
    """
    _, margin = _settings(0.0, delta, n, "==", confidence)
    function = getattr(cdf, "cdf", cdf)
    slack = math.sqrt(math.log(2 / (1 - confidence)) / (2 * n))

    def run() -> Outcome:
        draws = _drawn(sampler, n, seed)
        if isinstance(draws, Unknown):
            return draws
        at, before = at_and_before(function, np.unique(draws))
        if at is None:
            return Unknown("the distribution function is NaN, leaves [0, 1] or decreases")
        gap = kolmogorov(draws, at, before)
        shifted = [kolmogorov(draws, np.clip(at + s, 0, 1), np.clip(before + s, 0, 1))
                   for s in (-margin, margin)]
        return distance(gap, shifted, slack, margin, f"n = {n}, seed {seed}", confidence)

    return Measurement("distribution", statement, run)


def _settings(expected, delta, n: int, relation: str, confidence: float) -> tuple[float, float]:
    if relation not in RELATIONS:
        raise ValueError(f"relation must be one of {RELATIONS}, not {relation!r}")
    if type(n) is not int or n < 2:
        raise ValueError(f"n must be a whole number ≥ 2, not {n!r}")
    if not 0.5 < confidence < 1:
        raise ValueError(f"confidence lies between 0.5 and 1, not {confidence!r}")
    goal = float(expected)
    if not math.isfinite(goal):
        raise ValueError(f"expected must be finite, not {expected!r}")
    return goal, positive(delta, "delta")


def _drawn(sampler: Sampler, n: int, seed: int) -> np.ndarray | Unknown:
    """The n draws as floats; Unknown for NaN, infinity or an unused generator."""
    generator = np.random.default_rng(seed)
    before = repr(generator.bit_generator.state)
    draws = np.asarray(sampler(generator, n))
    if draws.shape != (n,) or draws.dtype.kind not in "biuf":
        raise ValueError(f"the sampler gives {draws.dtype} of shape {draws.shape}: "
                         f"{n} real numbers are needed, shape ({n},)")
    if repr(generator.bit_generator.state) == before:
        return Unknown("the sampler did not draw from the generator that it was given")
    if not np.isfinite(draws).all():
        return Unknown("a draw is NaN or infinite")
    return draws.astype(float)


def _student(draws: np.ndarray, confidence: float) -> Interval | Unknown:
    """Student's interval for the mean."""
    with np.errstate(over="ignore"):  # an infinite total is refused below
        squares = (draws - draws.mean()) ** 2
    total = float(squares.sum())
    if total == 0 or not math.isfinite(total):
        return Unknown("the draws are all equal (or their variance overflows): "
                       "the central limit theorem says nothing; give bounds")
    if draws.size < 30 or squares.max() > total / 10:
        return Unknown("fewer than 30 draws, or one draw carries a tenth of the variance: "
                       "no central limit theorem; take more draws or give bounds")
    half = stats.t.isf((1 - confidence) / 2, draws.size - 1) \
        * math.sqrt(total / (draws.size - 1) / draws.size)
    return draws.mean() - half, draws.mean() + half


def _bounded(draws: np.ndarray, bounds: Interval, confidence: float) -> Interval | Unknown:
    """The better of Hoeffding's and Maurer–Pontil's interval, each at half the error."""
    low, high = map(float, bounds)
    if not low < high:
        raise ValueError(f"bounds must be (low, high) with low < high, not {bounds!r}")
    if draws.min() < low or draws.max() > high:
        return Unknown(f"a draw lies outside of [{low:.6g}, {high:.6g}]: the bounds are wrong")
    n, risk = draws.size, (1 - confidence) / 2
    hoeffding = (high - low) * math.sqrt(math.log(2 / risk) / (2 * n))
    bernstein = math.sqrt(2 * draws.var(ddof=1) * math.log(4 / risk) / n) \
        + 7 * (high - low) * math.log(4 / risk) / (3 * (n - 1))
    half = min(hoeffding, bernstein)
    return max(low, draws.mean() - half), min(high, draws.mean() + half)
