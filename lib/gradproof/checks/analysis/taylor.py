"""Taylor coefficients by mechanical derivatives."""

from __future__ import annotations

from functools import partial
from math import factorial

from gradproof.checks import conditions
from gradproof.checks.analysis import seconds
from gradproof.checks.analysis.settle import Found, opened, settle
from gradproof.checks.analysis.tree import Failure, Known, constant, div
from gradproof.checks.core import Check, Outcome, check
from gradproof.formulas import Expr, Proposition, free_variables, num, substitute
from gradproof.formulas.calculus import derivative

MAX_ORDER = 12
MAX_NODES = 60_000  # of a derivative's tree


@check("Taylor coefficients")
def series(proposition: Proposition, *, then: Check | None = None) -> Outcome:
    """Decide ``coefficient(x, a, k, f) == c``: the k-th Taylor coefficient of f at x = a.

    k is a number; f, a and c may have parameters. f is smooth near a, which is shown: every
    denominator nonzero and every root's and logarithm's argument positive at a.
    """
    from gradproof.checks.analysis.values import value

    return settle(proposition, value, then)


def coefficient_value(node: Expr, proposition: Proposition) -> Found:
    """f^(k)(a)/k! as a formula."""
    name, body = opened(node, proposition)
    point, k = node.args[1], constant(node.args[2])
    if k.head != "num" or k.data.denominator != 1 or not 0 <= k.data <= MAX_ORDER:
        raise Failure(f"the order {k} is no whole number from 0 to {MAX_ORDER}")
    known = Known(proposition)
    if not known.defined(point):
        raise Failure(f"it is open whether {point} is defined")
    _smooth(name, point, body, known)
    slope = body
    for _ in range(int(k.data)):
        slope = constant(derivative(slope, name))
        if _size(slope) > MAX_NODES:
            raise Failure("budget spent: a derivative has too many terms")
    at = constant(substitute(slope, {name: point}))
    if not known.defined(at):
        raise Failure(f"it is open whether {at} is defined")
    value = div(at, num(factorial(int(k.data))))
    return Found(value, "mechanical derivatives", second=partial(
        seconds.coefficient, name, point, int(k.data), body, value))


def _smooth(name: str, point: Expr, body: Expr, known: Known) -> None:
    """Failure unless the conditions of ``body`` hold with room at the point."""
    derivative(body, name)  # refuses what has no derivative everywhere
    if not known.defined(substitute(body, {name: point})):
        raise Failure("it is open whether the function is defined at the point")
    for expr, kind in conditions.side_conditions(body):
        if name not in free_variables(expr):
            continue
        at = constant(substitute(expr, {name: point}))
        if kind == "integer" or not (known.nonzero if kind == "nonzero" else known.positive)(at):
            raise Failure(f"it is open whether {expr} keeps its sign near the point")


def _size(expr: Expr) -> int:
    return 1 + sum(map(_size, expr.args))
