"""What the texts say of the kinds of networks, refusals, and parameters as one vector."""

import numpy as np
import pytest

from gradproof.networks import (
    IDENTITY,
    LOGISTIC,
    RELU,
    SQUARED,
    TANH,
    BatchNorm,
    BatchNormalized,
    Convolution,
    Convolutional,
    DeepLinear,
    FanIn,
    FullyConnected,
    Gaussian,
    Linear,
    Network,
    Orthogonal,
    Residual,
    SharedWeightNetwork,
    SharedWeights,
    Zero,
    leaky_relu,
    objective,
    residual_step,
    sliding_patches,
)
from networks.table import PATCHES, PATTERN

RNG = np.random.default_rng


def test_names_and_shapes_say_what_the_parameters_are():
    net = FullyConnected((3, 4, 2), RELU, bias=True)
    assert net.names == ("W1", "b1", "W2", "b2") and net.size == 26
    assert net.shapes == ((4, 3), (4,), (2, 4), (2,)) and (net.inputs, net.outputs) == (3, 2)
    assert repr(net) == "FullyConnected(W1 (4, 3), b1 (4,), W2 (2, 4), b2 (2,))"
    residual = Residual(2, 2, RELU, branch="two-layer", inputs=3, outputs=1)
    assert residual.names == ("W_in", "W1.1", "W1.2", "W2.1", "W2.2", "W_out")
    assert BatchNormalized((2, 3, 1), RELU).names == ("W1", "gamma1", "beta1", "W2")
    normal = BatchNormalized((3, 5, 4, 2), RELU, True)
    assert normal.shapes == ((5, 3), (5,), (5,), (4, 5), (4,), (4,), (2, 4), (2,))
    assert Convolutional(PATCHES, RELU).names == ("w", "a")
    assert [Convolutional(c, RELU).inputs for c in (PATCHES, [[0]], [[2, 0]])] == [6, 1, 3]
    sharing = SharedWeightNetwork([PATTERN, (3, 4), (2, 3)], RELU)
    assert sharing.names == ("v1", "W2", "W3") and sharing.shapes == ((4,), (3, 4), (2, 3))


def test_the_record_holds_pre_and_postactivations():
    net = FullyConnected((3, 4, 4, 2), TANH)
    params = net.initialize(RNG(0), FanIn())
    X = RNG(1).standard_normal((3, 5))
    output, record = net.forward(params, X)
    z0, h1, z1, h2, z2, h3 = record.values
    assert np.array_equal(h1, params[0] @ X) and np.array_equal(z2, np.tanh(h2))
    assert z0 is X and h3 is output and record.params == params
    assert [h is k for h, k in zip(net.preactivations(record), (h1, h2), strict=True)] == [True] * 2
    assert np.array_equal(z1, np.tanh(h1))


def test_parameters_as_one_vector_and_back():
    net = FullyConnected((3, 4, 2), TANH, bias=True)
    params = net.initialize(RNG(2), FanIn(), (2, 5), biases=1.0)
    theta = net.flatten(params)
    assert theta.shape == (2, 5, 26)
    assert np.array_equal(theta[1, 3, :12].reshape(4, 3), params[0][1, 3])
    assert np.array_equal(theta[..., 12:16], params[1])
    for a, b in zip(net.unflatten(theta), params, strict=True):
        assert np.array_equal(a, b)
    mixed = (params[0], params[1][0, 0], *params[2:])  # one bias for all runs
    assert np.array_equal(net.flatten(mixed)[1, 4, 12:16], params[1][0, 0])


def test_a_wide_sweep_of_cotangents_and_directions():
    """More leading axes in g than in the runs: many products at once."""
    net = FullyConnected((3, 4, 2), TANH)
    params, X = net.initialize(RNG(3), FanIn(), (5,)), RNG(4).standard_normal((3, 6))
    g = RNG(5).standard_normal((7, 5, 2, 6))
    together, to_X = net.vjp(params, X, g)
    assert together[0].shape == (7, 5, 4, 3) and to_X.shape == (7, 5, 3, 6)
    alone, _ = net.vjp(params, X, g[4])
    assert together[0][4] == pytest.approx(alone[0])


def test_deep_linear_is_one_product():
    net = DeepLinear((3, 2, 4, 2))
    params = net.initialize(RNG(6), Gaussian(1.0), (5,))
    product = params[2] @ params[1] @ params[0]
    X = RNG(7).standard_normal((3, 6))
    assert net.product(params) == pytest.approx(product)
    assert net(params, X) == pytest.approx(product @ X)


def test_a_positively_homogeneous_network_scales():
    net = FullyConnected((3, 4, 2), leaky_relu(0.3))
    (W1, W2), X = net.initialize(RNG(8), FanIn()), RNG(9).standard_normal((3, 6))
    assert net((3 * W1, W2 / 3), X) == pytest.approx(net((W1, W2), X))


def test_balance_of_a_shared_layer_with_the_next():
    """Theorem 4.3 at one point: v . dF/dv is the same for neighbouring layers."""
    net = SharedWeightNetwork([PATTERN, (3, 4), (1, 3)], RELU)
    params, X = net.initialize(RNG(10), FanIn(), (20,)), RNG(11).standard_normal((5, 6))
    output, record = net.forward(params, X)
    gradient, _ = net.backward(record, SQUARED.gradient(output, np.ones((1, 6))))
    pairs = zip(params, gradient, strict=True)
    inner = [(p * g).reshape(20, -1).sum(axis=-1) for p, g in pairs]
    assert inner[0] == pytest.approx(inner[1]) and inner[1] == pytest.approx(inner[2])
    assert np.abs(inner[0]).min() > 1e-3


def test_a_convolution_is_a_shared_layer():
    pattern = np.zeros((4, 6), int)
    for j, i in np.ndindex(3, 4):
        pattern[i, PATCHES[j, i]] = j + 1
    first, second = Network((Convolution(PATCHES, 6),)), Network((SharedWeights(pattern),))
    params, X = (RNG(12).standard_normal((5, 3)),), RNG(13).standard_normal((5, 6, 7))
    g = RNG(14).standard_normal((5, 4, 7))
    assert first(params, X) == pytest.approx(second(params, X))
    (w_bar,), x_bar = first.vjp(params, X, g)
    (v_bar,), y_bar = second.vjp(params, X, g)
    assert w_bar == pytest.approx(v_bar) and x_bar == pytest.approx(y_bar)


def test_given_patches_are_a_convolution_without_overlap():
    """The docstring's recipe, in the thesis's formula f = sum_i a_i relu(w . Z_i)."""
    q, k, n = 3, 4, 5
    Z, (w, a) = RNG(15).standard_normal((q, k, n)), (RNG(16).standard_normal(q), np.arange(4.0))
    net = Convolutional(np.arange(q * k).reshape(q, k), RELU)
    wanted = [sum(a[i] * max(w @ Z[:, i, s], 0) for i in range(k)) for s in range(n)]
    assert net((w, a), Z.reshape(q * k, n))[0] == pytest.approx(wanted)


def test_sliding_patches():
    assert sliding_patches(4, 2, 1).tolist() == [[0, 1, 2], [1, 2, 3]]
    assert sliding_patches(6, 3, 3).tolist() == [[0, 3], [1, 4], [2, 5]]
    assert sliding_patches(5, 2, 2).tolist() == [[0, 2], [1, 3]]
    for arguments in ((3, 4, 1), (3, 0, 1), (3, 2, 0)):
        with pytest.raises(ValueError, match="stride"):
            sliding_patches(*arguments)


def test_a_unit_filter_forgets_its_length():
    net = Convolutional(PATCHES, RELU, unit_norm=True)
    v, a = net.initialize(RNG(17), FanIn(), (5,))
    X = RNG(18).standard_normal((6, 4))
    assert net((7 * v, a), X) == pytest.approx(net((v, a), X))
    (v_bar, _), _ = net.vjp((v, a), X, np.ones((5, 1, 4)))
    assert (v_bar * v).sum(axis=-1) == pytest.approx(np.zeros(5), abs=1e-12)
    with pytest.raises(ValueError, match="v is zero"):
        net((np.zeros(3), np.ones(4)), X)


def test_batch_norm_rows_have_mean_0_and_variance_1():
    layer = Network((BatchNorm(3),))
    params = layer.initialize(RNG(19), Zero(), (2,))
    y = layer(params, 5 + 3 * RNG(20).standard_normal((2, 3, 8)))
    assert y.mean(axis=-1) == pytest.approx(np.zeros((2, 3)), abs=1e-14)
    assert (y**2).mean(axis=-1) == pytest.approx(np.ones((2, 3)))
    gamma, beta = np.full(3, 2.0), np.arange(3.0)
    assert layer((gamma, beta), y[0]).mean(axis=-1) == pytest.approx(beta)
    with pytest.raises(ValueError, match="epsilon > 0"):
        layer(params, np.ones((3, 4)))
    still = Network((BatchNorm(3, epsilon=0.1),))
    assert not still(params, np.ones((3, 4))).any()
    with pytest.raises(ValueError, match="epsilon"):
        BatchNorm(3, epsilon=-1.0)


def test_residual_networks_at_zero_are_the_identity_and_scale_as_stated():
    X = RNG(21).standard_normal((4, 9))
    for branch in ("outer", "inner", "two-layer"):
        net = Residual(4, 6, RELU, branch=branch)
        assert np.array_equal(net(net.initialize(RNG(0), Zero()), X), X)
        half = Residual(4, 6, RELU, branch=branch, alpha=0.5)
        assert np.array_equal(half(half.initialize(RNG(0), Zero()), X), X / 64)
    step = Network((residual_step(Network((Linear(4, 4),))),))
    assert np.array_equal(step((np.eye(4),), X), 2 * X)
    net = Residual(4, 5, IDENTITY, branch="inner", beta=0.5)
    params = net.initialize(RNG(22), FanIn())
    wanted = X
    for W in params:
        wanted = (np.eye(4) + 0.5 * W) @ wanted
    assert net(params, X) == pytest.approx(wanted)


def test_alpha_scaling_keeps_the_mean_square():
    """alpha = 1/sqrt(2) with He branches, on a symmetric input: exact for one layer.

    Deeper, z^1 is no longer symmetric, and at width 8 the mean square grows by a few per cent.
    """
    for alpha, beta, wanted in ((2**-0.5, 1.0, 1.0), (1.0, 1.0, 2.0), (1.0, 0.5, 1.25)):
        net = Residual(8, 1, RELU, branch="inner", alpha=alpha, beta=beta)
        params = net.initialize(RNG(23), FanIn(2.0), (4000,))
        z = net(params, RNG(24).standard_normal((4000, 8, 1)))
        assert np.mean(z**2) == pytest.approx(wanted, rel=0.05)


def test_beta_scaling_adds_up_to_two():
    """With batch normalisation every block adds beta^2 exactly, on average: 1 + beta^2 L."""
    L = 5
    net = Residual(8, L, RELU, branch="inner", beta=L**-0.5, batch_norm=True, epsilon=1e-12)
    params = net.initialize(RNG(25), FanIn(2.0), (300,))
    z = net(params, RNG(26).standard_normal((300, 8, 200)))
    assert np.mean(z**2) == pytest.approx(2, rel=0.05)


def test_an_orthogonal_linear_network_is_an_isometry():
    net = DeepLinear((5, 5, 5, 5))
    params, X = net.initialize(RNG(25), Orthogonal(), (3,)), RNG(26).standard_normal((5, 4))
    lengths = np.linalg.norm(net(params, X), axis=-2)
    assert lengths == pytest.approx(np.broadcast_to(np.linalg.norm(X, axis=0), (3, 4)))


NET = FullyConnected((3, 4, 2), TANH, bias=True)
GOOD = (np.ones((4, 3)), np.ones(4), np.ones((2, 4)), np.ones(2))
X = np.ones((3, 5))


def replaced(k, a):
    return (*GOOD[:k], a, *GOOD[k + 1 :])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: NET(GOOD, np.ones((2, 5))), r"X has shape \(2, 5\): give \(\.\.\., 3, n\)"),
        (lambda: NET(GOOD, np.ones(3)), r"X has shape \(3,\)"),
        (lambda: NET(GOOD, np.ones((3, 0))), r"X has shape \(3, 0\)"),
        (lambda: NET(GOOD, np.full((3, 5), np.nan)), "X holds NaN"),
        (lambda: NET(GOOD, np.full((3, 5), np.inf)), "X holds NaN or an infinity"),
        (lambda: NET(GOOD, [["x"]]), "X has dtype"),
        (lambda: NET(GOOD[:3], X), r"params: 3 given, wanted the tuple \(W1, b1, W2, b2\)"),
        (lambda: NET(np.ones(26), X), "params: ndarray given"),
        (lambda: NET(replaced(0, np.ones((3, 4))), X), r"W1 has shape \(3, 4\): give"),
        (lambda: NET(replaced(1, np.ones(5)), X), r"b1 has shape \(5,\): give \(\.\.\., 4\)"),
        (lambda: NET(replaced(2, np.full((2, 4), np.nan)), X), "W2 holds NaN"),
        (
            lambda: NET(replaced(0, np.ones((7, 4, 3))), np.ones((6, 3, 5))),
            r"leading axes don't broadcast: W1 \(7,\), X \(6,\)",
        ),
        (lambda: NET.jvp(GOOD, X, GOOD[:2]), "direction of params: 2 given"),
        (lambda: NET.jvp(GOOD, X, replaced(3, np.ones(3))), r"direction of b2 has shape \(3,\)"),
        (lambda: NET.jvp(GOOD, X, GOOD, np.ones((3, 4))), r"X_dot has shape \(3, 4\)"),
        (lambda: NET.hvp(GOOD, X, SQUARED, np.ones((2, 5)), GOOD[:1]), "direction of params"),
        (lambda: NET.hvp(GOOD, X, SQUARED, np.ones(5), GOOD), r"Y has shape \(5,\)"),
        (lambda: NET.vjp(GOOD, X, np.ones((2, 4))), r"g has shape \(2, 4\): give \(\.\.\., 2, 5\)"),
        (
            lambda: NET.vjp(replaced(1, np.ones((3, 4))), X, np.ones((4, 2, 5))),
            r"leading axes don't broadcast: g \(4,\), the output \(3,\)",
        ),
        (lambda: NET.unflatten(np.ones(25)), r"theta has shape \(25,\): give \(\.\.\., 26\)"),
        (lambda: objective(NET, SQUARED, X, np.ones((2, 4))), r"Y has shape \(2, 4\)"),
        (lambda: objective(NET, SQUARED, np.ones((4, 5)), X), r"X has shape \(4, 5\)"),
        (
            lambda: objective(NET, LOGISTIC, X, np.ones((2, 5))).hvp(np.ones(26), np.ones(3)),
            "v has s",
        ),
        (lambda: FullyConnected((3,), TANH), "widths"),
        (lambda: FullyConnected((3, 0, 2), TANH), "widths"),
        (lambda: FullyConnected((3, 2.5), TANH), "widths"),
        (lambda: Residual(3, 2, TANH, branch="both"), "branch = 'both'"),
        (lambda: Residual(3, 2, TANH, inputs=0), "widths"),
        (lambda: Network(()), "steps is empty"),
        (lambda: Network((Linear(3, 4), Linear(3, 4))), "inputs differ"),
        (lambda: residual_step(Network((Linear(3, 2),))), "shortcut maps 3 to 3"),
        (lambda: SharedWeights([[1, 3]]), "each of 1..max"),
        (lambda: SharedWeights([[0, 0]]), "at least one 1"),
        (lambda: SharedWeights([[1, -1]]), "0 for missing"),
        (lambda: SharedWeights([[1.0, 2.0]]), "whole numbers"),
        (lambda: Convolution(np.array([[0, 1], [0, 2]]), 4), "one coordinate twice"),
        (lambda: Convolution(np.array([[0, 4]]), 4), "from 0 to 3"),
        (lambda: Convolution(np.array([[0.5]]), 4), "whole numbers"),
    ],
)
def test_refusals_name_the_argument(call, message):
    with pytest.raises((ValueError, TypeError), match=message):
        call()


def test_whole_numbers_become_float64():
    output = NET(tuple(a.astype(int) for a in GOOD), X.astype(int))
    assert output.dtype == np.float64 and np.array_equal(output, NET(GOOD, X))


def test_an_overflow_is_left_to_the_caller():
    f = objective(NET, SQUARED, X, np.ones((2, 5)))
    with np.errstate(all="ignore"):
        assert f.value(np.full(26, 1e308)) == np.inf or np.isnan(f.value(np.full(26, 1e308)))
        assert not np.isfinite(f.gradient(np.full((2, 26), np.nan))).any()
