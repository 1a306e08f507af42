"""Rigorous enclosures of integrals with finite ends, by Arb's complex integration.

The integrand is first enclosed on small pieces of the path with real balls, so that it has a
value everywhere on it (a complex root or logarithm would supply one silently).
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping

import flint

from gradproof.formulas.expr import Expr, FormulaError, text_of

PIECES = 512  # budget of real pieces on which the integrand has to be finite

_ENTIRE: dict[str, Callable] = {name: (lambda z, n=name: getattr(z, n)()) for name in (
    "exp", "sin", "cos", "sinh", "cosh", "erf", "tan", "tanh")}
_BRANCHED = {"log": lambda z, a: z.log(analytic=a), "sqrt": lambda z, a: z.sqrt(analytic=a),
             "abs": lambda z, a: z.real_abs(analytic=a)}
_FOUR = {"add": operator.add, "sub": operator.sub, "mul": operator.mul, "div": operator.truediv,
         "pow": None, "neg": None}  # of complex balls; the last two have rules of their own
Integrand = Callable[[flint.acb, bool], flint.acb]


def enclosed_integral(expr: Expr, point: Mapping[str, flint.arb],
                      real: Callable[[Expr, Mapping], flint.arb]) -> flint.arb:
    """A ball for ∫ₐᵇ f(x) dx; nan where f may be undefined on the path.

    real: the ball evaluator for the ends and for f on pieces of the path. Raises FormulaError
    for an infinite end, or a function that has no complex evaluation here.
    """
    bound, low, high, body = expr.args
    a, b = real(low, point), real(high, point)
    if not (a.is_finite() and b.is_finite()):
        raise FormulaError(f"no ball evaluation for {text_of(expr)}: its ends have to be finite")
    fixed = {name: flint.acb(value) for name, value in point.items() if name != bound.data}

    integrand = _complex(body, fixed, bound.data)
    integrand(flint.acb(a), False)  # an unsupported function is named before anything else
    if not _defined(lambda x: real(body, {**point, bound.data: x}), a, b):
        return flint.arb("nan")
    value = flint.acb.integral(integrand, flint.acb(a), flint.acb(b))
    return value.real if value.is_finite() and value.imag.contains(0) else flint.arb("nan")


def _defined(body: Callable[[flint.arb], flint.arb], a: flint.arb, b: flint.arb) -> bool:
    """Whether ``body`` has a finite ball on every piece of the path from a to b."""
    ends = [e for x in (a, b) for e in (x.lower(), x.upper())]
    low, high = ends[0], ends[0]
    for end in ends[1:]:
        low, high = (end if end < low else low), (end if end > high else high)
    queue, count = [(low, high)], 0
    while queue:
        count += 1
        if count > PIECES:
            return False
        low, high = queue.pop()
        if not body(_piece(low, high)).is_finite():
            middle = ((low + high) / 2).mid()
            if not low < middle < high:  # no shorter piece at this precision
                return False
            queue += [(low, middle), (middle, high)]
    return True


def _piece(low: flint.arb, high: flint.arb) -> flint.arb:
    ball = low.union(high)
    if low >= 0:
        return ball.nonnegative_part()
    return -((-ball).nonnegative_part()) if high <= 0 else ball


def _complex(expr: Expr, fixed: Mapping[str, flint.acb], name: str) -> Integrand:
    """(z, analytic) -> ``expr`` at ``name`` = z as a complex ball, at the precision of now.

    Raises FormulaError for what has no complex evaluation.
    """
    head, args = expr.head, expr.args
    if head == "num":
        return _same(flint.acb(flint.fmpq(expr.data.numerator, expr.data.denominator)))
    if head == "var" and expr.data == name:
        return lambda z, analytic: z
    if head == "var":
        if expr.data not in fixed:
            raise FormulaError(f"no value given for {expr.data}")
        return _same(fixed[expr.data])
    if head == "const" and expr.data != "oo":
        return _same(flint.acb(flint.arb.pi() if expr.data == "pi" else flint.arb(1).exp()))
    if head not in _FOUR and (head != "call" or expr.data not in (*_ENTIRE, *_BRANCHED)):
        raise FormulaError(f"no complex evaluation for {text_of(expr)} under an integral")
    parts = [_complex(a, fixed, name) for a in args]
    if head in ("neg", "call"):
        return _of_one(head, expr.data, *parts)
    f, g = parts
    if head == "pow":
        return _power(args[1], f, g)
    rule = _FOUR[head]
    return lambda z, analytic: rule(f(z, analytic), g(z, analytic))


def _same(value: flint.acb) -> Integrand:
    return lambda z, analytic: value


def _of_one(head: str, function: str | None, f: Integrand) -> Integrand:
    if head == "neg":
        return lambda z, analytic: -f(z, analytic)
    if function in _ENTIRE:
        entire = _ENTIRE[function]
        return lambda z, analytic: entire(f(z, analytic))
    branched = _BRANCHED[function]
    return lambda z, analytic: branched(f(z, analytic), analytic)


def _power(power: Expr, base: Integrand, exponent: Integrand) -> Integrand:
    if power.head != "num" or power.data.denominator != 1 or abs(power.data) > 200:
        return lambda z, analytic: base(z, analytic).pow(exponent(z, analytic), analytic=analytic)
    size, inverse = abs(int(power.data)), power.data < 0

    def value(z: flint.acb, analytic: bool) -> flint.acb:
        factor, result = base(z, analytic), flint.acb(1)
        for _ in range(size):
            result = result * factor
        return 1 / result if inverse else result

    return value
