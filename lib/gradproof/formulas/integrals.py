"""Rigorous enclosures of integrals with finite ends, by Arb's complex integration.

The integrand is first enclosed on small pieces of the path with real balls, so that it has a
value everywhere on it (a complex root or logarithm would supply one silently).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import flint

from gradproof.formulas.expr import BINDERS, Expr, FormulaError, text_of

PIECES = 512  # budget of real pieces on which the integrand has to be finite

_ENTIRE: dict[str, Callable] = {name: (lambda z, n=name: getattr(z, n)()) for name in (
    "exp", "sin", "cos", "sinh", "cosh", "erf", "tan", "tanh")}
_BRANCHED = {"log": lambda z, a: z.log(analytic=a), "sqrt": lambda z, a: z.sqrt(analytic=a),
             "abs": lambda z, a: z.real_abs(analytic=a)}


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

    def integrand(z: flint.acb, analytic: bool) -> flint.acb:
        return _complex(body, {**fixed, bound.data: z}, analytic)

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
            queue += [(low, middle), (middle, high)]
    return True


def _piece(low: flint.arb, high: flint.arb) -> flint.arb:
    ball = low.union(high)
    if low >= 0:
        return ball.nonnegative_part()
    return -((-ball).nonnegative_part()) if high <= 0 else ball


def _complex(expr: Expr, point: Mapping[str, flint.acb], analytic: bool) -> flint.acb:
    head, args = expr.head, expr.args
    if head == "num":
        return flint.acb(flint.fmpq(expr.data.numerator, expr.data.denominator))
    if head == "var":
        if expr.data not in point:
            raise FormulaError(f"no value given for {expr.data}")
        return point[expr.data]
    if head == "const" and expr.data != "oo":
        return flint.acb(flint.arb.pi() if expr.data == "pi" else flint.arb(1).exp())
    if head in BINDERS or (head == "call" and expr.data not in (*_ENTIRE, *_BRANCHED)):
        raise FormulaError(f"no complex evaluation for {text_of(expr)} under an integral")
    values = [_complex(a, point, analytic) for a in args]
    if head == "neg":
        return -values[0]
    if head in ("add", "sub", "mul", "div"):
        a, b = values
        return a + b if head == "add" else a - b if head == "sub" else \
            a * b if head == "mul" else a / b
    if head == "pow":
        return _power(args[1], *values, analytic)
    if head == "call" and expr.data in _ENTIRE:
        return _ENTIRE[expr.data](values[0])
    if head == "call":
        return _BRANCHED[expr.data](values[0], analytic)
    raise FormulaError(f"no complex evaluation for {text_of(expr)} under an integral")


def _power(power: Expr, base: flint.acb, exponent: flint.acb, analytic: bool) -> flint.acb:
    if power.head != "num" or power.data.denominator != 1 or abs(power.data) > 200:
        return base.pow(exponent, analytic=analytic)
    result = flint.acb(1)
    for _ in range(abs(int(power.data))):
        result = result * base
    return result if power.data >= 0 else 1 / result
