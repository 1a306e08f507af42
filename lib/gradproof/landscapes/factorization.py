"""Matrix factorization f(U, V) = ½‖UVᵀ − M‖_F²: value, gradient, curvature, stationary points.

U is d₁ × r and V is d₂ × r (float64). Source: the thesis *Gradient Descent for Non-convex
Problems in Modern Machine Learning*, chapter 4, (4.8), (4.9) and (4.12).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

Pair = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Factorization:
    """The problem min ½‖UVᵀ − M‖_F² for a matrix M of size d₁ × d₂."""

    M: np.ndarray

    def __post_init__(self) -> None:
        if np.ndim(self.M) != 2 or not np.isfinite(self.M).all():
            raise ValueError("M must be a finite matrix of size d1 x d2")

    def residual(self, U: np.ndarray, V: np.ndarray) -> np.ndarray:
        """E = UVᵀ − M. ValueError when the sizes of U and V do not fit M."""
        if (U.shape[0], V.shape[0]) != self.M.shape or U.shape[1] != V.shape[1]:
            raise ValueError(
                f"U and V must be {self.M.shape[0]} x r and {self.M.shape[1]} x r; "
                f"they are {U.shape} and {V.shape}"
            )
        return U @ V.T - self.M

    def value(self, U: np.ndarray, V: np.ndarray) -> float:
        """½‖E‖_F²."""
        return 0.5 * float(np.sum(self.residual(U, V) ** 2))

    def gradient(self, U: np.ndarray, V: np.ndarray) -> Pair:
        """(EV, EᵀU)."""
        E = self.residual(U, V)
        return E @ V, E.T @ U

    def curvature(self, U: np.ndarray, V: np.ndarray, A: np.ndarray, B: np.ndarray) -> float:
        """The Hessian's quadratic form (4.12) in the direction (A, B): 2⟨E, ABᵀ⟩ + ‖UBᵀ+AVᵀ‖²."""
        E = self.residual(U, V)
        return float(2 * np.sum(E * (A @ B.T)) + np.sum((U @ B.T + A @ V.T) ** 2))

    def hessian(self, U: np.ndarray, V: np.ndarray) -> np.ndarray:
        """The symmetric matrix of the form on (A, B), both flattened row by row.

        Blocks: ∂²f/∂U∂U = I ⊗ VᵀV, ∂²f/∂V∂V = I ⊗ UᵀU and
        ∂²f/∂U_ia∂V_jb = E_ij δ_ab + U_ib V_ja.
        """
        E, r = self.residual(U, V), U.shape[1]
        mixed = np.einsum("ij,ab->iajb", E, np.eye(r)) + np.einsum("ib,ja->iajb", U, V)
        mixed = mixed.reshape(U.size, V.size)
        upper = np.kron(np.eye(len(U)), V.T @ V), mixed
        return np.block([[*upper], [mixed.T, np.kron(np.eye(len(V)), U.T @ U)]])


def balanced_factors(M: np.ndarray, r: int) -> Pair:
    """(X, Y) with XYᵀ = best rank-r approximation of M and XᵀX = YᵀY, from the SVD."""
    left, sizes, right = np.linalg.svd(M, full_matrices=False)
    root = np.sqrt(sizes[:r])
    return left[:, :r] * root, right[:r].T * root


def stationary_point(M: np.ndarray, r: int, kept: Sequence[int], G: np.ndarray) -> Pair:
    """A stationary point with UVᵀ = Σ_{k in kept} σₖ uₖ vₖᵀ: U = X P G, V = Y P G⁻ᵀ.

    kept: at most r numbers of singular values (0 is the largest); G: invertible, r × r. An
    orthogonal G makes the point balanced (UᵀU = VᵀV), others do not.
    """
    if len(set(kept)) != len(kept) or len(kept) > r:
        raise ValueError(f"kept must be at most r = {r} different numbers, not {list(kept)}")
    left, sizes, right = np.linalg.svd(M, full_matrices=False)
    X, Y = np.zeros((len(left), r)), np.zeros((right.shape[1], r))
    root = np.sqrt(sizes[list(kept)])
    X[:, : len(kept)], Y[:, : len(kept)] = left[:, list(kept)] * root, right[list(kept)].T * root
    return X @ G, Y @ np.linalg.inv(G).T


def aligned(W: np.ndarray, Z: np.ndarray) -> np.ndarray:
    """ZR for the orthogonal R that brings it closest to W; then WᵀZR is positive semidefinite.

    R = PQᵀ for a singular value decomposition ZᵀW = PΣQᵀ (the orthogonal Procrustes problem).
    """
    P, _, Q = np.linalg.svd(Z.T @ W)
    return Z @ (P @ Q)


def imbalance(U: np.ndarray, V: np.ndarray) -> float:
    """‖UᵀU − VᵀV‖_F."""
    return float(np.linalg.norm(U.T @ U - V.T @ V))


def descend(problem: Factorization, U: np.ndarray, V: np.ndarray, steps: Iterable[float]):
    """Yield (U, V) before the first and after every step of gradient descent (4.9)."""
    yield U, V
    for eta in steps:
        slope_u, slope_v = problem.gradient(U, V)
        U, V = U - eta * slope_u, V - eta * slope_v
        yield U, V
