"""Distinct real solutions of a polynomial system, by Hermite's trace form.

For a zero-dimensional ideal I with standard monomials b₁ … b_D, the symmetric matrix
H_ij = trace of multiplication by b_i b_j on ℚ[x]/I has as its rank the number of distinct
complex solutions and as its signature the number of distinct real ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

import flint
import sympy

from gradproof.checks.core import KernelError
from gradproof.checks.exact.sturm import count_roots
from gradproof.checks.matrices.inertia import inertia

MAX_DIMENSION = 60


class NotFinite(ValueError):
    """The system has infinitely many complex solutions, or too many for the budget."""


def real_count(system: Sequence[flint.fmpq_mpoly], names: Sequence[str]) -> int:
    """The number of distinct real solutions of ``system`` = 0 in the unknowns ``names``.

    Computed with two monomial orders (one unknown: by Sturm). Raises NotFinite if the ideal is not
    zero-dimensional, or its quotient has more than MAX_DIMENSION dimensions.
    """
    if len(names) == 1:
        return _one_unknown(system)
    counts = [signature(system, names, order) for order in ("grevlex", "lex")]
    if counts[0] != counts[1]:
        raise KernelError("two monomial orders give different numbers of real solutions")
    return counts[0]


def _one_unknown(system: Sequence[flint.fmpq_mpoly]) -> int:
    """The number of distinct real roots of the greatest common divisor."""
    common = flint.fmpq_poly()
    for poly in system:
        terms = {int(k): c for (k,), c in poly.to_dict().items()}
        dense = [terms.get(k, flint.fmpq(0)) for k in range(max(terms, default=0) + 1)]
        common = common.gcd(flint.fmpq_poly(dense))
    if common.degree() < 0:
        raise NotFinite("the system has no equations: every point is a solution")
    return count_roots(common)


def signature(system: Sequence[flint.fmpq_mpoly], names: Sequence[str], order: str) -> int:
    """The signature of the trace form, computed with one monomial order."""
    symbols = [sympy.Symbol(f"u{i}") for i in range(len(names))]
    polynomials = [_sympy(f, symbols) for f in system if not f.is_zero()]
    if not polynomials:
        raise NotFinite("the system has no equations: every point is a solution")
    basis = sympy.groebner(polynomials, *symbols, order=order, domain=sympy.QQ)
    if basis.exprs == [sympy.Integer(1)]:
        return 0
    standard = _standard(basis, len(names), order)
    matrices = _multiplications(basis, standard, symbols)
    form = _trace_form(standard, matrices)
    positive, _, negative = inertia(form)
    return positive - negative


def _sympy(poly: flint.fmpq_mpoly, symbols: list[sympy.Symbol]) -> sympy.Poly:
    terms = {tuple(map(int, k)): sympy.Rational(int(c.p), int(c.q))
             for k, c in poly.to_dict().items()}
    return sympy.Poly(terms, *symbols, domain=sympy.QQ)


def _standard(basis, size: int, order: str) -> list[tuple[int, ...]]:
    """Exponents of the monomials below the staircase of leading monomials."""
    leading = [p.monoms(order=order)[0] for p in basis.polys]
    limits = []
    for i in range(size):
        pure = [m[i] for m in leading if not any(e for j, e in enumerate(m) if j != i)]
        if not pure:
            raise NotFinite("the system has infinitely many complex solutions")
        limits.append(min(pure))
    if sympy.prod(limits) > 50 * MAX_DIMENSION:
        raise NotFinite(f"the quotient ring may have more than {MAX_DIMENSION} dimensions")
    below = [m for m in product(*map(range, limits))
             if not any(all(a >= b for a, b in zip(m, lead, strict=True)) for lead in leading)]
    if len(below) > MAX_DIMENSION:
        raise NotFinite(f"the quotient ring has {len(below)} dimensions; "
                        f"the budget is {MAX_DIMENSION}")
    return below


def _multiplications(basis, standard, symbols) -> list[flint.fmpq_mat]:
    """The matrix of multiplication by each unknown; column j is u_i·b_j in the basis."""
    index = {m: i for i, m in enumerate(standard)}
    size = len(standard)
    found = []
    for i in range(len(symbols)):
        table = flint.fmpq_mat(size, size)
        for j, monomial in enumerate(standard):
            raised = tuple(e + (k == i) for k, e in enumerate(monomial))
            for exponents, c in _reduced(basis, raised, index, symbols):
                table[index[exponents], j] = flint.fmpq(int(c.p), int(c.q))
        found.append(table)
    return found


def _reduced(basis, exponents, index, symbols):
    if exponents in index:
        return [(exponents, sympy.Integer(1))]
    monomial = sympy.Poly({exponents: 1}, *symbols, domain=sympy.QQ)
    rest = sympy.Poly(basis.reduce(monomial.as_expr())[1], *symbols, domain=sympy.QQ)
    return [(m, c) for m, c in rest.terms() if c]


def _trace_form(standard, matrices: list[flint.fmpq_mat]) -> list[list[Fraction]]:
    size = len(standard)
    products = []
    for monomial in standard:
        total = flint.fmpq_mat(size, size, [int(i == j) for i in range(size) for j in range(size)])
        for matrix, power in zip(matrices, monomial, strict=True):
            for _ in range(power):
                total = total * matrix
        products.append(total)
    form = [[Fraction(0)] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + 1):
            form[i][j] = form[j][i] = _trace_of_product(products[i], products[j])
    return form


def _trace_of_product(a: flint.fmpq_mat, b: flint.fmpq_mat) -> Fraction:
    product_ = a * b
    trace = sum((product_[k, k] for k in range(a.nrows())), flint.fmpq(0))
    return Fraction(int(trace.p), int(trace.q))
