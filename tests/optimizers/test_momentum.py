"""Heavy ball and Nesterov: recursions in exact numbers, stability, the printed slip, a cycle."""

from fractions import Fraction

import numpy as np
import pytest

from gradproof.optimizers import (
    Diminishing,
    Function,
    GradientDescent,
    HeavyBall,
    Nesterov,
    convex_momentum,
    minimize,
)


def parabola(curvature):
    return Function(lambda x: curvature * x[..., 0] ** 2 / 2, lambda x: curvature * x)


def path(f, optimizer, steps, x0=(1.0,)):
    return minimize(f, x0, optimizer, steps, keep_points=True).points[..., 0]


def recursion(first, now, before, steps):
    """x_{t+1} = now x_t + before x_{t-1} from x_0 = 1 and x_1 = first, in fractions."""
    x = [Fraction(1), first]
    while len(x) <= steps:
        x.append(now * x[-1] + before * x[-2])
    return [float(v) for v in x]


def test_every_form_is_its_two_term_recursion():
    """On c x^2/2 with s = alpha c; the stale form has the gradient of the point before."""
    s, b, c = Fraction(3, 10), Fraction(4, 5), 3.0
    exact = {
        "velocity": recursion(1 - s, 1 + b - s, -b, 30),
        "difference": recursion(1 - s, 1 + b - s, -b, 30),
        "averaged": recursion(1 - s * (1 - b), 1 + b - s * (1 - b), -b, 30),
        "stale": recursion(Fraction(1), 1 + b, -b - s, 30),
    }
    for form, expected in exact.items():
        found = path(parabola(c), HeavyBall(0.1, 0.8, form), 30)
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-12), form


def test_averaged_is_velocity_with_a_shorter_step():
    f = parabola(2.0)
    averaged, velocity = HeavyBall(0.5, 0.75, "averaged"), HeavyBall(0.125, 0.75)
    assert path(f, averaged, 40) == pytest.approx(path(f, velocity, 40), abs=1e-15)


def test_with_a_varying_step_the_displacement_gets_the_ratio_of_steps():
    """velocity: x_{t+1} - x_t = -alpha_t g_t + b (alpha_t / alpha_{t-1}) (x_t - x_{t-1})."""
    alpha, b, f = Diminishing(0.5), 0.6, parabola(2.0)
    x = path(f, HeavyBall(alpha, b), 30)
    for t in range(1, 30):
        ratio = alpha(t) / alpha(t - 1)
        move = -alpha(t) * 2 * x[t] + b * ratio * (x[t] - x[t - 1])
        assert x[t + 1] - x[t] == pytest.approx(move, abs=1e-14)
    difference = path(f, HeavyBall(alpha, b, "difference"), 30)
    for t in range(1, 30):
        move = -alpha(t) * 2 * difference[t] + b * (difference[t] - difference[t - 1])
        assert difference[t + 1] - difference[t] == pytest.approx(move, abs=1e-14)
    assert np.abs(difference - x).max() > 0.1


@pytest.mark.parametrize(
    ("form", "limit"), [("velocity", 3.8), ("difference", 3.8), ("averaged", 38.0), ("stale", 0.1)]
)
def test_stability_ends_where_the_recursion_says(form, limit):
    """At momentum 0.9: 2(1 + b), over 1 - b when averaged; 1 - b for the stale form."""
    inside, outside = (HeavyBall(part * limit, 0.9, form) for part in (0.9, 1.1))
    assert np.abs(path(parabola(1.0), inside, 400)[-50:]).max() < 0.3
    assert np.abs(path(parabola(1.0), outside, 400)[-50:]).max() > 5


def test_without_momentum_all_but_the_stale_form_are_gradient_descent():
    f, plain = parabola(3.0), path(parabola(3.0), GradientDescent(0.2), 20)
    for form in ("velocity", "averaged", "difference"):
        assert np.array_equal(path(f, HeavyBall(0.2, 0.0, form), 20), plain)
    stale = path(f, HeavyBall(0.2, 0.0, "stale"), 20)
    assert stale[1] == stale[0] and stale[2] == plain[1] and abs(stale[20] - plain[20]) > 1e-3


def test_terminal_velocity_on_a_slope():
    """A constant gradient g: the moves tend to alpha g / (1 - b), for b = 1 they grow forever."""
    slope = Function(lambda x: 5 * x[..., 0], lambda x: np.full_like(x, 5.0))
    moves = -np.diff(path(slope, HeavyBall(0.1, 0.9), 300))
    assert moves == pytest.approx(0.5 / 0.1 * (1 - 0.9 ** np.arange(1, 301)), abs=1e-11)
    assert -np.diff(path(slope, HeavyBall(0.1, 1.0), 50)) == pytest.approx(0.5 * np.arange(1, 51))


def test_heavy_ball_cycles_on_a_strongly_convex_function():
    """1-strongly convex and 25-smooth, with the best parameters for quadratics of that kind."""

    def slope(x):
        return np.where(x < 1, 25 * x, np.where(x < 2, x + 24, 25 * x - 24))

    f = Function(lambda x: np.zeros(x.shape[:-1]), slope)
    tail = path(f, HeavyBall(1 / 9, 4 / 9), 300, x0=(3.3,))[-3:]
    cycle = np.array([792, -2208, 2592]) / 1225
    assert sorted(tail) == pytest.approx(sorted(cycle), abs=1e-9)
    assert abs(path(f, GradientDescent(1 / 25), 300, x0=(3.3,))[-1]) < 1e-12


def test_nesterov_in_its_two_sequences():
    """y_t = x_t + b_t (x_t - x_{t-1}) joins the look-ahead's points to the iterates'."""
    f = parabola(2.0)
    for momentum in (0.7, convex_momentum, lambda t: t / (t + 9)):
        x = path(f, Nesterov(0.1, momentum), 41)
        y = path(f, Nesterov(0.1, momentum, "lookahead"), 40)
        b = [momentum(t) if callable(momentum) else momentum for t in range(41)]
        expected = [x[0]] + [x[t] + b[t] * (x[t] - x[t - 1]) for t in range(1, 41)]
        assert y == pytest.approx(expected, abs=1e-15)


def test_nesterov_written_out():
    s, x = Fraction(1, 5), [Fraction(1), Fraction(1)]
    for t in range(30):
        y = x[-1] + Fraction(t, t + 3) * (x[-1] - x[-2])
        x.append((1 - s) * y)
    assert path(parabola(2.0), Nesterov(0.1), 30) == pytest.approx([float(v) for v in x[1:]])


def test_a_momentum_that_leaves_its_range_is_refused_when_it_does():
    with pytest.raises(ValueError, match=r"momentum\(3\) = 1.5"):
        path(parabola(1.0), Nesterov(0.1, lambda t: t / 2), 9)
