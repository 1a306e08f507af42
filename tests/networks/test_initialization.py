"""Initialisations: variances, orthogonality, the generator, runs, dtypes, refusals."""

import numpy as np
import pytest

from gradproof.networks import (
    RELU,
    TANH,
    BatchNormalized,
    Convolutional,
    FanIn,
    FullyConnected,
    Gaussian,
    He,
    IdentityPlusNoise,
    Orthogonal,
    Residual,
    SharedWeightNetwork,
    Xavier,
    Zero,
    sliding_patches,
)

M, D = 6, 3


@pytest.mark.parametrize(
    ("scheme", "variance"),
    [
        (Gaussian(0.3), 0.09),
        (FanIn(1.5), 1.5 / D),
        (FanIn(), 1 / D),
        (Xavier(), 2 / (M + D)),
        (He(), 2 / D),
    ],
    ids=repr,
)
def test_variances(scheme, variance):
    """18000 Gaussian entries: the mean square is within 5 % at more than four deviations."""
    W = scheme(np.random.default_rng(0), M, D, (1000,))
    assert W.shape == (1000, M, D)
    assert np.mean(W**2) == pytest.approx(variance, rel=0.05)
    assert abs(W.mean()) < 4 * np.sqrt(variance / W.size)
    assert np.mean(W**4) == pytest.approx(3 * variance**2, rel=0.15)


def test_identity_plus_noise_and_zero():
    rng = np.random.default_rng(1)
    assert np.array_equal(IdentityPlusNoise()(rng, 3, 2, (4,)), np.tile(np.eye(3, 2), (4, 1, 1)))
    noise = IdentityPlusNoise(0.2)(rng, 4, 4, (1000,)) - np.eye(4)
    assert np.mean(noise**2) == pytest.approx(0.04, rel=0.05)
    assert not Zero()(rng, 2, 3, (5,)).any()


@pytest.mark.parametrize(("m", "d"), [(4, 4), (5, 3), (3, 5), (1, 4)])
def test_orthogonal_matrices(m, d):
    W = Orthogonal(gain=1.5)(np.random.default_rng(2), m, d, (500,))
    transposed = np.swapaxes(W, -2, -1)
    gram = transposed @ W if m >= d else W @ transposed
    assert W.shape == (500, m, d)
    assert gram == pytest.approx(np.broadcast_to(2.25 * np.eye(min(m, d)), gram.shape))
    assert np.abs(W.mean(axis=0)).max() < 5 * 1.5 / np.sqrt(500 * max(m, d)), "not uniform"


def test_the_generator_decides():
    net = FullyConnected((3, 4, 2), TANH, bias=True)
    first, second = (net.initialize(np.random.default_rng(5), He()) for _ in range(2))
    third = net.initialize(np.random.default_rng(6), He())
    for a, b, c in zip(first, second, third, strict=True):
        assert np.array_equal(a, b) and (a.ndim == 1 or not np.array_equal(a, c))


def test_networks_are_drawn_with_their_shapes():
    rng = np.random.default_rng(7)
    nets = [
        FullyConnected((3, 4, 2), RELU, bias=True),
        BatchNormalized((3, 4, 2), RELU),
        Residual(3, 2, RELU, branch="two-layer", inputs=5, outputs=2),
        Convolutional(sliding_patches(8, 3, 1), RELU),
        Convolutional(sliding_patches(8, 2, 2), RELU, average=True, unit_norm=True),
        SharedWeightNetwork([[[1, 2, 0], [0, 1, 2]], (1, 2)], RELU),
    ]
    for net in nets:
        for dtype in (np.float32, np.float64):
            params = net.initialize(rng, He(), (2, 5), dtype=dtype)
            assert [a.shape for a in params] == [(2, 5, *shape) for shape in net.shapes]
            assert {a.dtype for a in params} == {np.dtype(dtype)}


def test_biases_scales_and_shifts_at_the_start():
    rng = np.random.default_rng(8)
    net = FullyConnected((3, 40, 2), TANH, bias=True)
    assert not net.initialize(rng, He())[1].any()
    biases = net.initialize(rng, He(), (100,), biases=0.5)[1]
    assert np.mean(biases**2) == pytest.approx(0.25, rel=0.1)
    _, gamma, beta, _ = BatchNormalized((3, 4, 2), TANH).initialize(rng, He(), (6,))
    assert (gamma == 1).all() and not beta.any()


def test_one_scheme_for_each_matrix():
    rng = np.random.default_rng(9)
    net = FullyConnected((3, 4, 2), TANH, bias=True)
    W1, _, W2, _ = net.initialize(rng, [Zero(), IdentityPlusNoise()])
    assert not W1.any() and np.array_equal(W2, np.eye(2, 4))
    with pytest.raises(ValueError, match="scheme: 1 given for 2 matrices"):
        net.initialize(rng, [Zero()])


def test_shared_weights_take_the_first_place_and_filters_their_fan_in():
    rng = np.random.default_rng(10)
    net = SharedWeightNetwork([[[0, 3, 2], [2, 1, 3]]], TANH)
    (v,) = net.initialize(rng, lambda rng, m, d, runs: np.arange(6.0).reshape(2, 3))
    assert v.tolist() == [4, 2, 1]
    w, a = Convolutional(sliding_patches(9, 4, 1), RELU).initialize(rng, FanIn(), (5000,))
    assert np.mean(w**2) == pytest.approx(1 / 4, rel=0.05)
    assert np.mean(a**2) == pytest.approx(1 / 6, rel=0.05)


@pytest.mark.parametrize(
    ("made", "name"),
    [
        (lambda: Gaussian(-1), "standard_deviation"),
        (lambda: IdentityPlusNoise(float("inf")), "standard_deviation"),
        (lambda: FanIn(float("nan")), "gain"),
        (lambda: Orthogonal(-2), "gain"),
    ],
)
def test_a_wrong_scale_is_refused_by_name(made, name):
    with pytest.raises(ValueError, match=name):
        made()


def test_a_seed_is_no_generator():
    with pytest.raises(TypeError, match="default_rng"):
        FullyConnected((2, 1), TANH).initialize(0, He())
