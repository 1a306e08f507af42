"""Integrands with |u|, max and min: where to cut, and what they are on each piece."""

from __future__ import annotations

from fractions import Fraction

from gradproof.checks import conditions
from gradproof.checks.analysis.tree import INFINITY, Failure, Known, neg, sub
from gradproof.formulas import Expr, FormulaError, Proposition, free_variables, num
from gradproof.formulas.expr import transform, walk
from gradproof.formulas.values import NotRational, Undefined, rational

KINKED = ("abs", "max", "min")


def has_kinks(name: str, body: Expr) -> bool:
    """Whether ``body`` has |u|, max or min of something that depends on ``name``."""
    return any(node.head == "call" and node.data in KINKED and name in free_variables(node)
               for node in walk(body))


def kinks(name: str, low: Expr, high: Expr, body: Expr, known: Known) -> list[Expr]:
    """The zeros of the kinks' arguments strictly between the ends, in order from low to high.

    Only arguments that are linear with rational numbers are cut; what is left is refused by
    `without_kinks` where its sign is open.
    """
    roots = []
    for node in walk(body):
        if node.head == "call" and node.data in KINKED:
            root = _root(_argument(node), name)
            if root is not None and root not in roots:
                roots.append(root)
    forward = [num(r) for r in sorted(roots) if _less(low, num(r), known)
               and _less(num(r), high, known)]
    if forward:
        return forward
    return [num(r) for r in sorted(roots, reverse=True) if _less(high, num(r), known)
            and _less(num(r), low, known)]


def without_kinks(name: str, body: Expr, inside: Proposition) -> Expr:
    """``body`` with |u|, max and min replaced by what they are where ``inside`` holds."""
    def rule(node: Expr) -> Expr | None:
        if node.head != "call" or node.data not in KINKED or name not in free_variables(node):
            return None
        argument = _argument(node)
        if conditions.nonnegative(argument, inside):
            above = True
        elif conditions.nonnegative(neg(argument), inside):
            above = False
        else:
            raise Failure(f"the sign of {argument} is open on a piece of the interval")
        if node.data == "abs":
            return argument if above else neg(argument)
        return node.args[0 if above == (node.data == "max") else 1]

    return transform(body, rule)


def _argument(node: Expr) -> Expr:
    """u for |u|; a − b for max(a, b) and min(a, b)."""
    return node.args[0] if node.data == "abs" else sub(*node.args)


def _root(expr: Expr, name: str) -> Fraction | None:
    try:
        values = [rational(expr, {name: Fraction(k)}) for k in (0, 1, 2, 5)]
    except (NotRational, FormulaError, Undefined):
        return None
    slope = values[1] - values[0]
    linear = values[2] == values[0] + 2 * slope and values[3] == values[0] + 5 * slope
    return -values[0] / slope if linear and slope else None


def _less(a: Expr, b: Expr, known: Known) -> bool:
    if a == neg(INFINITY) or b == INFINITY:
        return True
    if a == INFINITY or b == neg(INFINITY):
        return False
    return known.positive(sub(b, a))
