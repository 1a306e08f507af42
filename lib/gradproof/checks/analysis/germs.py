"""Asymptotic expansions with an error term: f(X) = Σ c·m + O(e) as X → ∞.

The monomials m = exp(λX)·X^a·log(X)^b, rational λ, a, b, are compared by (λ, a, b). A
coefficient is a formula in the parameters. Every operation keeps the O(e) honest, so that a
limit read off an expansion is proved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import factorial

from gradproof.checks.analysis.tree import (
    ONE,
    ZERO,
    Failure,
    Known,
    add,
    apply,
    div,
    mul,
    neg,
    power,
)
from gradproof.formulas import Expr, num

Monomial = tuple[Fraction, Fraction, Fraction]
UNIT: Monomial = (Fraction(0), Fraction(0), Fraction(0))
MAX_TERMS = 300  # of one expansion; more is a failure, never cut silently


def times(m: Monomial, n: Monomial, power: int | Fraction = 1) -> Monomial:
    """m·n^power."""
    return tuple(a + power * b for a, b in zip(m, n, strict=True))


@dataclass(frozen=True)
class Germ:
    """terms: monomial -> coefficient. error: O of this monomial; None when exact."""

    terms: dict[Monomial, Expr]
    error: Monomial | None = None

    def largest(self) -> Monomial | None:
        """An upper bound of the germ's order; None for an exact zero."""
        return max([*self.terms, *([self.error] if self.error is not None else [])], default=None)


def made(terms: dict[Monomial, Expr], error: Monomial | None = None) -> Germ:
    """The germ without zero terms and terms below its error."""
    kept = {m: terms[m] for m in sorted(terms, reverse=True)
            if terms[m] != ZERO and (error is None or m > error)}
    if len(kept) > MAX_TERMS:
        raise Failure(f"budget spent: an expansion of more than {MAX_TERMS} terms")
    return Germ(kept, error)


def const(value: Expr) -> Germ:
    """The constant ``value``."""
    return made({UNIT: value})


def monomial(m: Monomial, coefficient: Expr = ONE) -> Germ:
    """coefficient·m, exactly."""
    return made({m: coefficient})


def plus(f: Germ, g: Germ) -> Germ:
    """f + g."""
    terms = dict(f.terms)
    for m, c in g.terms.items():
        terms[m] = add(terms.get(m, ZERO), c)
    return made(terms, _largest(f.error, g.error))


def negative(f: Germ) -> Germ:
    """−f."""
    return Germ({m: neg(c) for m, c in f.terms.items()}, f.error)


def product(f: Germ, g: Germ) -> Germ:
    """f·g."""
    errors = [times(e, other.largest()) for e, other in ((f.error, g), (g.error, f))
              if e is not None and other.largest() is not None]
    error = max(errors, default=None)
    terms: dict[Monomial, Expr] = {}
    for m, c in f.terms.items():
        for n, d in g.terms.items():
            key = times(m, n)
            if error is None or key > error:
                terms[key] = add(terms.get(key, ZERO), mul(c, d))
    return made(terms, error)


def _largest(a: Monomial | None, b: Monomial | None) -> Monomial | None:
    return max([e for e in (a, b) if e is not None], default=None)


def settled(f: Germ, known: Known) -> Germ:
    """``f`` without leading terms that vanish; the first that stays is certainly not 0.

    Raises Failure where a coefficient's vanishing is open or the expansion is too short.
    """
    terms = dict(f.terms)
    for m, c in f.terms.items():
        if known.nonzero(c):
            return Germ(terms, f.error)
        if not known.zero(c):
            raise Failure(f"it is open whether {c} is 0")
        del terms[m]
    if f.error is not None:
        raise Failure("the leading terms cancel to the order of the expansion")
    return Germ({}, None)


def split(f: Germ, known: Known) -> tuple[Monomial, Expr, Germ]:
    """f = c·m·(1 + s): (m, c, s) with c certainly not 0 and s → 0. Failure for f = 0."""
    f = settled(f, known)
    if not f.terms:
        raise Failure("division by zero, or a function of it")
    m, c = next(iter(f.terms.items()))
    rest = {times(n, m, -1): div(d, c) for n, d in f.terms.items() if n != m}
    return m, c, made(rest, None if f.error is None else times(f.error, m, -1))


def composed(coefficients: Sequence[Expr], small: Germ) -> Germ:
    """Σ_k coefficients[k]·small^k + O(small^K), K = len(coefficients); small → 0."""
    top = small.largest()
    if top is None:
        return const(coefficients[0])
    if top >= UNIT:
        raise Failure("a series was asked for at an argument that does not tend to its centre")
    error = times(UNIT, top, len(coefficients))
    total = Germ({}, error)
    for c in reversed(coefficients):
        total = plus(product(total, small), const(c))
        total = made(total.terms, _largest(total.error, error))
    return total


def raised(f: Germ, exponent: Fraction, known: Known, order: int) -> Germ:
    """f^exponent = c^r m^r (1+s)^r; f is eventually positive where r is no integer."""
    if exponent.denominator == 1 and 0 <= exponent <= 64:
        result = const(ONE)
        for _ in range(int(exponent)):
            result = product(result, f)
        return result
    m, c, s = split(f, known)
    if exponent.denominator != 1 and not known.positive(c):
        raise Failure(f"it is open whether {c} is positive")
    front = monomial(times(UNIT, m, exponent), power(c, exponent))
    return product(front, composed(binomials(num(exponent), order), s))


def binomials(exponent: Expr, order: int) -> list[Expr]:
    """The coefficients of (1 + s)^exponent."""
    out = [ONE]
    for k in range(order - 1):
        out.append(div(mul(out[-1], add(exponent, num(-k))), num(k + 1)))
    return out


def exponentials(order: int) -> list[Expr]:
    """The coefficients of e^s."""
    return [num(Fraction(1, factorial(k))) for k in range(order)]


def logarithm(f: Germ, known: Known, order: int) -> Germ:
    """log f = log c + λX + a·log X + log(1 + s) for an eventually positive f."""
    m, c, s = split(f, known)
    if not known.positive(c):
        raise Failure(f"it is open whether {c} is positive")
    if m[2]:
        raise Failure("a logarithm of a logarithm")
    zero, one = Fraction(0), Fraction(1)
    front = made({(zero, one, zero): num(m[0]), (zero, zero, one): num(m[1]),
                  UNIT: apply("log", c)})
    series = [ZERO, *(num(Fraction((-1) ** (k + 1), k)) for k in range(1, order))]
    return plus(front, composed(series, s))
