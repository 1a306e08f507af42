"""Signs of the eigenvalues of a symmetric matrix, exactly or from balls."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import flint


def inertia(rows: Sequence[Sequence[Fraction]]) -> tuple[int, int, int]:
    """(positive, zero, negative): how many eigenvalues of a rational symmetric matrix.

    All roots of its characteristic polynomial are real, so Descartes' rule of signs counts
    the positive ones exactly.
    """
    size = len(rows)
    table = flint.fmpq_mat(size, size, [flint.fmpq(x.numerator, x.denominator)
                                        for row in rows for x in row])
    signs = [(c > 0) - (c < 0) for c in table.charpoly().coeffs()]
    zero = next(i for i, s in enumerate(signs) if s)
    kept = [s for s in signs if s]
    positive = sum(a != b for a, b in zip(kept, kept[1:], strict=False))
    return positive, zero, size - zero - positive


def ball_posdef(rows: Sequence[Sequence[flint.arb]]) -> bool | None:
    """Whether all symmetric matrices in the balls are positive definite: True, False, None.

    LDLᵀ without exchanges: True when every pivot is positive; False when one is certainly
    ≤ 0 after positive ones (then a leading minor is), or when a diagonal entry or principal
    2 × 2 minor is.
    """
    if any(x <= 0 for x in (rows[i][i] for i in range(len(rows)))):
        return False
    pivots = _pivots(rows)
    if all(p.is_finite() and p > 0 for p in pivots) and len(pivots) == len(rows):
        return True
    if pivots and pivots[-1].is_finite() and pivots[-1] <= 0:
        return False
    return False if any(m <= 0 for m in _pairs(rows)) else None


def ball_not_possemidef(rows: Sequence[Sequence[flint.arb]]) -> bool:
    """Whether every symmetric matrix in the balls certainly has a negative eigenvalue."""
    if any(rows[i][i] < 0 for i in range(len(rows))) or any(m < 0 for m in _pairs(rows)):
        return True
    pivots = _pivots(rows)
    return bool(pivots) and pivots[-1].is_finite() and bool(pivots[-1] < 0)


def _pivots(rows: Sequence[Sequence[flint.arb]]) -> list[flint.arb]:
    """Pivots of LDLᵀ up to the first that is not certainly positive."""
    work = [list(row) for row in rows]
    pivots = []
    for k in range(len(work)):
        pivot = work[k][k]
        pivots.append(pivot)
        if not pivot > 0:
            break
        for i in range(k + 1, len(work)):
            factor = work[i][k] / pivot
            for j in range(k + 1, i + 1):
                work[i][j] = work[j][i] = work[i][j] - factor * work[j][k]
    return pivots


def _pairs(rows: Sequence[Sequence[flint.arb]]) -> list[flint.arb]:
    return [rows[i][i] * rows[j][j] - rows[i][j] * rows[i][j]
            for i in range(len(rows)) for j in range(i)]
