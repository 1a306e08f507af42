"""When an interval settles a statement: the equivalence tests behind `sampling`.

A pass is believed only after the same test has turned down what lies at distance δ.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from gradproof.checks.core import Accept, Outcome, Unknown, Witness
from gradproof.verdicts import Sampled

RELATIONS = ("==", "<=", ">=")
Interval = tuple[float, float]


def equivalence(what: str, centre: float, interval: Interval, goal: float, margin: float,
                relation: str, method: str, confidence: float) -> Outcome:
    """Accept, Witness or Unknown for "``what`` is (==, <=, >=) ``goal``", given its interval."""
    shown = _shown(what, centre, interval, confidence)
    aims = {"==": f"{goal:.6g} ± {margin:.3g}", "<=": f"≤ {goal:.6g}", ">=": f"≥ {goal:.6g}"}
    aim = aims[relation]
    if _fails(interval, goal, margin, relation):
        return Witness({}, f"{shown}, which excludes {aim}", Sampled, method)
    if not _passes(interval, goal, margin, relation):
        return Unknown(f"{shown}: neither within nor outside {aim}; take more draws")
    if not _control(interval, goal, margin, relation):
        return Unknown(f"{shown}: the test could not have failed at distance δ = {margin:.3g}")
    word = "within" if relation == "==" else "wholly"
    return Accept(Sampled, method, f"{shown}, {word} {aim}")


def _shown(what: str, centre: float, interval: Interval, confidence: float) -> str:
    """Estimate and interval with the digits that the interval's width justifies."""
    half = max((interval[1] - interval[0]) / 2, 1e-300)
    digits = max(0, 1 - math.floor(math.log10(half)))
    low, value, high = (f"{x:.{digits}f}" for x in (interval[0], centre, interval[1]))
    return f"{what} {value}, {100 * confidence:.6g} % CI [{low}, {high}]"


def _passes(interval: Interval, goal: float, margin: float, relation: str) -> bool:
    """The equivalence test alone: the interval lies where the statement allows it."""
    low, high = interval
    if relation == "==":
        return goal - margin < low and high < goal + margin
    return high <= goal if relation == "<=" else low >= goal


def _fails(interval: Interval, goal: float, margin: float, relation: str) -> bool:
    """The interval lies wholly where the statement is false."""
    low, high = interval
    below, above = high < goal, low > goal
    if relation == "==":
        return high < goal - margin or low > goal + margin
    return above if relation == "<=" else below


def _control(interval: Interval, goal: float, margin: float, relation: str) -> bool:
    """Whether the same test turns down what lies at distance δ from the truth.

    Equality: the null moved by δ either way must not pass, so that the interval holds the
    stated value. A bound: the interval moved to a truth that violates it by δ must refute.
    """
    low, high = interval
    if relation == "==":
        return not any(_passes(interval, goal + s, margin, relation) for s in (-margin, margin))
    centre = goal + margin if relation == "<=" else goal - margin
    half = (high - low) / 2
    return _fails((centre - half, centre + half), goal, margin, relation)


def at_and_before(cdf: Callable, values: np.ndarray):
    """cdf at and just before sorted ``values``; (None, None) when it is no such function."""
    at = np.asarray(cdf(values), float)
    before = np.asarray(cdf(np.nextafter(values, -np.inf)), float)
    if at.shape != values.shape:
        return None, None
    ordered = np.column_stack([before, at]).ravel()
    if not np.isfinite(ordered).all() or ordered.min() < 0 or ordered.max() > 1 + 1e-12 \
            or (np.diff(ordered) < -1e-12).any():
        return None, None
    return at, before


def kolmogorov(draws: np.ndarray, at: np.ndarray, before: np.ndarray) -> float:
    """sup |F_n − cdf|, from both sides of every draw (between draws both are monotone)."""
    _, counts = np.unique(draws, return_counts=True)
    steps = np.cumsum(counts) / draws.size
    left = np.concatenate([[0.0], steps[:-1]])
    return float(max(np.abs(steps - at).max(), np.abs(left - before).max()))


def distance(gap: float, shifted: list[float], slack: float, margin: float, draws: str,
             confidence: float) -> Outcome:
    """The outcome for a distance between distribution functions, known up to ``slack``.

    shifted: the same distance to nulls moved by δ, which the test has to turn down.
    """
    level = f"{100 * confidence:.6g} %"
    shown = f"largest distance {gap:.2g} ± {slack:.2g} ({level}, {draws})"
    method = f"Dvoretzky–Kiefer–Wolfowitz, {draws}"
    if gap - slack > margin:
        return Witness({}, f"{shown} exceeds δ = {margin:.3g}", Sampled, method)
    if gap + slack > margin or gap > slack:
        return Unknown(f"{shown}: neither within nor beyond δ = {margin:.3g}; take more draws")
    if min(shifted) + slack <= margin:
        return Unknown(f"{shown}: the test could not have failed at distance δ = {margin:.3g}")
    return Accept(Sampled, method, f"{shown} within δ = {margin:.3g}")
