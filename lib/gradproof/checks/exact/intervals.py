"""The interval that the hypotheses leave to one variable, and signs of polynomials on it."""

from __future__ import annotations

from flint import fmpq, fmpq_mpoly, fmpq_poly

from gradproof.checks.exact import rootcount as roots

NEGATIVE, ZERO, POSITIVE = 1, 2, 4
Interval = tuple[fmpq | None, fmpq | None, bool, bool]  # low, high, closed low, closed high


def univariate(facts, poly: fmpq_mpoly) -> tuple[fmpq_poly, Interval] | None:
    """``poly`` by coefficients, with its variable's interval; None with more variables."""
    used = [i for i, degree in enumerate(poly.degrees()) if degree]
    if len(used) != 1:
        return None
    return dense(poly, used[0]), interval(facts, used[0])


def dense(poly: fmpq_mpoly, index: int) -> fmpq_poly:
    """``poly``, which contains generator ``index`` only, by its coefficients."""
    coefficients = [fmpq(0)] * (poly.degrees()[index] + 1)
    for exponents, c in zip(poly.monoms(), poly.coeffs(), strict=True):
        coefficients[exponents[index]] = c
    return fmpq_poly(coefficients)


def interval(facts, index: int) -> Interval:
    """The interval that facts linear in generator ``index`` alone give it."""
    low, high, closed_low, closed_high = None, None, False, False
    for fact in facts.known:
        degrees = fact.poly.degrees()
        if degrees[index] != 1 or sum(degrees) != 1 or fact.kind == "!=":
            continue
        b, a = (dense(fact.poly, index)[i] for i in (0, 1))
        end, closed = -b / a, fact.kind != ">"
        if (a > 0 or fact.kind == "==") and (low is None or end > low or
                                             (end == low and not closed)):
            low, closed_low = end, closed
        if (a < 0 or fact.kind == "==") and (high is None or end < high or
                                             (end == high and not closed)):
            high, closed_high = end, closed
    return low, high, closed_low, closed_high


def is_empty(where: Interval) -> bool:
    """Whether no number lies in the interval."""
    low, high, closed_low, closed_high = where
    if low is None or high is None or low < high:
        return False
    return low > high or not (closed_low and closed_high)


def sign_on(poly: fmpq_poly, where: Interval) -> int:
    """The signs that ``poly`` (not zero) takes on the interval: exactly those."""
    low, high, closed_low, closed_high = where
    if is_empty(where):
        return NEGATIVE | ZERO | POSITIVE
    if low is not None and low == high:
        return _bit(roots.sign_at(poly, low))
    signs = ZERO if roots.count_roots(poly, low, high, closed_low=closed_low,
                                      closed_high=closed_high) else 0
    if roots.count_sign_changes(poly, low, high):
        return NEGATIVE | ZERO | POSITIVE
    return signs | _bit(roots.sign_at(poly, roots.point_without_root(poly, low, high)))


def _bit(sign: int) -> int:
    return POSITIVE if sign > 0 else NEGATIVE if sign < 0 else ZERO
