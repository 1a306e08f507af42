"""The value of a limit, an integral or a Taylor coefficient, whichever it is."""

from __future__ import annotations

from gradproof.checks.analysis.integrals import integral_value
from gradproof.checks.analysis.limits import limit_value
from gradproof.checks.analysis.settle import Found
from gradproof.checks.analysis.taylor import coefficient_value
from gradproof.checks.analysis.tree import Failure
from gradproof.formulas import Expr, Proposition, parse_expr


def value(node: Expr, proposition: Proposition, antiderivative: str | None = None) -> Found:
    """The value of the binder ``node``. Raises Failure where none could be found."""
    if node.head == "limit" or node.data in ("limit_left", "limit_right"):
        return limit_value(node, proposition, value)
    if node.head == "integral":
        hint = parse_expr(antiderivative) if antiderivative else None
        return integral_value(node, proposition, value, hint)
    if node.data == "coefficient":
        return coefficient_value(node, proposition)
    raise Failure(f"no evaluation of {node}")
