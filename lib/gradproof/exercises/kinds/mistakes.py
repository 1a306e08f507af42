"""Known mistakes of functions of arrays, found by making them on the right result."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

STEP = 1e-3


def slope(f: Callable, arguments: tuple, direction: np.ndarray) -> float:
    """d/dt of Σ f(x + t·direction) at 0, by differences of fourth order with error ~ 1e-11."""
    x, *rest = arguments
    x = np.asarray(x, dtype=float)
    h = STEP * max(1.0, float(np.abs(x).max(initial=0.0)))
    at = lambda t: float(np.sum(f(x + t * direction, *rest)))  # noqa: E731
    one, two, four = ((at(k * h) - at(-k * h)) / (2 * k * h) for k in (1, 2, 4))
    return ((4 * one - two) / 3 * 16 - (4 * two - four) / 3) / 15


def numerical_gradient(f: Callable, arguments: tuple) -> np.ndarray:
    """All partial derivatives of Σ f in the first argument, of its shape."""
    x = np.asarray(arguments[0], dtype=float)
    gradient = np.empty(x.shape)
    for index in np.ndindex(*x.shape):
        unit = np.zeros(x.shape)
        unit[index] = 1.0
        gradient[index] = slope(f, arguments, unit)
    return gradient


class Results:
    """The results of a function on several inputs; equal when numerically the same."""

    __hash__ = None

    def __init__(self, results: list):
        self.results = results

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Results) and len(self.results) == len(other.results) and all(
            map(alike, self.results, other.results))


def alike(one, two) -> bool:
    """Whether two results are the same arrays, or the same failure."""
    if isinstance(one, str) or isinstance(two, str):
        return one == two if isinstance(one, str) and isinstance(two, str) else False
    return len(one) == len(two) and all(
        a.shape == b.shape and np.allclose(a, b, rtol=1e-6, atol=1e-8, equal_nan=True)
        for a, b in zip(one, two, strict=True))


def named(mine: list, right: list, inputs: list[tuple]) -> str:
    """The name of a mistake that turns every right result into the student's, or ""."""
    for words, damage in DAMAGES:
        if all(_damaged(damage, b, arguments, a)
               for a, b, arguments in zip(mine, right, inputs, strict=True)):
            return words
    return _only_some(mine, right, inputs)


def _damaged(damage, right, arguments, mine) -> bool:
    if isinstance(mine, str):
        return False
    try:
        return alike([damage(b, arguments) for b in right], mine)
    except ValueError:
        return False


def _samples(arguments) -> int:
    return next((np.shape(a)[-1] for a in arguments if np.ndim(a) >= 2), 0) or 1


DAMAGES = (
    ("The sign: yours is minus the right result.", lambda b, _: -b),
    ("A factor 2: yours is twice the right result.", lambda b, _: 2 * b),
    ("A factor 2: yours is half the right result.", lambda b, _: b / 2),
    ("A factor and the sign: yours is −2 times the right result.", lambda b, _: -2 * b),
    ("Transposed: yours is the transpose of the right result.", lambda b, _: b.T),
    ("An axis too many, or one missing: the entries are right, the shape is not.",
     lambda b, _: b[..., None]),
    ("An axis too many, or one missing: the entries are right, the shape is not.",
     lambda b, _: np.squeeze(b)),
    ("An axis too many, or one missing: the entries are right, the shape is not.",
     lambda b, _: b.ravel()),
    ("An index: all entries are there, shifted by one.", lambda b, _: np.roll(b, 1, axis=-1)),
    ("An index: all entries are there, shifted by one.", lambda b, _: np.roll(b, -1, axis=-1)),
    ("An index: all entries are there, in reverse order.", lambda b, _: b[..., ::-1]),
    ("A sum where a mean is wanted: too large by the number of columns.",
     lambda b, a: b * _samples(a)),
    ("A mean where a sum is wanted: too small by the number of columns.",
     lambda b, a: b / _samples(a)),
    ("Yours is the absolute value of the right result.", lambda b, _: np.abs(b)),
    ("Yours is the square of the right result.", lambda b, _: b**2),
)


def _only_some(mine: list, right: list, inputs: list[tuple]) -> str:
    """What the inputs have in common for which the function is right."""
    good = [alike(a, b) for a, b in zip(mine, right, strict=True)]
    if not any(good) or all(good):
        return ""
    for words, test in CASES:
        if [test(arguments) for arguments in inputs] == good:
            return words
    return ""


def _all_square(arguments) -> bool:
    """Whether no matrix among the arguments has two different sizes."""
    return all(a.shape[-1] == a.shape[-2] for a in _arrays(arguments) if a.ndim >= 2)


def _arrays(arguments):
    return [np.asarray(a) for a in arguments if np.ndim(a) or isinstance(a, float)]


CASES = (
    ("Right for a single point, but not for a batch: mind the leading axes.",
     lambda args: all(a.ndim <= 1 for a in _arrays(args))),
    ("Right only where all inputs are positive: what happens to the sign?",
     lambda args: all((a > 0).all() for a in _arrays(args))),
    ("Right only for square matrices.", _all_square),
    ("Right only in one dimension.", lambda args: all(a.size == 1 for a in _arrays(args))),
)
