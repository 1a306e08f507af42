"""Confidence intervals by their textbook formulas, computed here a second time."""

import math
import statistics

import numpy as np
import pytest

from gradproof.checks.core import Unknown
from gradproof.checks.sampling import _bounded, _student

DRAWS = np.random.default_rng(3).uniform(2, 5, 400)
T_999 = {0.95: 1.965927, 0.99: 2.588207}  # Student's quantiles with 399 degrees of freedom


@pytest.mark.parametrize("confidence", [0.95, 0.99])
def test_students_interval(confidence):
    low, high = _student(DRAWS, confidence)
    half = T_999[confidence] * statistics.stdev(DRAWS.tolist()) / math.sqrt(400)
    mean = statistics.fmean(DRAWS.tolist())
    assert (low, high) == pytest.approx((mean - half, mean + half), rel=1e-5)


def test_no_interval_without_a_central_limit_theorem():
    heavy = np.concatenate([DRAWS, [1000.0]])
    for draws in (np.full(100, 2.0), DRAWS[:29], heavy, np.array([1e200, -1e200] * 50)):
        assert isinstance(_student(draws, 0.99), Unknown)
    even = np.linspace(0, 1, 30)
    assert not isinstance(_student(even, 0.99), Unknown)
    assert isinstance(_student(even[:29], 0.99), Unknown)


@pytest.mark.parametrize(("bounds", "count"),
                         [((2, 5), 400), ((-3, 7), 400), ((2, 5), 20), ((0, 100), 400)])
@pytest.mark.parametrize("confidence", [0.95, 0.99])
def test_the_better_of_two_bounds(bounds, count, confidence):
    """Hoeffding: (b − a)√(ln(2/δ)/2n).

    Maurer–Pontil: √(2V·ln(4/δ)/n) + 7(b − a)·ln(4/δ)/3(n − 1).
    """
    draws = DRAWS[:count]
    width, delta = bounds[1] - bounds[0], (1 - confidence) / 2
    first = width * math.sqrt(math.log(2 / delta) / (2 * count))
    spread = statistics.variance(draws.tolist())
    second = (math.sqrt(2 * spread * math.log(4 / delta) / count)
              + 7 * width * math.log(4 / delta) / (3 * (count - 1)))
    mean, half = statistics.fmean(draws.tolist()), min(first, second)
    expected = max(bounds[0], mean - half), min(bounds[1], mean + half)
    assert _bounded(draws, bounds, confidence) == pytest.approx(expected, rel=1e-12)


def test_maurer_and_pontil_win_for_a_small_variance():
    draws = np.full(4000, 1.0)
    draws[::100] = 2.0
    low, high = _bounded(draws, (-50, 50), 0.99)
    assert high - low < 100 * math.sqrt(math.log(400) / 8000)


def test_wrong_bounds():
    for bounds in ((3, 5), (2, 4)):
        found = _bounded(DRAWS, bounds, 0.99)
        assert isinstance(found, Unknown) and "the bounds are wrong" in found.reason
    for bounds in ((2, 2), (5, 2)):
        with pytest.raises(ValueError, match="low < high"):
            _bounded(DRAWS, bounds, 0.99)
    exact = np.array([0.0, 1.0] * 20)
    assert not isinstance(_bounded(exact, (0, 1), 0.99), Unknown)  # draws at the bounds are fine
