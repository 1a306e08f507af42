"""What the pictures of momentum compute; that they can be drawn."""

import numpy as np
import pytest

from gradproof.landscapes import momentum_pictures as pictures


def test_the_spectral_radius_is_that_of_the_companion_matrix():
    rng = np.random.default_rng(0)
    for a, b in zip(rng.uniform(-0.5, 4.5, 40), rng.uniform(-1.2, 1.2, 40), strict=True):
        want = np.abs(np.linalg.eigvals([[1 + b - a, -b], [1, 0]])).max()
        assert pictures.spectral_radius(a, b) == pytest.approx(want, abs=1e-7)


def test_the_pictures_have_content():
    path = np.linspace(3, 0, 8)
    drawn = [
        pictures.two_runs(path, path),
        pictures.basins(points=21),
        pictures.stability_map(),
    ]
    assert all(axes.has_data() for fig in drawn for axes in fig.axes[:1])
