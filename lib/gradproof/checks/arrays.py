"""Formulas as functions of NumPy arrays: hints for searches, never a verdict."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from scipy import special

from gradproof.formulas import Expr, FormulaError
from gradproof.formulas.values import floating

MAX_TERMS = 200  # of a sum whose bounds are evaluated at a single point

Compiled = Callable[[Mapping[str, np.ndarray]], np.ndarray]


class Unsupported(FormulaError):
    """The formula has no vectorised evaluation."""


FUNCTIONS = {
    "sqrt": np.sqrt, "exp": np.exp, "log": np.log, "sin": np.sin, "cos": np.cos, "tan": np.tan,
    "sinh": np.sinh, "cosh": np.cosh, "tanh": np.tanh, "asin": np.arcsin, "acos": np.arccos,
    "atan": np.arctan, "erf": special.erf, "gamma_function": special.gamma, "abs": np.abs,
    "max": np.maximum, "min": np.minimum, "sign": np.sign, "floor": np.floor, "ceil": np.ceil,
    "atan2": np.arctan2, "factorial": lambda n: special.gamma(n + 1), "binomial": special.binom,
}
OPERATIONS = {"add": np.add, "sub": np.subtract, "mul": np.multiply, "div": np.divide,
              "neg": np.negative}


def compiled(expr: Expr) -> Compiled:
    """``expr`` as a function of a mapping from names to arrays (all of one shape).

    Raises Unsupported for binders other than sums and products, matrices and unknown functions.
    """
    head = expr.head
    if head == "num":
        value = float(expr.data)
        return lambda table: np.float64(value)
    if head == "const":
        value = float("inf") if expr.data == "oo" else float(floating(expr, {}))
        return lambda table: np.float64(value)
    if head == "var":
        name = expr.data
        return lambda table: table[name]
    if head in ("sum", "prod"):
        return _big(expr)
    args = [compiled(arg) for arg in expr.args]
    if head == "pow":
        return _power(*args)
    if head == "call" and expr.data not in FUNCTIONS or head not in (*OPERATIONS, "call"):
        raise Unsupported(f"{expr} has no vectorised evaluation")
    function = FUNCTIONS[expr.data] if head == "call" else OPERATIONS[head]
    return lambda table: function(*(arg(table) for arg in args))


def _power(base: Compiled, exponent: Compiled) -> Compiled:
    return lambda table: np.power(np.asarray(base(table), dtype=float), exponent(table))


def _big(expr: Expr) -> Compiled:
    name = expr.args[0].data
    low, high, body = (compiled(arg) for arg in expr.args[1:])
    product = expr.head == "prod"

    def value(table):
        first, last = np.asarray(low(table), float), np.asarray(high(table), float)
        total = np.float64(product) * np.ones(np.broadcast(first, last).shape)
        if not np.isfinite(first).all() or not np.isfinite(last).all():
            return total * np.nan
        for k in range(MAX_TERMS):
            index = first + k
            active = index <= last
            if not active.any():
                return total
            term = body({**table, name: index})
            total = np.where(active, total * term if product else total + term, total)
        return np.where(first + MAX_TERMS <= last, np.nan, total)

    return value


def magnitude(expr: Expr) -> Compiled:
    """Sizes of the terms that ``expr`` adds up: |x| + 1 for x − 1, so that the ratio of value to
    magnitude says how nearly the terms cancel."""
    head, args = expr.head, expr.args
    if head in ("add", "sub"):
        left, right = map(magnitude, args)
        return lambda table: left(table) + right(table)
    if head == "neg":
        return magnitude(args[0])
    if head == "mul":
        left, right = map(magnitude, args)
        return lambda table: left(table) * right(table)
    if head == "div":
        top, bottom = magnitude(args[0]), compiled(args[1])
        return lambda table: top(table) / np.abs(bottom(table))
    if head == "pow" and args[1].head == "num" and args[1].data > 0:
        base, power = magnitude(args[0]), float(args[1].data)
        return lambda table: base(table) ** power
    value = compiled(expr)
    return lambda table: np.abs(value(table))
