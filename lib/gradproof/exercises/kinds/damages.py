"""The usual mistakes, made on the reference: a wrong answer that equals one can be named."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from gradproof.formulas import Expr, free_variables, num, parse_expr, substitute, var
from gradproof.formulas.expr import call

ONE, TWO = num(1), num(2)


def formulas(reference: str) -> Iterator[tuple[str, str]]:
    """Pairs (what went wrong, damaged formula text), the most common mistakes first."""
    for name, damaged in trees(parse_expr(reference)):
        yield name, source(damaged)


def trees(whole: Expr) -> Iterator[tuple[str, Expr]]:
    """As `formulas`, on trees."""
    yield "The sign: yours is minus the right formula.", Expr("neg", (whole,))
    yield "A factor 2: yours is twice the right formula.", Expr("mul", (TWO, whole))
    yield "A factor 2: yours is half the right formula.", Expr("div", (whole, TWO))
    yield "Upside down: yours is the reciprocal.", Expr("div", (ONE, whole))
    yield "Off by one: yours is one too large.", Expr("add", (whole, ONE))
    yield "Off by one: yours is one too small.", Expr("sub", (whole, ONE))
    yield "Yours is the square of the right formula.", Expr("pow", (whole, TWO))
    yield "Yours is the square root of the right formula.", call("sqrt", whole)
    yield "The base of the logarithm: `log` is the natural one.", \
        Expr("div", (whole, call("log", TWO)))
    yield from _variables(whole)
    yield from _inside(whole)


def _variables(whole: Expr) -> Iterator[tuple[str, Expr]]:
    names = sorted(free_variables(whole))
    for name in names:
        x = var(name)
        for words, other in (
            (f"A factor 2: you have 2{name} where {name} belongs, or the other way round.",
             Expr("mul", (TWO, x))),
            (f"A factor 2: you have {name} where 2{name} belongs, or the other way round.",
             Expr("div", (x, TWO))),
            (f"An index: yours is right for {name} + 1 in place of {name}.",
             Expr("sub", (x, ONE))),
            (f"An index: yours is right for {name} − 1 in place of {name}.",
             Expr("add", (x, ONE))),
            (f"The sign of {name}.", Expr("neg", (x,))),
        ):
            yield words, substitute(whole, {name: other})
    for one, two in combinations(names, 2):
        yield f"{one} and {two} are exchanged.", substitute(whole, {one: var(two), two: var(one)})


def _inside(whole: Expr) -> Iterator[tuple[str, Expr]]:
    """Damage at one place of the tree."""
    for place, node in places(whole):
        if node.head in ("add", "sub"):
            flipped = Expr("sub" if node.head == "add" else "add", node.args)
            yield "A sign inside: a plus should be a minus, or the other way round.", \
                put(whole, place, flipped)
            for kept in node.args:
                yield "A term is missing.", put(whole, place, kept)
        if node.head == "mul":
            for kept in node.args:
                yield "A factor is missing.", put(whole, place, kept)
        if node.head == "pow":
            base, power = node.args
            for sign in ("add", "sub"):
                yield "An exponent is off by one.", \
                    put(whole, place, Expr("pow", (base, Expr(sign, (power, ONE)))))
            yield "An exponent is missing.", put(whole, place, base)
        if node.head == "num" and node.data != 0:
            for other in (node.data + 1, node.data - 1, node.data * 2, node.data / 2):
                yield "A number in it is wrong.", put(whole, place, num(other))


def matrices(reference: str) -> Iterator[tuple[str, str]]:
    """Damages of a matrix formula: transposes, order of factors, sign, factor 2."""
    whole = parse_expr(reference)
    yield "Transposed: yours is the transpose of the right matrix.", \
        source(call("transpose", whole))
    for place, node in places(whole):
        if node.head == "call" and node.data == "transpose":
            yield "A transpose is missing.", source(put(whole, place, node.args[0]))
        elif node.head == "var":
            yield "A transpose too many, or one missing.", \
                source(put(whole, place, call("transpose", node)))
        if node.head == "mul":
            yield "The order of a product is reversed.", \
                source(put(whole, place, Expr("mul", node.args[::-1])))
    for name, damaged in trees(whole):
        yield name, source(damaged)


def places(expr: Expr, at: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Expr]]:
    """Every node with the way to it."""
    yield at, expr
    for k, arg in enumerate(expr.args):
        yield from places(arg, (*at, k))


def put(whole: Expr, place: tuple[int, ...], node: Expr) -> Expr:
    """``whole`` with ``node`` at ``place``."""
    if not place:
        return node
    first, *rest = place
    args = list(whole.args)
    args[first] = put(args[first], tuple(rest), node)
    return Expr(whole.head, tuple(args), whole.data)


def source(expr: Expr) -> str:
    """The tree as text that the grammar reads back."""
    head, args = expr.head, [source(a) for a in expr.args]
    if head == "num":
        return f"({expr.data})"
    if head in ("var", "const"):
        return str(expr.data)
    if head == "neg":
        return f"(-{args[0]})"
    if head in SIGN:
        return f"({args[0]}{SIGN[head]}{args[1]})"
    if head in ("row", "matrix"):
        return f"[{', '.join(args)}]"
    return f"{expr.data if head == 'call' else head}({', '.join(args)})"


SIGN = {"add": " + ", "sub": " - ", "mul": "*", "div": "/", "pow": "^"}
