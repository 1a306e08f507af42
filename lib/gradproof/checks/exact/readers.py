"""Which term becomes which generator: the table from functions to their readers."""

from __future__ import annotations

from fractions import Fraction

from gradproof.checks.exact import counting, exponentials, radicals, trigonometry
from gradproof.checks.exact.generators import Tower
from gradproof.checks.exact.polynomials import NotPolynomial, Quotient, constant
from gradproof.formulas import Expr
from gradproof.formulas.expr import call, text_of

ODD = ("asin", "atan", "erf", "sign", "asinh")
OPAQUE = (*ODD, "acos", "floor", "ceil", "atan2", "acosh", "atanh")


def read(tower: Tower, expr: Expr) -> Quotient | None:
    """``expr`` in ``tower``, or None where it is built by the four operations."""
    if expr.head in ("num", "var", "add", "sub", "mul", "div", "neg"):
        return None
    if expr.head == "pow":
        return power(tower, expr)
    if expr.head == "const":
        return constants(tower, expr)
    if expr.head in ("sum", "prod"):
        return counting.big(tower, expr)
    if expr.head == "call" and expr.data in READERS:
        values = [tower.tidy(tower.of(a)) for a in expr.args]
        return READERS[expr.data](tower, *values)
    if expr.head == "call" and expr.data in OPAQUE:
        return opaque(tower, expr)
    raise NotPolynomial(f"no generator for {text_of(expr)}")


def power(tower: Tower, expr: Expr) -> Quotient | None:
    """``a^b``: a field power, a root, or a symbolic power."""
    exponent = tower.tidy(tower.of(expr.args[1]))
    value = constant(exponent)
    base = tower.of(expr.args[0])
    if value is None:
        return exponentials.symbolic_power(tower, tower.tidy(base), exponent)
    if value.denominator == 1:
        return base ** int(value)
    return radicals.root(tower, tower.tidy(base), value)


def constants(tower: Tower, expr: Expr) -> Quotient:
    """π as a generator; e as exp(1)."""
    if expr.data == "e":
        return exponentials.exponential(tower, tower.field.const(1))
    if expr.data == "pi":
        return tower.new("const", "pi", expr, positive=True)
    raise NotPolynomial("∞ is no number")


def opaque(tower: Tower, expr: Expr) -> Quotient:
    """A function without relations of its own, but of arguments compared in the tower."""
    values = tuple(tower.tidy(tower.of(a)) for a in expr.args)
    odd = expr.data in ODD
    for gen in [g for g in tower.made.values() if g.kind == expr.data]:
        if all(tower.zero(a - b) for a, b in zip(values, gen.of, strict=True)):
            return tower.field.gen(gen.name)
        if odd and tower.zero(values[0] + gen.of[0]):
            return -tower.field.gen(gen.name)
        if expr.data == "acos" and tower.zero(values[0] + gen.of[0]):  # acos(−x) = π − acos x
            return constants(tower, Expr("const", (), "pi")) - tower.field.gen(gen.name)
    if odd and tower.zero(values[0]):
        return tower.field.const(0)
    key = ", ".join(f"{v.num}/{v.den}" for v in values)
    return tower.new(expr.data, key, call(expr.data, *map(tower.term, values)), values)


def larger(tower: Tower, a: Quotient, b: Quotient, sign: int = 1) -> Quotient:
    """max(a, b) = (a + b + |a − b|)/2; the minimum with ``sign`` −1."""
    half = tower.field.const(Fraction(1, 2))
    return (a + b + tower.field.const(sign) * radicals.absolute(tower, tower.tidy(a - b))) * half


def smaller(tower: Tower, a: Quotient, b: Quotient) -> Quotient:
    """min(a, b) = (a + b − |a − b|)/2."""
    return larger(tower, a, b, -1)


READERS = {
    "exp": exponentials.exponential, "log": exponentials.logarithm,
    "sinh": exponentials.sinh, "cosh": exponentials.cosh, "tanh": exponentials.tanh,
    "sqrt": lambda tower, u: radicals.root(tower, u, Fraction(1, 2)),
    "abs": radicals.absolute, "max": larger, "min": smaller,
    "sin": trigonometry.sine, "cos": trigonometry.cosine, "tan": trigonometry.tangent,
    "factorial": counting.factorial, "gamma_function": counting.gamma,
    "binomial": counting.binomial,
}
