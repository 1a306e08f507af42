"""Projections: the nearest point, by its variational inequality, and by brute force."""

import dataclasses

import numpy as np
import pytest

from gradproof.optimizers import (
    Ball,
    Blocks,
    Box,
    Function,
    GradientDescent,
    Halfspace,
    Projected,
    ProjectedGradientDescent,
    Simplex,
    minimize,
)

RNG = np.random.default_rng(0)


def in_box(n):
    return RNG.uniform([-1, 0, -2], [1, 0.5, 3], (n, 3))


def in_ball(n):
    u = RNG.standard_normal((n, 3))
    return np.array([1, 0, 0]) + 2 * u / np.linalg.norm(u, axis=1, keepdims=True)


def in_simplex(n):
    return 2.5 * RNG.dirichlet([0.5] * 3, n)


def in_halfspace(n):
    x = 5 * RNG.standard_normal((n, 3))
    return x[x @ [1.0, 2, -1] <= 0.5]


def in_blocks(n):
    return np.concatenate([RNG.standard_normal((n, 2)), RNG.uniform(0, 1, (n, 1))], axis=1)


SETS = {
    "box": (Box(np.array([-1, 0, -2]), np.array([1, 0.5, 3])), in_box),
    "ball": (Ball(2.0, np.array([1.0, 0, 0])), in_ball),
    "simplex": (Simplex(2.5), in_simplex),
    "half-space": (Halfspace((1.0, 2.0, -1.0), 0.5), in_halfspace),
    "blocks": (Blocks(2, None, Box(0.0, 1.0)), in_blocks),
}
each = pytest.mark.parametrize(("project", "inside"), SETS.values(), ids=SETS)


@each
def test_the_nearest_point(project, inside):
    """P(x) is in the set (P P = P) and (x - P(x)).(z - P(x)) <= 0 for every z of it."""
    x, z = 4 * RNG.standard_normal((200, 3)), inside(300)
    p = project(x)
    assert project(p) == pytest.approx(p, abs=1e-14) and project(z) == pytest.approx(z, abs=1e-14)
    angles = ((x - p)[:, None] * (z[None] - p[:, None])).sum(axis=-1)
    assert angles.max() < 1e-12 and np.abs(x - p).max() > 1
    one_by_one = np.array([project(point) for point in x])
    assert np.array_equal(one_by_one, p) and project(x.astype(np.float32)).dtype == np.float32


def test_simplex_of_one_coordinate_and_of_a_corner():
    assert Simplex()(np.array([[-3.0], [9.0]])).tolist() == [[1.0], [1.0]]
    assert Simplex()(np.array([5.0, 0.0, 1.0])).tolist() == [1.0, 0.0, 0.0]
    assert Simplex()(np.array([0.2, 0.2])).tolist() == [0.5, 0.5]


def test_projected_descent_solves_the_constrained_problem():
    """|x - a|^2 over the simplex: the projection of a, by either spelling of the method."""
    a = np.array([0.9, 0.6, -1.0])
    f = Function(lambda x: ((x - a) ** 2).sum(axis=-1), lambda x: 2 * (x - a))
    start, ends = np.full(3, 1 / 3), []
    for method in (
        ProjectedGradientDescent(0.1, Simplex()),
        Projected(GradientDescent(0.1), Simplex()),
    ):
        run = minimize(f, start, method, 100, keep_points=True)
        assert (np.diff(run.values) <= 1e-15).all() and run.points.min() >= 0
        ends.append(run.x)
    assert ends[0] == pytest.approx([0.65, 0.35, 0.0]) and np.array_equal(*ends)


@pytest.mark.parametrize(
    ("make", "word"),
    [
        (lambda: Box(1.0, 0.0), "low"),
        (lambda: Box(np.nan, 0.0), "low"),
        (lambda: Ball(0.0), "radius"),
        (lambda: Ball(1.0, np.nan), "center"),
        (lambda: Simplex(-1.0), "total"),
        (lambda: Halfspace((0.0, 0.0)), "normal"),
        (lambda: Halfspace((1.0,), np.inf), "offset"),
        (lambda: Blocks(0), "split"),
    ],
)
def test_bad_sets_are_refused_by_name(make, word):
    with pytest.raises(ValueError, match=f"^{word} = "):
        make()


@each
def test_sets_cannot_be_changed(project, inside):
    with pytest.raises(dataclasses.FrozenInstanceError):
        project.radius = 1.0
