"""Exact escape times: against descent step by step, the thesis's bounds, and rounding."""

import math
from fractions import Fraction

import numpy as np
import pytest

from gradproof.landscapes import DomainError, Octopus, escape, escape_mp, exact_gradient
from gradproof.landscapes.escape import escape_times, mp_descent, plateau_ratio
from gradproof.optimizers import GradientDescent, minimize

SEED_0 = {  # d = 5, tau = e, gamma = 1, step 1/(4L), start default_rng(0).uniform(-1, 1, 5)
    1.0: [8, 26, 72, 198, 539],
    1.5: [11, 42, 146, 500, 1708],
    2.0: [13, 61, 256, 1054, 4334],
    3.0: [18, 111, 613, 3372, 18539],
}


@pytest.mark.parametrize("L", SEED_0)
def test_recorded_times(L):
    start = np.random.default_rng(0).uniform(-1, 1, 5)
    assert escape_times(Octopus(5, L=L), start, 1 / (4 * L)).times.tolist() == SEED_0[L]


@pytest.mark.parametrize("share", [2.05, 4.0, 13.0])
@pytest.mark.parametrize(
    ("L", "gamma", "tau"), [(1.0, 1.0, math.e), (2.0, 1.5, 3.0), (0.6, 0.5, 1.0)]
)
def test_against_descent_in_mpmath_and_in_double_precision(L, gamma, tau, share):
    octopus, step = Octopus(4, L, gamma, tau), 1 / (share * L)
    starts = np.random.default_rng(3).uniform(-1, 1, (6, 4)) * min(1, tau)
    found = escape_times(octopus, starts, step)
    assert mp_descent(octopus, starts[0], step, 10**4) == found.times[0].tolist()
    points = minimize(octopus, starts, GradientDescent(step), 600, keep_points=True).points
    passed = np.abs(points) > 2 * tau
    early = found.times < 600
    assert early[:, :2].all()
    assert np.array_equal(passed.argmax(axis=0)[early], found.times[early])
    for run in range(6):
        for k in range(2):
            leaves = found.times[run, k]
            front = np.abs(points[:leaves, run, k])
            assert found.buffer_steps[run, k] == (front > tau).sum()
            assert found.overshoot[run, k] == pytest.approx(abs(points[leaves, run, k]) / tau)
            seen = np.abs(points[: leaves + 1, run, k + 1])[np.r_[front > tau, True]]
            assert found.behind[run, k] == pytest.approx(seen.max() / tau)


def test_many_starts_at_once_equal_each_alone():
    octopus = Octopus(8, L=1.5)
    starts = np.random.default_rng(1).uniform(-1, 1, (4, 25, 8))
    together = escape_times(octopus, starts, 1 / 6)
    assert together.times.shape == (4, 25, 8) and together.redone.shape == (4, 25)
    for where in ((0, 0), (3, 24)):
        alone = escape_times(octopus, starts[where], 1 / 6)
        assert np.array_equal(alone.times, together.times[where])
    assert np.array_equal(together.plateaus.cumsum(axis=-1), together.times)
    assert np.array_equal(escape_times(octopus, -starts, 1 / 6).times, together.times)


@pytest.mark.parametrize(("L", "share"), [(1.0, 4.0), (3.0, 2.05), (2.0, 40.0)])
def test_double_precision_and_mpmath_count_alike_where_it_is_sure(L, share):
    octopus, step = Octopus(9, L=L), 1 / (share * L)
    starts = np.abs(np.random.default_rng(5).uniform(-1, 1, (12, 9)))
    *fast, doubtful = escape._in_logs(octopus, starts, step)
    for run in np.flatnonzero(~doubtful):
        slow = escape_mp.in_logs(octopus, starts[run], step)
        for a, b, digits in zip(fast, slow, (0, 0, 1e-3, 1e-3), strict=True):
            assert a[run] == pytest.approx(b, rel=digits, abs=digits)
    assert not doubtful.all()


def counts_in_rationals(start, step, L=0.75, tau=1.0):
    """(T_1, steps begun in the buffer) for d = 1 and gamma = 1, without rounding."""
    x, L, tau, t, inside = Fraction(start), Fraction(L), Fraction(tau), 0, 0
    while x <= 2 * tau:
        inside += x > tau
        (slope,) = exact_gradient([x], L, 1, tau)
        x, t = x - Fraction(step) * slope, t + 1
    return t, inside


@pytest.mark.parametrize("halvings", [1, 2, 3, 5, 9, 11])
def test_ties_and_near_ties_are_not_left_to_rounding(halvings):
    """x doubles each step, so from 2^-n it meets the face x = tau, or misses it by an ulp."""
    octopus, step = Octopus(1, L=0.75, gamma=1.0, tau=1.0), 0.5
    for ulps in (-2, -1, 0, 1, 2):
        start = 2.0**-halvings * (1 + ulps * 2.0**-52)
        found = escape_times(octopus, [start], step)
        counts = (int(found.times[0]), int(found.buffer_steps[0]))
        assert found.redone and counts == counts_in_rationals(start, step)


@pytest.mark.parametrize("n", range(1, 12))
def test_ties_of_powers_of_three_halves(n):
    octopus = Octopus(1, L=1.0, gamma=1.0, tau=1.5**n)
    found = escape_times(octopus, [1.0], 0.25)
    counts = (int(found.times[0]), int(found.buffer_steps[0]))
    assert found.redone and counts == counts_in_rationals(1.0, 0.25, 1.0, 1.5**n)


def test_entering_the_buffer_near_its_far_end():
    octopus, step = Octopus(2, L=1.0), 1 / 2.05
    for share in (0.97, 0.99, 0.999):
        start = [share * octopus.tau, 0.1]
        found = escape_times(octopus, start, step)
        assert found.buffer_steps[0] == 1 and found.times.tolist() == mp_descent(
            octopus, start, step, 500
        )


def test_huge_times_are_done_again_with_mpmath():
    octopus = Octopus(14, L=3.0)
    start = np.random.default_rng(0).uniform(-1, 1, 14)
    found = escape_times(octopus, start, 1 / 6.15)
    assert found.redone and found.times[-1] > 2**52
    ratio = found.times[-1] / found.times[-2]
    assert ratio == pytest.approx(plateau_ratio(3.0, 1.0, 1 / 6.15), rel=1e-9)
    with pytest.raises(OverflowError, match="64 bits"):
        escape_times(Octopus(30, L=3.0), np.full(30, 0.5), 1 / 6.15)


def test_the_bounds_of_the_lemma_hold():
    rng = np.random.default_rng(7)
    for L in (1.0, 1.5, 3.0):
        for share in (2.01, 4.0, 20.0):
            octopus, step = Octopus(8, L=L), 1 / (share * L)
            found = escape_times(octopus, rng.uniform(-1, 1, (40, 8)), step)
            bound = (L + 1) ** np.arange(8) / (2 * step)
            assert (found.times - found.buffer_steps >= bound * (1 - 1e-12)).all()
            assert (found.buffer_steps <= math.floor(1 / (2 * step)) + 1).all()
            assert found.overshoot.max() < 6 and found.behind.max() < 1


def test_plateau_ratio():
    for L, want in ((1, 2.7095), (1.5, 3.4094), (2, 4.1063), (3, 5.4966)):
        assert plateau_ratio(L, 1.0, 1 / (4 * L)) == pytest.approx(want, abs=5e-5)
    assert plateau_ratio(2.0, 0.5, 1e-9) == pytest.approx(1 + 2 / 0.5, rel=1e-6)
    with pytest.raises(ValueError, match="1/\\(2L\\)"):
        plateau_ratio(1.0, 1.0, 0.5)


def test_the_stall_of_double_precision_is_real():
    """After 1074 halvings the smallest subnormal is a fixed point of the step."""
    octopus = Octopus(5, L=3.0)
    start = np.array([4 * math.e] * 4 + [5e-324])
    run = minimize(octopus, start, GradientDescent(1 / 12), 2_000, every=2_000)
    assert run.x[-1] == 5e-324
    waiting = np.array([0.5, 5e-324, 0.5, 0.5, 0.5])
    assert minimize(octopus, waiting, GradientDescent(1 / 12), 1).x[1] == 5e-324


def test_refusals():
    octopus = Octopus(2)
    with pytest.raises(ValueError, match="zero coordinate"):
        escape_times(octopus, [0.5, 0.0], 0.01)
    with pytest.raises(DomainError, match="start inside"):
        escape_times(octopus, [0.5, 3.0], 0.01)
    with pytest.raises(ValueError, match="step"):
        escape_times(octopus, [0.5, 0.5], 1 / (2 * octopus.L))
    with pytest.raises(ValueError, match="x0 has shape"):
        escape_times(octopus, [0.5, 0.5, 0.5], 0.01)
