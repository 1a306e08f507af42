"""Roots and absolute values: split into factors whose sign the hypotheses show, and no others.

√(y²) is |y|; it is y only where y ≥ 0 is shown. √(xy) is √x·√y only when x ≥ 0 and y ≥ 0 are.
"""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

from flint import fmpq, fmpq_mpoly, fmpz

from gradproof.checks.exact.generators import Tower
from gradproof.checks.exact.polynomials import NotPolynomial, Quotient, constant, factors
from gradproof.formulas.expr import Expr, call, num
from gradproof.formulas.values import Undefined

MAX_BITS = 160  # larger integers under a root or logarithm are not factored


def primes(value: Fraction) -> list[tuple[int, int]]:
    """(p, k) with |value| = Π p^k. Raises NotPolynomial for integers beyond MAX_BITS bits."""
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > MAX_BITS:
        raise NotPolynomial(f"{value} is too large to be factored")
    found = {}
    for part, sign in ((abs(value.numerator), 1), (value.denominator, -1)):
        for prime, power in fmpz(part).factor():
            found[int(prime)] = sign * int(power)
    return sorted((p, k) for p, k in found.items() if p != 1)


def signed(tower: Tower, poly: fmpq_mpoly, weak: bool) -> int:
    """1 or −1 when poly > 0 or < 0 (≥, ≤ when weak) is shown, else 0."""
    if tower.positive(poly, weak):
        return 1
    return -1 if tower.positive(-poly, weak) else 0


def split(tower: Tower, value: Quotient) -> tuple[list[tuple[Quotient, int]], Quotient]:
    """(known, rest) with value = Π f^k · rest, every f shown ≥ 0; rest is 1 or of unknown sign.

    Next to a rest, known factors are > 0, so that the rest is ≥ 0 wherever the value is (a root
    of it then exists). Numbers are split into primes; even powers of f become powers of |f|.
    """
    content, parts = factors(value)
    weak = _sorted_out(tower, content, parts, weak=True)
    return weak if constant(weak[1]) == 1 else _sorted_out(tower, content, parts, weak=False)


def _sorted_out(tower: Tower, content: Fraction, parts: list, weak: bool):
    one, known = tower.field.const(1), []
    rest = one
    for poly, power in parts:
        sign = signed(tower, poly, weak and power > 0)
        if sign:
            content *= sign ** (power % 2)
            known.append((Quotient(poly * sign, one.num), power))
        elif weak and power % 2 == 0:
            known.append((absolute_factor(tower, poly), power))
        else:
            rest = rest * Quotient(poly, one.num) ** power
    known += [(tower.field.const(p), k) for p, k in primes(content)]
    return known, -rest if content < 0 else rest


def root(tower: Tower, value: Quotient, exponent: Fraction) -> Quotient:
    """value^exponent for a fractional exponent, by the factors of value."""
    if value.is_zero:
        if exponent < 0:
            raise Undefined("zero to a negative power")
        return value
    if exponent == Fraction(1, 2) and (simple := denested(tower, value)) is not None:
        return simple
    known, rest = split(tower, unfolded(tower, value))
    result = tower.field.const(1)
    for base, power in known:
        result = result * factor_root(tower, base, power * exponent)
    number = constant(rest)
    if number == 1:
        return result
    if number is not None:
        raise Undefined(f"a root of the negative number {number}")
    return result * factor_root(tower, rest, exponent)


def unfolded(tower: Tower, value: Quotient) -> Quotient:
    """``value`` with each parameter x whose root r is a generator written as r^q.

    x + 2√x + 1 is (r + 1)² then, and its root can be split.
    """
    used = {n for p in value for n, d in zip(tower.field.names, p.degrees(), strict=True) if d > 0}
    put = {}
    for gen in tower.made.values():
        if gen.kind == "root" and gen.name in used and str(gen.of[0].num) in tower.names \
                and gen.of[0].den.is_one():
            put[str(gen.of[0].num)] = tower.field.gen(gen.name).num ** gen.of[1]
    if not put:
        return value
    new = [put.get(n, tower.field.gen(n).num) for n in tower.field.names]
    return Quotient(*(p.compose(*new, ctx=tower.field.context) for p in value))


def denested(tower: Tower, value: Quotient) -> Quotient | None:
    """√(a + r) = √((a+s)/2) ± √((a−s)/2), r a product of roots, a² − r² = s² with rational s."""
    zero = (0,) * len(tower.field.names)
    terms = value.num.to_dict() if value.den.is_one() else {}
    if len(terms) != 2 or zero not in terms:
        return None
    a = Fraction(int(terms[zero].p), int(terms[zero].q))
    rest = value - tower.field.const(a)
    gens = [tower.made.get(n) for n, d in zip(tower.field.names, rest.num.degrees(), strict=True)
            if d > 0]
    square = constant(tower.tidy(rest * rest))
    if square is None or any(g is None or g.kind != "root" or not g.positive for g in gens):
        return None
    s = _rational_root(a * a - square)
    if s is None or a - s < 0:
        return None
    one, two = (root(tower, tower.field.const((a + t) / 2), Fraction(1, 2)) for t in (s, -s))
    return one + two if rest.num.leading_coefficient() > 0 else one - two


def _rational_root(value: Fraction) -> Fraction | None:
    if value < 0:
        return None
    found = Fraction(isqrt(value.numerator), isqrt(value.denominator))
    return found if found * found == value else None


def factor_root(tower: Tower, base: Quotient, exponent: Fraction) -> Quotient:
    """base^exponent through the generator r = base^(1/q), r^q = base, for one factor."""
    if exponent.denominator == 1:
        return base ** int(exponent)
    gen = tower.generator(base.num) if base.den.is_one() else None
    if gen is not None and gen.kind == "exp":
        from gradproof.checks.exact.exponentials import exponential

        return exponential(tower, gen.of[0] * tower.field.const(exponent))
    if gen is not None and gen.kind == "root":
        inner, degree = gen.of
        return factor_root(tower, inner, exponent / degree)
    key = ("root", str(base.num), str(base.den))
    degree = tower.plan.denominator(key, exponent.denominator)
    inside = tower.term(base)
    term = call("sqrt", inside) if degree == 2 else \
        Expr("pow", (inside, num(Fraction(1, degree))))
    positive = constant(base) is not None or (base.den.is_one() and tower.positive(base.num))
    r = tower.new("root", f"{base.num}/{base.den}^1/{degree}", term, (base, degree),
                  lambda r: [r ** degree - base], positive=positive, nonnegative=True)
    return r ** int(exponent * degree)


def absolute(tower: Tower, value: Quotient) -> Quotient:
    """|value| by its factors: a sign where one is shown, |f| with |f|² = f² elsewhere."""
    if value.is_zero:
        return value
    content, parts = factors(value)
    result = tower.field.const(abs(content))
    for poly, power in parts:
        base = Quotient(poly, result.den * 0 + 1)
        if power % 2:
            sign = signed(tower, poly, weak=True)
            base = base * tower.field.const(sign) if sign else absolute_factor(tower, poly)
        result = result * base ** power
    return result


def absolute_factor(tower: Tower, poly: fmpq_mpoly) -> Quotient:
    """The generator |poly|, of a polynomial whose sign is not known."""
    base = Quotient(poly, poly * fmpq(0) + 1)
    return tower.new("abs", str(poly), call("abs", tower.term(poly)), (base,),
                     lambda a: [a * a - base * base], nonnegative=True)
