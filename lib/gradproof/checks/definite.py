"""Definiteness of symmetric matrices, bounds on eigenvalues and on the spectral norm."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import flint

from gradproof.checks.core import Accept, Outcome, Unknown, Witness, check
from gradproof.checks.enclosed.boxes import Box, balls, centre
from gradproof.checks.enclosed.cover import Judgement, Outside, cover
from gradproof.checks.enclosed.functions import Program
from gradproof.checks.enclosed.ranges import box_of
from gradproof.checks.enclosures import full_point, outcome
from gradproof.checks.exact.polynomials import fraction
from gradproof.checks.matrices.entries import MAX_MINOR, Matrix, minor
from gradproof.checks.matrices.goals import Demand, at_point, demands
from gradproof.checks.matrices.inertia import ball_posdef
from gradproof.checks.points import satisfies
from gradproof.checks.substeps import all_of, decided, irrational
from gradproof.formulas import Expr, FormulaError, Proposition
from gradproof.formulas.calculus import _neg
from gradproof.formulas.expr import free_variables, text_of
from gradproof.formulas.values import Undefined
from gradproof.verdicts import Enclosed, Proved

ALL_MINORS_UP_TO = 4  # semidefinite: all 2ⁿ − 1 principal minors


@check("definiteness")
def definite(proposition: Proposition, *, boxes: int = 20_000, bits: int = 96) -> Outcome:
    """posdef, possemidef, negdef, negsemidef, indefinite of M; bounds on lambda_min, lambda_max,
    norm2, for all values that the hypotheses allow.

    Constant matrices: exact inertia, or LDLᵀ in balls. With parameters: Sylvester's minors,
    each decided by exact signs or by subdivision. Budgets: boxes, bits. Raises FormulaError
    when a matrix is not square or not symmetric, naming the entry.
    """
    found = []
    try:
        asked = demands(proposition.conclusions[0])
    except FormulaError as error:
        return Unknown(str(error))
    for demand in asked:
        _symmetric(demand.rows)
        result = _demanded(demand, proposition, boxes, bits)
        if isinstance(result, (Witness, Unknown)):
            return result
        found.append(result)
    return all_of(found)


def _symmetric(rows: Matrix) -> None:
    for i, j in combinations(range(len(rows)), 2):
        if rows[i][j] != rows[j][i] and not _same(rows[i][j], rows[j][i]):
            raise FormulaError(
                f"the matrix is not symmetric: entry ({i + 1}, {j + 1}) is {text_of(rows[i][j])}, "
                f"entry ({j + 1}, {i + 1}) is {text_of(rows[j][i])}; symmetrize it first")


def _same(a: Expr, b: Expr) -> bool:
    names = sorted(free_variables(a) | free_variables(b))
    try:
        top, _ = fraction(Expr("sub", (a, b)), names)
    except (FormulaError, Undefined):
        return False
    return top.is_zero()


def _demanded(demand: Demand, proposition: Proposition, boxes: int, bits: int) -> Outcome:
    if not any(free_variables(x) for row in demand.rows for x in row):
        return _constant(demand)
    if demand.denied:
        return _denied(demand, proposition, boxes, bits)
    if len(demand.rows) > MAX_MINOR:
        return _factored(demand, proposition, boxes, bits)
    result = _leading(demand.rows, proposition, boxes, bits)
    if isinstance(result, Accept) or demand.strict or len(demand.rows) > ALL_MINORS_UP_TO:
        return result
    return all_of(decided(_principal(demand.rows, chosen), ">=", proposition, boxes, bits)
                  for chosen in _subsets(len(demand.rows)))


def _constant(demand: Demand) -> Outcome:
    try:
        answer = at_point(demand, {})
    except Undefined as error:
        return Unknown(f"possibly undefined: {error}")
    if answer is None:
        return Unknown("the balls of the pivots contain zero: semidefinite and singular, perhaps")
    if not answer:
        return Witness()
    if not any(irrational(x) for row in demand.rows for x in row):
        return Accept(Proved, "exact inertia of a rational matrix")
    return Accept(Enclosed, "LDLᵀ in ball arithmetic")


def _principal(rows: Matrix, chosen: tuple[int, ...]) -> Expr:
    return minor(rows, chosen, chosen)


def _subsets(size: int) -> Iterator[tuple[int, ...]]:
    for count in range(1, size + 1):
        yield from combinations(range(size), count)


def _leading(rows: Matrix, proposition: Proposition, boxes: int, bits: int) -> Outcome:
    """Sylvester: positive definite if and only if the leading principal minors are positive."""
    results = (decided(_principal(rows, tuple(range(k))), ">", proposition, boxes, bits)
               for k in range(1, len(rows) + 1))
    return all_of(results)


def _denied(demand: Demand, proposition: Proposition, boxes: int, bits: int) -> Outcome:
    """Not ⪰ 0: some principal minor of size 1 or 2 is negative everywhere (≤ 0 for not ≻)."""
    op = ">=" if demand.strict else ">"
    size = range(len(demand.rows))
    for chosen in combinations(size, 1), combinations(size, 2):
        for indices in chosen:
            minor = _neg(_principal(demand.rows, indices))
            result = decided(minor, op, proposition, boxes // 20, bits)
            if isinstance(result, Accept):
                return result
    return Unknown("no principal minor of size 1 or 2 shows it for all parameters at once")


def _factored(demand: Demand, proposition: Proposition, boxes: int, bits: int) -> Outcome:
    """LDLᵀ in balls on the boxes of a subdivision."""
    inside = frozenset().union(*(free_variables(x) for row in demand.rows for x in row))
    names = [name for name, _ in proposition.for_all if name in inside]
    start = box_of(proposition, names)
    if isinstance(start, str):
        return Unknown(start)
    with flint.ctx.workprec(bits):
        program = Program([x for row in demand.rows for x in row], names, bits)
        size = len(demand.rows)

        def judge(box: Box, deep: bool) -> Judgement:
            values = program(balls(box))
            table = [values[i * size:(i + 1) * size] for i in range(size)]
            if not all(v.is_finite() for v in values):
                return Judgement(False, float("-inf"), defined=False)
            if ball_posdef(table):
                return Judgement(True)
            return Judgement(False, point=_fails(demand, proposition, names, centre(box)))

        found = cover(start, judge, Outside(proposition, names, bits), boxes)
    return outcome(proposition, names, found, bits)


def _fails(demand: Demand, proposition: Proposition, names: list[str],
           values: list[flint.fmpq]) -> tuple[flint.fmpq, ...] | None:
    point = full_point(proposition, names, values)
    try:
        wrong = at_point(demand, point) is False and satisfies(proposition, point)
    except Undefined:
        return None
    return tuple(values) if wrong else None
