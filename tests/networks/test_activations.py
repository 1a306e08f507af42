"""Activations and derivatives against mpmath, far out too; kinks; dtypes."""

import mpmath
import numpy as np
import pytest

from gradproof.networks import (
    ERF,
    HARD_TANH,
    IDENTITY,
    QUADRATIC,
    RELU,
    SIGMOID,
    SOFTPLUS,
    TANH,
    THRESHOLD,
    hard_tanh,
    leaky_relu,
    relu,
    threshold,
)

EXACT = [
    (IDENTITY, lambda t: t),
    (RELU, lambda t: max(t, mpmath.mpf(0))),
    (leaky_relu(0.25), lambda t: t if t > 0 else t / 4),
    (leaky_relu(-1.5), lambda t: abs(t) if t > 0 else -1.5 * t),
    (TANH, mpmath.tanh),
    (SIGMOID, lambda t: 1 / (1 + mpmath.exp(-t))),
    (SOFTPLUS, lambda t: mpmath.log1p(mpmath.exp(t))),
    (HARD_TANH, lambda t: min(max(t, mpmath.mpf(-1)), mpmath.mpf(1))),
    (ERF, mpmath.erf),
    (QUADRATIC, lambda t: t * t),
    (THRESHOLD, lambda t: mpmath.mpf(int(t >= 0))),
]
each = pytest.mark.parametrize(("phi", "exact"), EXACT, ids=lambda p: getattr(p, "name", ""))
POINTS = np.array([-60, -20.5, -3, -1.5, -0.75, -0.01, 0.02, 0.6, 1.5, 2.5, 19, 60])


@each
def test_values_and_derivatives_are_those_of_mpmath(phi, exact):
    with mpmath.workdps(120):  # a difference quotient with 40 digits to spare
        points = [mpmath.mpf(float(h)) for h in POINTS]
        e = mpmath.mpf(10) ** -35
        value = [exact(h) for h in points]
        first = [(exact(h + e) - exact(h - e)) / (2 * e) for h in points]
        second = [(exact(h + e) - 2 * exact(h) + exact(h - e)) / e**2 for h in points]
    for function, wanted in ((phi.value, value), (phi.first, first), (phi.second, second)):
        wanted = np.array([float(w) for w in wanted])
        assert function(POINTS) == pytest.approx(wanted, rel=1e-13, abs=1e-40)


@each
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_dtype_and_shape_stay(phi, exact, dtype):
    h = np.array([[-2000, -1, -0.5], [0, 1, 2000]], dtype)
    for function in (phi.value, phi.first, phi.second):
        with np.errstate(over="raise", invalid="raise"):
            out = function(h)
        assert out.dtype == dtype and out.shape == h.shape and np.isfinite(out).all()


@each
def test_nan_stays_nan(phi, exact):
    with np.errstate(invalid="ignore"):
        assert np.isnan(phi.value(np.array([np.nan]))).all()


def at(function, h):
    return float(function(np.array([float(h)]))[0])


def test_kinks_are_as_stated():
    assert at(RELU.first, 0) == 0 and at(RELU.first, -0.0) == 0
    assert at(relu(0.5).first, 0) == 0.5 and at(relu(1).first, -0.0) == 1
    assert at(leaky_relu(0.2).first, 0) == 0.2 and at(leaky_relu(0.2, 1).first, 0) == 1
    assert at(leaky_relu(3.0, 2).first, 0) == 2
    assert at(leaky_relu(0.2, 1).first, -1e-9) == 0.2 and at(leaky_relu(0.2, 0.5).first, 1e-9) == 1
    assert [at(HARD_TANH.first, h) for h in (-1, 1)] == [0, 0]
    assert [at(hard_tanh(0.25).first, h) for h in (-1, 1, 0.5)] == [0.25, 0.25, 1]
    assert at(THRESHOLD.value, 0) == 1 and at(threshold(0.5).value, 0) == 0.5
    assert at(THRESHOLD.first, 0) == at(THRESHOLD.first, 1) == at(RELU.second, 0) == 0


@pytest.mark.parametrize(
    ("made", "name"),
    [
        (lambda: relu(1.5), "at_zero"),
        (lambda: relu(float("nan")), "at_zero"),
        (lambda: leaky_relu(float("inf")), "a ="),
        (lambda: leaky_relu(0.5, 0.4), "at_zero"),
        (lambda: leaky_relu(0.5, 1.1), "at_zero"),
        (lambda: leaky_relu(1.5, 0.9), "at_zero"),
        (lambda: leaky_relu(1.5, 1.6), "at_zero"),
        (lambda: hard_tanh(-1), "at_kinks"),
        (lambda: threshold(2), "at_zero"),
    ],
)
def test_a_wrong_setting_is_refused_by_name(made, name):
    with pytest.raises(ValueError, match=name):
        made()
