"""Sizes of matrix formulas: (m × n)·(n × k) is m × k, and what does not fit is an error."""

from __future__ import annotations

from gradproof.formulas import Expr, FormulaError, Proposition
from gradproof.formulas.expr import text_of

Shape = tuple[str, str]
ONE = ("1", "1")
ARITY = {"transpose": 1, "trace": 1, "identity": 1, "ones": 1, "dot": 2, "frob2": 1,
         "hadamard": 2, "outer": 2, "grad": 2}


class SizeError(FormulaError):
    """The sizes in a matrix formula do not fit."""


class Shapes:
    """The tensors of a proposition and the sizes of formulas made of them."""

    def __init__(self, proposition: Proposition):
        self.tensors, self.sizes = proposition.tensors, proposition.sizes
        self.symmetric = frozenset(n for n, (kind, *_) in self.tensors.items()
                                   if kind == "symmetric")

    def shape(self, expr: Expr) -> Shape:
        """(rows, columns) of ``expr``. Raises FormulaError where sizes do not fit."""
        head, args = expr.head, expr.args
        if head == "num":
            return ONE
        if head == "var":
            return self.tensors[expr.data][1:] if expr.data in self.tensors else ONE
        if head == "call":
            return self._shape_of_call(expr)
        if head not in ("add", "sub", "neg", "mul", "div", "pow"):
            raise FormulaError(f"no index notation for {text_of(expr)}")
        one, two = (self.shape(a) for a in (args if len(args) == 2 else args * 2))
        if head in ("add", "sub", "neg"):
            return agreed(one, two, text_of(expr))
        if head in ("div", "pow"):
            if head == "pow" and one != ONE:
                agreed(one, one[::-1], text_of(expr))
            return one
        if ONE in (one, two):
            return two if one == ONE else one
        if one[1] != two[0]:
            raise SizeError(f"sizes do not fit in {text_of(expr)}: {' × '.join(one)} "
                               f"times {' × '.join(two)}")
        return one[0], two[1]

    def _shape_of_call(self, expr: Expr) -> Shape:
        name, args = expr.data, expr.args
        if name not in ARITY or len(args) != ARITY[name]:
            raise FormulaError(f"no index notation for {text_of(expr)}; there are "
                               f"{', '.join(sorted(ARITY))}")
        if name in ("identity", "ones"):
            size = self._size(args[0])
            return (size, size) if name == "identity" else (size, "1")
        shapes = [self.shape(a) for a in args]
        if name == "transpose":
            return shapes[0][::-1]
        if name == "trace":
            agreed(shapes[0], shapes[0][::-1], text_of(expr))
        if name in ("dot", "hadamard"):
            agreed(*shapes, text_of(expr))
        if name == "outer":
            agreed((shapes[0][1], shapes[1][1]), ONE, text_of(expr))
            return shapes[0][0], shapes[1][0]
        if name == "grad":
            self._differentiable(expr, shapes)
            return shapes[1]
        return shapes[0] if name == "hadamard" else ONE

    def _size(self, expr: Expr) -> str:
        if expr.head == "var" and expr.data in self.sizes:
            return expr.data
        if expr.head == "num" and expr.data.denominator == 1 and expr.data >= 1:
            return str(expr.data)
        raise FormulaError(f"{text_of(expr)} is no size: write a number or one of "
                           f"{', '.join(self.sizes)}")

    def _differentiable(self, expr: Expr, shapes: list[Shape]) -> None:
        _, by = expr.args
        if shapes[0] != ONE or by.head != "var" or by.data in self.sizes:
            raise FormulaError(f"{text_of(expr)}: grad takes a number and a parameter")
        if by.data in self.symmetric:
            raise FormulaError(f"{text_of(expr)}: the entries of a symmetric matrix are not "
                               f"independent; declare matrix(n,n)")


def agreed(one: Shape, two: Shape, where) -> Shape:
    """The size that both are. Raises SizeError, naming ``where``, for two sizes."""
    if one != two:
        raise SizeError(f"sizes do not fit in {where}: {' × '.join(one)} and {' × '.join(two)}")
    return one
