"""The expansion of a formula as its variable approaches a point or infinity."""

from __future__ import annotations

from fractions import Fraction

from gradproof.checks.analysis import germs
from gradproof.checks.analysis.functions import FUNCTIONS
from gradproof.checks.analysis.germs import UNIT, Germ, const, negative, plus, product
from gradproof.checks.analysis.tree import INFINITY, ZERO, Failure, Known, apply, constant, neg
from gradproof.formulas import Expr, free_variables, num

X = (Fraction(0), Fraction(1), Fraction(0))
LOG_X = (Fraction(0), Fraction(0), Fraction(1))
FAR = Fraction(60)  # exp(−cX) with unknown c > 0 is O(X^−60), exp(−X²) is O(exp(−60 X))


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
        if head == "call" and len(args) == 1 and expr.data in FUNCTIONS:
            return FUNCTIONS[expr.data](self, self.of(args[0]))
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
        """e^f for f → −∞, as an error term alone: X^−c is at least O(log(X)^−60)."""
        m, c, _ = germs.split(f, self.known)
        if m <= UNIT or not self.known.positive(neg(c)):
            raise Failure("an exponential that is not shown to vanish")
        place = 0 if m[0] > 0 or m[1] > 1 else 1 if m[1] > 0 else 2
        return Germ({}, tuple(-FAR if i == place else Fraction(0) for i in range(3)))

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
