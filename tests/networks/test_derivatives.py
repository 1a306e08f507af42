"""Every network against autograd, to second order; products, Jacobians, runs, float32."""

import autograd
import numpy as np
import pytest

from gradproof.networks import SQUARED, TANH, FullyConnected, Gaussian, Squared, objective
from gradproof.optimizers import Batches, GradientDescent, minimize
from networks.table import CASES, WRITTEN, fully_connected

each = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


def targets(case, n=5, seed=1):
    return np.random.default_rng(seed).standard_normal((case.net.outputs, n))


def written_loss(case, Y):
    """theta, X -> |written - Y|^2, for one run, for autograd."""
    return lambda theta, X: ((case.at(theta, X) - Y) ** 2).sum()


@each
def test_output_is_the_formula(case):
    params, X = case.draw()
    output, record = case.net.forward(params, X)
    assert output == pytest.approx(case.written(params, X), rel=1e-13, abs=1e-14)
    assert record.values[0] is X and record.values[-1] is output
    assert np.array_equal(case.net(params, X), output)


@each
def test_gradient_is_autograds(case):
    params, X = case.draw()
    Y, theta = targets(case), case.net.flatten(params)
    wanted, wanted_X = autograd.grad(written_loss(case, Y), (0, 1))(theta, X)
    output, record = case.net.forward(params, X)
    gradient, X_gradient = case.net.backward(record, SQUARED.gradient(output, Y))
    assert [a.shape for a in gradient] == [a.shape for a in params]
    assert case.net.flatten(gradient) == pytest.approx(wanted, rel=1e-11, abs=1e-11)
    assert X_gradient == pytest.approx(wanted_X, rel=1e-11, abs=1e-11)
    f = objective(case.net, SQUARED, X, Y)
    assert f.value(theta) == pytest.approx(written_loss(case, Y)(theta, X))
    assert np.array_equal(f.gradient(theta), case.net.flatten(gradient))


@each
def test_hessian_is_autograds(case):
    params, X = case.draw(2)
    Y, theta = targets(case), case.net.flatten(params)
    wanted = autograd.hessian(written_loss(case, Y))(theta, X)
    f = objective(case.net, SQUARED, X, Y)
    assert f.hessian(theta) == pytest.approx(wanted, rel=1e-10, abs=1e-10)
    direction = np.random.default_rng(3).standard_normal(theta.shape)
    product = case.net.hvp(params, X, SQUARED, Y, case.net.unflatten(direction))
    assert case.net.flatten(product) == pytest.approx(wanted @ direction, rel=1e-10, abs=1e-10)


@each
def test_jacobian_is_autograds(case):
    params, X = case.draw(4)
    written = autograd.jacobian(lambda theta: case.at(theta, X))
    wanted = written(case.net.flatten(params))
    assert case.net.jacobian(params, X) == pytest.approx(wanted, rel=1e-11, abs=1e-11)


@each
def test_jvp_and_vjp_are_adjoint(case):
    params, X = case.draw(5)
    rng = np.random.default_rng(6)
    u = rng.standard_normal(case.net.size)
    X_dot, g = rng.standard_normal(X.shape), rng.standard_normal(case.net(params, X).shape)
    Ju = case.net.jvp(params, X, case.net.unflatten(u), X_dot)
    to_params, to_X = case.net.vjp(params, X, g)
    assert (Ju * g).sum() == pytest.approx(u @ case.net.flatten(to_params) + (X_dot * to_X).sum())


@each
def test_runs_are_networks_one_by_one(case):
    """Runs (2, 3), shared data and data of their own; and one network on several data sets."""
    params, X = case.draw(7, runs=(2, 3))
    several = X + np.random.default_rng(8).standard_normal((2, 1, *X.shape))
    Y, net, theta = targets(case), case.net, case.net.flatten(params)
    v = np.random.default_rng(9).standard_normal(theta.shape)
    near = {"rel": 1e-11, "abs": 1e-11}
    for data in (X, several):
        f = objective(net, SQUARED, data, Y)
        every = np.broadcast_to(data, (2, 3, *X.shape))
        values, gradients, products = f.value(theta), f.gradient(theta), f.hvp(theta, v)
        hessians, jacobians = f.hessian(theta), net.jacobian(params, data)
        for run in np.ndindex(2, 3):
            alone = objective(net, SQUARED, every[run], Y)
            assert values[run] == pytest.approx(alone.value(theta[run]))
            assert gradients[run] == pytest.approx(alone.gradient(theta[run]), **near)
            assert products[run] == pytest.approx(alone.hvp(theta[run], v[run]), **near)
        hessian = objective(net, SQUARED, every[1, 2], Y).hessian(theta[1, 2])
        assert hessians[1, 2] == pytest.approx(hessian, **near)
        jacobian = net.jacobian(net.unflatten(theta[1, 2]), every[1, 2])
        assert jacobians[1, 2] == pytest.approx(jacobian, **near)
    single = net.unflatten(theta[0, 0])
    output, record = net.forward(single, several)
    gradient, X_gradient = net.backward(record, np.ones_like(output))
    assert X_gradient.shape == several.shape
    for run in range(2):
        alone = net.forward(single, several[run, 0])[1]
        wanted = net.backward(alone, np.ones_like(output[run, 0]))[0]
        for a, b in zip(gradient, wanted, strict=True):
            assert a[run, 0] == pytest.approx(b, rel=1e-11, abs=1e-11)


@each
def test_float32_stays(case):
    params, X = case.draw(10, runs=(2,))
    Y = targets(case)
    narrow, x = tuple(a.astype(np.float32) for a in params), X.astype(np.float32)
    f, theta = objective(case.net, SQUARED, x, Y), case.net.flatten(narrow)
    output, record = case.net.forward(narrow, x)
    gradient, X_gradient = case.net.backward(record, SQUARED.gradient(output, Y))
    found = [output, *record.values, *gradient, X_gradient, f.value(theta), f.gradient(theta)]
    found += [f.hvp(theta, theta), f.hessian(theta), case.net.jvp(narrow, x, narrow)]
    assert {a.dtype for a in found} == {np.dtype(np.float32)}
    wide = case.net(params, X)
    assert output == pytest.approx(wide, rel=1e-3, abs=1e-4)


def test_the_complex_step_passes_through():
    """A second route for authors: no difference of nearby values."""
    case = fully_connected(*WRITTEN[3], bias=True)
    params, X = case.draw(11)
    Y, theta = targets(case), case.net.flatten(params)
    f = objective(case.net, Squared(half=True, mean=True), X, Y)
    steps = 1e-30j * np.eye(theta.size)
    assert f.value(theta + steps).imag / 1e-30 == pytest.approx(f.gradient(theta), rel=1e-12)


def test_a_thousand_networks_train_in_one_operation():
    rng = np.random.default_rng(12)
    net = FullyConnected((2, 3, 1), TANH)
    X, Y = rng.standard_normal((2, 6)), rng.standard_normal((1, 6))
    f, theta = (
        objective(net, SQUARED, X, Y),
        net.flatten(net.initialize(rng, Gaussian(0.3), (1000,))),
    )
    run = minimize(f, theta, GradientDescent(0.01), 20)
    assert run.x.shape == (1000, 9) and (run.values[-1] < run.values[0]).all()
    alone = minimize(f, theta[137], GradientDescent(0.01), 20)
    assert run.x[137] == pytest.approx(alone.x, rel=1e-12)


@pytest.mark.parametrize("mean", [False, True])
@pytest.mark.parametrize("own_data", [False, True])
def test_minibatches_are_a_finite_sum(mean, own_data):
    """Batches that partition the samples average to the gradient; each is its columns' own."""
    rng = np.random.default_rng(13)
    net, runs = FullyConnected((2, 3, 1), TANH), (3,)
    X = rng.standard_normal((*runs * own_data, 2, 6))
    Y, theta = rng.standard_normal((1, 6)), rng.standard_normal((*runs, net.size))
    f = objective(net, Squared(mean=mean), X, Y)
    parts = np.stack([rng.permutation(6).reshape(2, 3) for _ in range(3)], axis=1)
    estimates = [f.batch_gradient(theta, part) for part in parts]
    assert np.mean(estimates, axis=0) == pytest.approx(f.gradient(theta))
    chosen = parts[0, 2]
    one = objective(net, Squared(mean=True), (X[2] if own_data else X)[:, chosen], Y[:, chosen])
    assert estimates[0][2] == pytest.approx(one.gradient(theta[2]) * (1 if mean else 6))
    run = minimize(f, theta, GradientDescent(0.01), 5, batches=Batches(2, seed=1))
    alone = objective(net, Squared(mean=mean), X[0] if own_data else X, Y)
    single = minimize(alone, theta[0], GradientDescent(0.01), 5, batches=Batches(2, seed=1))
    assert run.x[0] == pytest.approx(single.x, rel=1e-12)
