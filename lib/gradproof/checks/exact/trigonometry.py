"""sin and cos: an angle is cut into rational multiples of monomials, θ = m/q for all of one m.

sin and cos of kθ and of sums follow from c + is; the relation is c² + s² = 1. Multiples of
π/12 are radicals; other fractions π/q carry the real and imaginary part of (c + is)^q = −1.
"""

from __future__ import annotations

from fractions import Fraction

from gradproof.checks.exact.exponentials import _label, multiples
from gradproof.checks.exact.generators import Tower
from gradproof.checks.exact.polynomials import Quotient
from gradproof.checks.exact.radicals import root
from gradproof.formulas.expr import call

Circle = tuple[Quotient, Quotient]  # cos and sin of one angle


def turned(a: Circle, b: Circle) -> Circle:
    """cos and sin of the sum of two angles."""
    return a[0] * b[0] - a[1] * b[1], a[1] * b[0] + a[0] * b[1]


def times(circle: Circle, count: int, one: Quotient) -> Circle:
    """cos and sin of count·θ, by repeated doubling."""
    if count < 0:
        circle, count = (circle[0], -circle[1]), -count
    result: Circle = (one, one - one)
    while count:
        if count % 2:
            result = turned(result, circle)
        circle, count = turned(circle, circle), count // 2
    return result


def circle_of(tower: Tower, angle: Quotient) -> Circle:
    """cos and sin of ``angle``."""
    one = tower.field.const(1)
    result: Circle = (one, one - one)
    for monomial, c in multiples(tower, tower.tidy(angle)):
        gen = tower.generator(monomial.num) if monomial.den.is_one() else None
        if gen is not None and gen.kind == "const":
            part = pi_multiple(tower, c)
        else:
            unit = tower.plan.denominator(("angle", _label(monomial)), c.denominator)
            base = _inverse(tower, gen) if gen is not None and unit == 1 else None
            base = base or _angle_generators(tower, monomial, unit)
            part = times(base, int(c * unit), one)
        result = turned(result, part)
    return tower.tidy(result[0]), tower.tidy(result[1])


def _angle_generators(tower: Tower, monomial: Quotient, unit: int) -> Circle:
    angle = monomial * tower.field.const(Fraction(1, unit))
    term, key = tower.term(angle), _label(angle)
    c = tower.new("cos", key, call("cos", term), (angle,))
    s = tower.new("sin", key, call("sin", term), (angle,),
                  lambda s: [s * s + c * c - tower.field.const(1)])
    return c, s


def _inverse(tower: Tower, gen) -> Circle | None:
    """cos and sin of asin x, acos x, atan x."""
    if gen.kind not in ("asin", "acos", "atan"):
        return None
    x, one = gen.of[0], tower.field.const(1)
    if gen.kind == "atan":
        length = root(tower, tower.tidy(one + x * x), Fraction(1, 2))
        return one / length, x / length
    other = root(tower, tower.tidy(one - x * x), Fraction(1, 2))
    return (other, x) if gen.kind == "asin" else (x, other)


def pi_multiple(tower: Tower, c: Fraction) -> Circle:
    """cos and sin of cπ."""
    const, half = tower.field.const, Fraction(1, 2)
    one = const(1)
    if 12 % c.denominator:
        degree = tower.plan.denominator(("angle", "pi"), c.denominator)
        return times(_pi_generators(tower, degree), int(c * degree), one)
    twelfths = int(c * 12)
    thirds = twelfths % 3
    quarters = (twelfths - 4 * thirds) // 3
    third = (const(half), root(tower, const(3), half) * const(half))
    diagonal = root(tower, const(half), half) if quarters % 2 else one
    quarter = (diagonal, diagonal) if quarters % 2 else (one, one - one)
    turns = times((one - one, one), (quarters - quarters % 2) // 2 % 4, one)
    return turned(turned(times(third, thirds, one), quarter), turns)


def _pi_generators(tower: Tower, degree: int) -> Circle:
    pi = tower.new("const", "pi", _pi(), positive=True)
    angle = pi * tower.field.const(Fraction(1, degree))
    term = tower.term(angle)
    one = tower.field.const(1)
    c = tower.new("cos", f"pi/{degree}", call("cos", term), (angle,),
                  lambda c: [chebyshev(c, degree, one) + one])

    def relations(s: Quotient) -> list[Quotient]:
        real, imaginary = times((c, s), degree, one)
        return [s * s + c * c - one, real + one, imaginary]

    return c, tower.new("sin", f"pi/{degree}", call("sin", term), (angle,), relations)


def chebyshev(c: Quotient, degree: int, one: Quotient) -> Quotient:
    """T_n(c), the polynomial with T_n(cos θ) = cos nθ."""
    before, now = one, c
    for _ in range(degree - 1):
        before, now = now, (one + one) * c * now - before
    return now


def _pi():
    from gradproof.formulas import Expr

    return Expr("const", (), "pi")


def sine(tower: Tower, angle: Quotient) -> Quotient:
    """sin of ``angle``."""
    return circle_of(tower, angle)[1]


def cosine(tower: Tower, angle: Quotient) -> Quotient:
    """cos of ``angle``."""
    return circle_of(tower, angle)[0]


def tangent(tower: Tower, angle: Quotient) -> Quotient:
    """sin/cos of ``angle``."""
    c, s = circle_of(tower, angle)
    return s / c
