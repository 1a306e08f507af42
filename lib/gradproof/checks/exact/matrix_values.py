"""Matrix formulas at exact points, by FLINT's rational matrices: an index proof's second route.

A gradient is taken without any product rule: f(U + t·E_ij) is a polynomial in t, of a degree read
off the formula, and its slope at 0 follows from exact values by Lagrange's formula.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from flint import fmpq, fmpq_mat

from gradproof.formulas import Expr, FormulaError
from gradproof.formulas.expr import text_of
from gradproof.formulas.values import NotRational, Undefined, rational

Value = fmpq_mat  # numbers are 1 × 1
MAX_DEGREE = 40


def number(value: int | Fraction) -> Value:
    """A number as a 1 × 1 matrix."""
    value = Fraction(value)
    return fmpq_mat(1, 1, [fmpq(value.numerator, value.denominator)])


def value(expr: Expr, point: Mapping[str, Value]) -> Value:
    """``expr`` at ``point`` (names of parameters and sizes to matrices).

    Raises Undefined (a singular inverse, division by zero), FormulaError (unsupported).
    """
    head, args = expr.head, expr.args
    if head == "num":
        return number(expr.data)
    if head == "var":
        if expr.data not in point:
            raise FormulaError(f"no value given for {expr.data}")
        return point[expr.data]
    if head == "matrix":
        rows = [[value(x, point) for x in row.args] for row in args]
        return fmpq_mat([[_entry(x) for x in row] for row in rows])
    if head == "call":
        return _called(expr, point)
    if head == "neg":
        return -value(args[0], point)
    if head not in ("add", "sub", "mul", "div", "pow"):
        raise FormulaError(f"no matrix value of {text_of(expr)}")
    one, two = value(args[0], point), value(args[1], point)
    if head in ("add", "sub"):
        return one + two if head == "add" else one - two
    if head == "mul":
        return _times(one, two)
    return _powered(expr, one, two) if head == "pow" else _divided(expr, one, _entry(two))


def _entry(one: Value) -> fmpq:
    if (one.nrows(), one.ncols()) != (1, 1):
        raise FormulaError("a matrix stands where a number is needed")
    return one[0, 0]


def _is_number(one: Value) -> bool:
    return one.nrows() == one.ncols() == 1


def _times(one: Value, two: Value) -> Value:
    if _is_number(one):
        return two * one[0, 0]
    return one * two[0, 0] if _is_number(two) else one * two


def _divided(expr: Expr, one: Value, divisor: fmpq) -> Value:
    if divisor == 0:
        raise Undefined(f"division by zero in {text_of(expr)}")
    return one * (1 / divisor)


def _powered(expr: Expr, base: Value, power: Value) -> Value:
    exponent = _entry(power)
    if exponent.q != 1 or abs(exponent) > 200:
        raise FormulaError(f"no matrix value of {text_of(expr)}")
    if exponent < 0:
        base, exponent = inverse(base), -exponent
    result = identity(base.nrows())
    for _ in range(int(exponent.p)):
        result = result * base
    return result


def identity(size: int) -> Value:
    """The identity matrix."""
    return fmpq_mat(size, size, [int(i == j) for i in range(size) for j in range(size)])


def inverse(matrix: Value) -> Value:
    """The inverse. Raises Undefined where there is none."""
    try:
        return matrix.inv()
    except ZeroDivisionError as error:
        raise Undefined("the inverse of a singular matrix") from error


def _called(expr: Expr, point: Mapping[str, Value]) -> Value:
    name, args = expr.data, expr.args
    if name == "grad":
        return _gradient(args[0], args[1].data, point)
    if name not in FUNCTIONS:
        try:
            return number(rational(expr, {n: _fraction(v) for n, v in point.items()
                                          if _is_number(v)}))
        except NotRational as error:
            raise FormulaError(f"no matrix value of {text_of(expr)}") from error
    return FUNCTIONS[name](*[value(a, point) for a in args])


def _fraction(one: Value) -> Fraction:
    return Fraction(int(one[0, 0].p), int(one[0, 0].q))


def _gradient(f: Expr, name: str, point: Mapping[str, Value]) -> Value:
    degree = degree_in(f, name)
    if degree > MAX_DEGREE:
        raise FormulaError(f"the degree of {text_of(f)} in {name} is beyond {MAX_DEGREE}")
    base = point[name]
    found = []
    for i in range(base.nrows()):
        for j in range(base.ncols()):
            unit = fmpq_mat(base.nrows(), base.ncols())
            unit[i, j] = 1
            samples = [_entry(value(f, {**point, name: base + unit * t}))
                       for t in range(degree + 1)]
            found.append(slope_at_zero(samples))
    return fmpq_mat(base.nrows(), base.ncols(), found)


def slope_at_zero(samples: list[fmpq]) -> fmpq:
    """p′(0) of the polynomial with p(t) = samples[t] at t = 0, 1, …: Σ (−1)^(k+1) Δᵏp(0)/k."""
    total, row = fmpq(0), samples
    for k in range(1, len(samples)):
        row = [b - a for a, b in zip(row, row[1:], strict=False)]
        total += row[0] * fmpq((-1) ** (k + 1), k)
    return total


def degree_in(expr: Expr, name: str) -> int:
    """A bound on the degree of the polynomial ``expr`` in the entries of ``name``."""
    head, args = expr.head, expr.args
    if head == "var":
        return int(expr.data == name)
    inner = [degree_in(a, name) for a in args]
    if head == "call" and expr.data == "grad":
        return inner[0]
    if not any(inner):
        return 0
    if head == "pow":
        return inner[0] * int(rational(args[1], {}))
    if head == "mul" or (head == "call" and expr.data in ("dot", "hadamard", "outer", "kron")):
        return sum(inner)
    if head == "call" and expr.data == "frob2":
        return 2 * inner[0]
    if head in ("add", "sub", "neg", "matrix", "row") or (head == "div" and not inner[1]) \
            or (head == "call" and expr.data in ("transpose", "trace")):
        return max(inner)
    raise FormulaError(f"{text_of(expr)} is no polynomial in {name}")


def _trace(a: Value) -> Value:
    return fmpq_mat(1, 1, [sum((a[i, i] for i in range(a.nrows())), fmpq(0))])


def _dot(a: Value, b: Value) -> Value:
    return fmpq_mat(1, 1, [sum((x * y for x, y in zip(a.entries(), b.entries(), strict=True)),
                               fmpq(0))])


def _kron(a: Value, b: Value) -> Value:
    return fmpq_mat([[a[i, j] * b[k, l] for j in range(a.ncols()) for l in range(b.ncols())]
                     for i in range(a.nrows()) for k in range(b.nrows())])


def _hadamard(a: Value, b: Value) -> Value:
    pairs = zip(a.entries(), b.entries(), strict=True)
    return fmpq_mat(a.nrows(), a.ncols(), [x * y for x, y in pairs])


FUNCTIONS = {
    "transpose": lambda a: a.transpose(), "trace": _trace, "dot": _dot, "kron": _kron,
    "det": lambda a: fmpq_mat(1, 1, [a.det()]), "inv": inverse, "hadamard": _hadamard,
    "frob2": lambda a: _dot(a, a), "outer": lambda x, y: x * y.transpose(),
    "identity": lambda n: identity(int(_entry(n).p)),
    "ones": lambda n: fmpq_mat(int(_entry(n).p), 1, [1] * int(_entry(n).p)),
    "diag": lambda *xs: fmpq_mat([[_entry(x) if i == j else 0 for j in range(len(xs))]
                                  for i, x in enumerate(xs)]),
}
