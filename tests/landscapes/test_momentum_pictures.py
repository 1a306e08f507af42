"""What the pictures of momentum compute; that they can be drawn."""

import numpy as np
import pytest

from gradproof.landscapes import momentum_pictures as pictures


def test_the_spectral_radius_is_that_of_the_companion_matrix():
    rng = np.random.default_rng(0)
    for a, b in zip(rng.uniform(-0.5, 4.5, 40), rng.uniform(-1.2, 1.2, 40), strict=True):
        want = np.abs(np.linalg.eigvals([[1 + b - a, -b], [1, 0]])).max()
        assert pictures.spectral_radius(a, b) == pytest.approx(want, abs=1e-7)


def test_the_valley_s_gradient():
    p, h = np.random.default_rng(1).uniform(-4, 4, (50, 2)), 1e-6
    for i, e in enumerate(np.eye(2)):
        numeric = (pictures.Valley.value(p + h * e) - pictures.Valley.value(p - h * e)) / (2 * h)
        assert pictures.Valley.gradient(p)[:, i] == pytest.approx(numeric, abs=1e-6)
    assert pictures.Valley.value(np.zeros(2)) == 0


def test_the_pictures_have_content():
    path = np.linspace(3, 0, 8)
    drawn = [
        pictures.two_runs(path, path),
        pictures.basins(points=21),
        pictures.stability_map(),
        pictures.valley_runs({"a": np.stack([path, path], axis=1), "b": np.ones((2, 2))}),
    ]
    assert all(axes.has_data() for fig in drawn for axes in fig.axes[:1])
