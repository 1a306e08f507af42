"""The expansion of a formula as its variable approaches a point or infinity."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import factorial

from gradproof.checks.analysis import germs
from gradproof.checks.analysis.germs import UNIT, Germ, const, negative, plus, product
from gradproof.checks.analysis.tree import (
    INFINITY, ONE, PI, ZERO, Failure, Known, add, apply, constant, div, mul, neg, sub,
)
from gradproof.formulas import Expr, free_variables, num, substitute, var
from gradproof.formulas.calculus import derivative
from gradproof.formulas.expr import call

X = (Fraction(0), Fraction(1), Fraction(0))
LOG_X = (Fraction(0), Fraction(0), Fraction(1))
FAR = Fraction(60)  # exp(−cX) with unknown c > 0 is O(X^−60), exp(−X²) is O(exp(−60 X))
MAX_ORDER_BY_DERIVATIVES = 6


def approach(point: Expr, side: int, known: Known) -> Germ:
    """The variable as a germ: X or −X at ±oo, point + side/X at a number."""
    if point == INFINITY:
        return germs.monomial(X)
    if point == neg(INFINITY):
        return germs.monomial(X, num(-1))
    if not known.defined(point):
        raise Failure(f"it is open whether {point} is defined")
    return plus(const(constant(point)), germs.monomial(germs.times(UNIT, X, -1), num(side)))


class Expansion:
    """Expands formulas in ``name``, which is ``germ``, to ``order`` terms of every series."""

    def __init__(self, name: str, germ: Germ, known: Known, order: int):
        self.name, self.germ, self.known, self.order = name, germ, known, order

    def of(self, expr: Expr) -> Germ:
        """The germ of ``expr``; Failure where it is undefined near the point or unsupported."""
        if self.name not in free_variables(expr):
            if not self.known.defined(expr):
                raise Failure(f"it is open whether {expr} is defined")
            return const(constant(expr))
        head, args = expr.head, expr.args
        if head == "var":
            return self.germ
        if head == "pow":
            return self._power(*args)
        if head == "call" and expr.data in ("max", "min"):
            return self._extreme(expr.data, *map(self.of, args))
        if head == "call" and len(args) == 1 and expr.data in _FUNCTIONS:
            return _FUNCTIONS[expr.data](self, self.of(args[0]))
        if head not in ("add", "sub", "mul", "div", "neg"):
            raise Failure(f"no expansion of {expr}")
        values = [self.of(a) for a in args]
        if head == "neg":
            return negative(values[0])
        f, g = values
        if head == "div":
            return product(f, germs.raised(g, Fraction(-1), self.known, self.order))
        return product(f, g) if head == "mul" else plus(f, g if head == "add" else negative(g))

    def _power(self, base: Expr, exponent: Expr) -> Germ:
        if self.name not in free_variables(exponent):
            exponent = constant(exponent)
            if exponent.head == "num":
                return germs.raised(self.of(base), exponent.data, self.known, self.order)
        return self.exp(product(self.of(exponent), self.log(self.of(base))))

    def log(self, f: Germ) -> Germ:
        """log f."""
        return germs.logarithm(f, self.known, self.order)

    def sqrt(self, f: Germ) -> Germ:
        """√f for an eventually positive f, or f = 0."""
        return germs.raised(f, Fraction(1, 2), self.known, self.order)

    def exp(self, f: Germ) -> Germ:
        """e^f: λX gives a monomial, a·log X a power, the constant a factor, the rest a series."""
        big, centre, small = self.parts(f)
        shape = UNIT
        for m, c in big.items():
            if m in (X, LOG_X) and c.head == "num":
                shape = germs.times(shape, (c.data, Fraction(0), Fraction(0)) if m == X
                                    else (Fraction(0), c.data, Fraction(0)))
            else:
                return self._vanishing(f)
        front = germs.monomial(shape, apply("exp", centre))
        return product(front, germs.composed(germs.exponentials(self.order), small))

    def _vanishing(self, f: Germ) -> Germ:
        """e^f for f → −∞ faster than every multiple of log X, as an error term alone."""
        m, c, _ = germs.split(f, self.known)
        if m[0] < 0 or (m[0] == 0 and m[1] <= 0) or not self.known.positive(neg(c)):
            raise Failure("an exponential that is not shown to vanish")
        fast = m[0] > 0 or m[1] > 1
        return Germ({}, (-FAR, Fraction(0), Fraction(0)) if fast
                    else (Fraction(0), -FAR, Fraction(0)))

    def parts(self, f: Germ) -> tuple[dict, Expr, Germ]:
        """Infinite terms (none of which is zero for certain), constant term, the rest → 0."""
        if f.error is not None and f.error >= UNIT:
            raise Failure("an argument is not known to within o(1)")
        big = {m: c for m, c in f.terms.items() if m > UNIT and not self.known.zero(c)}
        small = {m: c for m, c in f.terms.items() if m < UNIT}
        return big, f.terms.get(UNIT, ZERO), germs.made(small, f.error)

    def finite(self, f: Germ) -> tuple[Expr, Germ]:
        """f = c + s with s → 0. Failure where f is not shown to have a finite limit."""
        big, centre, small = self.parts(f)
        if big:
            raise Failure("a function is taken where its argument tends to infinity")
        return centre, small

    def sign(self, f: Germ) -> int:
        """The eventual sign of f: 1, −1, or 0 for an exact 0."""
        f = germs.settled(f, self.known)
        if not f.terms:
            return 0
        c = next(iter(f.terms.values()))
        if self.known.positive(c):
            return 1
        if self.known.positive(neg(c)):
            return -1
        raise Failure(f"the sign of {c} is open")

    def _extreme(self, name: str, f: Germ, g: Germ) -> Germ:
        above = self.sign(plus(f, negative(g))) >= 0
        return f if above == (name == "max") else g

    def to_infinity(self, f: Germ) -> int:
        """±1 where f → ±∞, 0 where f has a finite limit or is not known to have none."""
        try:
            m, c, _ = germs.split(f, self.known)
        except Failure:
            return 0
        return 0 if m <= UNIT else 1 if self.known.positive(c) \
            else -1 if self.known.positive(neg(c)) else 0


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
            raise Failure(f"{name} at an end of its domain, or beyond")
        coefficients, tree = [], call(name, var("@"))
        for k in range(min(at.order, MAX_ORDER_BY_DERIVATIVES)):
            value = substitute(tree, {"@": centre})
            coefficients.append(div(constant(value) if k else apply(name, centre),
                                    num(factorial(k))))
            tree = derivative(tree, "@")
        return germs.composed(coefficients, small)
    return expanded


def _abs(at: Expansion, f: Germ) -> Germ:
    return f if at.sign(f) >= 0 else negative(f)


def _tan(at: Expansion, f: Germ) -> Germ:
    at.finite(f)
    return product(_sine(at, f, 0), germs.raised(_sine(at, f, 1), Fraction(-1), at.known, at.order))


_FUNCTIONS: dict[str, Callable[[Expansion, Germ], Germ]] = {
    "exp": Expansion.exp, "log": Expansion.log, "sqrt": Expansion.sqrt,
    "sin": lambda at, f: _sine(at, f, 0), "cos": lambda at, f: _sine(at, f, 1), "tan": _tan,
    "sinh": lambda at, f: _hyperbolic(at, f, -1), "cosh": lambda at, f: _hyperbolic(at, f, 1),
    "tanh": _tanh, "atan": _atan, "erf": _erf, "asin": _taylor("asin"), "acos": _taylor("acos"),
    "abs": _abs, "sign": lambda at, f: const(num(at.sign(f))),
}
