"""Gröbner bases within a budget, and signs of polynomials from lower bounds of their variables."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from flint import Ordering, fmpq, fmpq_mpoly, fmpz_mpoly, fmpz_mpoly_ctx, fmpz_mpoly_vec

from gradproof.checks.exact.polynomials import Field
from gradproof.formulas import Proposition, Relation

BASIS = (60, 400, 4_000)  # Gröbner basis: elements, terms of each, bits of a coefficient


def lower_bounds(proposition: Proposition) -> dict[str, tuple[Fraction, bool]]:
    """name -> (low, strict) from hypotheses such as n >= 1 and 0 < x."""
    found: dict[str, tuple[Fraction, bool]] = {}
    for h in proposition.hypotheses:
        if not isinstance(h, Relation) or h.op not in ("<", "<=", ">", ">="):
            continue
        large, small = (h.left, h.right) if h.op[0] == ">" else (h.right, h.left)
        if large.head == "var" and small.head == "num":
            new = (small.data, h.op in ("<", ">"))
            found[large.data] = max(found.get(large.data, new), new)
    return found


def above(poly: fmpq_mpoly, lows: dict, field: Field, weak: bool) -> bool:
    """Whether poly(low + y) has coefficients ≥ 0 only, and for > 0 a positive constant term.

    A strict x > low makes x − low itself positive.
    """
    shifted = []
    for name, degree in zip(field.names, poly.degrees(), strict=True):
        if degree > 0 and name not in lows:
            return False
        low = lows[name][0] if degree > 0 else Fraction(0)
        shifted.append(field.gen(name).num + fmpq(low.numerator, low.denominator))
    moved = poly.compose(*shifted, ctx=field.context)
    if any(c < 0 for c in moved.coeffs()):
        return False
    strict = [all(lows[n][1] for n, p in zip(field.names, powers, strict=True) if p)
              for powers in moved.monoms()]
    return weak or any(strict)


def groebner(polys: list[fmpq_mpoly], field: Field) -> list[fmpq_mpoly]:
    """A reduced Gröbner basis in the field's order; where the budget ends, some of the ideal."""
    context = fmpz_mpoly_ctx.get(field.names, Ordering.lex)
    vector = fmpz_mpoly_vec([_whole(p, context) for p in polys], context)
    result, complete = vector.buchberger_naive(limits=BASIS)
    if complete:
        result = result.autoreduction()
    return [field.context.from_dict({m: int(c) for m, c in p.to_dict().items()}) for p in result]


def _whole(poly: fmpq_mpoly, context: fmpz_mpoly_ctx) -> fmpz_mpoly:
    scale = lcm(*(int(c.q) for c in poly.coeffs()))
    return context.from_dict({m: int((c * scale).p) for m, c in poly.to_dict().items()})
