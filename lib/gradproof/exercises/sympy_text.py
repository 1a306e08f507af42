"""SymPy expressions in the grammar of statements; assumptions of symbols are dropped."""

from __future__ import annotations

import sympy
from sympy.printing.str import StrPrinter

from gradproof.exercises.findings import AnswerError

RENAMED = {"Abs": "abs", "gamma": "gamma_function", "ceiling": "ceil"}


class Printer(StrPrinter):
    """SymPy's own printer, with the grammar's names."""

    def _print_Exp1(self, expr):
        return "e"

    def _print_Infinity(self, expr):
        return "oo"

    def _print_Function(self, expr):
        name = RENAMED.get(type(expr).__name__, type(expr).__name__)
        return f"{name}({', '.join(map(self._print, expr.args))})"

    _print_Abs = _print_Function

    def _print_LatticeOp(self, expr):  # Max and Min take any number of arguments
        name, (first, *rest) = type(expr).__name__.lower(), expr.args
        text = self._print(first)
        for other in rest:
            text = f"{name}({text}, {self._print(other)})"
        return text

    _print_Max = _print_Min = _print_LatticeOp

    def _print_Sum(self, expr):
        index, low, high = expr.limits[0]
        name = type(expr).__name__.lower().replace("product", "prod")
        return f"{name}({index}, {self._print(low)}, {self._print(high)}, " \
               f"{self._print(expr.function)})"

    _print_Product = _print_Sum

    def _print_Float(self, expr):
        raise AnswerError(f"{expr} is a rounded number: use Rational or text")


def text(expr: sympy.Basic) -> str:
    """``expr`` as formula text. AnswerError for what the grammar lacks."""
    if isinstance(expr, sympy.MatrixBase | sympy.MatrixExpr):
        raise AnswerError('write the matrix formula as text, such as "transpose(A)*B"')
    if isinstance(expr, sympy.core.relational.Relational):
        raise AnswerError("a formula is wanted, not an equation: its right-hand side alone")
    return Printer().doprint(sympy.sympify(expr))


def relation(expr: sympy.core.relational.Relational) -> str:
    """A SymPy relation as statement text."""
    return f"{text(expr.lhs)} {expr.rel_op} {text(expr.rhs)}"
