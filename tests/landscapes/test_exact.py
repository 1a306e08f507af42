"""The scalar road: exact in rationals, equal to the NumPy road, symbolic where asked."""

from fractions import Fraction as F

import mpmath
import numpy as np
import pytest
import sympy as sp

from gradproof.landscapes import DomainError, Octopus, exact_gradient, exact_value
from gradproof.landscapes.exact import Place, place, value_in
from landscapes import handwritten


def test_both_roads_agree_on_values_and_gradients():
    octopus = Octopus(4, L=2.0, gamma=1.25, tau=1.5)
    x = octopus.sample(np.random.default_rng(0), 400)
    settings = (octopus.L, octopus.gamma, octopus.tau)
    values = [exact_value(list(map(float, point)), *settings) for point in x]
    gradients = [exact_gradient(list(map(float, point)), *settings) for point in x]
    assert np.abs(values - octopus.value(x)).max() < 1e-12
    assert np.abs(gradients - octopus.gradient(x)).max() < 1e-12


def test_fractions_stay_fractions_and_whole_numbers_become_them():
    assert exact_value([F(3, 2), F(1, 2)], 1, 1, 1) == F(-113, 48)
    gradient = exact_gradient([3, F(-1, 2)], 2, 1, 1)
    assert gradient == [F(-4), F(1)] and all(isinstance(v, F) for v in gradient)


def test_against_the_handwritten_octopus_in_mpmath():
    with mpmath.workdps(40):
        for point in (["0.3", "-0.9"], ["-1.4", "0.8"], ["3.1", "-1.7"], ["4.5", "5.5"]):
            x = [mpmath.mpf(v) for v in point]
            settings = (mpmath.mpf(2), mpmath.mpf("1.1"), mpmath.mpf(1))
            assert abs(exact_value(x, *settings) - handwritten.octopus(x, *settings)) < 1e-35
            slope = [
                mpmath.diff(lambda *u: handwritten.octopus(u, *settings), x, order)  # noqa: B023
                for order in ((1, 0), (0, 1))
            ]
            got = exact_gradient(x, *settings)
            assert max(abs(a - b) for a, b in zip(got, slope, strict=True)) < 1e-15


def test_pieces_of_the_tube_glue_in_symbols():
    x = sp.symbols("x1:4", positive=True)
    L, g, t = sp.symbols("L gamma tau", positive=True)
    for k in range(3):
        buffer = value_in(Place(k, "buffer"), x, L, g, t)
        later = Place(k + 1, "quadratic" if k < 2 else "minimum")
        faces = (
            (t, value_in(Place(k, "quadratic"), x, L, g, t)),
            (2 * t, value_in(later, x, L, g, t)),
        )
        for face, other in faces:
            gap = buffer - other
            for order in range(3):
                assert sp.expand(sp.diff(gap, x[k], order).subs(x[k], face)) == 0
            assert sp.expand(sp.diff(gap, x[k], 3).subs(x[k], face)) != 0


def test_places_and_points_outside():
    assert place([F(2), F(1, 2)], F(1)) == (1, "quadratic")
    assert place([F(3, 2), F(1)], F(1)) == (0, "buffer")
    assert place([F(-4), F(6)], F(1)) == (2, "minimum")
    for point in ([F(7), F(0)], [F(1), F(3, 2)], [F(4), F(7)]):
        with pytest.raises(DomainError):
            place(point, F(1))


def test_rational_descent_is_exact():
    """Twelve steps in rationals in the first quadratic region: powers of 3/2 and 1/2."""
    x = [F(1, 1000), F(1, 2)]
    for _ in range(12):
        x = [v - F(1, 4) * g for v, g in zip(x, exact_gradient(x, 1, 1, 3), strict=True)]
    assert x == [F(1, 1000) * F(3, 2) ** 12, F(1, 2) ** 13]
