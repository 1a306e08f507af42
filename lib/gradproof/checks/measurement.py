"""From something measured to a verdict: the frame of checks that read no formula.

A measurement looks at callables or arrays. It can hold a proposition in prose only: what a
formula states is decided by a check that reads the formula.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from gradproof.checks.core import Accept, Outcome, Witness
from gradproof.formulas import Proposition
from gradproof.verdicts import Refuted, Undecided, Verdict, issue


@dataclass(frozen=True)
class Measurement:
    """A measurement; call it, with the proposition that it bears on or with none.

    statement: what is claimed, in prose; needed when the call names no proposition.
    run: does the work, -> Accept | Witness | Unknown. instances: the verdict speaks of
    this many cases only, and the proposition that it carries says so.
    """

    name: str
    statement: str
    run: Callable[[], Outcome]
    instances: int | None = None

    def __call__(self, proposition: Proposition | None = None) -> Verdict:
        """The verdict. Raises ValueError when nobody said what is claimed."""
        if proposition is None:
            if not self.statement.strip():
                raise ValueError(f"{self.name}: say in statement=… what is claimed")
            proposition = Proposition(prose=self.statement)
        if proposition.formal:
            return issue(Undecided, proposition, self.name,
                         note="stated as a formula: decide it by a check that reads the formula; "
                              "a measurement can hold prose only")
        outcome = self.run()
        if isinstance(outcome, Accept):
            return issue(outcome.tier, self._narrowed(proposition), outcome.method,
                         note=outcome.note)
        if isinstance(outcome, Witness):
            return issue(Refuted, proposition, outcome.method or self.name, note=outcome.found,
                         witness={k: str(v) for k, v in outcome.point.items()}, tier=outcome.tier)
        return issue(Undecided, proposition, self.name, note=outcome.reason)

    def _narrowed(self, proposition: Proposition) -> Proposition:
        if self.instances is None:
            return proposition
        count = f"{self.instances} instance{'s' if self.instances != 1 else ''}"
        return replace(proposition, for_all=(), prose=f"{proposition.prose} ({count})")


def positive(value: float, name: str, *, zero: bool = False) -> float:
    """``value`` as a finite float > 0 (or ≥ 0); ValueError names the argument otherwise."""
    result = float(value)
    if not math.isfinite(result) or result < 0 or (result == 0 and not zero):
        raise ValueError(f"{name} must be a finite number {'≥' if zero else '>'} 0, not {value!r}")
    return result


def reasoned(because: str) -> str:
    """``because``, refused when empty: a tolerance without a reason measures nothing."""
    if not isinstance(because, str) or not because.strip():
        raise ValueError("say in because=… why the tolerance is what it is")
    return because.strip()


def called(function: Callable, point) -> np.ndarray:
    """``function`` at ``point`` (tuple: positional, mapping: by name), as an array of its own.

    The function gets copies, so that it can't change what the other one sees. Raises
    TypeError when the result is no number or array of numbers.
    """
    if isinstance(point, Mapping):
        value = function(**{k: _copied(v) for k, v in point.items()})
    elif isinstance(point, tuple):
        value = function(*map(_copied, point))
    else:
        value = function(_copied(point))
    return numbers(value, getattr(function, "__name__", repr(function)))


def numbers(value, name: str) -> np.ndarray:
    """``value`` as a fresh float or complex array; TypeError names what is no number."""
    array = np.array(value)
    if array.dtype.kind == "O":
        array = array.astype(float)
    if array.dtype.kind not in "biufc":
        raise TypeError(f"{name} gives {type(value).__name__}: a number or an array is needed")
    return array if array.dtype.kind in "fc" else array.astype(float)


def _copied(value):
    return value.copy() if isinstance(value, np.ndarray) else value


def same_callable(left: Callable, right: Callable) -> bool:
    """Whether two callables are one code path: one object, equal methods, one body twice."""
    if left is right or left == right:
        return True
    a, b = getattr(left, "__wrapped__", left), getattr(right, "__wrapped__", right)
    if a is not left or b is not right:
        return same_callable(a, b)
    return None is not _body(left) == _body(right)


def _body(function: Callable) -> tuple | None:
    """What makes a Python function do what it does; None for other callables."""
    code = getattr(function, "__code__", None)
    if code is None:
        return None
    captured = tuple(id(cell.cell_contents) for cell in function.__closure__ or ())
    return (code.co_code, code.co_consts, code.co_names, captured, function.__defaults__,
            id(function.__globals__), id(getattr(function, "__self__", None)))


def show(point) -> dict[str, str]:
    """``point`` as a witness: names to text."""
    if isinstance(point, Mapping):
        return {str(k): _text(v) for k, v in point.items()}
    return {"point": _text(point)}


def _text(value) -> str:
    if isinstance(value, tuple):
        return "(" + ", ".join(map(_text, value)) + ")"
    if isinstance(value, np.ndarray):
        return np.array2string(value, precision=6, threshold=12, separator=", ")
    return f"{float(value):.6g}" if isinstance(value, (float, np.floating)) else str(value)


def rounded_up(residual: float, tolerance: float) -> str:
    """A power of ten ≥ ``residual``, no smaller than the one below ``tolerance``.

    What lies below is rounding noise that differs from machine to machine.
    """
    if tolerance == 0:
        return "0" if residual == 0 else f"{residual:.1e}"
    floor = math.ceil(math.log10(tolerance)) - 1
    power = floor if residual <= 10.0 ** floor else math.ceil(math.log10(residual))
    return f"{tolerance:.3g}" if 10.0 ** power > tolerance else f"1e{power:+03d}"
