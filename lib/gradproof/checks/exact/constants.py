"""Constants whose normal form is not zero though they may be: algebraic numbers and angles.

An algebraic number γ with P(γ) = 0, P = t^k·Q, Q(0) ≠ 0, is 0 or has |γ| ≥ |q₀|/(|q₀| + max|qᵢ|)
(Cauchy). A ball below that bound decides. A sum θ of rational multiples of π, atan, asin, acos is
0 when cos dθ = 1, sin dθ = 0 for a common denominator d, and |dθ| < 6 < 2π.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from flint import fmpq_mpoly

from gradproof.checks.core import Accept
from gradproof.checks.exact.generators import Tower
from gradproof.checks.exact.polynomials import Quotient
from gradproof.checks.exact.trigonometry import circle_of
from gradproof.formulas import Expr, FormulaError
from gradproof.formulas.expr import num
from gradproof.formulas.values import Undefined, ball
from gradproof.verdicts import Enclosed

MAX_DEGREE = 48  # of the polynomial that eliminates all generators
BITS = (128, 512, 2048, 8192)
ANGLES = ("const", "asin", "acos", "atan")


def vanishing(tower: Tower, gap: Quotient) -> Accept | None:
    """An acceptance when the constant ``gap`` is certainly 0, else None."""
    value = tower.tidy(gap).num
    used = [n for n, d in zip(tower.field.names, value.degrees(), strict=True) if d > 0]
    if not used or any(name not in tower.made for name in used):
        return None
    try:
        if all(tower.made[name].kind in ANGLES for name in used):
            return _angle(tower, value)
        return _algebraic(tower, value)
    except (FormulaError, Undefined):
        return None


def _angle(tower: Tower, value: fmpq_mpoly) -> Accept | None:
    if value.total_degree() != 1:
        return None
    scale = lcm(*(int(c.q) for c in value.coeffs()))
    angle = Quotient(value * scale, value * 0 + 1)
    cos, sin = circle_of(tower, angle)
    if not (tower.zero(sin) and tower.zero(cos - tower.field.const(1))):
        return None
    if not bool(abs(ball(tower.term(angle), {}, BITS[0])) < 6):
        return None
    return Accept(Enclosed, "cosine 1 and sine 0 by normal form, and an enclosure of the angle "
                            "within (−2π, 2π)")


def _algebraic(tower: Tower, value: fmpq_mpoly) -> Accept | None:
    coefficients = eliminated(tower, value)
    if coefficients is None:
        return None
    while coefficients and not coefficients[0]:
        coefficients = coefficients[1:]
    first, rest = abs(coefficients[0]), [abs(c) for c in coefficients[1:]]
    bound = Fraction(first, first + max(rest)) if rest else Fraction(1)
    term = tower.term(value)
    below = Expr("sub", (num(bound), Expr("call", (term,), "abs")))
    for bits in BITS:
        gap = ball(term, {}, bits)
        if not gap.contains(0) or not gap.is_finite():
            return None
        if bool(ball(below, {}, bits) > 0):
            return Accept(Enclosed, f"algebraic number of degree at most {len(coefficients) - 1}, "
                                    f"enclosed below its root bound", note=f"{bits} bits")
    return None


def eliminated(tower: Tower, value: fmpq_mpoly) -> list[Fraction] | None:
    """Coefficients, lowest first, of a polynomial P ≠ 0 with P(value) = 0; None: not algebraic.

    P is a resultant by each generator's own polynomial in turn, later generators first.
    """
    spare = tower.indices[0]
    t = tower.field.gen(spare).num
    current = t - value
    for name in tower.field.names:
        degree = dict(zip(tower.field.names, current.degrees(), strict=True))
        if degree[name] <= 0 or name == spare:
            continue
        if name not in tower.algebraic:
            return None
        current = current.resultant(tower.algebraic[name], name)
        if current.is_zero() or current.degrees()[tower.field.names.index(spare)] > MAX_DEGREE:
            return None
    place = tower.field.names.index(spare)
    found = {int(powers[place]): c for powers, c in current.to_dict().items()}
    return [Fraction(int(found[k].p), int(found[k].q)) if k in found else Fraction(0)
            for k in range(max(found) + 1)]
