"""Weighted sums of squares: target = Σ_w w·Σ_k d_k·q_k² + Σ_g r_g·g, with d_k > 0, exactly.

A semidefinite program (Clarabel) proposes Gram matrices; they are rounded to rationals, moved
onto the linear equations exactly, and decomposed by LDLᵀ over ℚ. Where the target has zeros, no
Gram matrix is definite: the kernel is then read off, made rational, and divided out.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from flint import fmpq, fmpq_mat, fmpq_mpoly
from scipy.sparse import csc_matrix

from gradproof.checks.exact.combine import ldl

DENOMINATORS = (1, 12, 360, 2 ** 14, 2 ** 24, 2 ** 36)
ROUNDS = 4  # facial reductions
MAX_GRAM = 60  # rows of the largest Gram matrix
FLAT = 1e-7  # a larger least eigenvalue leaves room for rounding

Block = list[fmpq_mpoly]


def sum_of_squares(target: fmpq_mpoly, weights: Sequence[fmpq_mpoly], bases: Sequence[Block],
                   free: Sequence[fmpq_mpoly] = ()) -> tuple[list, list] | None:
    """(squares, multipliers) with target = Σ weights[w]·d·q² + Σ multipliers[g]·free[g].

    bases: the polynomials that the Gram matrix of each weight is about. squares: (w, d, q)
    triples; multipliers: one rational for each of ``free``. None when nothing was found.
    """
    bases = [list(b) for b in bases]
    if max(map(len, bases), default=0) > MAX_GRAM:
        return None
    for _ in range(ROUNDS):
        layout = [(w, i, j) for w, b in enumerate(bases)
                  for i in range(len(b)) for j in range(i + 1)]
        columns = [weights[w] * bases[w][i] * bases[w][j] * (1 if i == j else 2)
                   for w, i, j in layout] + list(free)
        rows = _rows(columns, target)
        if rows is None or not layout:
            return None
        solved = _solve(columns, target, rows, layout, bases)
        if solved is None:
            return None
        least, x = solved
        exact = _rounded(x, columns, target, rows, layout, bases)
        if exact is not None:
            return _decomposed(exact, layout, bases, len(free))
        if least > FLAT * 100:
            return None
        smaller = _without_kernels(x, layout, bases)
        if smaller == bases:
            return None
        bases = smaller
    return None


def _rows(columns, target) -> dict | None:
    """Row number of every monomial that a column has; None when the target has another."""
    monomials = sorted(frozenset(m for p in columns for m in p.monoms()))
    rows = {m: i for i, m in enumerate(monomials)}
    return rows if all(m in rows for m in target.monoms()) else None


def _number(value: fmpq) -> float:
    return int(value.p) / int(value.q)


def _solve(columns, target, rows, layout, bases) -> tuple[float, np.ndarray] | None:
    """(least eigenvalue, entries) of Gram matrices with the largest least eigenvalue: a hint."""
    import clarabel

    size = max(abs(_number(c)) for c in target.coeffs())
    count = len(columns) + 1  # the last unknown is the least eigenvalue t
    entries = [(rows[m], k, _number(c)) for k, p in enumerate(columns)
               for m, c in zip(p.monoms(), p.coeffs(), strict=True)]
    right = np.zeros(len(rows))
    for m, c in zip(target.monoms(), target.coeffs(), strict=True):
        right[rows[m]] = _number(c) / size
    at = len(rows)
    for k, (_, i, j) in enumerate(layout):  # the upper triangle, column by column
        entries.append((at + k, k, -1.0 if i == j else -np.sqrt(2.0)))
        if i == j:
            entries.append((at + k, count - 1, 1.0))
    at += len(layout)
    entries.append((at, count - 1, 1.0))
    r, c, v = zip(*entries, strict=True)
    matrix = csc_matrix((v, (r, c)), shape=(at + 1, count))
    cones = [clarabel.ZeroConeT(len(rows))]
    cones += [clarabel.PSDTriangleConeT(len(b)) for b in bases if b]
    cones.append(clarabel.NonnegativeConeT(1))
    settings = clarabel.DefaultSettings()
    settings.verbose, settings.max_iter, settings.max_threads = False, 100, 1
    cost = np.zeros(count)
    cost[-1] = -1.0
    bound = np.concatenate([right, np.zeros(len(layout)), [1.0]])
    answer = clarabel.DefaultSolver(csc_matrix((count, count)), cost, matrix, bound, cones,
                                    settings).solve()
    if str(answer.status) not in ("Solved", "AlmostSolved"):
        return None
    x = np.array(answer.x)
    return (x[-1], x[:-1] * size) if x[-1] > -1e-4 else None


def _rounded(x, columns, target, rows, layout, bases) -> list[fmpq] | None:
    """Rational entries near ``x`` that satisfy the equations and give semidefinite matrices.

    Free entries are rounded to a common denominator; the others follow from the equations.
    """
    order = sorted(range(len(columns)), key=lambda k: (len(columns[k]), k))
    system = fmpq_mat(len(rows), len(columns) + 1)
    for place, p in enumerate([*(columns[k] for k in order), target]):
        for m, c in zip(p.monoms(), p.coeffs(), strict=True):
            system[rows[m], place] = c
    reduced, rank = system.rref()
    pivots = [next(j for j in range(len(order) + 1) if reduced[i, j] != 0) for i in range(rank)]
    if len(order) in pivots:
        return None
    loose = [j for j in range(len(order)) if j not in set(pivots)]
    links = [[(j, reduced[i, j]) for j in loose if reduced[i, j] != 0] for i in range(rank)]
    for denominator in DENOMINATORS:
        entries = [fmpq(0)] * len(order)
        for j in loose:
            entries[order[j]] = fmpq(round(float(x[order[j]]) * denominator), denominator)
        for i, pivot in enumerate(pivots):
            entries[order[pivot]] = reduced[i, len(order)] - sum(
                (c * entries[order[j]] for j, c in links[i]), fmpq(0))
        if all(ldl(m) is not None for m in _matrices(entries, layout, bases)):
            return entries
    return None


def _matrices(entries, layout, bases) -> list[list[list[fmpq]]]:
    out = [[[fmpq(0)] * len(b) for _ in b] for b in bases]
    for (w, i, j), value in zip(layout, entries, strict=False):
        out[w][i][j] = out[w][j][i] = value
    return out


def _decomposed(entries, layout, bases, free: int) -> tuple[list, list]:
    squares = []
    for w, matrix in enumerate(_matrices(entries, layout, bases)):
        for d, line in ldl(matrix):
            q = sum((c * b for c, b in zip(line, bases[w], strict=True) if c != 0), bases[w][0] * 0)
            squares.append((w, d, q))
    return squares, entries[len(entries) - free:] if free else []


def _without_kernels(x, layout, bases) -> list[Block]:
    """Smaller bases: what is orthogonal to the (rationalised) kernels of the Gram matrices."""
    out = []
    floats = [np.zeros((len(b), len(b))) for b in bases]
    for (w, i, j), value in zip(layout, x, strict=False):
        floats[w][i, j] = floats[w][j, i] = value
    for matrix, basis in zip(floats, bases, strict=True):
        values, vectors = np.linalg.eigh(matrix) if basis else (np.zeros(0), np.zeros((0, 0)))
        small = values < 2e-4 * max(values.max(initial=0), 1e-9)
        kernel = _echelon(vectors[:, small].T) if small.any() else []
        out.append(_orthogonal(kernel, basis) if kernel else basis)
    return out


def _echelon(rows: np.ndarray) -> list[list[Fraction]]:
    """Row-reduced form of floating-point ``rows``, its entries rounded to small fractions."""
    a, pivots = rows.copy(), 0
    for _ in range(len(a)):
        block = np.abs(a[pivots:])
        i, j = np.unravel_index(block.argmax(), block.shape)
        if block[i, j] < 1e-3:
            break
        a[[pivots, pivots + i]] = a[[pivots + i, pivots]]
        a[pivots] /= a[pivots, j]
        for k in range(len(a)):
            if k != pivots:
                a[k] -= a[k, j] * a[pivots]
        pivots += 1
    return [[Fraction(float(v)).limit_denominator(60) for v in row] for row in a[:pivots]]


def _orthogonal(kernel: list[list[Fraction]], basis: Block) -> Block:
    """Polynomials Σ n_i·basis_i for the n that are orthogonal to the kernel."""
    n = len(basis)
    matrix = fmpq_mat(len(kernel), n, [fmpq(v.numerator, v.denominator) for r in kernel for v in r])
    reduced, rank = matrix.rref()
    pivots = [next(j for j in range(n) if reduced[i, j] != 0) for i in range(rank)]
    out = []
    for j in (j for j in range(n) if j not in pivots):
        q = basis[j]
        for i, pivot in enumerate(pivots):
            if reduced[i, j] != 0:
                q = q - reduced[i, j] * basis[pivot]
        out.append(q)
    return out
