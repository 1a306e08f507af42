"""Eleven parabolas and the linear example."""

from fractions import Fraction as F

import numpy as np
import pytest

from gradproof.landscapes.adam_examples import CURVATURES, eleven, follow, linear, sign_epoch
from gradproof.optimizers import Box, GradientDescent, Projected, SignSGD


def test_the_components_sum_to_the_parabola():
    assert CURVATURES.size == 11 and CURVATURES.sum() == 1


@pytest.mark.parametrize("order", [range(11), [*range(1, 11), 0], [3, 0, *range(4, 11), 1, 2]])
def test_an_epoch_moves_outwards_by_nine_steps(order):
    assert sign_epoch(F(1), F(1, 100), order) == F(109, 100)
    assert sign_epoch(F(-1), F(1, 100), order) == F(-109, 100)


def test_close_to_zero_the_steep_component_first_crosses():
    assert sign_epoch(F(1, 2), F(1), range(11)) == F(-21, 2)
    assert sign_epoch(F(1), F(1), range(11)) == 0
    assert sign_epoch(F(1), F(1), [1, 0, *range(2, 11)]) == 10


def test_draws_are_uniform_and_independent_of_the_point():
    gradients = eleven(2000, 3, seed=1)
    g = gradients(1)(np.ones((2000, 1)))
    assert set(np.unique(g)) == {-1.0, 11.0}
    assert g.mean() == pytest.approx(1 / 11, abs=4 * 3.45 / 2000**0.5)
    assert (gradients(1)(2 * np.ones((2000, 1))) == 2 * g).all()


def test_follow_keeps_the_times_asked_for():
    found = follow(GradientDescent(0.5), np.array([8.0]), lambda t: lambda x: x, 3, (0, 1, 3))
    assert found[:, 0].tolist() == [8.0, 4.0, 1.0]


def test_the_linear_example_has_period_three():
    slopes = [float(linear(3.0)(t)(np.zeros(1))[0]) for t in range(6)]
    assert slopes == [3.0, -1.0, -1.0] * 2
    box = Projected(SignSGD(0.25), Box(-1.0, 1.0))
    end = follow(box, np.array([0.0]), linear(3.0), 300, (300,))
    assert end[0, 0] == 1.0
