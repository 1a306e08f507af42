"""The rank of a matrix, for all values of its parameters."""

from __future__ import annotations

from itertools import combinations

import flint

from gradproof.checks.conditions import nonzero
from gradproof.checks.core import Accept, Outcome, Unknown, Witness, check
from gradproof.checks.exact.polynomials import fraction
from gradproof.checks.matrices.entries import MAX_MINOR, Matrix, matrix, minor
from gradproof.checks.points import COMPARISONS, Point
from gradproof.formulas import Expr, FormulaError, Predicate, Proposition, Relation
from gradproof.formulas.expr import free_variables
from gradproof.formulas.values import NotRational, Undefined, rational
from gradproof.verdicts import Proved

FLIPPED = {"==": "==", "<=": ">=", ">=": "<=", "<": ">", ">": "<", "!=": "!="}
COMPARE = {"==": lambda a, b: a == b, "!=": lambda a, b: a != b, "<": lambda a, b: a < b,
           "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b}


@check("rank")
def rank(proposition: Proposition) -> Outcome:
    """``rank(M) == r`` (or <=, >=) for all values that the hypotheses allow.

    At least r: one minor of size r is nonzero everywhere. At most r: all minors of size r + 1
    vanish identically. Rational matrices without parameters: exactly.
    """
    goal = proposition.conclusions[0]
    try:
        op, rows, r = _problem(goal)
    except (NotRational, Undefined) as error:
        return Unknown(str(error))
    if not any(free_variables(x) for row in rows for x in row):
        return _constant(op, rows, r)
    if op not in ("==", "<=", ">="):
        return Unknown("with parameters, rank() decides ==, <= and >= only")
    try:
        enough = op == "<=" or _at_least(rows, r, proposition)
        small = op == ">=" or _at_most(rows, r)
    except FormulaError as error:
        return Unknown(str(error))
    if enough and small:
        return Accept(Proved, "minors")
    what = "no single minor was shown to be nonzero everywhere" if not enough else \
        f"not every minor of size {r + 1} vanishes identically"
    return Unknown(what)


def _problem(goal: Relation | Predicate) -> tuple[str, Matrix, int]:
    if isinstance(goal, Predicate):
        raise FormulaError("write rank(M) == r")
    op, left, right = goal.op, goal.left, goal.right
    if right.head == "call" and right.data == "rank":
        op, left, right = FLIPPED[op], right, left
    if left.head != "call" or left.data != "rank" or len(left.args) != 1:
        raise FormulaError("write rank(M) == r")
    r = rational(right, {})
    if r.denominator != 1 or r < 0:
        raise FormulaError(f"a rank is a natural number, not {r}")
    return op, matrix(left.args[0]), int(r)


def _constant(op: str, rows: Matrix, r: int) -> Outcome:
    try:
        found = _rational_rank(rows, {})
    except NotRational:
        return Unknown("the rank of a matrix with irrational entries is not supported")
    except Undefined as error:
        return Unknown(f"possibly undefined: {error}")
    if COMPARE[op](found, r):
        return Accept(Proved, "exact elimination", f"rank {found}", defined=True)
    return Witness(found=f"the rank is {found}", method="exact elimination")


def _rational_rank(rows: Matrix, point: Point) -> int:
    values = [rational(x, point) for row in rows for x in row]
    table = flint.fmpq_mat(len(rows), len(rows[0]),
                           [flint.fmpq(v.numerator, v.denominator) for v in values])
    return table.rank()


def _at_least(rows: Matrix, r: int, proposition: Proposition) -> bool:
    if r > min(len(rows), len(rows[0])):
        return False
    return r == 0 or any(nonzero(m, proposition) for m in _minors(rows, r))


def _at_most(rows: Matrix, r: int) -> bool:
    if r >= min(len(rows), len(rows[0])):
        return True
    return all(_vanishes(m) for m in _minors(rows, r + 1))


def _minors(rows: Matrix, size: int):
    if size > MAX_MINOR:
        raise FormulaError(f"minors of size {size} are beyond the limit {MAX_MINOR}")
    for chosen in combinations(range(len(rows)), size):
        for columns in combinations(range(len(rows[0])), size):
            yield minor(rows, chosen, columns)


def _vanishes(expr: Expr) -> bool:
    top, _ = fraction(expr, sorted(free_variables(expr)))
    return top.is_zero()


def _rank_at(relation: Relation, point: Point) -> bool | None:
    try:
        op, rows, r = _problem(relation)
        return COMPARE[op](_rational_rank(rows, point), r)
    except NotRational:
        return None


COMPARISONS["rank"] = _rank_at
