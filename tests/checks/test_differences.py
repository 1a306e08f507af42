"""Derivative checks: right ones pass, ones wrong by 0.05 % or transposed do not."""

import numpy as np
import pytest

from gradproof.checks.differences import gradient, hessian, jacobian, jvp, vjp
from gradproof.verdicts import Consistent, Refuted, Undecided

A = np.array([[1.0, 2.0, -1.0], [0.5, -3.0, 2.0], [1.5, 0.25, 4.0]])
POINTS = np.random.default_rng(1).standard_normal((3, 3))


def value(x):
    return np.sum(np.tanh(A @ x) ** 2)


def slope(x):
    t = np.tanh(A @ x)
    return A.T @ (2 * t * (1 - t ** 2))


def curvature(x):
    t = np.tanh(A @ x)
    return A.T @ np.diag(2 * (1 - t ** 2) * (1 - 3 * t ** 2)) @ A


def layer(x):
    return np.tanh(A @ x)


def layer_jacobian(x):
    return (1 - np.tanh(A @ x) ** 2)[:, None] * A


def wrong(derivative):
    return lambda *args: 1.0005 * derivative(*args)


def one_entry_wrong(derivative):
    def damaged(x):
        result = derivative(x)
        result.flat[1] *= 1.0005
        return result
    return damaged


CASES = [(gradient, value, slope), (jacobian, layer, layer_jacobian), (hessian, value, curvature),
         (jvp, layer, lambda x, v: layer_jacobian(x) @ v),
         (vjp, layer, lambda x, u: layer_jacobian(x).T @ u)]


@pytest.mark.parametrize(("check", "f", "derivative"), CASES)
def test_right_and_wrong_by_half_a_per_mille(check, f, derivative):
    assert type(check(f, derivative, POINTS)()) is Consistent
    assert "1e-06" in check(f, derivative, POINTS)().note
    verdict = check(f, wrong(derivative), POINTS)()
    assert type(verdict) is Refuted and verdict.tier is Consistent and verdict.witness


@pytest.mark.parametrize(("check", "f", "derivative"), CASES[:3])
def test_one_entry_wrong_by_half_a_per_mille(check, f, derivative):
    assert type(check(f, one_entry_wrong(derivative), POINTS)()) is Refuted


@pytest.mark.parametrize(("check", "f", "derivative"), CASES)
def test_not_a_number_and_no_points(check, f, derivative):
    assert type(check(f, lambda *a: np.nan * derivative(*a), POINTS)()) is Undecided
    assert type(check(lambda x: np.nan * f(x), derivative, POINTS)()) is Undecided
    assert type(check(f, derivative, [])()) is Undecided
    assert type(check(f, derivative, np.zeros((0, 3)))()) is Undecided


def test_transposed_or_asymmetric():
    assert type(jacobian(layer, lambda x: layer_jacobian(x).T, POINTS)()) is Refuted
    assert type(hessian(value, lambda x: curvature(x) + (A - A.T), POINTS)()) is Refuted
    assert type(vjp(layer, lambda x, u: layer_jacobian(x) @ u, POINTS)()) is Refuted


def test_hessian_by_differences_of_the_gradient():
    assert type(hessian(value, curvature, POINTS, gradient=slope)()) is Consistent
    assert type(hessian(value, wrong(curvature), POINTS, gradient=slope)()) is Refuted


def test_wrong_shape_is_false():
    wide = jacobian(lambda x: A[:2] @ x, lambda x: A[:2].T, POINTS)()
    assert type(wide) is Refuted and "(3, 2)" in wide.note
    assert type(gradient(value, lambda x: slope(x)[None], POINTS)()) is Refuted
    assert type(gradient(value, lambda x: np.sum(slope(x)), POINTS)()) is Refuted


def test_matrix_arguments():
    def f(w):
        return np.sum(np.exp(w) * A)
    assert type(gradient(f, lambda w: np.exp(w) * A, [A / 3])()) is Consistent
    assert type(gradient(f, lambda w: np.exp(w.T) * A, [A / 3])()) is Refuted


def test_a_kink_between_the_differences_is_open():
    def relu(x):
        return np.sum(np.maximum(x, 0))
    assert type(gradient(relu, lambda x: 1.0 * (x > 0), [np.array([1e-4, 1.0])])()) is Undecided
    assert type(gradient(relu, lambda x: 1.0 * (x > 0), [np.array([0.3, -1.0])])()) is Consistent


def test_nothing_but_stationary_points_is_open():
    zero = np.zeros(3)
    assert type(gradient(lambda x: x @ x, lambda x: 2 * x, [zero])()) is Undecided
    assert type(gradient(lambda x: x @ x, lambda x: 2 * x, [zero, zero + 1])()) is Consistent
    assert type(gradient(lambda x: x @ x, lambda x: 2 * x + 1e-3, [zero, zero + 1])()) is Refuted
    assert type(gradient(lambda x: 7.0, lambda x: 0 * x, [zero])()) is Undecided


def test_one_scale_does_not_hide_another():
    def steep(x):
        return 1e6 * x[0] ** 2 + np.sin(x[1])
    points = [np.array([1.0, 0.3]), np.array([0.0, 0.3])]
    assert type(gradient(steep, lambda x: np.array([2e6 * x[0], np.cos(x[1])]), points)()) \
        in (Consistent, Undecided)
    assert type(gradient(steep, lambda x: np.array([2e6 * x[0], 1.01 * np.cos(x[1])]),
                         points)()) is not Consistent


def test_large_offsets_drown_the_derivative():
    verdict = gradient(lambda x: 1e13 + np.sin(x[0]), lambda x: np.cos(x), [np.array([0.4])])()
    assert type(verdict) is Undecided


def test_single_precision_shows_nothing():
    verdict = gradient(lambda x: np.float32(np.sum(np.sin(x))), np.cos, POINTS)()
    assert type(verdict) is Undecided


def test_the_function_as_its_own_derivative_is_refused():
    assert type(gradient(np.exp, np.exp, [np.array(0.5)])()) is Undecided


def test_bad_settings():
    with pytest.raises(ValueError, match="step"):
        gradient(value, slope, POINTS, step=0)
    with pytest.raises(ValueError, match="directions"):
        gradient(value, slope, POINTS, directions=0)
