"""Finitely many cases, each decided exactly by two independent routes.

Proved for these instances and for no more: the verdict's proposition says how many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

import sympy

from gradproof.checks.core import Accept, KernelError, Outcome, Unknown, Witness
from gradproof.checks.measurement import Measurement, same_callable
from gradproof.verdicts import Consistent, Proved


def instances(cases: Iterable, left: Callable, right: Callable, *,
              statement: str = "") -> Measurement:
    """Whether left(case) equals right(case), exactly, for each of finitely many cases.

    cases: each is passed as it is, a tuple as several arguments, a mapping by name.
    left, right: functions written apart, to int, Fraction, an exact SymPy number, or
    (nested) lists, tuples and SymPy matrices of these. Floats are refused (TypeError).
    No cases, or one function on both sides: `Undecided`; a mismatch: `Refuted` by the case.
    """
    listed = list(cases)
    vacuous = "both sides are the same function: nothing is checked" \
        if same_callable(left, right) else ""

    def run() -> Outcome:
        if vacuous or not listed:
            return Unknown(vacuous or "no cases: nothing was checked")
        for case in listed:
            a, b = (exact(_called(side, case), side) for side in (left, right))
            verdict = _equal(a, b)
            if verdict is None:
                return Unknown(f"{a} = {b} could not be decided exactly for {_shown(case)}")
            if not verdict:
                return Witness(_shown(case), f"{_line(case)}: {a} ≠ {b}", Proved,
                               "exact arithmetic")
        return Accept(Proved, f"exact arithmetic, two routes, {_count(listed)}")

    return Measurement("instances", statement, run, len(listed))


def every(cases: Iterable, predicate: Callable, *, second: Callable | None = None,
          statement: str = "") -> Measurement:
    """Whether ``predicate(case)`` is True for each of finitely many cases.

    predicate: returns True or False (bool; anything else is a TypeError). second: the same
    decision by an independent route; where the two differ, KernelError. No cases: `Undecided`.
    A yes does not say how it was found, so one predicate alone gives `Consistent`; two routes
    over exact cases (int, Fraction, exact SymPy numbers, text) give `Proved` for these instances.
    """
    listed = list(cases)
    tier = Proved if second is not None and all(map(_is_exact, listed)) else Consistent
    vacuous = "" if second is None or not same_callable(predicate, second) else \
        "both routes are the same function: nothing is checked twice"

    def run() -> Outcome:
        if vacuous or not listed:
            return Unknown(vacuous or "no cases: nothing was checked")
        for case in listed:
            answer = _truth(predicate, case)
            if second is not None and _truth(second, case) is not answer:
                raise KernelError(f"two routes of a predicate disagree at {_line(case)}")
            if not answer:
                return Witness(_shown(case), f"fails for {_line(case)}", tier, "case by case")
        if tier is Proved:
            return Accept(Proved, f"exact arithmetic, two routes, {_count(listed)}")
        return Accept(Consistent, f"case by case, {_count(listed)}")

    return Measurement("every", statement, run, len(listed))


def exact(value, source: Callable | str = "the value"):
    """``value`` with int, Fraction and exact SymPy numbers only, tuples for lists and matrices.

    Raises TypeError for a float, a bool, a NumPy number or anything else that isn't exact.
    """
    name = getattr(source, "__name__", str(source))
    if isinstance(value, (list, tuple)):
        return tuple(exact(v, name) for v in value)
    if isinstance(value, sympy.MatrixBase):
        return tuple(tuple(exact(v, name) for v in value.row(i)) for i in range(value.rows))
    if type(value) in (int, Fraction):
        return Fraction(value)
    if isinstance(value, sympy.Rational):
        return Fraction(int(value.p), int(value.q))
    if isinstance(value, sympy.Expr) and value.is_number and not value.has(sympy.Float) \
            and value.is_finite:
        return value
    raise TypeError(f"{name} gives {value!r} ({type(value).__name__}): exact numbers are needed, "
                    f"int, Fraction or SymPy's (not floats, NumPy numbers or booleans)")


def _equal(a, b) -> bool | None:
    """Exact equality; None where algebraic numbers could not be compared."""
    if isinstance(a, tuple) or isinstance(b, tuple):
        if not (isinstance(a, tuple) and isinstance(b, tuple)) or len(a) != len(b):
            return False
        answers = [_equal(x, y) for x, y in zip(a, b, strict=True)]
        return False if False in answers else None if None in answers else True
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return a == b
    return _algebraic_equal(sympy.sympify(a), sympy.sympify(b))


def _algebraic_equal(a: sympy.Expr, b: sympy.Expr) -> bool | None:
    """Whether two algebraic numbers are equal, by the minimal polynomial of their difference.

    Numbers that are not algebraic are equal only when they are the same expression; else None.
    """
    if a == b:
        return True
    x = sympy.Dummy("x")
    try:
        return sympy.minimal_polynomial(a - b, x) == x
    except (NotImplementedError, sympy.polys.polyerrors.NotAlgebraic):
        return None


def _is_exact(case) -> bool:
    """Whether a case holds exact numbers and text only."""
    if isinstance(case, Mapping):
        return all(map(_is_exact, case.values()))
    if isinstance(case, (tuple, list)):
        return all(map(_is_exact, case))
    return type(case) in (int, Fraction, str, bool) or (
        isinstance(case, sympy.Expr) and case.is_number and not case.has(sympy.Float))


def _truth(predicate: Callable, case) -> bool:
    answer = _called(predicate, case)
    if answer is True or answer is False:
        return answer
    raise TypeError(f"{getattr(predicate, '__name__', 'the predicate')} gives {answer!r} for "
                    f"{_line(case)}: True or False is needed")


def _called(function: Callable, case):
    if isinstance(case, Mapping):
        return function(**case)
    return function(*case) if isinstance(case, tuple) else function(case)


def _shown(case) -> dict[str, str]:
    if isinstance(case, Mapping):
        return {str(k): str(v) for k, v in case.items()}
    return {"case": str(case) if not isinstance(case, tuple)
            else "(" + ", ".join(map(str, case)) + ")"}


def _line(case) -> str:
    return ", ".join(f"{k} = {v}" for k, v in _shown(case).items())


def _count(cases: list) -> str:
    return f"{len(cases)} instance{'s' if len(cases) != 1 else ''}"
