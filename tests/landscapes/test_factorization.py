"""Matrix factorization: derivatives against differences, stationary points, alignment."""

import numpy as np
import pytest

from gradproof.landscapes.factorization import (
    Factorization,
    aligned,
    balanced_factors,
    descend,
    imbalance,
    stationary_point,
)

RNG = np.random.default_rng(11)
D1, D2, R = 5, 4, 3
M = RNG.normal(size=(D1, R)) @ RNG.normal(size=(R, D2))
PROBLEM = Factorization(M)
U, V, A, B = (RNG.normal(size=(d, R)) for d in (D1, D2, D1, D2))


def along(t):
    return PROBLEM.value(U + t * A, V + t * B)


def test_the_gradient_and_the_curvature_are_those_of_the_value():
    h = 1e-4
    first, second = (along(h) - along(-h)) / 2 / h, (along(h) - 2 * along(0) + along(-h)) / h**2
    GU, GV = PROBLEM.gradient(U, V)
    assert first == pytest.approx(np.sum(GU * A) + np.sum(GV * B), rel=1e-6)
    assert second == pytest.approx(PROBLEM.curvature(U, V, A, B), rel=1e-5)


def test_the_hessian_is_the_matrix_of_the_form():
    H, D = PROBLEM.hessian(U, V), np.concatenate([A.ravel(), B.ravel()])
    assert np.array_equal(H, H.T)
    assert D @ H @ D == pytest.approx(PROBLEM.curvature(U, V, A, B), rel=1e-12)


def test_balanced_factors():
    X, Y = balanced_factors(M, R)
    assert np.allclose(X @ Y.T, M)
    assert imbalance(X, Y) < 1e-12


@pytest.mark.parametrize("kept", [[], [1], [2, 0], [0, 1, 2]])
def test_stationary_points_are_stationary(kept):
    G = np.eye(R) + 0.2 * RNG.normal(size=(R, R))
    slopes = PROBLEM.gradient(*stationary_point(M, R, kept, G))
    assert max(abs(s).max() for s in slopes) < 1e-12 * 100
    assert (PROBLEM.value(*stationary_point(M, R, kept, G)) < 1e-20) == (len(kept) == R)


def test_alignment_is_orthogonal_optimal_and_positive():
    W, Z = np.vstack([U, V]), np.vstack([A, B])
    near = aligned(W, Z)
    assert np.allclose(near @ near.T, Z @ Z.T)
    cross = W.T @ near
    assert np.allclose(cross, cross.T)
    assert np.linalg.eigvalsh(cross).min() > 0
    turned = [Z @ np.linalg.qr(RNG.normal(size=(R, R)))[0] for _ in range(50)]
    assert all(np.linalg.norm(W - near) <= np.linalg.norm(W - other) for other in turned)


def test_descent_takes_the_stated_steps():
    (U0, V0), (U1, V1), (U2, V2) = descend(PROBLEM, U, V, [0.1, 0.0])
    assert np.array_equal(U0, U)
    assert np.allclose(U1, U - 0.1 * (U @ V.T - M) @ V)
    assert np.allclose(V1, V - 0.1 * (U @ V.T - M).T @ U)
    assert np.array_equal(U2, U1) and np.array_equal(V2, V1)


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="U and V must be 5 x r"):
        PROBLEM.value(V, U)
    with pytest.raises(ValueError, match="M must be"):
        Factorization(np.array([[np.nan]]))
    with pytest.raises(ValueError, match="kept"):
        stationary_point(M, 1, [0, 1], np.eye(1))
