"""Formulas as quotients of polynomials over ℚ, in FLINT's arithmetic.

``fraction("(x^2-1)/(x-1)")`` is (x + 1, 1): the *value* where it is defined. That the
denominators do not vanish is the side condition of whoever uses it (`checks.conditions`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb, gcd, lcm, prod

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx

from gradproof.formulas import Expr, FormulaError
from gradproof.formulas.expr import num, substitute, text_of
from gradproof.formulas.values import Undefined

MAX_POWER = 5_000  # largest exponent that is multiplied out
MAX_SIZE = 400_000  # a power or product that could have more terms is refused
MAX_INSTANCES = 400  # terms of a sum or product with numeric bounds


class NotPolynomial(FormulaError):
    """The formula is no quotient of polynomials in the given names."""


class BeyondBudget(FormulaError):
    """Multiplying the formula out would take more terms than the budget allows."""


@dataclass(frozen=True, slots=True)
class Quotient:
    """numerator/denominator without common factor; unpacks as ``top, bottom``."""

    num: fmpq_mpoly
    den: fmpq_mpoly

    def __iter__(self) -> Iterator[fmpq_mpoly]:
        return iter((self.num, self.den))

    def __add__(self, other: Quotient) -> Quotient:
        a, b = self.den, other.den
        if a == b:
            top = self.num + other.num
            return Quotient(top, a) if a.is_one() else reduced(top, a)
        _sized(self.num, b)
        _sized(other.num, a)
        common = a.gcd(b)
        left, right = b / common, a / common
        return reduced(self.num * left + other.num * right, a * left)

    def __neg__(self) -> Quotient:
        return Quotient(-self.num, self.den)

    def __sub__(self, other: Quotient) -> Quotient:
        return self + -other

    def __mul__(self, other: Quotient) -> Quotient:
        _sized(self.num, other.num)
        if self.den.is_one() and other.den.is_one():
            return Quotient(self.num * other.num, self.den)
        one, two = reduced(self.num, other.den), reduced(other.num, self.den)
        return Quotient(one.num * two.num, one.den * two.den)

    def __truediv__(self, other: Quotient) -> Quotient:
        return self * other.inverse()

    def inverse(self) -> Quotient:
        """1/self. Raises Undefined for the zero quotient."""
        if self.num.is_zero():
            raise Undefined("division by zero")
        lead = self.num.leading_coefficient()
        return Quotient(self.den / lead, self.num / lead)

    def __pow__(self, power: int) -> Quotient:
        if power < 0:
            return self.inverse() ** -power
        if power > MAX_POWER:
            raise BeyondBudget(f"power {power} is beyond {MAX_POWER}")
        for part in self:
            _sized_power(part, power)
        return Quotient(self.num ** power, self.den ** power)

    @property
    def is_zero(self) -> bool:
        """Whether the quotient is 0."""
        return self.num.is_zero()


def _sized(left: fmpq_mpoly, right: fmpq_mpoly) -> None:
    """Refuse a product that could be too long: at most |p||q| terms, at most one a monomial."""
    degrees = [a + b + 1 for a, b in zip(left.degrees(), right.degrees(), strict=True)]
    _affordable(min(len(left) * len(right), prod(degrees)))


def _sized_power(poly: fmpq_mpoly, power: int) -> None:
    terms = len(poly)
    if terms > 1:
        degrees = [d * power + 1 for d in poly.degrees()]
        _affordable(min(comb(power + terms - 1, power), prod(degrees)))


def _affordable(terms: int) -> None:
    if terms > MAX_SIZE:
        raise BeyondBudget(f"a polynomial could have {terms} terms; the budget is {MAX_SIZE}")


def reduced(top: fmpq_mpoly, bottom: fmpq_mpoly) -> Quotient:
    """top/bottom in lowest terms, the denominator's leading coefficient 1."""
    if bottom.is_zero():
        raise Undefined("division by zero")
    if not bottom.is_constant() and not top.is_zero():
        common = top.gcd(bottom)
        if not common.is_one():
            top, bottom = top / common, bottom / common
    elif top.is_zero():
        return Quotient(top, bottom * 0 + 1)
    lead = bottom.leading_coefficient()
    return Quotient(top, bottom) if lead == 1 else Quotient(top / lead, bottom / lead)


class Field:
    """ℚ(names), with the order of the names and a monomial order fixed."""

    def __init__(self, names: Sequence[str], ordering: Ordering = Ordering.degrevlex):
        self.names = tuple(names)
        self.context = fmpq_mpoly_ctx.get(self.names, ordering)
        self._one = self.context.constant(1)
        self._generators = dict(zip(self.names, self.context.gens(), strict=True))

    def gen(self, name: str) -> Quotient:
        """The generator ``name``. Raises NotPolynomial for a name that is none."""
        if name not in self._generators:
            raise NotPolynomial(f"{name} is no generator of ℚ({', '.join(self.names)})")
        return Quotient(self._generators[name], self._one)

    def const(self, value: Fraction | int) -> Quotient:
        """The rational constant ``value``."""
        value = Fraction(value)
        return Quotient(self.context.constant(fmpq(value.numerator, value.denominator)), self._one)

    def of(self, expr: Expr, leaf: Callable[[Expr], Quotient | None] | None = None) -> Quotient:
        """``expr`` as a quotient; ``leaf(node)`` may give the value of any node first.

        Raises NotPolynomial, BeyondBudget, Undefined (a denominator is the zero polynomial).
        """
        if leaf is not None and (given := leaf(expr)) is not None:
            return given
        head, args = expr.head, expr.args
        if head == "num":
            return self.const(expr.data)
        if head == "var":
            return self.gen(expr.data)
        if head == "neg":
            return -self.of(args[0], leaf)
        if head == "pow":
            return self.of(args[0], leaf) ** self._exponent(expr, leaf)
        if head in ("sum", "prod"):
            return self._big(expr, leaf)
        if head not in ("add", "sub", "mul", "div"):
            raise NotPolynomial(f"{text_of(expr)} is no quotient of polynomials")
        a, b = self.of(args[0], leaf), self.of(args[1], leaf)
        if head == "add":
            return a + b
        if head == "sub":
            return a - b
        return a * b if head == "mul" else a / b

    def _exponent(self, expr: Expr, leaf) -> int:
        power = self.of(expr.args[1], leaf)
        value = constant(power)
        if value is None or value.denominator != 1:
            raise NotPolynomial(f"the exponent in {text_of(expr)} is no integer")
        return int(value)

    def _big(self, expr: Expr, leaf) -> Quotient:
        low, high = (constant(self.of(end, leaf)) for end in expr.args[1:3])
        if low is None or high is None or low.denominator != 1 or high.denominator != 1:
            raise NotPolynomial(f"the bounds of {text_of(expr)} are no integer constants")
        if high - low >= MAX_INSTANCES:
            raise BeyondBudget(f"{text_of(expr)} has more than {MAX_INSTANCES} terms")
        total = self.const(expr.head == "prod")
        for index in range(int(low), int(high) + 1):
            term = self.of(substitute(expr.args[3], {expr.args[0].data: num(index)}), leaf)
            total = total + term if expr.head == "sum" else total * term
        return total


def factors(value: Quotient) -> tuple[Fraction, list[tuple[fmpq_mpoly, int]]]:
    """(c, [(f, k), …]) with value = c·Π f^k, each f irreducible over ℚ, k < 0 in denominators.

    Each f is primitive over ℤ with positive leading coefficient; sorted by its text.
    """
    content, found = Fraction(1), {}
    for part, sign in ((value.num, 1), (value.den, -1)):
        scale, parts = part.factor()
        content *= Fraction(int(scale.p), int(scale.q)) ** sign
        for poly, power in parts:
            whole, unit = primitive(poly)
            content *= unit ** (sign * int(power))
            found[str(whole)] = (whole, sign * int(power))
    return content, [found[key] for key in sorted(found)]


def primitive(poly: fmpq_mpoly) -> tuple[fmpq_mpoly, Fraction]:
    """(p, u) with poly = u·p, p primitive over ℤ with positive leading coefficient."""
    scale = [(int(c.p), int(c.q)) for c in poly.coeffs()]
    unit = Fraction(gcd(*(p for p, _ in scale)), lcm(*(q for _, q in scale)))
    unit = -unit if scale[0][0] < 0 else unit
    return poly / fmpq(unit.numerator, unit.denominator), unit


def constant(value: Quotient) -> Fraction | None:
    """The rational number that ``value`` is, or None when it contains a generator."""
    if not (value.num.is_constant() and value.den.is_constant()):
        return None
    top, bottom = (p.leading_coefficient() if not p.is_zero() else fmpq(0) for p in value)
    ratio = top / bottom
    return Fraction(int(ratio.p), int(ratio.q))


def fraction(expr: Expr, names: Sequence[str]) -> tuple[fmpq_mpoly, fmpq_mpoly]:
    """(numerator, denominator) of ``expr`` in ℚ(names), in lowest terms, denominator monic."""
    top, bottom = Field(names).of(expr)
    return top, bottom


def polynomial(expr: Expr, names: Sequence[str]) -> fmpq_mpoly:
    """``expr`` as a polynomial over ℚ in ``names``.

    Raises NotPolynomial when its lowest terms have a denominator that is not constant.
    """
    top, bottom = fraction(expr, names)
    if not bottom.is_constant():
        raise NotPolynomial(f"{text_of(expr)} is no polynomial in {', '.join(names)}")
    return top / bottom


def generators(names: Sequence[str]) -> tuple[fmpq_mpoly, ...]:
    """The polynomials ``names`` in the context that `fraction` and `polynomial` use."""
    return tuple(Field(names).context.gens())
