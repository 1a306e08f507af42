"""Three evaluators of an unevaluated formula, written apart from each other on purpose.

`rational` is exact and knows +, −, ×, ÷ and integer powers only; `ball` is rigorous (Arb) and
knows every function of the grammar; `floating` is mpmath's and is the second opinion on a ball.
None simplifies: ``x/x`` at 0 is `Undefined`, in all three.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import comb, factorial

import flint
import mpmath

from gradproof.formulas.expr import Expr, FormulaError, text_of

MAX_TERMS = 20_000  # a sum or product with more terms is refused, never silently cut


class Undefined(ArithmeticError):
    """The formula has no value at this point: a zero denominator, a root or log off its domain."""


class NotRational(TypeError):
    """The formula uses a function or constant whose value is not rational in general."""


def rational(expr: Expr, point: Mapping[str, Fraction]) -> Fraction:
    """Exact value of ``expr`` at a rational ``point``.

    Raises Undefined, NotRational (a function such as exp), FormulaError (a free variable
    without a value).
    """
    head, args = expr.head, expr.args
    if head == "num":
        return expr.data
    if head == "var":
        return _looked_up(expr, point)
    if head in ("sum", "prod"):
        total = Fraction(head == "prod")
        for inner in _instances(expr, lambda bound: rational(bound, point), point):
            term = rational(args[3], inner)
            total = total + term if head == "sum" else total * term
        return total
    if head == "call" and expr.data in _RATIONAL_FUNCTIONS:
        return Fraction(_RATIONAL_FUNCTIONS[expr.data](*[rational(a, point) for a in args]))
    if head not in ("add", "sub", "mul", "div", "pow", "neg"):
        raise NotRational(f"{text_of(expr)} has no exact rational evaluation")
    return _arithmetic(head, [rational(a, point) for a in args], expr)


def _arithmetic(head: str, values: list[Fraction], expr: Expr) -> Fraction:
    if head == "neg":
        return -values[0]
    a, b = values
    if head == "add":
        return a + b
    if head == "sub":
        return a - b
    if head == "mul":
        return a * b
    if head == "div":
        if b == 0:
            raise Undefined(f"division by zero in {text_of(expr)}")
        return a / b
    if b.denominator != 1:
        raise NotRational(f"fractional power in {text_of(expr)}")
    if a == 0 and b < 0:
        raise Undefined(f"zero to a negative power in {text_of(expr)}")
    if abs(b) > 5_000:
        raise FormulaError(f"power {b} is beyond the evaluator's limit of 5000")
    return a ** int(b)


def _binomial(n: Fraction, k: Fraction) -> int:
    if n.denominator != 1 or k.denominator != 1 or n < 0:
        raise Undefined("binomial takes integers n ≥ 0, k")
    return comb(int(n), int(k)) if 0 <= k <= n else 0


def _factorial(n: Fraction) -> int:
    if n.denominator != 1 or n < 0:
        raise Undefined("factorial takes an integer n ≥ 0")
    return factorial(int(n))


_RATIONAL_FUNCTIONS: dict[str, Callable] = {
    "abs": abs, "max": max, "min": min, "floor": lambda x: x.numerator // x.denominator,
    "ceil": lambda x: -((-x.numerator) // x.denominator),
    "binomial": _binomial, "factorial": _factorial, "sign": lambda x: (x > 0) - (x < 0),
}


def _looked_up(expr: Expr, point: Mapping):
    if expr.data not in point:
        raise FormulaError(f"no value given for {expr.data}")
    return point[expr.data]


def _instances(expr: Expr, value: Callable, point: Mapping):
    """The points at which a sum's or product's body is evaluated, with the index added."""
    low, high = value(expr.args[1]), value(expr.args[2])
    if low.denominator != 1 or high.denominator != 1:
        raise Undefined(f"bounds of {text_of(expr)} are not integers at this point")
    if high - low >= MAX_TERMS:
        raise FormulaError(f"{text_of(expr)} has more than {MAX_TERMS} terms")
    for index in range(int(low), int(high) + 1):
        yield {**point, expr.args[0].data: Fraction(index)}


def ball(expr: Expr, point: Mapping[str, Fraction | flint.arb], bits: int = 128) -> flint.arb:
    """An Arb ball that contains the value of ``expr`` for all values in ``point``'s balls.

    A result that is not finite means "possibly undefined"; it contains no claim. Raises
    FormulaError for a construct without a ball evaluation.
    """
    with flint.ctx.workprec(bits):
        return _ball(expr, {k: _as_ball(v) for k, v in point.items()})


def _as_ball(value: Fraction | flint.arb | int) -> flint.arb:
    if isinstance(value, flint.arb):
        return value
    value = Fraction(value)
    return flint.arb(flint.fmpq(value.numerator, value.denominator))


def _ball(expr: Expr, point: Mapping[str, flint.arb]) -> flint.arb:
    head, args = expr.head, expr.args
    if head == "num":
        return _as_ball(expr.data)
    if head == "var":
        return _looked_up(expr, point)
    if head == "const":
        return {"pi": flint.arb.pi, "e": lambda: flint.arb(1).exp()}[expr.data]() \
            if expr.data != "oo" else flint.arb("inf")
    if head in ("sum", "prod"):
        return _ball_big(expr, point)
    if head == "integral":
        from gradproof.formulas.integrals import enclosed_integral

        return enclosed_integral(expr, point, _ball)
    if head == "pow":
        return _ball_power(args, point)
    values = [_ball(a, point) for a in args]
    if head == "neg":
        return -values[0]
    if head in ("add", "sub", "mul", "div"):
        a, b = values
        return {"add": a + b, "sub": a - b, "mul": a * b}[head] if head != "div" else a / b
    if head == "call" and expr.data in BALL_FUNCTIONS:
        if not all(v.is_finite() for v in values):  # tanh of an infinite ball would be finite
            return flint.arb("nan")
        return BALL_FUNCTIONS[expr.data](*values)
    raise FormulaError(f"no ball evaluation for {text_of(expr)}")


def _ball_power(args: tuple[Expr, ...], point: Mapping[str, flint.arb]) -> flint.arb:
    base, power = _ball(args[0], point), _ball(args[1], point)
    exact = power.unique_fmpz()
    if exact is None or not power.is_exact():
        return (power * base.log()).exp()  # a ≤ 0 with a real power is undefined: log gives nan
    exponent = int(exact)
    return whole_power(base, exponent) if exponent >= 0 else 1 / whole_power(base, -exponent)


def whole_power(base: flint.arb, exponent: int) -> flint.arb:
    """``base`` to an integer power n ≥ 0 by repeated squaring; an even power is never negative.

    (Arb's own power gives nan for a ball centred at 0.) A base that is not finite stays so,
    also to the power 0.
    """
    if exponent == 0:
        return flint.arb(1) if base.is_finite() else flint.arb("nan")
    if exponent % 2 == 0 and not base.is_exact():
        low, high = base.abs_lower(), base.abs_upper()
        if exponent == 2:
            return (low * low).union(high * high).nonnegative_part()
        power = _multiplied(low, exponent).union(_multiplied(high, exponent))
        return power.nonnegative_part()
    return _multiplied(base, exponent)


def _multiplied(base: flint.arb, exponent: int) -> flint.arb:
    result = None
    while True:
        if exponent & 1:
            result = base if result is None else result * base
        exponent >>= 1
        if not exponent:
            return result
        base = base * base


def _ball_big(expr: Expr, point: Mapping[str, flint.arb]) -> flint.arb:
    total = flint.arb(int(expr.head == "prod"))

    def bound(end: Expr) -> Fraction:
        value = _ball(end, point)
        exact = value.unique_fmpz()
        if exact is None or not value.is_exact():
            raise Undefined(f"bounds of {text_of(expr)} are not integers at this point")
        return Fraction(int(exact))

    for inner in _instances(expr, bound, point):
        term = _ball(expr.args[3], {**point, expr.args[0].data: _as_ball(inner[expr.args[0].data])})
        total = total + term if expr.head == "sum" else total * term
    return total


def _exact_integer(value: flint.arb) -> Fraction:
    exact = value.unique_fmpz()
    if exact is None or not value.is_exact():
        raise Undefined("an integer argument is not known exactly")
    return Fraction(int(exact))


def _hull(low: flint.arb, high: flint.arb) -> flint.arb:
    return low.union(high)


def _ball_sign(value: flint.arb) -> flint.arb:
    if value > 0 or value < 0 or value == 0:
        return flint.arb(int(bool(value > 0)) - int(bool(value < 0)))
    return flint.arb(0, 1) if value.is_finite() else flint.arb("nan")


BALL_FUNCTIONS: dict[str, Callable] = {
    "sqrt": lambda x: x.sqrt(), "exp": lambda x: x.exp(), "log": lambda x: x.log(),
    "sin": lambda x: x.sin(), "cos": lambda x: x.cos(), "tan": lambda x: x.tan(),
    "sinh": lambda x: x.sinh(), "cosh": lambda x: x.cosh(), "tanh": lambda x: x.tanh(),
    "asin": lambda x: x.asin(), "acos": lambda x: x.acos(), "atan": lambda x: x.atan(),
    "erf": lambda x: x.erf(), "gamma_function": lambda x: x.gamma(),
    "abs": lambda x: abs(x).nonnegative_part(),
    "max": lambda x, y: x.max(y), "min": lambda x, y: x.min(y), "sign": _ball_sign,
    "floor": lambda x: x.floor(), "ceil": lambda x: x.ceil(),
    "atan2": lambda y, x: flint.arb.atan2(y, x),
    "binomial": lambda n, k: flint.arb(_binomial(_exact_integer(n), _exact_integer(k))),
    "factorial": lambda n: flint.arb(_factorial(_exact_integer(n))),
}

IRRATIONAL = tuple(name for name in BALL_FUNCTIONS if name not in _RATIONAL_FUNCTIONS)


def floating(expr: Expr, point: Mapping[str, Fraction], digits: int = 50) -> mpmath.mpf:
    """mpmath's value of ``expr`` at ``point`` to about ``digits`` digits, a second opinion.

    Raises Undefined where mpmath reports a pole, a complex or a non-finite value.
    """
    with mpmath.workdps(digits):
        values = {k: mpmath.mpf(v.numerator) / v.denominator for k, v in point.items()}
        try:
            result = _floating(expr, values)
        except FormulaError:
            raise
        except (ZeroDivisionError, ValueError) as error:
            raise Undefined(f"{text_of(expr)}: {error}") from error
        if isinstance(result, mpmath.mpc) or not mpmath.isfinite(result):
            raise Undefined(f"{text_of(expr)} is not a finite real number at this point")
        return +result


def _floating(expr: Expr, point: Mapping) -> mpmath.mpf:
    head, args = expr.head, expr.args
    if head == "num":
        return mpmath.mpf(expr.data.numerator) / expr.data.denominator
    if head == "var":
        return _looked_up(expr, point)
    if head == "const":
        return {"pi": mpmath.pi, "e": mpmath.e, "oo": mpmath.inf}[expr.data] * 1
    if head in ("sum", "prod"):
        terms = (_floating(args[3], {**point, args[0].data: mpmath.mpf(int(i[args[0].data]))})
                 for i in _instances(expr, lambda b: Fraction(int(_floating(b, point))), {}))
        return mpmath.fsum(terms) if head == "sum" else mpmath.fprod(terms)
    if head == "integral":
        ends = [_floating(end, point) for end in args[1:3]]
        return mpmath.quad(lambda x: _floating(args[3], {**point, args[0].data: x}), ends)
    values = [_floating(a, point) for a in args]
    if head == "neg":
        return -values[0]
    if head == "call":
        if expr.data not in _FLOATING_FUNCTIONS:
            raise FormulaError(f"no mpmath evaluation for {text_of(expr)}")
        return _FLOATING_FUNCTIONS[expr.data](*values)
    a, b = values
    if head == "add":
        return a + b
    if head == "sub":
        return a - b
    return a * b if head == "mul" else a / b if head == "div" else mpmath.power(a, b)


_FLOATING_FUNCTIONS: dict[str, Callable] = {
    **{name: getattr(mpmath, name) for name in (
        "sqrt", "exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "asin", "acos", "atan",
        "erf", "floor", "ceil", "sign", "atan2", "binomial", "factorial")},
    "gamma_function": mpmath.gamma, "abs": abs, "max": max, "min": min,
}
