"""The octopus on exact scalars: fractions, mpmath or SymPy numbers, one point at a time.

A second road to the same function.  `octopus` works on whole arrays with masks; here a point is a
plain sequence and the region is found by walking along it.  Nothing is rounded that its scalars
do not round, so descent can be iterated in rationals or with an unbounded exponent.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from .connectors import weights
from .points import DomainError


class Place(NamedTuple):
    """`leading` coordinates passed, and the kind of region: quadratic, buffer or minimum."""

    leading: int
    kind: str


def place(point: Sequence[Any], tau: Any) -> Place:
    """The region of a point; on a common face the later one.  Outside raises DomainError."""
    size = [abs(v) for v in point]
    k = 0
    while k < len(size) and size[k] >= 2 * tau:
        if size[k] > 6 * tau:
            raise DomainError(f"coordinate {k + 1} is {point[k]}, beyond 6 tau")
        k += 1
    for j, v in enumerate(size[k + 1 :], start=k + 2):
        if v > tau:
            raise DomainError(f"coordinate {j} is {point[j - 1]}, beyond tau while waiting")
    if k == len(size):
        return Place(k, "minimum")
    return Place(k, "buffer" if size[k] > tau else "quadratic")


def _numbers(values: Sequence[Any]) -> list[Any]:
    """Whole numbers become fractions, so that a division can't turn them into floats."""
    return [Fraction(v) if isinstance(v, int) else v for v in values]


def value_in(at: Place, point: Sequence[Any], L: Any, gamma: Any, tau: Any) -> Any:
    """The formula of one region, whether or not the point is in it; symbols are welcome.

    Symbols stand for coordinates of the positive arm (no absolute value is taken).
    """
    L, gamma, tau, *x = _numbers([L, gamma, tau, *point])
    g1, g2, nu = weights()
    k, kind = at
    total = -k * nu(0, L, gamma) * tau**2
    waiting = k
    for v in x[:k]:
        total += L * (v - 4 * tau) ** 2
    if kind == "quadratic":
        total -= gamma * x[k] ** 2
        waiting = k + 1
    elif kind == "buffer":
        s = (x[k] - tau) / tau
        total += g1(s, L, gamma) * tau**2
        if k + 1 < len(x):
            total += g2(s, L, gamma) * x[k + 1] ** 2
        waiting = k + 2
    for v in x[waiting:]:
        total += L * v**2
    return total


def exact_value(point: Sequence[Any], L: Any, gamma: Any, tau: Any) -> Any:
    """f at one point, in the arithmetic of its scalars."""
    return value_in(place(point, tau), [abs(v) for v in point], L, gamma, tau)


def exact_gradient(point: Sequence[Any], L: Any, gamma: Any, tau: Any) -> list[Any]:
    """The gradient at one point, in the arithmetic of its scalars."""
    L, gamma, tau, *x = _numbers([L, gamma, tau, *point])
    k, kind = place(x, tau)
    size = [abs(v) for v in x]
    slope = [2 * L * (v - 4 * tau) for v in size[:k]] + [2 * L * v for v in size[k:]]
    if kind == "quadratic":
        slope[k] = -2 * gamma * size[k]
    elif kind == "buffer":
        g1, g2, _ = weights()
        s = (size[k] - tau) / tau
        slope[k] = g1.derivative()(s, L, gamma) * tau
        if k + 1 < len(x):
            slope[k] += g2.derivative()(s, L, gamma) / tau * size[k + 1] ** 2
            slope[k + 1] = 2 * g2(s, L, gamma) * size[k + 1]
    return [-v if u < 0 else v for u, v in zip(x, slope, strict=True)]
