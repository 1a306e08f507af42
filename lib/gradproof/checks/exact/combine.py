"""Exact nonnegative combinations and sums of squares of polynomials over ℚ.

A floating-point linear program only proposes which columns to use; the coefficients come from
solving the linear system over ℚ and are checked there.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from flint import fmpq, fmpq_mat, fmpq_mpoly
from scipy.optimize import linprog
from scipy.sparse import csc_array

SUPPORTS = (1e-9, 1e-6, 1e-12, 1e-4)  # columns with larger proposed coefficients are used
MAX_ENTRIES = 3_000_000
MAX_PIVOTS = 3_000  # steps of the simplex method in one linear program: some never end


def combination(target: fmpq_mpoly, columns: Sequence[fmpq_mpoly], free: Sequence[int] = (),
                favoured: Sequence[int] = ()) -> dict[int, fmpq] | None:
    """Coefficients c with target = Σ c_k·columns[k], c_k ≥ 0 except for k in ``free``; or None.

    favoured: columns whose total coefficient should be as large as possible (at most 1 times
    the size of the target), so that a strictly positive one is used when that is possible.
    """
    if not columns:
        return None
    table = [dict(zip(p.monoms(), p.coeffs(), strict=True)) for p in (*columns, target)]
    monomials = sorted(frozenset().union(*table))
    row = {m: i for i, m in enumerate(monomials)}
    if len(monomials) * len(columns) > MAX_ENTRIES or any(m not in row for m in table[-1]):
        return None
    proposed = _proposal(table, row, frozenset(free), frozenset(favoured))
    if proposed is None:
        return None
    for least in SUPPORTS:
        support = [k for k, c in enumerate(proposed) if abs(c) > least]
        exact = _solved(table, row, support)
        if exact and all(c >= 0 or k in free for k, c in exact.items()):
            return {k: c for k, c in exact.items() if c}
    return None


def _proposal(table, row, free: frozenset[int], favoured: frozenset[int]) -> np.ndarray | None:
    """A vertex of {c : Σ c_k·column_k = target}, in floating point: a hint."""
    *columns, target = table
    entries = [(row[m], k, _float(c)) for k, column in enumerate(columns)
               for m, c in column.items()]
    i, k, v = zip(*entries, strict=True) if entries else ((), (), ())
    size = max((abs(_float(c)) for c in target.values()), default=1.0) or 1.0
    right = np.zeros(len(row))
    for m, c in target.items():
        right[row[m]] = _float(c) / size
    if not np.isfinite([*v, size]).all():
        return None
    matrix = csc_array((v, (i, k)), shape=(len(row), len(columns)))
    cost = [-1.0 if k in favoured else 0.0 for k in range(len(columns))]
    bounds = [(None, None) if k in free else (0, 1) if k in favoured else (0, None)
              for k in range(len(columns))]
    result = linprog(cost, A_eq=matrix, b_eq=right, bounds=bounds, method="highs-ds",
                     options={"maxiter": MAX_PIVOTS})
    return result.x if result.status == 0 else None


def _float(value: fmpq) -> float:
    try:
        return int(value.p) / int(value.q)
    except OverflowError:
        return float("inf")


def _solved(table, row, support: list[int]) -> dict[int, fmpq] | None:
    """The exact solution on ``support``; None when there is none. Free unknowns are 0."""
    *columns, target = table
    system = fmpq_mat(len(row), len(support) + 1)
    for place, column in enumerate([*(columns[k] for k in support), target]):
        for m, c in column.items():
            system[row[m], place] = c
    reduced, rank = system.rref()
    solution = {}
    for i in range(rank):
        pivot = next(j for j in range(len(support) + 1) if reduced[i, j] != 0)
        if pivot == len(support):
            return None
        solution[support[pivot]] = reduced[i, len(support)]
    return solution


def ldl(matrix: list[list[fmpq]]) -> list[tuple[fmpq, list[fmpq]]] | None:
    """(d_k, l_k) with matrix = Σ d_k·l_k·l_kᵀ and d_k > 0 for a positive semidefinite matrix.

    None when the symmetric ``matrix`` is not positive semidefinite. Exact.
    """
    a = [list(r) for r in matrix]
    n, out = len(a), []
    for k in range(n):
        d = a[k][k]
        if d < 0 or (d == 0 and any(a[k][j] != 0 for j in range(n))):
            return None
        if d == 0:
            continue
        line = [a[k][j] / d for j in range(n)]
        out.append((d, line))
        for i in range(n):
            if line[i] != 0:
                for j in range(n):
                    a[i][j] -= d * line[i] * line[j]
    return out


def semidefinite(poly: fmpq_mpoly) -> list[tuple[fmpq, fmpq_mpoly]] | None:
    """(d_k, q_k) with ``poly`` = Σ d_k·q_k², d_k > 0, q_k affine, for a quadratic; else None.

    Eliminates the constant last, so that a positive constant stays a term of its own.
    """
    if poly.is_zero() or poly.total_degree() > 2:
        return None
    context = poly.context()
    basis = [g for g, d in zip(context.gens(), poly.degrees(), strict=True) if d]
    basis.append(context.constant(1))
    lookup = dict(zip(poly.monoms(), poly.coeffs(), strict=True))
    gram = [[lookup.get((p * q).monoms()[0], fmpq(0)) / (1 if p is q else 2) for q in basis]
            for p in basis]
    squares = ldl(gram)
    if squares is None:
        return None
    return [(d, sum((c * b for c, b in zip(line, basis, strict=True) if c != 0),
                    context.constant(0))) for d, line in squares]


def as_fraction(value: fmpq) -> Fraction:
    """FLINT's rational as Python's."""
    return Fraction(int(value.p), int(value.q))
