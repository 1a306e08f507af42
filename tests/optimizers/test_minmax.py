"""Saddles: exact growth, what circles, where optimism's stability ends, and the interface."""

import numpy as np
import pytest

from gradproof.optimizers import (
    AlternatingGradientDescentAscent,
    Blocks,
    ExtraGradient,
    GradientDescentAscent,
    OptimisticGradientDescentAscent,
    Projected,
    SaddleProblem,
    Simplex,
    bilinear,
    minimize,
)

A = np.random.default_rng(3).standard_normal((4, 3))
ONE = bilinear([[1.0]])  # xy
PRODUCT = SaddleProblem(  # of general shape, to differentiate
    lambda x, y: (np.sin(x[..., 0]) + x[..., 1] ** 2) * (y[..., 0] * y[..., 1] - y[..., 2] ** 3),
    lambda x, y: (
        np.stack([np.cos(x[..., 0]), 2 * x[..., 1]], -1)
        * (y[..., :1] * y[..., 1:2] - y[..., 2:] ** 3)
    ),
    lambda x, y: (
        (np.sin(x[..., :1]) + x[..., 1:] ** 2)
        * np.stack([y[..., 1], y[..., 0], -3 * y[..., 2] ** 2], -1)
    ),
    2,
)


def points(problem, optimizer, steps, z0):
    return minimize(problem, z0, optimizer, steps, keep_points=True).points


@pytest.mark.parametrize("problem", [bilinear(A), PRODUCT], ids=["bilinear", "general"])
def test_the_operator_is_the_gradient_with_its_y_turned(problem):
    d = 7 if problem is not PRODUCT else 5
    z = np.random.default_rng(0).standard_normal((2, d))
    for i in range(d):
        slope = problem.value(z + 1e-30j * np.eye(d)[i]).imag / 1e-30
        sign = 1 if i < problem.split else -1
        assert problem.gradient(z)[:, i] == pytest.approx(sign * slope, abs=1e-13)
    x, y = problem.parts(z)
    assert x.shape[-1] == problem.split and np.array_equal(np.concatenate([x, y], -1), z)


def test_bilinear_is_x_A_y():
    x, y = np.arange(4.0), np.array([1.0, -1, 2])
    assert bilinear(A).value(np.concatenate([x, y])) == pytest.approx(x @ A @ y)


def test_descent_ascent_leaves_by_an_exact_factor():
    """Each singular pair's norm grows by sqrt(1 + (alpha sigma)^2); what A kills does not move."""
    U, sigma, Vt = np.linalg.svd(A)
    z0 = np.random.default_rng(1).standard_normal(7)
    z = points(bilinear(A), GradientDescentAscent(0.2), 30, z0)
    u, v = z[:, :4] @ U, z[:, 4:] @ Vt.T
    growth = (1 + (0.2 * sigma) ** 2) ** (np.arange(31) / 2)[:, None]
    expected = growth * np.hypot(u[0, :3], v[0])
    assert np.hypot(u[:, :3], v) == pytest.approx(expected) and u[:, 3] == pytest.approx(u[0, 3])
    falling = points(ONE, GradientDescentAscent(lambda t: 1 / (t + 1)), 4000, [1.0, 0.0])
    assert np.linalg.norm(falling[-1]) ** 2 == pytest.approx(np.sinh(np.pi) / np.pi, rel=1e-3)


@pytest.mark.parametrize(("first", "sign"), [("x", -1), ("y", 1)])
def test_alternating_keeps_an_ellipse(first, sign):
    """x^2 + y^2 -+ s x y is the same at every step; beyond s = 2 it is no ellipse any more."""
    s = 0.7
    z = points(ONE, AlternatingGradientDescentAscent(s, 1, first=first), 500, [1.0, 0.3])
    kept = z[:, 0] ** 2 + z[:, 1] ** 2 + sign * s * z[:, 0] * z[:, 1]
    assert kept == pytest.approx(kept[0]) and np.abs(z).max() < 3
    wide = points(ONE, AlternatingGradientDescentAscent(2.1, 1, first=first), 60, [1.0, 0.3])
    assert np.abs(wide[-1]).max() > 1e3


def test_alternating_written_out():
    f = SaddleProblem(  # x^2/2 + 3 x y - y^2
        lambda x, y: (x * x / 2 + 3 * x * y - y * y)[..., 0],
        lambda x, y: x + 3 * y,
        lambda x, y: 3 * x - 2 * y,
        1,
    )
    a, b = 0.1, 0.2
    for ascents, first in ((1, "x"), (3, "x"), (3, "y")):
        x, y = 1.0, -1.0
        method = AlternatingGradientDescentAscent(a, 1, ascents, b, first)
        z = points(f, method, 20, [x, y])
        for t in range(20):
            x = x - a * (x + 3 * y) if first == "x" else x
            for _ in range(ascents):
                y = y + b * (3 * x - 2 * y)
            x = x - a * (x + 3 * y) if first == "y" else x
            assert z[t + 1] == pytest.approx([x, y], abs=1e-14)
    inner = AlternatingGradientDescentAscent(a, 1, 200, b, "y")  # descends on max over y of f
    x = points(f, inner, 10, [1.0, 5.0])[:, 0]
    assert x == pytest.approx((1 - a * (1 + 9 / 2)) ** np.arange(11))


def test_optimism_written_out_and_its_two_starts():
    G = np.array([[0.0, 1.0], [-1.0, 0.0]])
    for start in ("same", "zero"):
        z = points(ONE, OptimisticGradientDescentAscent(0.3, start), 30, [1.0, 2.0])
        first = z[0] - (0.3 if start == "same" else 0.6) * G @ z[0]
        assert z[1] == pytest.approx(first)
        for t in range(1, 30):
            assert z[t + 1] == pytest.approx(z[t] - 0.6 * G @ z[t] + 0.3 * G @ z[t - 1])


def test_optimism_converges_below_one_over_root_three_only():
    limit = 1 / np.sqrt(3)
    inside, outside = (
        np.linalg.norm(
            points(ONE, OptimisticGradientDescentAscent(part * limit), 800, [1.0, 1.0])[-1]
        )
        for part in (0.97, 1.03)
    )
    assert inside < 1e-3 and outside > 1e3
    spread = np.linalg.norm(points(ONE, GradientDescentAscent(0.2), 300, [1.0, 1.0])[-1])
    assert spread > 100


@pytest.mark.parametrize("s", [0.1, 0.6, 1.0])
def test_extragradient_contracts_by_an_exact_factor(s):
    """|1 - i s - s^2|^2 = (1 - s^2)^2 + s^2, below 1 for 0 < s < 1 and 1 at s = 1."""
    z = points(ONE, ExtraGradient(s), 40, [1.0, -2.0])
    rate = ((1 - s * s) ** 2 + s * s) ** (np.arange(41) / 2)
    assert np.linalg.norm(z, axis=1) == pytest.approx(np.sqrt(5) * rate)


def test_a_matrix_game_on_two_simplices():
    """Rock, paper, scissors: optimistic play goes to (1/3, 1/3, 1/3), plain play goes round."""
    game = bilinear([[0.0, 1, -1], [-1, 0, 1], [1, -1, 0]])
    both = Blocks(3, Simplex(), Simplex())
    z0 = [0.6, 0.3, 0.1, 0.2, 0.2, 0.6]
    calm = minimize(
        game, z0, Projected(OptimisticGradientDescentAscent(0.1), both), 1500, every=500
    )
    wild = minimize(game, z0, Projected(GradientDescentAscent(0.1), both), 1500, every=500)
    assert calm.x == pytest.approx(np.full(6, 1 / 3), abs=1e-6)
    assert np.abs(wild.x - 1 / 3).max() > 0.2 and wild.x.sum() == pytest.approx(2)


def test_refusals():
    for wrong in ([1.0, 2.0], np.zeros((0, 2)), [[np.nan]], [["a"]]):
        with pytest.raises(ValueError, match="A has shape"):
            bilinear(wrong)
    with pytest.raises(ValueError, match="z has 2 coordinates, of which x has 2"):
        PRODUCT.value(np.zeros(2))
    with pytest.raises(ValueError, match="split = 2"):
        minimize(ONE, [1.0, 1.0], AlternatingGradientDescentAscent(0.1, 2), 1)
    with pytest.raises(ValueError, match="split"):
        SaddleProblem(len, len, len, 0)
