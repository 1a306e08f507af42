"""Two code paths that should give the same numbers, and numbers that should stay below a bound.

Everything here is floating point: what passes is `Consistent`, read as "measured".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

import numpy as np

from gradproof.checks.core import Accept, Outcome, Unknown, Witness
from gradproof.checks.measurement import (
    Measurement,
    called,
    positive,
    reasoned,
    rounded_up,
    same_callable,
    show,
)
from gradproof.formulas import Expr, free_variables, parse_expr
from gradproof.formulas.show import text
from gradproof.formulas.values import Undefined, ball
from gradproof.verdicts import Consistent

BITS = (128, 512, 2048)  # precisions at which a formula is evaluated until its ball is small


def agree(left: Callable, right: Callable, points: Iterable, *, tolerance: float, because: str,
          statement: str = "", relative: bool = False) -> Measurement:
    """Whether |left(x) − right(x)| ≤ tolerance at every one of ``points``.

    left, right: functions written apart, to numbers or arrays of one shape. points: each is
    passed as it is, a tuple as several arguments, a mapping by name. relative: the
    tolerance is a fraction of the larger value at the point (max norm).
    NaN, infinity, no points, or one function on both sides give `Undecided`; a larger
    difference `Refuted`, with the worst point. Raises ValueError for a tolerance that is
    negative, not finite or without a reason.
    """
    positive(tolerance, "tolerance", zero=True)
    why, cases = reasoned(because), list(points)
    if same_callable(left, right):
        return _never("agree", statement, "both sides are the same function: nothing is checked")

    def pairs():
        for point in cases:
            yield point, called(left, point), called(right, point)

    return Measurement("agree", statement, lambda: _compared(
        pairs(), tolerance, why, relative, f"two code paths at {_count(len(cases), 'point')}"))


def formula_agrees(formula: str | Expr, function: Callable, points: Iterable[Mapping], *,
                   tolerance: float, because: str, statement: str = "",
                   relative: bool = False) -> Measurement:
    """Whether ``function(**point)`` is within ``tolerance`` of ``formula`` at every point.

    The formula is evaluated by Arb balls at exactly the double-precision numbers that the
    function is given; points name a number for each variable of the formula.
    """
    positive(tolerance, "tolerance", zero=True)
    why, expr = reasoned(because), parse_expr(formula) if isinstance(formula, str) else formula
    cases = [{name: float(value) for name, value in point.items()} for point in points]
    for point in cases:
        if missing := sorted(free_variables(expr) - set(point)):
            raise ValueError(f"{text(expr)}: the points give no value for {', '.join(missing)}")
    name = getattr(function, "__name__", "the function")

    def pairs():
        for point in cases:
            yield point, called(function, point), _exactly(expr, point)

    return Measurement("formula_agrees", statement or f"{name} computes {text(expr)}",
                       lambda: _compared(pairs(), tolerance, why, relative,
                                         f"ball arithmetic at {_count(len(cases), 'point')}"))


def _exactly(expr: Expr, point: Mapping[str, float]) -> np.ndarray:
    """The formula's value to double precision; NaN where no ball becomes small enough."""
    if not all(map(np.isfinite, point.values())):
        return np.array(np.nan)
    exact = {name: Fraction(value) for name, value in point.items()}
    for bits in BITS:
        try:
            value = ball(expr, exact, bits)
        except (Undefined, ZeroDivisionError):
            break
        if value.is_finite() and (value.rel_accuracy_bits() >= 60 or abs(value) < 1e-100):
            return np.array(float(value.mid()))
    return np.array(np.nan)


def rate(values: Sequence, bound: Callable | Sequence, *, because: str = "", tolerance: float = 0.0,
         statement: str = "", start: int = 0) -> Measurement:
    """Whether value_t ≤ bound(t) + tolerance for every stored step t = start, start + 1, ….

    values: numbers (a trajectory of gaps, norms, …). bound: explicit numbers for the same
    steps, or a function of t. Steps and bounds that are all int or Fraction are compared
    exactly and give `Proved` for these instances (tolerance 0); all others `Consistent`,
    for which ``because`` justifies the tolerance, 0 included.
    """
    steps = list(values)
    limits = [bound(start + t) for t in range(len(steps))] if callable(bound) else list(bound)
    if len(limits) != len(steps):
        raise ValueError(f"{len(steps)} values but {len(limits)} bounds: one a step is needed")
    return _ordered("rate", steps, limits, tolerance, because, statement, start)


def monotone(values: Sequence, *, because: str = "", tolerance: float = 0.0, statement: str = "",
             increasing: bool = False, strict: bool = False) -> Measurement:
    """Whether a stored trajectory never rises (``increasing``: falls) by more than tolerance."""
    steps = list(values)
    before, after = (steps[1:], steps[:-1]) if increasing else (steps[:-1], steps[1:])
    return _ordered("monotone", after, before, tolerance, because, statement, 1, strict)


def _ordered(name: str, steps: list, limits: list, tolerance: float, because: str,
             statement: str, start: int, strict: bool = False) -> Measurement:
    positive(tolerance, "tolerance", zero=True)
    if tolerance == 0 and all(type(v) in (int, Fraction) for v in (*steps, *limits)):
        from gradproof.checks.exact.instances import every

        cases = [(start + t, v, b) for t, (v, b) in enumerate(zip(steps, limits, strict=True))]
        return every(cases, lambda t, v, b: v < b if strict else v <= b, statement=statement,
                     second=lambda t, v, b: (b - v).numerator > -(not strict))
    why = reasoned(because)
    return Measurement(name, statement, lambda: _below(
        np.array(steps, float), np.array(limits, float), tolerance, why, start, strict))


def _below(values: np.ndarray, limits: np.ndarray, tolerance: float, why: str, start: int,
           strict: bool) -> Outcome:
    if values.ndim != 1 or not values.size:
        return Unknown("no steps" if not values.size else "a trajectory is one number a step")
    if not (np.isfinite(values).all() and np.isfinite(limits).all()):
        return Unknown("a value or bound is NaN or infinite")
    excess = values - limits
    t, room = int(np.argmax(excess)), f"tolerance {tolerance:.3g}: {why}"
    if excess[t] > tolerance or (strict and excess[t] == tolerance):
        return Witness({"t": start + t}, tier=Consistent, method="compared step by step",
                       found=f"t = {start + t}: {values[t]:.4g} exceeds {limits[t]:.4g} ({room})")
    return Accept(Consistent, f"compared {_count(values.size, 'value')}", room)


def _compared(pairs: Iterable, tolerance: float, why: str, relative: bool, method: str) -> Outcome:
    """The outcome of comparing (point, left, right) triples within ``tolerance``."""
    worst, at, numbers = -1.0, None, 0
    for point, a, b in pairs:
        if a.shape != b.shape:
            return Unknown(f"shapes {a.shape} and {b.shape} differ at {show(point)}")
        if not (np.isfinite(a).all() and np.isfinite(b).all()):
            return Unknown(f"NaN or infinite at {_line(show(point))}")
        if not a.size:
            continue
        numbers += a.size
        gap = float(np.abs(a - b).max())
        scale = max(float(np.abs(a).max()), float(np.abs(b).max())) if relative else 1.0
        gap = gap / scale if scale else 0.0
        if not np.isfinite(gap):
            return Unknown(f"the difference overflows at {_line(show(point))}")
        if gap > worst:
            worst, at = gap, point
    if not numbers:
        return Unknown("no points, or only empty arrays: nothing was compared")
    kind = "relative difference" if relative else "difference"
    if worst > tolerance:
        return Witness(show(at), tier=Consistent, method=method,
                       found=f"{kind} {worst:.2g} > {tolerance:.3g} at {_line(show(at))}")
    return Accept(Consistent, method, f"largest {kind} ≤ {rounded_up(worst, tolerance)}, "
                                      f"tolerance {tolerance:.3g}: {why}")


def _never(name: str, statement: str, reason: str) -> Measurement:
    return Measurement(name, statement, lambda: Unknown(reason))


def _count(n: int, what: str) -> str:
    return f"{n} {what}{'' if n == 1 else 's'}"


def _line(witness: Mapping[str, str]) -> str:
    return ", ".join(f"{k} = {v}" for k, v in witness.items())
