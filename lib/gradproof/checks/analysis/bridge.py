"""Hints from SymPy: antiderivatives, limits, definite integrals. Nothing here is believed.

An antiderivative is differentiated afterwards by our own rules; a limit or definite integral
that could not be proved is compared with numbers and labelled as computer algebra's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from itertools import product

import sympy
from sympy.integrals.manualintegrate import manualintegrate
from sympy.integrals.rationaltools import ratint

from gradproof.checks import conditions, domain
from gradproof.checks.analysis import seconds
from gradproof.checks.analysis.settle import extended
from gradproof.checks.analysis.tree import Failure, neg
from gradproof.formulas import Expr, Proposition, num, var
from gradproof.formulas.expr import call, transform, walk

PLACES = 3  # points of the domain at which an unverified value is compared with numbers
MAX_LOGS = 3
_HEADS = {"add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b,
          "div": lambda a, b: a / b, "pow": lambda a, b: a ** b, "neg": lambda a: -a}
_CALLS = {"sqrt": sympy.sqrt, "exp": sympy.exp, "log": sympy.log, "abs": sympy.Abs,
          "max": sympy.Max, "min": sympy.Min, "gamma_function": sympy.gamma,
          **{n: getattr(sympy, n) for n in ("sin", "cos", "tan", "sinh", "cosh", "tanh", "asin",
                                            "acos", "atan", "erf", "floor", "sign", "factorial")}}
_CONSTANTS = {"pi": sympy.pi, "e": sympy.E, "oo": sympy.oo}
_BACK = {sympy.log: "log", sympy.exp: "exp", sympy.Abs: "abs", sympy.gamma: "gamma_function",
         **{getattr(sympy, n): n for n in ("sin", "cos", "tan", "sinh", "cosh", "tanh", "asin",
                                           "acos", "atan", "erf")}}


def symbols(names, proposition: Proposition) -> dict[str, sympy.Symbol]:
    """One real symbol a name, positive or integer where the hypotheses say so."""
    return {n: sympy.Symbol(n, real=True, positive=True if conditions.positive(
        var(n), proposition) else None, integer=True if n in proposition.integers else None)
        for n in names}


def to_sympy(expr: Expr, table: Mapping[str, sympy.Symbol]) -> sympy.Expr:
    """``expr`` in SymPy's terms. Raises Failure for what has no counterpart."""
    args = [to_sympy(a, table) for a in expr.args]
    if expr.head == "num":
        return sympy.Rational(expr.data.numerator, expr.data.denominator)
    if expr.head == "var":
        return table[expr.data]
    if expr.head == "const":
        return _CONSTANTS[expr.data]
    if expr.head in _HEADS:
        return _HEADS[expr.head](*args)
    if expr.head == "call" and expr.data in _CALLS:
        return _CALLS[expr.data](*args)
    raise Failure(f"SymPy is not asked for {expr}")


def from_sympy(value: sympy.Expr) -> Expr:
    """A SymPy expression as a formula. Raises Failure for what the grammar lacks."""
    if value.is_Rational:
        return num(Fraction(int(value.p), int(value.q)))
    if value.is_Symbol:
        return var(value.name)
    for name, constant in _CONSTANTS.items():
        if value == constant:
            return Expr("const", (), name)
    if value == -sympy.oo:
        return neg(Expr("const", (), "oo"))
    if value.is_Add or value.is_Mul:
        parts = [from_sympy(a) for a in
                 (value.as_ordered_terms() if value.is_Add else value.as_ordered_factors())]
        result = parts[0]
        for part in parts[1:]:
            result = Expr("add" if value.is_Add else "mul", (result, part))
        return result
    if value.is_Pow:
        return _power(value.base, value.exp)
    if value.func in _BACK:
        return call(_BACK[value.func], *map(from_sympy, value.args))
    raise Failure(f"no formula for SymPy's {value.func.__name__}")


def _power(base: sympy.Expr, exponent: sympy.Expr) -> Expr:
    if exponent.is_Rational and exponent < 0:
        return Expr("div", (num(1), from_sympy(sympy.Pow(base, -exponent, evaluate=False))
                            if exponent != -1 else from_sympy(base)))
    if exponent == sympy.Rational(1, 2):
        return call("sqrt", from_sympy(base))
    return Expr("pow", (from_sympy(base), from_sympy(exponent)))


def antiderivatives(name: str, body: Expr, proposition: Proposition) -> Iterator[Expr]:
    """Candidates F with F′ = ``body``, in SymPy's opinion; every log(u) also as log(−u)."""
    names = sorted({n.data for n in walk(body) if n.head == "var"} | {name})
    table = tuple(symbols(names, proposition).items())
    seen: list[Expr] = []
    for method in range(len(METHODS)):
        for candidate in _hints(method, name, body, table):
            if candidate not in seen:
                seen.append(candidate)
                yield candidate
        if METHODS[method] is _rational and seen and (
                len(names) == 1 or not any(n.head == "call" for n in walk(seen[0]))):
            return  # the others only write the same function differently


@lru_cache(maxsize=4_096)  # the same integrand comes back at every end, piece and instance
def _hints(method: int, name: str, body: Expr, table: tuple) -> tuple[Expr, ...]:
    """What one of METHODS finds, as formulas; symbols of ``table`` carry sign and sort."""
    symbol, found = dict(table), []
    try:
        raw = METHODS[method](to_sympy(body, symbol), symbol[name])
    except Exception:
        return ()
    for branch in _branches(raw):
        try:
            found += _with_signs(from_sympy(branch))
        except Failure:
            continue
    return tuple(dict.fromkeys(found))


def _rational(body: sympy.Expr, x: sympy.Symbol) -> sympy.Expr:
    """The antiderivative of a rational function, but not of a polynomial. Raises Failure."""
    if not body.is_rational_function(x) or body.is_polynomial(x):
        raise Failure(f"{body} is no rational function")
    return ratint(body, x)


METHODS = (_rational, manualintegrate, sympy.integrate)


def _branches(raw: sympy.Expr) -> list[sympy.Expr]:
    """``raw``, or the branches of its Piecewise, each alone."""
    folded = sympy.piecewise_fold(raw) if raw.has(sympy.Piecewise) else raw
    if isinstance(folded, sympy.Piecewise):
        return [branch for branch, _ in folded.args]
    return [folded, sympy.expand(folded), sympy.expand_log(folded)]


def _with_signs(expr: Expr) -> Iterator[Expr]:
    logs = list(dict.fromkeys(n for n in walk(expr) if n.head == "call" and n.data == "log"))
    for signs in product((1, -1), repeat=len(logs)) if len(logs) <= MAX_LOGS else [()]:
        turned = {log: call("log", neg(log.args[0])) for log, s in zip(logs, signs, strict=False)
                  if s < 0}
        yield transform(expr, turned.get) if turned else expr


def limit(name: str, point: Expr, sides: tuple[int, ...], body: Expr,
          proposition: Proposition) -> Expr | None:
    """SymPy's limit from ``sides`` (1 right, −1 left) where numbers confirm it; else None."""
    names = sorted({n.data for e in (body, point) for n in walk(e) if n.head == "var"} | {name})
    try:
        table = symbols(names, extended(proposition, name))
        term, at = to_sympy(body, table), to_sympy(point, table)
        signs = "+" if at in (sympy.oo, -sympy.oo) else \
            "+-" if len(sides) > 1 else "+" if sides == (1,) else "-"
        value = from_sympy(sympy.limit(term, table[name], at, signs))
    except Exception:
        return None
    return value if _confirmed(
        proposition, lambda p: seconds.limit(name, point, sides, body, value, p)) else None


def definite(name: str, low: Expr, high: Expr, body: Expr,
             proposition: Proposition) -> Expr | None:
    """SymPy's definite integral where quadrature confirms it; None where it does not."""
    names = sorted({n.data for e in (body, low, high) for n in walk(e) if n.head == "var"} | {name})
    try:
        table = symbols(names, extended(proposition, name))
        ends = [to_sympy(end, table) for end in (low, high)]
        raw = sympy.integrate(to_sympy(body, table), (table[name], *ends), conds="none")
        value = from_sympy(raw)
    except Exception:
        return None
    return value if _confirmed(
        proposition, lambda p: seconds.integral(name, low, high, body, (), value, p)) else None


def _confirmed(proposition: Proposition, route) -> bool:
    """Whether ``route`` confirms at every one of a few points of the domain."""
    places = domain.points(proposition, PLACES)
    return bool(places) and all(route(place) is True for place in places)
