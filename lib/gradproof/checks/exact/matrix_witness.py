"""Small integer matrices of several sizes at which a matrix statement is evaluated exactly.

Sizes that the sorts leave open are drawn differently from each other first, so that statements
which are right for square matrices only do not pass.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from flint import fmpq_mat

from gradproof.checks.core import Unknown, Witness
from gradproof.checks.exact.matrix_values import Value, number, value
from gradproof.formulas import FormulaError, Predicate, Proposition, Relation, Statement
from gradproof.formulas.expr import text_of
from gradproof.formulas.show import name_text
from gradproof.formulas.values import Undefined
from gradproof.verdicts import Proved

POINTS = 40
SPARSE = 400  # further draws where equations have to hold
LARGEST = 4  # largest size that is drawn


def points(proposition: Proposition, count: int = POINTS, seed: int = 0) -> Iterator[dict]:
    """Points: name of a size or parameter -> matrix over ℚ; the hypotheses hold there.

    Where hypotheses are equations, sparse matrices with entries −1, 0, 1 are drawn as well.
    """
    generator = random.Random(seed)
    equations = any(isinstance(h, Relation) and h.op == "==" for h in proposition.hypotheses)
    for attempt in range(count + SPARSE * equations):
        entries = range(-3, 4) if attempt < count else (0, 0, 0, 0, 1, -1)
        sizes = _sizes(proposition.sizes, attempt, generator)
        point = {name: number(size) for name, size in sizes.items()}
        for name, sort in proposition.for_all:
            if name in proposition.tensors:
                point[name] = _matrix(*proposition.tensors[name], sizes, generator, entries)
            elif name not in sizes:
                point[name] = number(_drawn(sort, generator))
        try:
            if all(holds(h, point) for h in proposition.hypotheses):
                yield point
        except (Undefined, FormulaError):
            continue


def _sizes(names: tuple[str, ...], attempt: int, generator: random.Random) -> dict[str, int]:
    if attempt < 4 and len(names) <= LARGEST:
        return dict(zip(names, generator.sample(range(1, LARGEST + 1), len(names)), strict=True))
    return {name: generator.randint(1, 3) for name in names}


def _matrix(kind: str, rows: str, columns: str, sizes: Mapping[str, int],
            generator: random.Random, entries: Sequence[int]) -> Value:
    height, width = (int(s) if s.isdigit() else sizes[s] for s in (rows, columns))
    table = [[generator.choice(entries) for _ in range(width)] for _ in range(height)]
    if kind == "symmetric":
        table = [[table[min(i, j)][max(i, j)] for j in range(width)] for i in range(height)]
    return fmpq_mat(table)


def _drawn(sort: str, generator: random.Random) -> Fraction:
    if sort == "real":
        return Fraction(generator.randint(-6, 6), generator.randint(1, 4))
    return Fraction(generator.randint(0 if sort == "natural" else -4, 5))


def holds(statement: Statement, point: Mapping[str, Value]) -> bool:
    """Whether the relation holds at ``point``; order relations between numbers only.

    Raises FormulaError for a predicate or an order relation between matrices.
    """
    if isinstance(statement, Predicate):
        raise FormulaError(f"{text_of(statement.expr)} is no relation of matrices")
    left, right = value(statement.left, point), value(statement.right, point)
    if statement.op in ("==", "!="):
        same = (left.nrows(), left.ncols()) == (right.nrows(), right.ncols()) and left == right
        return same == (statement.op == "==")
    if left.nrows() * left.ncols() * right.nrows() * right.ncols() != 1:
        raise FormulaError(f"matrices have no order: {statement}")
    one, two = left[0, 0], right[0, 0]
    return {"<": one < two, "<=": one <= two, ">": one > two, ">=": one >= two}[statement.op]


def audit(proposition: Proposition, goal: Relation) -> Witness | Unknown | None:
    """``goal`` evaluated at small matrices: a witness, None, or Unknown when no point was found.

    Raises FormulaError where a formula has no exact value.
    """
    seen, against = 0, []
    for point in points(proposition):
        try:
            if not holds(goal, point):
                against.append(point)
            seen += 1
        except Undefined:
            continue
    if against:
        return _witness(goal, min(against, key=_weight))
    return None if seen else Unknown("no matrices were found that satisfy the hypotheses")


def _weight(point: Mapping[str, Value]) -> tuple[int, int, int]:
    """How bad an example it is: sizes of 1, number of entries, then their height."""
    entries = [x for matrix in point.values() for x in matrix.entries()]
    trivial = sum(matrix.nrows() * matrix.ncols() == 1 for matrix in point.values())
    return trivial, len(entries), sum(abs(int(x.p)) + int(x.q) for x in entries)


def _witness(goal: Relation, point: Mapping[str, Value]) -> Witness:
    left, right = value(goal.left, point), value(goal.right, point)
    shown = {name_text(n): written(v) for n, v in point.items()}
    listed = ", ".join(f"{k} = {v}" for k, v in shown.items())
    return Witness(shown, f"at {listed or 'the matrices as they stand'}: "
                          f"{written(left)} ≠ {written(right)}", Proved, "exact matrix arithmetic")


def written(matrix: Value) -> str:
    """``[[1, 2], [0, 1]]``; a number without brackets."""
    if matrix.nrows() == matrix.ncols() == 1:
        return str(matrix[0, 0])
    return "[" + ", ".join(
        "[" + ", ".join(str(matrix[i, j]) for j in range(matrix.ncols())) + "]"
        for i in range(matrix.nrows())) + "]"


__all__ = ["audit", "holds", "points", "written"]
