"""Real roots of polynomials over ℚ by Sturm's theorem: counted and isolated, not approximated.

The chain of f, f′ and negated remainders counts the distinct real roots in (a, b] as the drop in
sign changes. Ends may be rational or infinite, open or closed; only ℚ-arithmetic is used.
"""

from __future__ import annotations

from flint import fmpq, fmpq_poly

End = fmpq | None  # None is −∞ as a low end, +∞ as a high end


def chain(poly: fmpq_poly) -> list[fmpq_poly]:
    """Sturm's chain of the square-free part of ``poly`` (not zero)."""
    part = squarefree(poly)
    out = [part, part.derivative()]
    while out[-1].degree() >= 0:
        rest = -(out[-2] % out[-1])
        if rest.degree() < 0:
            break
        scale = abs(rest.leading_coefficient())
        out.append(rest / scale)
    return [p for p in out if p.degree() >= 0]


def squarefree(poly: fmpq_poly) -> fmpq_poly:
    """``poly`` without repeated factors. Raises ValueError for the zero polynomial."""
    if poly.degree() < 0:
        raise ValueError("the zero polynomial has no finite number of roots")
    common = poly.gcd(poly.derivative())
    return poly // common if common.degree() > 0 else poly


def sign_at(poly: fmpq_poly, end: End, high: bool = True) -> int:
    """Sign of ``poly`` at a rational, or at +∞ (high) or −∞ for None."""
    if end is not None:
        value = poly(end)
        return (value > 0) - (value < 0)
    lead = poly.leading_coefficient()
    sign = (lead > 0) - (lead < 0)
    return sign if high or poly.degree() % 2 == 0 else -sign


def _changes(sequence: list[fmpq_poly], end: End, high: bool) -> int:
    signs = [s for s in (sign_at(p, end, high) for p in sequence) if s]
    return sum(a != b for a, b in zip(signs, signs[1:], strict=False))


def count_roots(poly: fmpq_poly, low: End = None, high: End = None, *, closed_low: bool = True,
                closed_high: bool = True) -> int:
    """Number of distinct real roots of ``poly`` between ``low`` and ``high``.

    low, high: rationals, or None for −∞ and +∞. A root at an end counts where that end is closed.
    Raises ValueError for the zero polynomial.

    >>> count_roots(fmpq_poly([-2, 0, 1]), fmpq(0), None)
    1
    """
    if poly.degree() < 0:
        raise ValueError("the zero polynomial has no finite number of roots")
    if low is not None and high is not None and low >= high:
        inside = low == high and closed_low and closed_high
        return int(inside and poly(low) == 0)
    sequence = chain(poly)
    count = _changes(sequence, low, False) - _changes(sequence, high, True)  # roots in (low, high]
    if low is not None and closed_low and poly(low) == 0:
        count += 1
    if high is not None and not closed_high and poly(high) == 0:
        count -= 1
    return count


def odd_part(poly: fmpq_poly) -> fmpq_poly:
    """Product of the irreducible factors of odd multiplicity: where ``poly`` changes sign."""
    out = fmpq_poly([1])
    for factor, multiplicity in poly.factor()[1]:
        if multiplicity % 2:
            out *= fmpq_poly(factor)
    return out


def count_sign_changes(poly: fmpq_poly, low: End = None, high: End = None) -> int:
    """Number of points inside the open interval at which ``poly`` changes its sign."""
    return count_roots(odd_part(poly), low, high, closed_low=False, closed_high=False)


def inner_point(low: End, high: End) -> fmpq:
    """A rational strictly between ``low`` and ``high`` (low < high)."""
    if low is None:
        return fmpq(0) if high is None or high > 0 else high - 1
    return (low + high) / 2 if high is not None else low + 1


def point_without_root(poly: fmpq_poly, low: End, high: End) -> fmpq:
    """A rational strictly inside the interval at which ``poly`` (not zero) is not 0."""
    point = inner_point(low, high)
    while poly(point) == 0:
        point = inner_point(low, point) if low is not None else point - 1
        # finitely many roots: the sequence leaves them
    return point


def beyond(poly: fmpq_poly) -> int:
    """An integer B with all real roots of ``poly`` (not zero) in (−B, B), by Cauchy's bound."""
    lead = poly.leading_coefficient()
    size = max((abs(c / lead) for c in poly.coeffs()), default=fmpq(0))
    return 2 + int(size.p // size.q)


def isolated(poly: fmpq_poly, low: fmpq, high: fmpq) -> list[tuple[fmpq, fmpq]]:
    """Disjoint intervals, in order, each with one real root of ``poly`` in its interior.

    low < high are no roots; nor are the ends of the intervals that are returned.
    """
    count = count_roots(poly, low, high)
    if count <= 1:
        return [(low, high)] * count
    middle = point_without_root(poly, low, high)
    return isolated(poly, low, middle) + isolated(poly, middle, high)


def rational_roots(poly: fmpq_poly) -> list[fmpq]:
    """The rational roots of ``poly`` (not zero), in order."""
    linear = [fmpq_poly(f) for f, _ in poly.factor()[1] if f.degree() == 1]
    return sorted(-f[0] / f[1] for f in linear)
