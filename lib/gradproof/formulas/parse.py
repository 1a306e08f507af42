"""The grammar of statements: text to an unevaluated tree, by a small Pratt parser, never eval.

    relation   :=  expr (== | != | <= | < | >= | >) expr …        a chain: 0 <= s < 1
    expr       :=  + - * / ^ (or **), juxtaposition is refused, unary minus, parentheses
    call       :=  name(expr, …)        sqrt exp log sin cos tanh abs max min … or a definition
    binder     :=  sum(k, a, b, body)  prod(k, a, b, body)  integral(x, a, b, body)
                   limit(x, a, body)   diff(x, body)
    matrix     :=  [[a, b], [c, d]]
    statement  :=  relation | predicate call such as posdef([[a, b], [b, c]])

Numbers are integers or decimals read as exact fractions (0.4 is 2/5).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from gradproof.formulas.expr import BINDERS, CONSTANTS, Expr, FormulaError, call, num, var

TOKEN = re.compile(
    r"\s*(?:(\d+\.\d+|\d+)|([A-Za-z][A-Za-z0-9_]*)|(\*\*|==|!=|<=|>=|[-+*/^(),<>\[\]=]))"
)
RELATIONS = ("==", "!=", "<=", "<", ">=", ">")
INFIX = {"+": ("add", 10), "-": ("sub", 10), "*": ("mul", 20), "/": ("div", 20), "^": ("pow", 40)}
UNARY_POWER = 30  # -x^2 is -(x^2); -x*y is (-x)*y
ARITY = {"sum": 4, "prod": 4, "integral": 4, "limit": 3, "diff": 2}


@dataclass(frozen=True, slots=True)
class Relation:
    """``left op right`` with op one of == != <= < >= >."""

    op: str
    left: Expr
    right: Expr

    def __str__(self) -> str:
        from gradproof.formulas.show import relation_text

        return relation_text(self)


@dataclass(frozen=True, slots=True)
class Predicate:
    """A statement that is one call, such as ``posdef([[a, b], [b, c]])``."""

    expr: Expr

    def __str__(self) -> str:
        return str(self.expr)


Statement = Relation | Predicate


class _Reader:
    """A position in a list of tokens."""

    def __init__(self, source: str):
        self.source = source
        self.tokens = _tokens(source)
        self.at = 0

    def peek(self) -> str:
        return self.tokens[self.at][1]

    def take(self, expected: str | None = None) -> tuple[str, str]:
        kind, token = self.tokens[self.at]
        if expected is not None and token != expected:
            raise FormulaError(
                f"expected {expected!r} but found {token or 'the end'!r} in {self.source!r}"
            )
        self.at += 1
        return kind, token


def _tokens(source: str) -> list[tuple[str, str]]:
    tokens, at = [], 0
    stripped = source.rstrip()
    while at < len(stripped):
        match = TOKEN.match(stripped, at)
        if match is None:
            raise FormulaError(f"cannot read {stripped[at : at + 12]!r} in {source!r}")
        number, name, sign = match.groups()
        tokens.append(
            ("number", number)
            if number
            else ("name", name)
            if name
            else ("sign", "^" if sign == "**" else sign)
        )
        at = match.end()
    return [*tokens, ("end", "")]


def parse_expr(source: str) -> Expr:
    """The formula written in ``source``. FormulaError names what cannot be read."""
    reader = _Reader(source)
    result = _expr(reader, 0)
    reader.take("")
    return result


def parse_statement(source: str) -> tuple[Statement, ...]:
    """The relations of a chain, or one predicate: ``0 <= s <= 1`` gives two relations."""
    reader = _Reader(source)
    terms, ops = [_expr(reader, 0)], []
    while reader.peek() in RELATIONS:
        ops.append(reader.take()[1])
        terms.append(_expr(reader, 0))
    reader.take("")
    if ops:
        links = zip(ops, terms[:-1], terms[1:], strict=True)
        return tuple(Relation(op, a, b) for op, a, b in links)
    if terms[0].head != "call":
        raise FormulaError(f"{source!r} states nothing: write a relation or a predicate")
    return (Predicate(terms[0]),)


def _expr(reader: _Reader, power: int) -> Expr:
    left = _prefix(reader)
    while reader.peek() in INFIX and INFIX[reader.peek()][1] >= power:
        head, strength = INFIX[reader.take()[1]]
        right = _expr(reader, strength if head == "pow" else strength + 1)
        left = Expr(head, (left, right))
    return left


def _prefix(reader: _Reader) -> Expr:
    kind, token = reader.take()
    if kind == "number":
        return num(Fraction(token))
    if token == "-":
        return Expr("neg", (_expr(reader, UNARY_POWER),))
    if token == "(":
        inside = _expr(reader, 0)
        reader.take(")")
        return inside
    if token == "[":
        return _matrix(reader)
    if kind != "name":
        raise FormulaError(f"unexpected {token or 'end'!r} in {reader.source!r}")
    if reader.peek() == "(":
        return _call(reader, token)
    return Expr("const", (), token) if token in CONSTANTS else var(token)


def _call(reader: _Reader, name: str) -> Expr:
    args = _arguments(reader, "(", ")")
    if name not in BINDERS:
        return call(name, *args)
    if len(args) != ARITY[name] or args[0].head != "var":
        raise FormulaError(
            f"{name} takes a variable and {ARITY[name] - 1} more in {reader.source!r}"
        )
    return Expr(name, tuple(args))


def _arguments(reader: _Reader, opening: str | None, closing: str) -> list[Expr]:
    if opening is not None:
        reader.take(opening)
    args = []
    while reader.peek() != closing:
        args.append(_expr(reader, 0))
        if reader.peek() != ",":
            break
        reader.take(",")
    reader.take(closing)
    return args


def _matrix(reader: _Reader) -> Expr:
    if reader.peek() != "[":
        return Expr("row", tuple(_arguments(reader, None, "]")))
    rows = []
    while reader.peek() == "[":
        reader.take("[")
        rows.append(Expr("row", tuple(_arguments(reader, None, "]"))))
        if reader.peek() == ",":
            reader.take(",")
    reader.take("]")
    if len({len(row.args) for row in rows}) != 1:
        raise FormulaError(f"rows of different lengths in {reader.source!r}")
    return Expr("matrix", tuple(rows))
