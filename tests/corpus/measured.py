"""Statements about programs: NumPy derivatives, trajectories, exact instances, random draws.

What they claim is a callable and cannot stand in a data file; labels, pairs and reasons are as
there. A derivative wrong by 0.05 % is the near miss of a right one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import comb

import numpy as np
import sympy
from scipy import stats

from gradproof import checks

SLIP = 1 + 5e-4
POINTS = [np.array([1.2, -0.7]), np.array([0.3, 0.4]), np.array([-1.5, 2.0])]
MATRIX = np.array([[2.0, -1.0], [0.5, 3.0], [1.0, 1.0]])


@dataclass(frozen=True)
class Measured:
    """One labelled measurement; ``run`` gives the verdict."""

    id: str
    kind: str
    expected: str
    run: Callable
    reason: str

    @property
    def pair(self) -> str:
        """What the statement shares with its near miss."""
        return self.id.split("/")[0]


def rosenbrock(x):
    """(1 − x₁)² + 100 (x₂ − x₁²)²."""
    return (1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2


def rosenbrock_gradient(x):
    """Its gradient, term by term."""
    inner = x[1] - x[0] ** 2
    return np.array([-2 * (1 - x[0]) - 400 * x[0] * inner, 200 * inner])


def rosenbrock_hessian(x):
    """Its Hessian."""
    return np.array([[2 - 400 * x[1] + 1200 * x[0] ** 2, -400 * x[0]], [-400 * x[0], 200.0]])


def layer(x):
    """tanh(Mx)."""
    return np.tanh(MATRIX @ x)


def layer_jacobian(x):
    """diag(1 − tanh²(Mx)) M."""
    return (1 - np.tanh(MATRIX @ x) ** 2)[:, None] * MATRIX


def _one_entry(function, index, factor=SLIP):
    def wrong(x):
        out = np.array(function(x), dtype=float)
        out[index] *= factor
        return out
    return wrong


def _descent(steps, eta):
    """f(x_t) − f* for gradient descent on x²/2 from 1, exactly."""
    x, values = Fraction(1), []
    for _ in range(steps):
        values.append(x * x / 2)
        x -= eta * x
    return values


def _relu(generator, n):
    return np.maximum(generator.standard_normal(n), 0)


def _coin(p):
    return lambda generator, n: generator.random(n) < p


DERIVATIVES, RATES, INSTANCES, SAMPLES = (
    "numeric derivatives", "trajectories and rates", "exact instances", "sampling")

STATEMENTS = [
    Measured("gradient of Rosenbrock's function/true", DERIVATIVES, "true",
             lambda: checks.gradient(rosenbrock, rosenbrock_gradient, POINTS)(),
             "Chain rule on both squares."),
    Measured("gradient of Rosenbrock's function/false", DERIVATIVES, "false",
             lambda: checks.gradient(rosenbrock, _one_entry(rosenbrock_gradient, 1), POINTS)(),
             "The second component is 0.05 % too large."),
    Measured("gradient of Rosenbrock's function/false_sign", DERIVATIVES, "false",
             lambda: checks.gradient(rosenbrock, lambda x: -rosenbrock_gradient(x), POINTS)(),
             "The sign is wrong."),
    Measured("gradient of Rosenbrock's function/undefined", DERIVATIVES, "undefined",
             lambda: checks.gradient(rosenbrock, rosenbrock_gradient, [])(),
             "No points: nothing was checked."),
    Measured("gradient of Rosenbrock's function/undefined_nan", DERIVATIVES, "undefined",
             lambda: checks.gradient(rosenbrock, lambda x: x * np.nan, POINTS)(),
             "NaN is neither right nor wrong."),
    Measured("gradient at a kink/true", DERIVATIVES, "true",
             lambda: checks.gradient(lambda x: np.abs(x).sum(), np.sign, [POINTS[0]])(),
             "Away from 0 the derivative of |x| is sign x."),
    Measured("gradient at a kink/undefined", DERIVATIVES, "undefined",
             lambda: checks.gradient(lambda x: np.abs(x).sum(), np.sign, [np.zeros(2)])(),
             "|x| has no derivative at 0; central differences vanish there by symmetry."),
    Measured("Hessian of Rosenbrock's function/true", DERIVATIVES, "true",
             lambda: checks.hessian(rosenbrock, rosenbrock_hessian, POINTS)(),
             "Second derivatives of a polynomial of degree four."),
    Measured("Hessian of Rosenbrock's function/true_from_gradient", DERIVATIVES, "true",
             lambda: checks.hessian(rosenbrock, rosenbrock_hessian, POINTS,
                                    gradient=rosenbrock_gradient)(),
             "The same, by differences of the gradient."),
    Measured("Hessian of Rosenbrock's function/false", DERIVATIVES, "false",
             lambda: checks.hessian(rosenbrock, lambda x: rosenbrock_hessian(x) * SLIP, POINTS)(),
             "0.05 % too large throughout."),
    Measured("Hessian of Rosenbrock's function/false_entry", DERIVATIVES, "false",
             lambda: checks.hessian(rosenbrock, _one_entry(rosenbrock_hessian, (0, 1)), POINTS,
                                    gradient=rosenbrock_gradient)(),
             "One off-diagonal entry is 0.05 % too large, so it is not even symmetric."),
    Measured("Jacobian of a layer/true", DERIVATIVES, "true",
             lambda: checks.jacobian(layer, layer_jacobian, POINTS)(),
             "tanh' = 1 − tanh²."),
    Measured("Jacobian of a layer/false", DERIVATIVES, "false",
             lambda: checks.jacobian(layer, lambda x: layer_jacobian(x) * SLIP, POINTS)(),
             "0.05 % too large."),
    Measured("Jacobian of a layer/false_square", DERIVATIVES, "false",
             lambda: checks.jacobian(layer, lambda x: (1 - np.tanh(MATRIX @ x))[:, None] * MATRIX,
                                     POINTS)(),
             "The square of tanh was forgotten."),
    Measured("products with the Jacobian/true", DERIVATIVES, "true",
             lambda: checks.vjp(layer, lambda x, u: layer_jacobian(x).T @ u, POINTS)(),
             "The transpose of the Jacobian."),
    Measured("products with the Jacobian/true_forward", DERIVATIVES, "true",
             lambda: checks.jvp(layer, lambda x, v: layer_jacobian(x) @ v, POINTS)(),
             "The Jacobian itself."),
    Measured("products with the Jacobian/false", DERIVATIVES, "false",
             lambda: checks.vjp(layer, lambda x, u: SLIP * layer_jacobian(x).T @ u, POINTS)(),
             "0.05 % too large."),
    Measured("products with the Jacobian/false_forward", DERIVATIVES, "false",
             lambda: checks.jvp(layer, lambda x, v: layer_jacobian(x) @ v[::-1], POINTS)(),
             "The direction's entries are exchanged."),
    Measured("formula in NumPy/true", DERIVATIVES, "true",
             lambda: checks.formula_agrees(
                 "log(1 + exp(x))", lambda x: np.logaddexp(0, x),
                 [{"x": v} for v in (-30.0, -1.0, 0.5, 40.0)], tolerance=1e-15, relative=True,
                 because="a few units in the last place")(),
             "logaddexp(0, x) is the stable form."),
    Measured("formula in NumPy/false", DERIVATIVES, "false",
             lambda: checks.formula_agrees(
                 "log(1 + exp(x))", lambda x: np.log(1 + np.exp(x)),
                 [{"x": v} for v in (-30.0, -1.0, 0.5, 40.0)], tolerance=1e-15, relative=True,
                 because="a few units in the last place")(),
             "1 + e^(−30) loses e^(−30)'s digits: relative error 10⁻³."),
    Measured("two code paths/true", DERIVATIVES, "true",
             lambda: checks.agree(np.sinh, lambda x: (np.exp(x) - np.exp(-x)) / 2,
                                  [1.0, 2.0, -3.0], tolerance=1e-14,
                                  because="rounding of numbers of size 10", statement="sinh")(),
             "The definition of sinh."),
    Measured("two code paths/false", DERIVATIVES, "false",
             lambda: checks.agree(np.sinh, lambda x: (np.exp(x) + np.exp(-x)) / 2,
                                  [1.0, 2.0, -3.0], tolerance=1e-14,
                                  because="rounding of numbers of size 10", statement="sinh")(),
             "That is cosh; at 1 they differ by e^(−1)."),
    Measured("two code paths/undefined", DERIVATIVES, "undefined",
             lambda: checks.agree(np.sinh, np.sinh, [1.0], tolerance=1e-14, because="rounding",
                                  statement="sinh")(),
             "One function on both sides."),
    Measured("two code paths/undefined_nan", DERIVATIVES, "undefined",
             lambda: checks.agree(np.sqrt, lambda x: x**0.5, [np.float64("nan")], tolerance=1e-9,
                                  because="rounding", statement="root")(),
             "NaN compares with nothing."),
    Measured("descent on a parabola/true", RATES, "true",
             lambda: checks.rate(_descent(20, Fraction(1, 3)),
                                 lambda t: Fraction(4, 9) ** t / 2,
                                 statement="gap at step t at most (1 − η)^(2t)/2")(),
             "x_t = (2/3)^t exactly, so that the gap is (4/9)^t/2."),
    Measured("descent on a parabola/false", RATES, "false",
             lambda: checks.rate(_descent(20, Fraction(1, 3)),
                                 lambda t: Fraction(4, 9) ** t * Fraction(9999, 20000),
                                 statement="gap at step t below that by 10⁻⁴")(),
             "The rate is attained with equality; a smaller constant fails at t = 0."),
    Measured("descent on a parabola/false_index", RATES, "false",
             lambda: checks.rate(_descent(20, Fraction(1, 3)),
                                 lambda t: Fraction(4, 9) ** (t + 1) / 2,
                                 statement="gap at step t at most (1 − η)^(2t + 2)/2")(),
             "Off by one step."),
    Measured("descent on a parabola/undefined", RATES, "undefined",
             lambda: checks.rate([], lambda t: 1, statement="every gap at most 1")(),
             "A loop that never ran."),
    Measured("monotone trajectory/true", RATES, "true",
             lambda: checks.monotone(_descent(20, Fraction(3, 2)), strict=True,
                                     statement="descent with η = 3/2 decreases")(),
             "|1 − η| = 1/2."),
    Measured("monotone trajectory/false", RATES, "false",
             lambda: checks.monotone(_descent(20, Fraction(2)), strict=True,
                                     statement="descent with η = 2 decreases")(),
             "x alternates between 1 and −1: the gap stays 1/2."),
    Measured("monotone trajectory/true_weak", RATES, "true",
             lambda: checks.monotone(_descent(20, Fraction(2)),
                                     statement="descent with η = 2 never increases")(),
             "It is constant."),
    Measured("Vandermonde's convolution/true", INSTANCES, "true",
             lambda: checks.instances(range(9),
                                      lambda n: sum(comb(n, k) ** 2 for k in range(n + 1)),
                                      lambda n: comb(2 * n, n), statement="Σ C(n,k)² = C(2n,n)")(),
             "Choose n of 2n by the part in the first half."),
    Measured("Vandermonde's convolution/false", INSTANCES, "false",
             lambda: checks.instances(range(9), lambda n: sum(comb(n, k) ** 2 for k in range(n)),
                                      lambda n: comb(2 * n, n), statement="without k = n")(),
             "The last term is missing; n = 0 gives 0 and 1."),
    Measured("Vandermonde's convolution/undefined", INSTANCES, "undefined",
             lambda: checks.instances([], lambda n: n, lambda n: n + 1, statement="n = n + 1")(),
             "No cases."),
    Measured("exact determinants/true", INSTANCES, "true",
             lambda: checks.instances(
                 [1, 2, 3, 4], lambda n: sympy.Matrix(n, n, lambda i, j: min(i, j) + 1).det(),
                 lambda n: 1, statement="det (min(i, j)) = 1")(),
             "min(i, j) = L Lᵀ with L the lower triangular matrix of ones."),
    Measured("exact determinants/false", INSTANCES, "false",
             lambda: checks.instances(
                 [1, 2, 3, 4], lambda n: sympy.Matrix(n, n, lambda i, j: max(i, j) + 1).det(),
                 lambda n: 1, statement="det (max(i, j)) = 1")(),
             "n = 2: 1·2 − 2·2 = −2."),
    Measured("powers modulo seven/true", INSTANCES, "true",
             lambda: checks.every(range(1, 30), lambda n: (n**7 - n) % 7 == 0,
                                  statement="7 divides n⁷ − n")(),
             "Fermat's little theorem."),
    Measured("powers modulo seven, by two routes/true", INSTANCES, "true",
             lambda: checks.every(range(1, 30), lambda n: (n**7 - n) % 7 == 0,
                                  second=lambda n: pow(n, 7, 7) == n % 7,
                                  statement="7 divides n⁷ − n")(),
             "Fermat's little theorem."),
    Measured("powers modulo seven, by two routes/false", INSTANCES, "false",
             lambda: checks.every(range(1, 30), lambda n: (n**6 - n) % 7 == 0,
                                  second=lambda n: pow(n, 6, 7) == n % 7,
                                  statement="7 divides n⁶ − n")(),
             "n = 2: 62 = 7·8 + 6."),
    Measured("powers modulo seven/false", INSTANCES, "false",
             lambda: checks.every(range(1, 30), lambda n: (n**6 - n) % 7 == 0,
                                  statement="7 divides n⁶ − n")(),
             "n = 2: 62 = 7·8 + 6."),
    Measured("mean of a rectified normal/true", SAMPLES, "true",
             lambda: checks.mean(_relu, 1 / np.sqrt(2 * np.pi), delta=0.02, n=40_000, seed=1,
                                 statement="E max(Z, 0) = 1/√(2π)")(),
             "∫₀^∞ z φ(z) dz = φ(0) = 0.39894."),
    Measured("mean of a rectified normal/false", SAMPLES, "false",
             lambda: checks.mean(_relu, 0.5, delta=0.02, n=40_000, seed=1,
                                 statement="E max(Z, 0) = 1/2")(),
             "1/2 is the second moment; it is 0.1 away, five times δ."),
    Measured("mean of a rectified normal/undefined", SAMPLES, "undefined",
             lambda: checks.mean(_relu, 0.39894, delta=0.0001, n=1_000, seed=1,
                                 statement="E max(Z, 0) = 0.39894 ± 0.0001")(),
             "1000 draws cannot tell 10⁻⁴: standard error 0.018."),
    Measured("second moment of a rectified normal/true", SAMPLES, "true",
             lambda: checks.mean(lambda g, n: _relu(g, n) ** 2, 0.5, delta=0.04, n=40_000, seed=2,
                                 statement="E max(Z, 0)² = 1/2")(),
             "Half of E Z² by symmetry."),
    Measured("second moment of a rectified normal/false", SAMPLES, "false",
             lambda: checks.mean(lambda g, n: _relu(g, n) ** 2, 1.0, delta=0.04, n=40_000, seed=2,
                                 statement="E max(Z, 0)² = 1")(),
             "The factor 1/2 of He's initialisation was forgotten."),
    Measured("mean that does not exist/undefined", SAMPLES, "undefined",
             lambda: checks.mean(lambda g, n: g.standard_cauchy(n), 0.0, delta=0.1, n=40_000,
                                 seed=3, statement="a Cauchy variable has mean 0")(),
             "It has no mean, though its distribution is symmetric."),
    Measured("mean that does not exist/true", SAMPLES, "true",
             lambda: checks.mean(lambda g, n: np.clip(g.standard_cauchy(n), -1, 1), 0.0, delta=0.03,
                                 n=40_000, seed=3, bounds=(-1, 1),
                                 statement="a Cauchy variable clipped to [−1, 1] has mean 0")(),
             "Symmetric and bounded."),
    Measured("birthdays/true", SAMPLES, "true",
             lambda: checks.probability(
                 lambda g, n: np.array([len(set(r)) < 23 for r in g.integers(365, size=(n, 23))]),
                 0.5073, delta=0.03, n=8_000, seed=4,
                 statement="P(two of 23 share a day) = 0.5073")(),
             "1 − 365·364·…·343/365²³ = 0.50730."),
    Measured("birthdays/false", SAMPLES, "false",
             lambda: checks.probability(
                 lambda g, n: np.array([len(set(r)) < 20 for r in g.integers(365, size=(n, 20))]),
                 0.5073, delta=0.03, n=8_000, seed=4,
                 statement="P(two of 20 share a day) = 0.5073")(),
             "For 20 people it is 0.4114."),
    Measured("tail bound/true", SAMPLES, "true",
             lambda: checks.probability(
                 lambda g, n: g.standard_normal(n) > 1, np.exp(-0.5), delta=0.01, n=20_000, seed=5,
                 relation="<=", statement="P(Z > 1) ≤ e^(−1/2)")(),
             "0.1587 ≤ 0.6065 (Chernoff)."),
    Measured("tail bound/false", SAMPLES, "false",
             lambda: checks.probability(
                 lambda g, n: np.abs(g.standard_normal(n)) > 1, 0.25, delta=0.01, n=20_000, seed=5,
                 relation="<=", statement="P(|Z| > 1) ≤ 1/4")(),
             "0.3173."),
    Measured("fair coin/true", SAMPLES, "true",
             lambda: checks.probability(_coin(0.5), 0.5, delta=0.02, n=40_000, seed=6,
                                        statement="heads half of the time")(),
             "By construction of the draw."),
    Measured("fair coin/false", SAMPLES, "false",
             lambda: checks.probability(_coin(0.55), 0.5, delta=0.02, n=40_000, seed=6,
                                        statement="a coin with 0.55 is fair")(),
             "Off by 2.5 δ."),
    Measured("fair coin/undefined", SAMPLES, "undefined",
             lambda: checks.probability(lambda g, n: np.arange(n) % 2 == 0, 0.5, delta=0.02,
                                        n=40_000, seed=6, statement="alternating is fair")(),
             "Nothing was drawn."),
    Measured("largest of three uniforms/true", SAMPLES, "true",
             lambda: checks.distribution(lambda g, n: g.random((n, 3)).max(axis=1),
                                         lambda x: np.clip(x, 0, 1) ** 3, delta=0.02, n=40_000,
                                         seed=7, statement="P(max ≤ x) = x³")(),
             "Independence."),
    Measured("largest of three uniforms/false", SAMPLES, "false",
             lambda: checks.distribution(lambda g, n: g.random((n, 3)).max(axis=1),
                                         lambda x: np.clip(x, 0, 1) ** 2, delta=0.02, n=40_000,
                                         seed=7, statement="P(max ≤ x) = x²")(),
             "sup |x² − x³| = 4/27 at x = 2/3."),
    Measured("sum of two normals/true", SAMPLES, "true",
             lambda: checks.distribution(lambda g, n: g.standard_normal((n, 2)).sum(axis=1),
                                         stats.norm(scale=np.sqrt(2)), delta=0.02, n=40_000, seed=8,
                                         statement="Z₁ + Z₂ ~ N(0, 2)")(),
             "Variances add."),
    Measured("sum of two normals/false", SAMPLES, "false",
             lambda: checks.distribution(lambda g, n: g.standard_normal((n, 2)).sum(axis=1),
                                         stats.norm(scale=2), delta=0.02, n=40_000, seed=8,
                                         statement="Z₁ + Z₂ ~ N(0, 4)")(),
             "Standard deviations do not add; the largest gap is 0.083."),
]
