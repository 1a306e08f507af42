"""The triangle: slopes, the cycle, its neighbourhood, where runs end."""

from fractions import Fraction as F

import numpy as np
import pytest

from gradproof.landscapes.triangle import (
    CYCLE,
    MOMENTUM,
    RADIUS,
    STEP,
    Triangle,
    deviation,
    exact_run,
    exact_slope,
    fate,
)
from gradproof.optimizers import HeavyBall, minimize


def test_the_gradient_is_the_exact_slope_and_the_derivative_of_the_value():
    x = np.array([-2.5, 0.0, 0.9, 1.0, 1.4, 2.0, 3.3])[:, None]
    want = [float(exact_slope(F(str(u)))) for u in x[:, 0]]
    assert Triangle.gradient(x)[:, 0] == pytest.approx(want, abs=1e-12)
    h = 1e-6
    away = x[np.array([0, 1, 2, 4, 6])]
    numeric = (Triangle.value(away + h) - Triangle.value(away - h)) / (2 * h)
    assert numeric == pytest.approx(Triangle.gradient(away)[:, 0], abs=1e-6)


def test_three_steps_return_to_the_same_point_and_four_do_not():
    run = exact_run(CYCLE[0], CYCLE[2], 4)
    assert run[:4] == [*CYCLE, CYCLE[0]] and run[4] != CYCLE[0]


def test_the_deviation_vanishes_on_the_cycle_only_in_its_direction():
    for k in range(3):
        assert deviation(CYCLE[k], CYCLE[k - 1]) == 0
        assert deviation(CYCLE[k - 1], CYCLE[k]) > RADIUS
    assert deviation(CYCLE[0] + F(1, 100), CYCLE[2]) == F(4, 100)


def test_it_contracts_inside_the_neighbourhood():
    x, last = CYCLE[2] + F(1, 20), CYCLE[1] - F(1, 12)
    before = deviation(x, last)
    assert before <= RADIUS
    run = exact_run(x, last, 3)
    assert deviation(run[1], x) <= F(5, 6) * before
    assert deviation(run[3], run[2]) <= F(14, 27) * before


def test_the_library_s_heavy_ball_takes_the_same_steps():
    run = minimize(Triangle, np.array([3.3]), HeavyBall(float(STEP), float(MOMENTUM)), 30,
                   keep_points=True)  # fmt: skip
    exact = [float(x) for x in exact_run(F(33, 10), F(33, 10), 30)]
    assert run.points[:, 0] == pytest.approx(exact, abs=1e-10)


def test_fates():
    here = np.array([0.1, 3.3, float(CYCLE[0])])
    last = np.array([0.1, 3.3, float(CYCLE[2])])
    found = fate(here, last)
    assert found[0] == 0 and found[1] in (1, 2, 3) and found[2] == 1
    assert fate(np.array([3.3]), np.array([3.3]), steps=3)[0] == -1
