"""The warm-up examples: connectors, overshoot as printed, the repair, the jump."""

from fractions import Fraction

import numpy as np
import pytest
import sympy as sp

from gradproof.landscapes import DomainError
from gradproof.landscapes.warmups import Band, FarAway, TwoSaddles, slope_connectors


def test_the_quintics_of_both_readings():
    x, printed, coupling = slope_connectors(0)
    want = -(23 * x**5 + 173 * x**4 + 501 * x**3 + 694 * x**2 + 464 * x + 120)
    assert sp.expand(printed - want) == 0
    x, repaired, same = slope_connectors(-4)
    assert sp.expand(repaired - (x**5 + 7 * x**4 + 19 * x**3 + 26 * x**2 + 16 * x + 4)) == 0
    assert coupling == same and (coupling.subs(x, -2), coupling.subs(x, -1)) == (1, -1)


@pytest.mark.parametrize("shift", [0, -4])
def test_far_away_is_twice_differentiable_and_its_gradient_is_right(shift):
    f, h = FarAway(shift), 1e-6
    rng = np.random.default_rng(0)
    x = np.stack([rng.uniform(-3, 0.9, 300), rng.uniform(-0.9, 0.9, 300)], axis=-1)
    numeric = [(f.value(x + h * e) - f.value(x - h * e)) / (2 * h) for e in np.eye(2)]
    assert np.abs(np.stack(numeric, axis=-1) - f.gradient(x)).max() < 1e-6
    for face in (-2.0, -1.0):
        sides = [np.stack([np.full(9, face + e), np.linspace(-1, 1, 9)], axis=-1) for e in (-h, h)]
        before, after = map(f.gradient, sides)
        assert np.abs(after - before).max() < 50 * h


@pytest.mark.parametrize("shift", [0, -4])
def test_far_away_takes_each_piece_in_its_place(shift):
    x, h1, h2 = slope_connectors(shift)
    f = FarAway(shift)
    assert f.value([[-3.0, 0.5], [-2.0, 1.0], [0.5, 0.25]]) == pytest.approx([
        12.25 + shift,
        9.0 + shift,
        0.1875,
    ])
    for u in (-1.97, -1.5, -1.03):
        assert f.value([u, 0.5]) == pytest.approx(float((h1 + h2 / 4).subs(x, u)), rel=1e-10)
    for outside in ([1.01, 0.0], [0.0, -1.01]):
        with pytest.raises(DomainError, match="outside"):
            f.value(outside)


def test_one_step_overshoots_as_printed_and_not_after_the_repair():
    u = np.linspace(-2, -1, 10_001)
    x = np.stack([u, np.zeros_like(u)], axis=-1)
    landed = {shift: x - FarAway(shift).gradient(x) / 4 for shift in (0, -4)}
    assert landed[0][:, 0].max() == pytest.approx(1.11178, abs=1e-5)
    assert not FarAway().contains(landed[0]).all()
    assert -1 <= landed[-4][:, 0].min() and landed[-4][:, 0].max() == pytest.approx(-0.5)


def test_band_escapes_at_the_predicted_step():
    f, x = Band(), np.array([[1.0, float(Fraction(2, 3) ** 40)], [1.0, 1e-3]])
    assert np.array_equal(f.hessian(x), [np.diag([2.0, -2.0])] * 2)
    x2 = x.copy()
    for _ in range(41):
        x2 = x2 - f.gradient(x2) / 4
    assert x2[0, 1] == pytest.approx(1.5) and x2[1, 1] == pytest.approx(1e-3 * 1.5**41)
    assert x2[0, 0] == 2.0**-41 and f.value([3.0, 1.0]) == 8.0


def test_two_saddles_jumps_where_the_text_says():
    f = TwoSaddles(L=3.0, gamma=1.0)
    y = np.linspace(0, 0.99, 12)
    left, right = (f.value(np.stack([np.full(12, u), y], axis=-1)) for u in (1 - 1e-13, 1.0))
    assert right - left == pytest.approx((3 + 1) * (1 - y**2))
    assert np.array_equal(f.gradient([[0.0, 0.0], [2.0, 0.0], [2.0, 2.0]]), np.zeros((3, 2)))
    assert np.array_equal(f.gradient([0.5, 0.25]), [-1.0, 1.5])
    with pytest.raises(DomainError, match="none of the three"):
        f.value([0.5, 2.0])
    with pytest.raises(DomainError, match="none of the three"):
        f.gradient([3.5, 0.5])
    with pytest.raises(ValueError, match="gamma"):
        TwoSaddles(gamma=0.0)
