"""Expansions of the elementary functions; the first argument is the `Expansion` at work."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import factorial
from typing import TYPE_CHECKING

from gradproof.checks.analysis import germs
from gradproof.checks.analysis.germs import UNIT, Germ, const, negative, plus, product
from gradproof.checks.analysis.tree import (
    ONE,
    PI,
    ZERO,
    Failure,
    add,
    apply,
    constant,
    div,
    mul,
    neg,
    sub,
)
from gradproof.formulas import Expr, num, substitute, var
from gradproof.formulas.calculus import derivative
from gradproof.formulas.expr import call

if TYPE_CHECKING:
    from gradproof.checks.analysis.expand import Expansion

MAX_ORDER_BY_DERIVATIVES = 6


def _sine(at: Expansion, f: Germ, shift: int) -> Germ:
    """sin f (shift 0) or cos f (shift 1); O(1) where f does not settle."""
    try:
        centre, small = at.finite(f)
    except Failure:
        return Germ({}, UNIT)
    cycle = [apply("sin", centre), apply("cos", centre)]
    cycle += [neg(cycle[0]), neg(cycle[1])]
    return germs.composed([div(cycle[(k + shift) % 4], num(factorial(k)))
                           for k in range(at.order)], small)


def _tanh(at: Expansion, f: Germ) -> Germ:
    """tanh f = ±(1 − q)/(1 + q), q = exp(∓2f), so that q → 0 or stays finite."""
    sign = -1 if at.to_infinity(f) < 0 else 1
    q = at.exp(product(f, const(num(-2 * sign))))
    ratio = product(plus(const(ONE), negative(q)),
                    germs.raised(plus(const(ONE), q), Fraction(-1), at.known, at.order))
    return product(const(num(sign)), ratio)


def _hyperbolic(at: Expansion, f: Germ, sign: int) -> Germ:
    total = plus(at.exp(f), product(const(num(sign)), at.exp(negative(f))))
    return product(const(num(Fraction(1, 2))), total)


def _atan(at: Expansion, f: Germ) -> Germ:
    """atan f: ±π/2 − atan(1/f) at infinity, else atan c + atan(s/(1 + c² + cs))."""
    if side := at.to_infinity(f):
        inner = germs.raised(f, Fraction(-1), at.known, at.order)
        return plus(const(div(PI, num(2 * side))), negative(_atan(at, inner)))
    centre, small = at.finite(f)
    bottom = plus(const(add(ONE, mul(centre, centre))), product(const(centre), small))
    small = product(small, germs.raised(bottom, Fraction(-1), at.known, at.order))
    series = [num(Fraction((k % 2) * (-1) ** (k // 2), k)) if k else ZERO for k in range(at.order)]
    return plus(const(apply("atan", centre)), germs.composed(series, small))


def _erf(at: Expansion, f: Germ) -> Germ:
    """erf f: ±1 + O(exp(−f²)) at infinity, else a Taylor series."""
    if side := at.to_infinity(f):
        tail = at.exp(negative(product(f, f)))
        return plus(const(num(side)), Germ({}, tail.largest()))
    return _taylor("erf")(at, f)


def _taylor(name: str) -> Callable:
    """The series of a function from its mechanical derivatives at the centre."""
    def expanded(at: Expansion, f: Germ) -> Germ:
        centre, small = at.finite(f)
        if name in ("asin", "acos") and not at.known.positive(sub(ONE, mul(centre, centre))):
            return _at_end(name, at, f, centre, small)
        coefficients, tree = [], call(name, var("@"))
        for k in range(min(at.order, MAX_ORDER_BY_DERIVATIVES)):
            value = substitute(tree, {"@": centre})
            coefficients.append(div(constant(value) if k else apply(name, centre),
                                    num(factorial(k))))
            tree = derivative(tree, "@")
        return germs.composed(coefficients, small)
    return expanded


def _at_end(name: str, at: Expansion, f: Germ, centre: Expr, small: Germ) -> Germ:
    """asin or acos where f → ±1 from inside: the end's value + O(√(f ∓ 1))."""
    for end in (ONE, neg(ONE)):
        if at.known.zero(sub(centre, end)) and at.sign(
                plus(const(ONE), negative(product(f, f)))) >= 0:
            top = small.largest()
            error = None if top is None else germs.times(UNIT, top, Fraction(1, 2))
            return plus(const(apply(name, end)), Germ({}, error))
    raise Failure(f"{name} at an end of its domain, or beyond")


def _abs(at: Expansion, f: Germ) -> Germ:
    return f if at.sign(f) >= 0 else negative(f)


def _tan(at: Expansion, f: Germ) -> Germ:
    at.finite(f)
    return product(_sine(at, f, 0), germs.raised(_sine(at, f, 1), Fraction(-1), at.known, at.order))


FUNCTIONS: dict[str, Callable[[Expansion, Germ], Germ]] = {
    "exp": lambda at, f: at.exp(f), "log": lambda at, f: at.log(f),
    "sqrt": lambda at, f: at.sqrt(f),
    "sin": lambda at, f: _sine(at, f, 0), "cos": lambda at, f: _sine(at, f, 1), "tan": _tan,
    "sinh": lambda at, f: _hyperbolic(at, f, -1), "cosh": lambda at, f: _hyperbolic(at, f, 1),
    "tanh": _tanh, "atan": _atan, "erf": _erf, "asin": _taylor("asin"), "acos": _taylor("acos"),
    "abs": _abs, "sign": lambda at, f: const(num(at.sign(f))),
}
