"""Losses against formulas written out for autograd, far out, at kinks, and in float32."""

import autograd
import autograd.numpy as anp
import mpmath
import numpy as np
import pytest

from gradproof.networks import (
    CROSS_ENTROPY,
    HINGE,
    LOGISTIC,
    SQUARED,
    CrossEntropy,
    Hinge,
    Logistic,
    Squared,
    one_hot,
)

C, N = 3, 4


def signs(rng):
    return rng.choice([-1.0, 1.0], (C, N))


def cross_entropy(F, Y):
    return -(Y * anp.log(anp.exp(F) / anp.exp(F).sum(axis=0))).sum()


TABLE = [
    (SQUARED, lambda F, Y: ((F - Y) ** 2).sum(), lambda r: r.standard_normal((C, N))),
    (
        Squared(half=True, mean=True),
        lambda F, Y: ((F - Y) ** 2).sum() / 2 / N,
        lambda r: r.standard_normal((C, N)),
    ),
    (LOGISTIC, lambda F, Y: anp.log(1 + anp.exp(-Y * F)).sum(), signs),
    (Logistic(mean=True), lambda F, Y: anp.log(1 + anp.exp(-Y * F)).sum() / N, signs),
    (HINGE, lambda F, Y: ((1 - Y * F) * (Y * F < 1)).sum(), signs),
    (Hinge(mean=True), lambda F, Y: ((1 - Y * F) * (Y * F < 1)).sum() / N, signs),
    (CROSS_ENTROPY, cross_entropy, lambda r: one_hot(r.integers(0, C, N), C)),
    (CROSS_ENTROPY, cross_entropy, lambda r: r.dirichlet(np.ones(C), N).T),
    (
        CrossEntropy(mean=True),
        lambda F, Y: cross_entropy(F, Y) / N,
        lambda r: r.dirichlet(np.ones(C), N).T,
    ),
]
each = pytest.mark.parametrize(
    ("loss", "written", "draw"), TABLE, ids=lambda part: "" if callable(part) else repr(part)
)


@each
@pytest.mark.filterwarnings("ignore:Output seems independent of input")  # the hinge's slope
def test_value_gradient_and_hessian_are_autograds(loss, written, draw):
    rng = np.random.default_rng(0)
    F, Y, V = rng.standard_normal((C, N)), draw(rng), rng.standard_normal((C, N))
    assert loss.value(F, Y) == pytest.approx(written(F, Y), rel=1e-13)
    assert loss.gradient(F, Y) == pytest.approx(autograd.grad(written)(F, Y), rel=1e-12, abs=1e-14)
    H = autograd.hessian(written)(F, Y)  # (C, N, C, N)
    product = np.einsum("injm,jm->in", H, V)
    assert loss.hvp(F, Y, V) == pytest.approx(product, rel=1e-11, abs=1e-13)
    blocks = loss.hessian(F, Y)
    assert blocks.shape == (N, C, C)
    for sample in range(N):
        assert blocks[sample] == pytest.approx(H[:, sample, :, sample], rel=1e-11, abs=1e-13)


@each
def test_runs_and_float32(loss, written, draw):
    rng = np.random.default_rng(1)
    F, Y = rng.standard_normal((2, 5, C, N)), draw(rng)
    V = rng.standard_normal(F.shape)
    results = loss.value(F, Y), loss.gradient(F, Y), loss.hvp(F, Y, V), loss.hessian(F, Y)
    for run in np.ndindex(2, 5):
        f, v = F[run], V[run]
        alone = loss.value(f, Y), loss.gradient(f, Y), loss.hvp(f, Y, v), loss.hessian(f, Y)
        for together, single in zip(results, alone, strict=True):
            assert together[run] == pytest.approx(single, rel=1e-13)
    f, v = F.astype(np.float32), V.astype(np.float32)
    narrow = loss.value(f, Y), loss.gradient(f, Y), loss.hvp(f, Y, v), loss.hessian(f, Y)
    for wide, result in zip(results, narrow, strict=True):
        assert result.dtype == np.float32 and result == pytest.approx(wide, rel=1e-4, abs=1e-5)


@pytest.mark.parametrize("margin", [-800.0, -40.0, 40.0, 700.0])
def test_logistic_far_out_is_mpmaths(margin):
    with mpmath.workdps(400):
        value = float(mpmath.log1p(mpmath.exp(-mpmath.mpf(margin))))
        slope = float(-1 / (1 + mpmath.exp(mpmath.mpf(margin))))
    F, Y = np.array([[margin]]), np.array([[1.0]])
    with np.errstate(over="raise", invalid="raise"):
        assert LOGISTIC.value(F, Y) == pytest.approx(value, rel=1e-13, abs=0)
        assert LOGISTIC.gradient(F, Y)[0, 0] == pytest.approx(slope, rel=1e-12, abs=0)
        assert LOGISTIC.gradient(-F, -Y)[0, 0] == pytest.approx(-slope, rel=1e-12, abs=0)


def test_cross_entropy_far_out():
    F, Y = np.array([[1000.0], [0.0], [-1000.0]]), one_hot([2], 3)
    with np.errstate(over="raise", invalid="raise"):
        assert CROSS_ENTROPY.value(F, Y) == pytest.approx(2000)
        assert CROSS_ENTROPY.gradient(F, Y)[:, 0] == pytest.approx([1, 0, -1])
        assert CROSS_ENTROPY.value(F + 1e5, Y) == pytest.approx(2000)


def test_cross_entropy_of_the_lectures_example():
    """*EE-556, Lecture 8*: labels 2 and 3 (counted from 1) cost 2.95 and 0.75."""
    F = np.array([[0.1], [-0.8], [1.4], [1.1]])
    found = [float(CROSS_ENTROPY.value(F, one_hot([label], 4))) for label in (1, 2)]
    assert found == pytest.approx([2.95, 0.75], abs=0.005)


def test_hinge_at_its_kink():
    F, Y = np.array([[1.0, -1.0]]), np.array([[1.0, -1.0]])
    assert HINGE.gradient(F, Y).tolist() == [[0, 0]] and HINGE.value(F, Y) == 0
    assert Hinge(at_kink=0.25).gradient(F, Y).tolist() == [[-0.25, 0.25]]
    with pytest.raises(ValueError, match="at_kink"):
        Hinge(at_kink=1.5)


@pytest.mark.parametrize(
    ("loss", "F", "Y", "message"),
    [
        (SQUARED, np.zeros((2, 3)), np.zeros(3), r"Y has shape \(3,\): give \(\.\.\., 2, 3\)"),
        (SQUARED, np.zeros(3), np.zeros(3), r"F has shape \(3,\)"),
        (SQUARED, np.zeros((1, 2)), [[0.0, np.nan]], "Y holds NaN"),
        (SQUARED, np.zeros((1, 2)), [["a", "b"]], "Y has dtype"),
        (LOGISTIC, np.zeros((1, 2)), [[0, 1]], "labels other than -1 and 1"),
        (HINGE, np.zeros((1, 2)), [[0.5, 1]], "labels other than -1 and 1"),
        (CROSS_ENTROPY, np.zeros((2, 1)), [[0.5], [0.6]], "one_hot"),
        (CROSS_ENTROPY, np.zeros((2, 1)), [[-0.5], [1.5]], "one_hot"),
    ],
)
def test_wrong_targets_are_refused(loss, F, Y, message):
    with pytest.raises((ValueError, TypeError), match=message):
        loss.value(F, Y)


def test_one_hot():
    assert one_hot([2, 0], 3).tolist() == [[0, 1], [0, 0], [1, 0]]
    assert one_hot(np.zeros((5, 7), int), 3).shape == (5, 3, 7)
    for labels in ([3], [-1], [0.0]):
        with pytest.raises(ValueError, match="labels"):
            one_hot(labels, 3)
