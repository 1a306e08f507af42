"""Descent for a rank-1 target: four numbers against the vectors themselves."""

import numpy as np
import pytest

from gradproof.landscapes import rank_one


def unit(rng, d):
    x = rng.standard_normal(d)
    return x / np.linalg.norm(x)


def vectors(seed, m=7, n=5):
    rng = np.random.default_rng(seed)
    return rng.standard_normal(m), rng.standard_normal(n), unit(rng, m), unit(rng, n)


@pytest.mark.parametrize("sigma", [1.0, 2.5])
def test_four_numbers_follow_the_vectors(sigma):
    u, v, p, q = vectors(0)
    u, v = u / 5, v / 5
    state = rank_one.strengths(u, v, p, q)
    for _ in range(60):
        u, v = rank_one.full_step(u, v, p, q, 0.1, sigma)
        state = rank_one.reduced_step(state, 0.1, sigma)
        np.testing.assert_allclose(state, rank_one.strengths(u, v, p, q), atol=1e-12)


@pytest.mark.parametrize("sigma", [1.0, 0.3])
def test_error_is_the_frobenius_norm(sigma):
    u, v, p, q = vectors(1)
    full = np.linalg.norm(np.outer(u, v) - sigma * np.outer(p, q))
    assert rank_one.error(rank_one.strengths(u, v, p, q), sigma) == pytest.approx(full, rel=1e-12)


def test_full_step_is_the_gradient_step():
    u, v, p, q = vectors(2)

    def loss(u, v):
        return 0.5 * np.sum((np.outer(u, v) - 2.0 * np.outer(p, q)) ** 2)

    new_u, new_v = rank_one.full_step(u, v, p, q, 1.0, 2.0)
    h = 1e-5
    for i in range(len(u)):
        e = h * np.eye(len(u))[i]
        slope = (loss(u + e, v) - loss(u - e, v)) / (2 * h)
        assert u[i] - new_u[i] == pytest.approx(slope, abs=1e-7)
    for i in range(len(v)):
        e = h * np.eye(len(v))[i]
        slope = (loss(u, v + e) - loss(u, v - e)) / (2 * h)
        assert v[i] - new_v[i] == pytest.approx(slope, abs=1e-7)


def test_a_batch_is_its_runs():
    start = rank_one.gaussian_start(np.random.default_rng(3), 100, 0.1, 4)
    together = rank_one.descend(start, 0.1, 30)
    for i in range(4):
        alone = rank_one.descend(start[i], 0.1, 30)
        np.testing.assert_array_equal(alone.states, together.states[:, i])
        np.testing.assert_array_equal(alone.errors, together.errors[:, i])
    counts = rank_one.steps_to(1e-3, start, 0.1, 2000)
    assert (counts > 0).all()
    for i, t in enumerate(counts):
        errors = rank_one.descend(start[i], 0.1, t).errors
        assert errors[t] <= 1e-3 < errors[t - 1]
    assert (rank_one.steps_to(1e-3, start, 0.1, 5) == -1).all()


def test_the_start_has_the_law_of_a_gaussian_vector():
    d, scale = 6, 0.5
    start = rank_one.gaussian_start(np.random.default_rng(4), d, scale, 40_000)
    assert (start >= 0).all()
    squares = (start**2).mean(axis=0) * d / scale**2
    np.testing.assert_allclose(squares, [1, 1, d - 1, d - 1], rtol=0.03)


def test_refusals():
    with pytest.raises(ValueError, match="last axis"):
        rank_one.descend(np.ones(3), 0.1, 1)
    with pytest.raises(ValueError, match="finite"):
        rank_one.descend(np.array([1, 1, np.nan, 1]), 0.1, 1)
    with pytest.raises(ValueError, match="d = 1"):
        rank_one.gaussian_start(np.random.default_rng(0), 1, 0.1, 2)
