"""What a statement about eigenvalues asks of which matrix, and whether it holds at a point.

    posdef(M)  negdef(M)  possemidef(M)  negsemidef(M)  indefinite(M)
    lambda_min(M) >= c  lambda_max(M) <= c  norm2(M) <= c    and the other relations but !=

Every one becomes demands on symmetric matrices A: A ≻ 0, A ⪰ 0, or the denial of one.
λ_min(M) ≥ c is M − c·1 ⪰ 0, and ‖M‖₂ ≤ c is [[c·1, M], [Mᵀ, c·1]] ⪰ 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import flint

from gradproof.checks.matrices.entries import Matrix, _diagonal, matrix, shifted, square, transposed
from gradproof.checks.matrices.inertia import ball_not_possemidef, ball_posdef, inertia
from gradproof.checks.points import BITS, COMPARISONS, PREDICATES, Point
from gradproof.formulas import Expr, FormulaError, Predicate, Relation, Statement
from gradproof.formulas.calculus import ZERO, _neg
from gradproof.formulas.values import NotRational, Undefined, ball, rational

FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "=="}
DEFINITE = {"posdef": (1, True), "possemidef": (1, False),
            "negdef": (-1, True), "negsemidef": (-1, False)}


@dataclass(frozen=True)
class Demand:
    """``rows`` ≻ 0 (strict) or ⪰ 0; denied: that this is not so."""

    rows: Matrix
    strict: bool
    denied: bool = False


def demands(statement: Statement) -> list[Demand]:
    """The demands that together are equivalent to ``statement``.

    Raises FormulaError for a statement that is none of the above, and for a matrix that is
    not square.
    """
    if isinstance(statement, Predicate):
        return _of_predicate(statement.expr)
    op, left, right = statement.op, statement.left, statement.right
    if right.head == "call" and right.data in COMPARISONS and op in FLIPPED:
        op, left, right = FLIPPED[op], right, left
    if left.head != "call" or left.data not in COMPARISONS or op not in FLIPPED:
        raise FormulaError(f"definite() reads posdef(M), lambda_min(M) >= c and the like,"
                           f" not {statement}")
    if len(left.args) != 1:
        raise FormulaError(f"{left.data} takes one matrix")
    if op == "==":
        return [d for half in ("<=", ">=") for d in _compared(left, half, right)]
    return _compared(left, op, right)


def _of_predicate(expr: Expr) -> list[Demand]:
    if len(expr.args) != 1:
        raise FormulaError(f"{expr.data} takes one matrix")
    rows = square(expr.args[0])
    if expr.data == "indefinite":
        return [Demand(rows, False, True), Demand(shifted(rows, ZERO, -1), False, True)]
    if expr.data not in DEFINITE:
        raise FormulaError(f"definite() does not know the predicate {expr.data}")
    sign, strict = DEFINITE[expr.data]
    return [Demand(shifted(rows, ZERO, sign), strict)]


def _compared(left: Expr, op: str, c: Expr) -> list[Demand]:
    """λ_min ≥ c: M − c ⪰ 0; λ_min < c is its denial; λ_max ≤ c: c − M ⪰ 0."""
    rows = matrix(left.args[0])
    if left.data == "norm2" and op in ("<", "<=") and rows == transposed(rows):
        return [Demand(shifted(rows, _neg(c), sign), op == "<") for sign in (-1, 1)]
    if left.data == "norm2":
        rows, at_least = _dilated(rows, c), op in ("<", "<=")
    elif left.data == "lambda_min":
        rows, at_least = shifted(square(left.args[0]), c), op in (">", ">=")
    else:
        rows, at_least = shifted(square(left.args[0]), _neg(c), -1), op in ("<", "<=")
    strict = op in ("<", ">")
    return [Demand(rows, strict)] if at_least else [Demand(rows, not strict, True)]


def _dilated(rows: Matrix, c: Expr) -> Matrix:
    height, width = len(rows), len(rows[0])
    upper, lower = _diagonal([c] * height), _diagonal([c] * width)
    return ([upper[i] + rows[i] for i in range(height)]
            + [[rows[i][j] for i in range(height)] + lower[j] for j in range(width)])


def at_point(demand: Demand, point: Point) -> bool | None:
    """Whether the demand holds at an exact point: exactly where entries are rational.

    Raises Undefined where an entry is, FormulaError where the matrix is not symmetric.
    """
    answer = _unsigned(demand, point)
    return answer if answer is None or not demand.denied else not answer


def _unsigned(demand: Demand, point: Point) -> bool | None:
    try:
        table = [[rational(x, point) for x in row] for row in demand.rows]
    except NotRational:
        return _by_balls(demand, point)
    _refuse_asymmetric(table)
    _, zero, negative = inertia(table)
    return negative == 0 and not (demand.strict and zero)


def _refuse_asymmetric(table: list[list[Fraction]]) -> None:
    for i, row in enumerate(table):
        for j in range(i):
            if row[j] != table[j][i]:
                raise FormulaError(f"the matrix is not symmetric: entries ({j + 1}, {i + 1}) and "
                                   f"({i + 1}, {j + 1}) differ; symmetrize it first")


def _by_balls(demand: Demand, point: Mapping[str, Fraction]) -> bool | None:
    for bits in BITS:
        table = [[ball(x, point, bits) for x in row] for row in demand.rows]
        if not all(x.is_finite() for row in table for x in row):
            continue
        with flint.ctx.workprec(bits):
            for i, row in enumerate(table):
                if any(not row[j].overlaps(table[j][i]) for j in range(i)):
                    _refuse_asymmetric(table)
            answer = ball_posdef(table)
            if answer or (demand.strict and answer is False):
                return answer
            if not demand.strict and ball_not_possemidef(table):
                return False
    if not all(x.is_finite() for row in table for x in row):
        raise Undefined("an entry of the matrix has no finite value at this point")
    return None


def _all_hold(statement: Statement, point: Point) -> bool | None:
    answers = [at_point(d, point) for d in demands(statement)]
    if False in answers:
        return False
    return None if None in answers else True


def _predicate(name: str):
    return lambda args, point: _all_hold(Predicate(Expr("call", tuple(args), name)), point)


def _relation(relation: Relation, point: Point) -> bool | None:
    if relation.op == "!=":
        answer = _all_hold(Relation("==", relation.left, relation.right), point)
        return None if answer is None else not answer
    return _all_hold(relation, point)


for _name in (*DEFINITE, "indefinite"):
    PREDICATES[_name] = _predicate(_name)
for _name in ("lambda_min", "lambda_max", "norm2"):
    COMPARISONS[_name] = _relation
