"""Mechanical derivatives of unevaluated formulas: the rules of a first course, nothing more."""

from __future__ import annotations

from gradproof.formulas.expr import (
    Expr,
    FormulaError,
    call,
    free_variables,
    num,
    text_of,
    transform,
)

ZERO, ONE, TWO = num(0), num(1), num(2)


def _mul(a: Expr, b: Expr) -> Expr:
    if ZERO in (a, b):
        return ZERO
    return b if a == ONE else a if b == ONE else Expr("mul", (a, b))


def _add(a: Expr, b: Expr) -> Expr:
    return b if a == ZERO else a if b == ZERO else Expr("add", (a, b))


def _neg(a: Expr) -> Expr:
    return ZERO if a == ZERO else Expr("neg", (a,))


def derivative(expr: Expr, name: str) -> Expr:
    """d(expr)/d(name) as an unevaluated formula.

    The rules keep denominators (so that their side conditions stay visible) and drop only
    factors 1 and terms 0. Raises FormulaError for what has no derivative everywhere
    (abs, max, …) or is not covered (sums over an index are differentiated termwise).
    """
    if name not in free_variables(expr):
        return ZERO
    head, args = expr.head, expr.args
    if head == "var":
        return ONE
    if head == "neg":
        return _neg(derivative(args[0], name))
    if head in ("add", "sub"):
        a, b = (derivative(arg, name) for arg in args)
        return _add(a, b if head == "add" else _neg(b))
    if head == "mul":
        f, g = args
        return _add(_mul(derivative(f, name), g), _mul(f, derivative(g, name)))
    if head == "div":
        return _quotient(*args, name)
    if head == "pow":
        return _power(*args, name)
    if head == "sum" and name not in free_variables(args[1]) | free_variables(args[2]):
        return Expr("sum", (*args[:3], derivative(args[3], name)))
    if head == "call" and expr.data in _CHAIN and len(args) == 1:
        return _mul(_CHAIN[expr.data](args[0]), derivative(args[0], name))
    raise FormulaError(f"no rule to differentiate {text_of(expr)} by {name}")


def _quotient(f: Expr, g: Expr, name: str) -> Expr:
    df, dg = derivative(f, name), derivative(g, name)
    if dg == ZERO:
        return Expr("div", (df, g))
    top = _add(_mul(df, g), _neg(_mul(f, dg)))
    return Expr("div", (top, Expr("pow", (g, TWO))))


def _power(base: Expr, power: Expr, name: str) -> Expr:
    if name not in free_variables(power):
        lowered = num(power.data - 1) if power.head == "num" else Expr("sub", (power, ONE))
        inner = base if lowered == ONE else ONE if lowered == ZERO else Expr("pow", (base, lowered))
        return _mul(_mul(power, inner), derivative(base, name))
    growth = _add(_mul(derivative(power, name), call("log", base)),
                  Expr("div", (_mul(power, derivative(base, name)), base)))
    return _mul(Expr("pow", (base, power)), growth)


def _over(top: Expr, bottom: Expr) -> Expr:
    return Expr("div", (top, bottom))


def _square(x: Expr) -> Expr:
    return Expr("pow", (x, TWO))


_CHAIN = {
    "exp": lambda x: call("exp", x),
    "log": lambda x: _over(ONE, x),
    "sqrt": lambda x: _over(ONE, Expr("mul", (TWO, call("sqrt", x)))),
    "sin": lambda x: call("cos", x),
    "cos": lambda x: Expr("neg", (call("sin", x),)),
    "tan": lambda x: _add(ONE, _square(call("tan", x))),
    "sinh": lambda x: call("cosh", x),
    "cosh": lambda x: call("sinh", x),
    "tanh": lambda x: Expr("sub", (ONE, _square(call("tanh", x)))),
    "atan": lambda x: _over(ONE, _add(ONE, _square(x))),
    "asin": lambda x: _over(ONE, call("sqrt", Expr("sub", (ONE, _square(x))))),
    "acos": lambda x: _neg(_over(ONE, call("sqrt", Expr("sub", (ONE, _square(x)))))),
    "erf": lambda x: Expr("mul", (_over(TWO, call("sqrt", Expr("const", (), "pi"))),
                                  call("exp", Expr("neg", (_square(x),))))),
}


def differentiated(expr: Expr) -> Expr:
    """``expr`` with every ``diff(x, f)`` replaced by its derivative."""
    def rule(node: Expr) -> Expr | None:
        return derivative(node.args[1], node.args[0].data) if node.head == "diff" else None

    return transform(expr, rule)
