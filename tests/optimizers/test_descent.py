"""Optimizers and the loop: closed forms, Algorithm 2 written out again, batches, refusals."""

import dataclasses
import math

import numpy as np
import pytest

from gradproof.landscapes import Octopus
from gradproof.landscapes.warmups import Band
from gradproof.optimizers import (
    Function,
    GradientDescent,
    PerturbedGradientDescent,
    gradient_below,
    minimize,
    uniform_in_ball,
)

BOWL = Function(lambda x: (x**2).sum(axis=-1), lambda x: 2 * x)
OPTIMIZERS = [GradientDescent(0.05), PerturbedGradientDescent(0.05, 0.03, 0.1, 2, seed=4)]
each = pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=lambda o: type(o).__name__)


def starts(runs, d, seed=0):
    return np.random.default_rng(seed).uniform(-1, 1, (runs, d))


def test_gradient_descent_on_a_saddle_is_a_product_of_constants():
    run = minimize(Band(), [1.0, 1e-3], GradientDescent(0.25), 10, keep_points=True)
    t = np.arange(11)
    assert run.points == pytest.approx(np.stack([0.5**t, 1e-3 * 1.5**t], axis=-1))
    assert run.values == pytest.approx(0.25**t - 1e-6 * 2.25**t)
    norms = np.hypot(2 * 0.5**t, 2e-3 * 1.5**t)
    assert run.gradient_norms == pytest.approx(norms) and run.times.tolist() == t.tolist()


@each
@pytest.mark.parametrize("d", [3, 10])
def test_a_batch_is_its_runs_one_by_one(optimizer, d):
    octopus, x0 = Octopus(d, L=2.0), starts(7, d)
    together = minimize(octopus, x0, optimizer, 60, keep_points=True)
    for run in range(7):
        alone = optimizer
        if isinstance(optimizer, PerturbedGradientDescent):
            alone = dataclasses.replace(optimizer, first_run=run)
        single = minimize(octopus, x0[run], alone, 60, keep_points=True)
        assert np.array_equal(single.points, together.points[:, run])
        assert np.array_equal(single.values, together.values[:, run])
    stacked = minimize(octopus, x0[:6].reshape(2, 3, d), optimizer, 60)
    assert np.array_equal(stacked.x.reshape(6, d), together.x[:6])


@each
def test_update_is_pure(optimizer):
    octopus, x = Octopus(4, L=2.0), starts(5, 4) * 1e-3
    before, state = x.copy(), optimizer.init(x)
    once, twice = (optimizer.update(octopus.gradient, state, x)[0] for _ in range(2))
    assert np.array_equal(once, twice) and np.array_equal(x, before)


@each
def test_the_same_run_twice_and_a_run_continued(optimizer):
    octopus, x0 = Octopus(4, L=2.0), starts(3, 4)
    whole = minimize(octopus, x0, optimizer, 60, keep_points=True)
    x, state = x0, optimizer.init(x0)
    for t in range(61):
        assert np.array_equal(x, whole.points[t])
        x, state = optimizer.update(octopus.gradient, state, x)


def test_no_radius_is_gradient_descent():
    octopus, x0 = Octopus(5), starts(6, 5)
    still = PerturbedGradientDescent(0.05, 0.0, 0.5)
    quiet = PerturbedGradientDescent(0.05, 0.2, 0.0)
    plain = minimize(octopus, x0, GradientDescent(0.05), 300, keep_points=True)
    for perturbed in (still, quiet):
        run = minimize(octopus, x0, perturbed, 300, keep_points=True)
        assert np.array_equal(run.points, plain.points)


@pytest.mark.parametrize("wait", [0, 1, 5])
def test_algorithm_2_written_out_again(wait):
    """The printed loop for one run, with its own bookkeeping; noise by the documented key."""
    octopus, step, radius, threshold = Octopus(3, L=2.0), 0.1, 0.02, 0.05
    x, last, noises, path, when = starts(1, 3)[0], -wait - 1, 0, [], []
    for t in range(150):
        path.append(x)
        if math.sqrt((octopus.gradient(x) ** 2).sum()) <= threshold and t - last > wait:
            sequence = np.random.SeedSequence(9, spawn_key=(2, noises))
            x = x + uniform_in_ball(np.random.default_rng(sequence), 3, radius)
            last, noises = t, noises + 1
            when.append(t)
        x = x - step * octopus.gradient(x)
    optimizer = PerturbedGradientDescent(step, radius, threshold, wait, seed=9, first_run=2)
    run = minimize(octopus, path[0], optimizer, 150, keep_points=True)
    assert np.array_equal(run.points[:-1], path)
    assert run.state.noises == noises > 1 and run.state.last_noise == when[-1]
    assert min(np.diff(when)) == wait + 1


def test_the_first_step_may_be_noisy_and_the_threshold_counts_as_flat():
    for threshold, noises in ((1.0, 1), (np.nextafter(1.0, 0.0), 0)):
        optimizer = PerturbedGradientDescent(0.1, 0.1, threshold, 7)
        assert minimize(BOWL, [0.5], optimizer, 1).state.noises == noises


def test_noise_finds_the_way_out_of_a_saddle():
    """Descent started on the stable manifold never leaves; perturbed descent does."""
    on_axis = np.array([[0.9, 0.0]] * 20)
    away = lambda now: np.abs(now.x[..., 1]) > 1  # noqa: E731
    assert not minimize(Band(), on_axis, GradientDescent(0.25), 200, stop=away).stopped.any()
    noisy = PerturbedGradientDescent(0.25, 0.01, 0.01)
    run = minimize(Band(), on_axis, noisy, 200, stop=away)
    assert run.stopped.all() and run.steps.max() < 40 and len(np.unique(run.x, axis=0)) == 20


@pytest.mark.parametrize("d", [1, 2, 7])
def test_uniform_in_the_ball(d):
    """E xi = 0, E |xi|^2 = r^2 d/(d+2), P(|xi| <= r/2^(1/d)) = 1/2, within five standard errors."""
    n, r = 40_000, 1.7
    xi = uniform_in_ball(np.random.default_rng(0), d, r, n)
    length = np.linalg.norm(xi, axis=1)
    assert xi.shape == (n, d) and length.max() <= r * (1 + 1e-12)
    assert np.abs(xi.mean(axis=0)).max() < 5 * r / math.sqrt(n * (d + 2))
    spread = r**2 * math.sqrt(d / (d + 4) - (d / (d + 2)) ** 2)
    assert abs((length**2).mean() - r**2 * d / (d + 2)) < 5 * spread / math.sqrt(n)
    assert abs((length <= r * 0.5 ** (1 / d)).mean() - 0.5) < 5 * 0.5 / math.sqrt(n)
    covariance = np.cov(xi.T).reshape(d, d) * (d + 2) / r**2
    assert covariance == pytest.approx(np.eye(d), abs=0.06)


def test_stopping_freezes_a_run_and_ends_the_loop():
    seen = []
    run = minimize(
        BOWL,
        [[1.0], [1024.0]],
        GradientDescent(0.25),
        100,
        stop=gradient_below(1.0),
        callback=lambda now: seen.append(now.t),
        every=3,
    )
    assert run.steps.tolist() == [1, 11] and run.stopped.all() and seen == list(range(12))
    assert run.x.tolist() == [[0.5], [0.5]] and run.times.tolist() == [0, 3, 6, 9, 11]
    assert run.values[1:, 0].tolist() == [0.25] * 4


def test_recording_times():
    chosen = minimize(BOWL, [1.0], GradientDescent(0.1), 50, every=[1, 10, 99])
    assert chosen.times.tolist() == [0, 1, 10, 50] and chosen.points is None
    nothing = minimize(BOWL, [1.0], GradientDescent(0.1), 0)
    assert nothing.values.tolist() == [1.0] and nothing.steps == 0 and not nothing.stopped


def test_the_gradient_is_asked_once_a_step():
    asked = []
    counted = Function(BOWL.value, lambda x: asked.append(1) or 2 * x)
    minimize(counted, [1.0], GradientDescent(0.1), 20)
    assert len(asked) == 21


def test_refusals():
    with pytest.raises(ValueError, match="NaN"):
        minimize(BOWL, [math.nan], GradientDescent(0.1), 1)
    with pytest.raises(TypeError, match="dtype"):
        minimize(BOWL, ["a"], GradientDescent(0.1), 1)
    with pytest.raises(ValueError, match="shape \\(\\)"):
        minimize(BOWL, 1.0, GradientDescent(0.1), 1)
    with pytest.raises(ValueError, match="steps"):
        minimize(BOWL, [1.0], GradientDescent(0.1), -1)
    with pytest.raises(ValueError, match="every"):
        minimize(BOWL, [1.0], GradientDescent(0.1), 1, every=0)
    with pytest.raises(ValueError, match="has shape \\(\\)"):
        minimize(Function(BOWL.value, BOWL.value), [1.0], GradientDescent(0.1), 1)
    cliff = Function(BOWL.value, lambda x: np.where(x < 0.5, np.inf, 2 * x))
    with pytest.raises(FloatingPointError, match="step 4 in 1 of 2 runs"):
        minimize(cliff, [[1.0], [9.0]], GradientDescent(0.1), 9)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"step": 0.0}, "step = 0.0"),
        ({"step": math.nan}, "step = nan"),
        ({"radius": -1.0}, "radius"),
        ({"gradient_threshold": math.inf}, "gradient_threshold"),
        ({"seed": None}, "seed"),
        ({"first_run": -1}, "first_run"),
    ],
)
def test_refused_settings_name_the_argument(settings, words):
    good = {"step": 0.1, "radius": 0.1, "gradient_threshold": 0.1}
    with pytest.raises(ValueError, match=words):
        PerturbedGradientDescent(**(good | settings))
