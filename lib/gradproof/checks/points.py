"""Truth of statements at a point, and points that satisfy given hypotheses.

`holds_at` judges by two evaluators that share no code: exact fractions where the formula is
rational, Arb balls at growing precision elsewhere (and both where both apply).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

import flint

from gradproof.formulas import FormulaError, Predicate, Proposition, Relation, Statement
from gradproof.formulas.expr import walk
from gradproof.formulas.values import NotRational, Undefined, ball, rational

BITS = (64, 192, 640)
Point = Mapping[str, Fraction]

# predicate name -> function(args, point) -> True, False or None; checks register theirs here
PREDICATES: dict[str, Callable[[tuple, Point], bool | None]] = {}

# name of a function of matrices or polynomials -> function(relation, point) for a relation
# with such a call on one side, as in lambda_min(M) >= c
COMPARISONS: dict[str, Callable[[Relation, Point], bool | None]] = {}

_EXACT = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def holds_at(statement: Statement, point: Point) -> bool | None:
    """True, False, or None where neither could be certified at ``point``.

    Raises Undefined where a side has no value. An equation between irrational sides is never
    certified True by balls; it is None there, and False when the balls separate.
    """
    if isinstance(statement, Predicate):
        judge = PREDICATES.get(statement.expr.data)
        return judge(statement.expr.args, point) if judge else None
    if name := compared(statement):
        return COMPARISONS[name](statement, point)
    try:
        exact = _EXACT[statement.op](
            rational(statement.left, point), rational(statement.right, point)
        )
    except NotRational:
        return by_balls(statement, point)
    except FormulaError:
        return None
    return exact


def compared(statement: Statement) -> str:
    """The name in COMPARISONS that a side of the relation calls, or nothing."""
    if isinstance(statement, Predicate):
        return ""
    sides = (statement.left, statement.right)
    return next((s.data for s in sides if s.head == "call" and s.data in COMPARISONS), "")


def by_balls(statement: Relation, point: Point) -> bool | None:
    """As `holds_at`, by Arb balls alone: the second route of an exact answer."""
    for bits in BITS:
        try:
            gap = ball(statement.left, point, bits) - ball(statement.right, point, bits)
        except FormulaError:
            return None
        if gap.is_finite():
            answer = _sign_answer(statement.op, gap)
            if answer is not None:
                return answer
    if not gap.is_finite():
        if any(
            node.head == "integral"
            for side in (statement.left, statement.right)
            for node in walk(side)
        ):
            return None  # an improper integral may well have a value
        raise Undefined(f"{statement} has no finite value at {show_point(point)}")
    return None


def _sign_answer(op: str, gap: flint.arb) -> bool | None:
    """What a ball for left − right says of ``left op right``; each comparison is certain."""
    positive, negative, zero = bool(gap > 0), bool(gap < 0), bool(gap == 0)
    if op in ("==", "!="):
        if positive or negative or zero:
            return zero if op == "==" else not zero
        return None
    yes, no = (negative, positive) if op in ("<", "<=") else (positive, negative)
    weak = op in ("<=", ">=")
    if yes or (weak and (zero or bool(gap <= 0 if op == "<=" else gap >= 0))):
        return True
    strict_no = zero or bool(gap >= 0 if op == "<" else gap <= 0)
    return False if no or (not weak and strict_no) else None


def satisfies(proposition: Proposition, point: Point) -> bool:
    """Whether every hypothesis certainly holds at ``point`` (and integers are integers)."""
    if any(point[name].denominator != 1 for name in proposition.integers):
        return False
    try:
        return all(holds_at(h, point) is True for h in proposition.hypotheses)
    except Undefined:
        return False


def show_point(point: Point) -> str:
    """``L = 2/5, s = 1`` with Greek letters."""
    from gradproof.formulas.show import name_text

    return ", ".join(f"{name_text(k)} = {v}" for k, v in point.items()) or "the statement itself"
