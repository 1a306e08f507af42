"""Formulas for people: one line of Unicode text, or TeX that every forge renders."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gradproof.formulas import matrix_signs
from gradproof.formulas.expr import Expr
from gradproof.formulas.parse import Predicate, Relation, Statement

_LETTERS = """α alpha β beta γ gamma δ delta ε epsilon ζ zeta η eta θ theta κ kappa λ lambda
μ mu ν nu ξ xi ρ rho σ sigma τ tau φ phi χ chi ψ psi ω omega""".split()
GREEK = dict(zip(_LETTERS[1::2], _LETTERS[::2], strict=True))
SIGNS = {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥", "<": "<", ">": ">"}
TEX_SIGNS = {"==": "=", "!=": r"\ne", "<=": r"\le", ">=": r"\ge", "<": "<", ">": ">"}
STRENGTH = {"add": 10, "sub": 10, "neg": 15, "mul": 20, "div": 20, "pow": 40}
PRIMES = {"_prime": "′", "_second": "″", "_third": "‴"}
CONSTANT = {"pi": ("π", r"\pi"), "e": ("e", "e"), "oo": ("∞", r"\infty")}
TEX_FUNCTIONS = ("exp", "log", "sin", "cos", "tan", "tanh", "max", "min", "det")


def name_text(name: str) -> str:
    """A name with Greek letters and primes: ``gamma_1`` is γ_1, ``g1_prime`` is g1′."""
    for suffix, prime in PRIMES.items():
        if name.endswith(suffix):
            return name_text(name.removesuffix(suffix)) + prime
    head, *rest = name.split("_")
    return "_".join([GREEK.get(head, head), *rest])


def name_tex(name: str) -> str:
    r"""A name in TeX: ``gamma`` is \gamma, ``x1`` is x_{1}, ``g1_prime`` is g_{1}'."""
    for count, suffix in enumerate(PRIMES, 1):
        if name.endswith(suffix):
            return name_tex(name.removesuffix(suffix)) + "'" * count
    match = re.fullmatch(r"([A-Za-z]+?)_?([0-9]*)(?:_(\w+))?", name)
    if match is None:
        return rf"\mathrm{{{name.replace('_', ' ')}}}"
    stem, digits, rest = match.groups()
    stem = rf"\{stem}" if stem in GREEK else stem if len(stem) == 1 else rf"\mathrm{{{stem}}}"
    index = ",".join(part for part in (digits, rest) if part)
    return f"{stem}_{{{index}}}" if index else stem


def strength(expr: Expr) -> int:
    """How tightly the outermost sign of ``expr`` binds; atoms bind most."""
    if expr.head == "num" and (expr.data < 0 or expr.data.denominator != 1):
        return STRENGTH["neg"] if expr.data < 0 else STRENGTH["div"]
    if expr.head in ("mul", "div") and strength(expr.args[0]) == STRENGTH["neg"]:
        return STRENGTH["neg"]  # −2·x is written without brackets
    if expr.head == "call":
        return matrix_signs.BINDS.get(expr.data, 100)
    return STRENGTH.get(expr.head, 100)


def _factor(expr: Expr, show) -> str:
    """The left side of a product: a sign in front of it needs no brackets."""
    return _wrapped(expr, STRENGTH["neg"], show)


def _wrapped(expr: Expr, least: int, show, brackets=("(", ")")) -> str:
    inside = show(expr)
    return inside if strength(expr) >= least else f"{brackets[0]}{inside}{brackets[1]}"


def _right(expr: Expr) -> int:
    """The strength that the right side of a sum or difference needs to stand without brackets."""
    if strength(expr.args[1]) == STRENGTH["neg"]:
        return STRENGTH["neg"] + 1  # a − (−x)
    return 11 if expr.head == "sub" else 10


def text(expr: Expr) -> str:
    """``expr`` on one line, with Greek letters and · for products."""
    head, args = expr.head, expr.args
    if head == "num":
        return str(expr.data)
    if head in ("var", "const"):
        return CONSTANT[expr.data][0] if head == "const" else name_text(expr.data)
    if head == "neg":
        return "−" + _wrapped(args[0], 20, text)
    if head in ("add", "sub"):
        sign = " + " if head == "add" else " − "
        return _wrapped(args[0], 10, text) + sign + _wrapped(args[1], _right(expr), text)
    if head in ("mul", "div"):
        return (
            _factor(args[0], text) + ("·" if head == "mul" else "/") + _wrapped(args[1], 21, text)
        )
    if head == "pow":
        return _wrapped(args[0], 41, text) + "^" + _wrapped(args[1], 41, text)
    if head in ("matrix", "row"):
        return "[" + ", ".join(map(text, args)) + "]"
    if head in ("sum", "prod", "integral"):
        sign = {"sum": "Σ", "prod": "Π", "integral": "∫"}[head]
        bounds = f"_{{{text(args[0])}={text(args[1])}}}^{{{text(args[2])}}}"
        return f"{sign}{bounds} {_wrapped(args[3], 20, text)}"
    if head == "limit":
        return f"lim_{{{text(args[0])}→{text(args[1])}}} {_wrapped(args[2], 20, text)}"
    if head == "diff":
        return f"d/d{text(args[0])} {_wrapped(args[1], 20, text)}"
    if expr.data == "abs":
        return f"|{text(args[0])}|"
    if expr.data in matrix_signs.TEXT:
        return _filled(matrix_signs.TEXT[expr.data], expr, text)
    return f"{name_text(expr.data)}({', '.join(map(text, args))})"


def tex(expr: Expr) -> str:
    """``expr`` in TeX without macros, labels or environments that a forge lacks."""
    head, args = expr.head, expr.args
    if head == "num":
        value = expr.data
        sign = "-" if value < 0 else ""
        return (
            f"{value}"
            if value.denominator == 1
            else rf"{sign}\tfrac{{{abs(value.numerator)}}}{{{value.denominator}}}"
        )
    if head in ("var", "const"):
        return CONSTANT[expr.data][1] if head == "const" else name_tex(expr.data)
    if head == "neg":
        return "-" + _wrapped(args[0], 20, tex, ("(", ")"))
    if head in ("add", "sub"):
        sign = " + " if head == "add" else " - "
        return _wrapped(args[0], 10, tex) + sign + _wrapped(args[1], _right(expr), tex)
    if head == "mul":
        right = _wrapped(args[1], 20, tex)
        dot = r" \cdot " if right[0].isdigit() or right.startswith(r"\tfrac") else " "
        return _factor(args[0], tex) + dot + right
    if head == "div":
        return rf"\frac{{{tex(args[0])}}}{{{tex(args[1])}}}"
    if head == "pow":
        return f"{_wrapped(args[0], 41, tex)}^{{{tex(args[1])}}}"
    if head == "matrix":
        return (
            r"\begin{pmatrix}"
            + r" \\ ".join(" & ".join(map(tex, row.args)) for row in args)
            + r"\end{pmatrix}"
        )
    if head == "row":
        return "(" + ", ".join(map(tex, args)) + ")"
    if head in ("sum", "prod", "integral"):
        return _big_tex(expr)
    if head == "limit":
        return rf"\lim_{{{tex(args[0])}\to {tex(args[1])}}} {_wrapped(args[2], 20, tex)}"
    if head == "diff":
        return rf"\frac{{d}}{{d{tex(args[0])}}} {_wrapped(args[1], 20, tex)}"
    return _call_tex(expr)


def _big_tex(expr: Expr) -> str:
    bound, low, high, body = expr.args
    if expr.head == "integral":
        return rf"\int_{{{tex(low)}}}^{{{tex(high)}}} {_wrapped(body, 20, tex)}\,d{tex(bound)}"
    sign = r"\sum" if expr.head == "sum" else r"\prod"
    return rf"{sign}_{{{tex(bound)}={tex(low)}}}^{{{tex(high)}}} {_wrapped(body, 20, tex)}"


def _filled(pattern: str, expr: Expr, show) -> str:
    needed = matrix_signs.needs(expr.data, len(expr.args))
    return pattern.format(*(_wrapped(a, n, show) for a, n in zip(expr.args, needed, strict=True)))


def _call_tex(expr: Expr) -> str:
    if expr.data in matrix_signs.TEX:
        return _filled(matrix_signs.TEX[expr.data], expr, tex)
    if expr.data == "sqrt":
        return rf"\sqrt{{{tex(expr.args[0])}}}"
    if expr.data == "abs":
        return rf"\lvert {tex(expr.args[0])}\rvert"
    name = rf"\{expr.data}" if expr.data in TEX_FUNCTIONS else name_tex(expr.data)
    return f"{name}({', '.join(map(tex, expr.args))})"


def relation_text(statement: Statement) -> str:
    """A relation or predicate on one line."""
    if isinstance(statement, Predicate):
        return text(statement.expr)
    return f"{text(statement.left)} {SIGNS[statement.op]} {text(statement.right)}"


def relation_tex(statement: Relation | Predicate) -> str:
    """A relation or predicate in TeX."""
    if isinstance(statement, Predicate):
        return tex(statement.expr)
    return f"{tex(statement.left)} {TEX_SIGNS[statement.op]} {tex(statement.right)}"


def statements_text(statements: Iterable[Statement]) -> str:
    """Statements on one line, chains as chains: ``0 ≤ s ≤ 1, L > 0``."""
    return _chained(statements, relation_text, text, SIGNS, ", ")


def statements_tex(statements: Iterable[Statement]) -> str:
    """Statements in TeX, chains as chains."""
    return _chained(statements, relation_tex, tex, TEX_SIGNS, r",\ ")


def _chained(statements, whole, side, signs, comma: str) -> str:
    pieces: list[str] = []
    last = None
    for statement in statements:
        if _continues(last, statement):
            pieces[-1] += f" {signs[statement.op]} {side(statement.right)}"
        else:
            pieces.append(whole(statement))
        last = statement
    return comma.join(pieces)


def _continues(last: Statement | None, statement: Statement) -> bool:
    """Whether ``statement`` goes on where ``last`` ends, in the same direction."""
    return (
        isinstance(last, Relation)
        and isinstance(statement, Relation)
        and last.right == statement.left
        and last.op[0] == statement.op[0] != "!"
    )
