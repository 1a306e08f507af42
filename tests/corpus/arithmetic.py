"""Values of corpus formulas by mpmath alone: nothing of gradproof, so that labels stand apart.

The text is read by Python's own parser (``^`` as ``**``, the same precedences) and evaluated
with 300 digits; sums, products, integrals, limits and derivatives by mpmath's numeric routines.
"""

from __future__ import annotations

import ast
import re
from fractions import Fraction

import mpmath
from mpmath import mp, mpf

DIGITS = 300
BINDERS = ("sum", "prod", "integral", "limit", "diff", "coefficient")
NUMERIC = ("integral", "limit", "coefficient")  # only approximate here: compared to 10⁻⁹
RELATION = re.compile(r"(==|!=|<=|>=|<|>)")


def _sum(low, high, body):
    return mpmath.fsum(body(mpf(k)) for k in range(int(low), int(high) + 1))


def _prod(low, high, body):
    return mpmath.fprod(body(mpf(k)) for k in range(int(low), int(high) + 1))


def _limit(at, body):
    """The body's value very near to the point, on its right; far out for ±∞."""
    far = mpf(10) ** 18
    return body((far if at > 0 else -far) if mpmath.isinf(at) else at + 1 / far)


def _pieces(low, high):
    """Twelve pieces of a finite interval, so that a kink at a whole number is at an end."""
    return [low, high] if mpmath.isinf(high - low) else mpmath.linspace(low, high, 13)


FUNCTIONS = {
    **{name: getattr(mpmath, name) for name in (
        "sqrt", "exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "asin", "acos", "atan",
        "erf", "sign", "floor", "ceil", "binomial", "factorial", "pi", "e")},
    "abs": abs, "max": max, "min": min, "sum": _sum, "prod": _prod, "oo": mpf("inf"),
    "limit": _limit, "coefficient": lambda at, k, body: mpmath.taylor(body, at, int(k))[int(k)],
    "integral": lambda low, high, body: mpmath.quad(body, _pieces(low, high)),
    "diff": lambda at, body: mpmath.diff(body, at),
}


class _Rewrite(ast.NodeTransformer):
    """Binders as functions of a lambda, number literals as mpf."""

    def visit_Constant(self, node):
        return ast.copy_location(
            ast.Call(ast.Name("mpf", ast.Load()), [ast.Constant(str(node.value))], []), node)

    def visit_Call(self, node):
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id in BINDERS:
            bound, *outside, body = node.args
            names = ast.arguments([], [ast.arg(bound.id)], None, [], [], None, [])
            inner = [bound] if node.func.id == "diff" else outside
            node.args = [*inner, ast.Lambda(names, body)]
        return node


def _compiled(text: str):
    tree = _Rewrite().visit(ast.parse(" ".join(text.replace("^", "**").split()), mode="eval"))
    return compile(ast.fix_missing_locations(tree), text, "eval")


def environment(let: dict[str, str], point: dict[str, str]) -> dict:
    """Names for the evaluation: functions, the point's numbers, the definitions."""
    names = {**FUNCTIONS, "mpf": mpf, "__builtins__": {}}
    names |= {k: mpf(Fraction(v).numerator) / Fraction(v).denominator for k, v in point.items()}
    for head, body in let.items():
        match = re.fullmatch(r"(\w+)(?:\((.*)\))?", head)
        name, parameters = match.groups()
        code = _compiled(f"lambda {parameters}: {body}" if parameters else body)
        names[name] = eval(code, names)
    return names


def sides(text: str, names: dict) -> list[tuple[str, mpf, mpf]]:
    """(op, left, right) for each relation of the chain ``text``."""
    parts = RELATION.split(text)
    values = [eval(_compiled(part), names) for part in parts[::2]]
    return list(zip(parts[1::2], values[:-1], values[1:], strict=True))


def gap_holds(op: str, left, right, room) -> bool | None:
    """Truth of ``left op right``; None where the numbers are too close to tell from equal."""
    if any(isinstance(v, mpmath.mpc) or not mpmath.isfinite(v) for v in (left, right)):
        raise ZeroDivisionError("no real value")
    close = abs(left - right) <= room * max(1, abs(left), abs(right))
    if close:
        return {"==": True, "<=": True, ">=": True}.get(op)
    return {"==": False, "!=": True, "<": left < right, "<=": left < right,
            ">": left > right, ">=": left > right}[op]


def truth(texts: str | list[str], let: dict[str, str], point: dict[str, str]) -> bool | None:
    """Whether all of ``texts`` hold at ``point``; equality counts as equal within 10⁻¹⁵⁰.

    Strict relations whose sides agree that far give None. Raises ZeroDivisionError or
    ValueError where a side has no real value.
    """
    rough = any(f"{name}(" in str(texts) for name in NUMERIC)
    with mp.workdps(80 if rough else DIGITS):
        names = environment(let, point)
        room = mpf(10) ** (-9 if rough else -DIGITS // 2)
        answers = [gap_holds(*side, room) for text in ([texts] if isinstance(texts, str) else texts)
                   for side in sides(text, names)]
    return False if False in answers else None if None in answers else True
