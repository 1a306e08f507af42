r"""Derivatives in NumPy against differences along random directions.

Central differences D(h) = (f(x + hv) − f(x − hv))/2h have an error series in h², so that
R(h) = (4 D(h/2) − D(h))/3 is of order h⁴. Of R(h) and R(h/2) the second is believed, to within
their distance and the rounding of f; that is the tolerance. A check counts only if, at every
point that is not stationary, it turns down the same derivative wrong by 0.05 %.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from gradproof.checks.core import Accept, Outcome, Unknown, Witness
from gradproof.checks.measurement import (
    Measurement,
    called,
    positive,
    rounded_up,
    same_callable,
    show,
)
from gradproof.verdicts import Consistent

SLIP = 5e-4  # the relative error that has to be caught
SAFETY = 8.0  # times the distance of the two extrapolations
ROUNDING = 32.0  # units in the last place by which f may be off


@dataclass(frozen=True)
class Slope:
    """One derivative along one direction: what is claimed, differences, the room between."""

    claimed: np.ndarray
    measured: np.ndarray
    room: float


def gradient(f: Callable, gradient: Callable, points: Iterable, *, statement: str = "",
             directions: int = 4, seed: int = 0, step: float | None = None) -> Measurement:
    """Whether ``gradient(x)`` is the gradient of ``f`` at every one of ``points``.

    f: array of any shape -> number. gradient: the same array -> array of its shape. step:
    length of the difference step relative to max(1, |x|); default eps^(1/5).
    NaN, no points or differences that do not settle (a kink): `Undecided`.
    """
    return jacobian(f, gradient, points, statement=statement or "the gradient is the derivative",
                    directions=directions, seed=seed, step=step, name="gradient")


def jacobian(f: Callable, jacobian: Callable, points: Iterable, *, statement: str = "",
             directions: int = 4, seed: int = 0, step: float | None = None,
             name: str = "jacobian") -> Measurement:
    """Whether ``jacobian(x)``, of shape f(x).shape + x.shape, is the derivative of ``f``."""
    def claimed(x, v, u):
        matrix, value = called(jacobian, x), called(f, x)
        if matrix.shape != value.shape + x.shape:
            raise _Shape(f"{name} has shape {matrix.shape}, not {value.shape + x.shape}")
        return np.tensordot(matrix, v, axes=v.ndim)

    return _measurement(name, (f, jacobian), points, claimed, _along(f), 1 / 5,
                        statement or "the Jacobian is the derivative", directions, seed, step)


def jvp(f: Callable, product: Callable, points: Iterable, *, statement: str = "",
        directions: int = 4, seed: int = 0, step: float | None = None) -> Measurement:
    """Whether ``product(x, v)`` is J(x)v, the derivative of ``f`` along v."""
    return _measurement("jvp", (f, product), points, lambda x, v, u: called(product, (x, v)),
                        _along(f), 1 / 5, statement or "J(x)v is the derivative along v",
                        directions, seed, step)


def vjp(f: Callable, product: Callable, points: Iterable, *, statement: str = "",
        directions: int = 4, seed: int = 0, step: float | None = None) -> Measurement:
    """Whether ``product(x, u)`` is J(x)ᵀu: ⟨J(x)ᵀu, v⟩ against ⟨u, f⟩ along v, all random."""
    def paired(x, v, u, h):
        ends = [np.asarray(np.sum(called(f, x + s * h * v) * u)) for s in (1, -1)]
        return (ends[0] - ends[1]) / (2 * h), _size(*ends) * np.sqrt(u.size) / h

    def claimed(x, v, u):
        back = called(product, (x, u))
        if back.shape != x.shape:
            raise _Shape(f"vjp has shape {back.shape}, not {x.shape}")
        return np.asarray(np.sum(back * v))

    return _measurement("vjp", (f, product), points, claimed, paired, 1 / 5,
                        statement or "J(x)^T u is the adjoint derivative", directions, seed, step,
                        values=f)


def hessian(f: Callable, hessian: Callable, points: Iterable, *, gradient: Callable | None = None,
            statement: str = "", directions: int = 4, seed: int = 0,
            step: float | None = None) -> Measurement:
    """Whether ``hessian(x)``, of shape x.shape + x.shape, is the second derivative of ``f``.

    Second differences of f along pairs of directions; where a (checked) ``gradient`` is given,
    first differences of it, which are more accurate.
    """
    title = statement or "the Hessian is the second derivative"
    if gradient is not None:
        return jacobian(gradient, hessian, points, statement=title, directions=directions,
                        seed=seed, step=step, name="hessian")

    def claimed(x, v, u):
        matrix = called(hessian, x)
        if matrix.shape != x.shape + x.shape:
            raise _Shape(f"hessian has shape {matrix.shape}, not {x.shape + x.shape}")
        return np.asarray(np.sum(np.tensordot(matrix, v, axes=v.ndim) * u))

    def mixed(x, v, u, h):
        corners = [called(f, x + h * (s * v + t * u)) for s, t in
                   ((1, 1), (1, -1), (-1, 1), (-1, -1))]
        top = corners[0] - corners[1] - corners[2] + corners[3]
        return top / (4 * h * h), _size(*corners) / (h * h)

    return _measurement("hessian", (f, hessian), points, claimed, mixed, 1 / 6, title,
                        directions, seed, step, values=lambda x: np.zeros(np.shape(x)))


class _Shape(ValueError):
    """An array has a shape that the derivative can't have."""


def _along(f: Callable) -> Callable:
    def first(x, v, u, h):
        ends = [called(f, x + s * h * v) for s in (1, -1)]
        return (ends[0] - ends[1]) / (2 * h), _size(*ends) / h
    return first


def _size(*arrays: np.ndarray) -> float:
    """Largest entry times the unit roundoff of the coarsest type among ``arrays``."""
    eps = max(float(np.finfo(a.dtype).eps) for a in arrays)
    return eps * max((float(np.abs(a).max()) for a in arrays if a.size), default=np.nan)


def _measurement(name, functions, points, claimed, difference, order, statement, directions,
                 seed, step, values=None) -> Measurement:
    if type(directions) is not int or directions < 1:
        raise ValueError(f"directions must be a whole number ≥ 1, not {directions!r}")
    size = positive(step, "step") if step is not None else None
    cases = [np.array(p, float) for p in points]

    def run() -> Outcome:
        if same_callable(*functions):
            return Unknown("the function and its derivative are the same callable")
        generator = np.random.default_rng(seed)
        found = []
        for x in cases:
            length = (size or np.finfo(float).eps ** order) * max(1.0, _largest(x))
            try:
                found.append((x, _slopes(x, claimed, difference, values or functions[0],
                                         length, directions, generator)))
            except _Shape as error:
                return Witness(show(x), str(error), Consistent, "shape")
        return _judged(found, directions)

    return Measurement(name, statement, run)


def _largest(x: np.ndarray) -> float:
    return float(np.abs(x).max()) if x.size else 0.0


def _slopes(x, claimed, difference, values, h, directions, generator) -> list[Slope]:
    slopes = []
    for _ in range(directions):
        v = _unit(generator, x.shape)
        u = _unit(generator, called(values, x).shape)
        says = claimed(x, v, u)
        d = [difference(x, v, u, h / k) for k in (1, 2, 4)]
        coarse, fine = ((4 * d[i + 1][0] - d[i][0]) / 3 for i in (0, 1))
        if says.shape != fine.shape:
            raise _Shape(f"the derivative has shape {says.shape}, not {fine.shape}")
        apart = float(np.abs(coarse - fine).max()) if fine.size else np.nan
        slopes.append(Slope(says, fine, SAFETY * apart + ROUNDING * d[2][1]))
    return slopes


def _unit(generator, shape) -> np.ndarray:
    v = generator.standard_normal(shape)
    norm = np.sqrt(np.sum(v * v))
    return v / norm if norm else v


def _judged(found: list, directions: int) -> Outcome:
    """Compare all slopes; the largest residual is given relative to its point's slopes."""
    method = f"differences along {directions} random directions at {len(found)} " \
             f"point{'s' if len(found) != 1 else ''}"
    if not found:
        return Unknown("no points: nothing was compared")
    sizes, worst = [], 0.0
    for x, slopes in found:
        numbers = [n for s in slopes for n in (*np.ravel(s.claimed), *np.ravel(s.measured), s.room)]
        if not np.isfinite(numbers).all():
            return Unknown(f"NaN, infinite or empty at {show(x)['point']}")
        size = max(float(np.abs(s.measured).max()) for s in slopes)
        room = max(s.room for s in slopes)
        residual = max(float(np.abs(s.claimed - s.measured).max()) for s in slopes)
        if residual > room:
            return Witness(show(x), f"off by {residual:.2g} where differences are known to "
                           f"{room:.1g}, at {show(x)['point']}", Consistent, method)
        sizes.append((size, room, x))
        worst = max(worst, residual / size if size else 0.0)
    largest = max(size for size, _, _ in sizes)
    for size, room, x in sizes:
        if room >= SLIP / 4 * (size if size > 1e-4 * largest else largest):
            return Unknown(f"an error of 0.05 % would not show at {show(x)['point']}: the "
                           f"differences do not settle, or the derivative vanishes")
    return Accept(Consistent, method, f"largest relative difference "
                  f"≤ {rounded_up(min(worst, SLIP), 1e-5)}; an error of 0.05 % would show")
