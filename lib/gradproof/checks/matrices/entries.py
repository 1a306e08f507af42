"""Matrices of formulas as lists of rows: sums, products, transposes, minors."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from gradproof.formulas import Expr, FormulaError
from gradproof.formulas.calculus import ONE, ZERO, _add, _mul, _neg
from gradproof.formulas.expr import num, text_of

Matrix = list[list[Expr]]
MAX_MINOR = 5  # determinants of formulas are written out up to this size (120 products)


def matrix(expr: Expr) -> Matrix:
    """The entries of a matrix expression.

    Reads [[a, b], [c, d]], +, −, products with numbers and matrices, transpose(A),
    identity(n), diag(a, b, …). Raises FormulaError for another formula or sizes that differ.
    """
    found = _value(expr)
    if not isinstance(found, list):
        raise FormulaError(f"{text_of(expr)} is not a matrix")
    return found


def square(expr: Expr) -> Matrix:
    """As `matrix`; raises FormulaError unless there are as many rows as columns."""
    rows = matrix(expr)
    if len(rows) != len(rows[0]):
        raise FormulaError(f"a square matrix is needed, not {len(rows)} × {len(rows[0])}")
    return rows


def _value(expr: Expr) -> Matrix | Expr:
    head, args = expr.head, expr.args
    if head == "matrix":
        return [list(row.args) for row in args]
    if head == "call" and expr.data in _BUILDERS:
        return _BUILDERS[expr.data](args)
    if head == "neg" and isinstance(inside := _value(args[0]), list):
        return _each(_neg, inside)
    if head not in ("add", "sub", "mul", "div"):
        return expr
    a, b = _value(args[0]), _value(args[1])
    if not isinstance(a, list) and not isinstance(b, list):
        return expr
    if head in ("add", "sub"):
        return _sum(a, b if head == "add" else _each(_neg, _checked(b, expr)), expr)
    if head == "div":
        if isinstance(b, list):
            raise FormulaError(f"division by a matrix in {text_of(expr)}")
        return _each(lambda x: Expr("div", (x, b)), a)
    return _product(a, b, expr)


def _checked(value: Matrix | Expr, expr: Expr) -> Matrix:
    if not isinstance(value, list):
        raise FormulaError(f"{text_of(expr)} mixes a matrix and a number")
    return value


def _each(change: Callable[[Expr], Expr], rows: Matrix) -> Matrix:
    return [[change(x) for x in row] for row in rows]


def _sum(a: Matrix | Expr, b: Matrix | Expr, expr: Expr) -> Matrix:
    a, b = _checked(a, expr), _checked(b, expr)
    if (len(a), len(a[0])) != (len(b), len(b[0])):
        raise FormulaError(f"matrices of different sizes in {text_of(expr)}")
    return [[_add(x, y) for x, y in zip(r, s, strict=True)] for r, s in zip(a, b, strict=True)]


def _product(a: Matrix | Expr, b: Matrix | Expr, expr: Expr) -> Matrix:
    if not isinstance(a, list):
        return _each(lambda x: _mul(a, x), b)
    if not isinstance(b, list):
        return _each(lambda x: _mul(x, b), a)
    if len(a[0]) != len(b):
        raise FormulaError(f"matrices whose sizes do not fit in {text_of(expr)}")
    return [[total(_mul(x, b[k][j]) for k, x in enumerate(row)) for j in range(len(b[0]))]
            for row in a]


def total(terms) -> Expr:
    """The sum of formulas."""
    result = ZERO
    for term in terms:
        result = _add(result, term)
    return result


def transposed(rows: Matrix) -> Matrix:
    """Aᵀ."""
    return [list(column) for column in zip(*rows, strict=True)]


def _identity(args: Sequence[Expr]) -> Matrix:
    if len(args) != 1 or args[0].head != "num" or args[0].data.denominator != 1 or args[0].data < 1:
        raise FormulaError("identity takes a size such as 3")
    return _diagonal([ONE] * int(args[0].data))


def _diagonal(entries: Sequence[Expr]) -> Matrix:
    return [[x if i == j else ZERO for j in range(len(entries))] for i, x in enumerate(entries)]


_BUILDERS: Mapping[str, Callable[[Sequence[Expr]], Matrix]] = {
    "identity": _identity, "diag": _diagonal, "transpose": lambda args: transposed(matrix(args[0])),
}


def shifted(rows: Matrix, c: Expr, sign: int = 1) -> Matrix:
    """sign·A − c·1, with c already on the side where it is subtracted."""
    signed = rows if sign > 0 else _each(_neg, rows)
    return [[_add(x, _neg(c)) if i == j else x for j, x in enumerate(row)]
            for i, row in enumerate(signed)]


def minor(rows: Matrix, of_rows: Sequence[int], of_columns: Sequence[int]) -> Expr:
    """The determinant of the chosen rows and columns, expanded along its first row."""
    if len(of_rows) > MAX_MINOR:
        raise FormulaError(f"a determinant of size {len(of_rows)} is beyond the limit {MAX_MINOR}")
    if not of_rows:
        return num(1)
    first, *rest = of_rows
    terms = []
    for k, j in enumerate(of_columns):
        if rows[first][j] == ZERO:
            continue
        inner = minor(rows, rest, [c for c in of_columns if c != j])
        term = _mul(rows[first][j], inner)
        terms.append(_neg(term) if k % 2 else term)
    return total(terms)


def evaluated(rows: Matrix, value: Callable[[Expr], Fraction]) -> list[list[Fraction]]:
    """The matrix with each entry evaluated."""
    return [[value(x) for x in row] for row in rows]
