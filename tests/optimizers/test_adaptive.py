"""AdaGrad to AMSGrad: the texts' special cases, first steps, and where Adam goes astray."""

import numpy as np
import pytest

from gradproof.optimizers import (
    AdaFom,
    AdaGrad,
    Adam,
    AdamType,
    AMSGrad,
    Batches,
    Box,
    Diminishing,
    FiniteSum,
    FullAdaGrad,
    Function,
    GradientDescent,
    HeavyBall,
    Projected,
    RMSProp,
    SignSGD,
    minimize,
)

CURVES = np.array([0.5, 2.0, 7.0])
BOWL = Function(lambda x: (CURVES * x * x).sum(axis=-1) / 2, lambda x: CURVES * x)
START = np.array([1.0, -2.0, 0.5])


def points(optimizer, steps=40, f=BOWL, x0=START):
    return minimize(f, x0, optimizer, steps, keep_points=True).points


def slope(*g):
    """A linear function with gradient g."""
    g = np.array(g)
    return Function(lambda x: (g * x).sum(axis=-1), lambda x: np.broadcast_to(g, x.shape))


def average(decay):
    """v_t of the exponential average, from all gradients at once."""

    def of(g):
        weights = (1 - decay) * decay ** np.arange(len(g) - 1, -1, -1.0)
        return np.tensordot(weights, g * g, axes=1)

    return of


def largest(decay):
    """The running maximum of those averages."""
    return lambda g: np.max([average(decay)(g[: t + 1]) for t in range(len(g))], axis=0)


def mean(g):
    return (g * g).mean(axis=0)


FALLING = Diminishing(0.3, power=0.5)
FADING = Diminishing(0.9)  # as beta_{1,t}


@pytest.mark.parametrize(
    ("named", "beta1", "squares"),
    [
        (GradientDescent(FALLING), 0.0, lambda g: np.ones_like(g[0])),
        (HeavyBall(FALLING, 0.9, "averaged"), 0.9, lambda g: np.ones_like(g[0])),
        (AdaGrad(FALLING, 0.0, "mean"), 0.0, mean),
        (AdaFom(FALLING, 0.9, 0.0), 0.9, mean),
        (AdaFom(FALLING, FADING, 0.0), FADING, mean),
        (RMSProp(FALLING, 0.8, 0.0), 0.0, average(0.8)),
        (Adam(FALLING, 0.9, 0.8, 0.0, False), 0.9, average(0.8)),
        (AMSGrad(FALLING, 0.9, 0.8, 0.0), 0.9, largest(0.8)),
        (AMSGrad(FALLING, 0.0, 0.8, 0.0), 0.0, largest(0.8)),
        (AMSGrad(FALLING, FADING, 0.8, 0.0), FADING, largest(0.8)),
        (SignSGD(FALLING), 0.0, average(0.0)),
    ],
    ids=lambda part: "" if callable(part) else type(part).__name__,
)
def test_the_cells_of_the_notes_table(named, beta1, squares):
    """Figure 9.1: m_t = beta_1t m + (1 - beta_1t) g, x <- x - alpha_t m_t / sqrt(vhat_t)."""
    found = points(named)
    assert found == pytest.approx(points(AdamType(FALLING, beta1, squares)), abs=1e-11)
    other = points(AdamType(FALLING, beta1, lambda g: 1.21 * squares(g)))
    assert np.abs(found - other).max() > 1e-3


def test_the_first_step_with_and_without_bias_correction():
    f = slope(3.0, -0.2)
    corrected = Adam(0.1, 0.9, 0.999, eps=0.0)
    plain = Adam(0.1, 0.9, 0.999, eps=0.0, bias_correction=False)
    assert points(corrected, 1, f, [0.0, 0.0])[1] == pytest.approx([-0.1, 0.1])
    factor = 0.1 / np.sqrt(0.001)  # 3.16 times as far
    assert points(plain, 1, f, [0.0, 0.0])[1] == pytest.approx([-0.1 * factor, 0.1 * factor])
    stays = Adam(0.1, 0.7, 0.99, eps=0.0)  # on a line every corrected step is alpha sign(g)
    assert points(stays, 30, f, [0.0, 0.0])[:, 0] == pytest.approx(-0.1 * np.arange(31))


def test_the_usual_settings():
    """Those of the papers and of the peers; the notes' form has to be asked for."""
    for method in (AdaGrad, FullAdaGrad, RMSProp, Adam, AMSGrad, AdaFom):
        assert method(0.1).eps == 1e-8
    assert (Adam(0.1).beta1, Adam(0.1).beta2, Adam(0.1).bias_correction) == (0.9, 0.999, True)
    assert (AMSGrad(0.1).beta1, AMSGrad(0.1).beta2) == (0.9, 0.999)
    assert AMSGrad(0.1).bias_correction == "none" and AdaFom(0.1).beta1 == RMSProp(0.1).beta == 0.9
    assert AdaGrad(0.1).initial == RMSProp(0.1).initial == 0
    assert AdaGrad(0.1).eps_root == RMSProp(0.1).eps_root == Adam(0.1).eps_root == 0


def test_where_epsilon_stands():
    f, g = slope(0.3), 0.3
    for method in (AdaGrad, RMSProp, Adam):
        fast = {} if method is AdaGrad else {"beta" if method is RMSProp else "beta2": 0.0}
        added = points(method(1.0, eps=0.5, **fast), 1, f, [0.0])[1]
        under = points(method(1.0, eps=0.0, eps_root=0.5, **fast), 1, f, [0.0])[1]
        assert added == pytest.approx(-g / (0.5 + g)) and under == pytest.approx(
            -g / np.sqrt(0.5 + g * g)
        )


def test_rmsprop_at_the_ends_of_beta():
    assert np.array_equal(points(RMSProp(0.1, 0.0, 0.0)), points(SignSGD(0.1)))
    frozen = RMSProp(0.1, 1.0, 0.0, initial=4.0)
    assert np.array_equal(points(frozen), points(GradientDescent(0.05)))
    line = points(RMSProp(0.1, 0.9, 0.0), 5, slope(2.0), [0.0])[:, 0]
    steps = 0.1 / np.sqrt(1 - 0.9 ** np.arange(1, 6))  # the weights sum to 1 - beta^t
    assert -np.diff(line) == pytest.approx(steps)


def test_adagrad_mean_with_the_root_schedule_is_the_sum():
    mean_form = AdaGrad(Diminishing(0.7, power=0.5), 0.0, "mean")
    assert points(mean_form) == pytest.approx(points(AdaGrad(0.7, 0.0)), abs=1e-13)
    assert points(AdaGrad(0.7, initial=9.0, eps=0.0), 1, slope(4.0), [0.0])[1] == -0.7 * 4 / 5


def test_diagonal_methods_do_not_see_the_scale_of_a_coordinate():
    """f(c x) with c a power of 2: the same points over c, to the last bit."""
    c = np.array([4.0, 0.5, 16.0])
    scaled = Function(lambda x: BOWL.value(c * x), lambda x: c * BOWL.gradient(c * x))
    for method in (AdaGrad(0.1, 0.0), RMSProp(0.1, 0.5, 0.0), Adam(0.1, eps=0.0), SignSGD(0.1)):
        moves = points(method) - START
        others = points(method, f=Function(BOWL.value, lambda x: c * BOWL.gradient(x))) - START
        assert np.array_equal(moves, others)
    plain = points(GradientDescent(0.01), f=scaled)
    assert np.abs(plain - points(GradientDescent(0.01))).max() > 0.1


def test_full_adagrad_by_another_root():
    """The root from the singular vectors of the stacked gradients; diagonal for d = 1."""
    for form, eps in (("sum", 0.3), ("mean", 0.01)):
        x, seen = START, []
        path = points(FullAdaGrad(0.5, eps, form), 12)
        for t in range(12):
            seen.append(CURVES * x)
            _, s, Vt = np.linalg.svd(np.array(seen))
            s = np.append(s, np.zeros(3 - len(s))) / (1 if form == "sum" else np.sqrt(t + 1))
            root = Vt.T @ np.diag(s) @ Vt
            x = x - 0.5 * np.linalg.solve(eps * np.eye(3) + root, seen[-1])
            assert path[t + 1] == pytest.approx(x, abs=1e-6)
    f = Function(lambda x: x[..., 0] ** 4, lambda x: 4 * x**3)
    one = points(FullAdaGrad(0.1, 1e-3), 20, f, [1.0])
    assert one == pytest.approx(points(AdaGrad(0.1, 1e-3), 20, f, [1.0]))


def test_full_adagrad_turns_with_the_axes_and_the_diagonal_form_does_not():
    Q = np.linalg.qr(np.random.default_rng(1).standard_normal((3, 3)))[0]
    turned = Function(lambda x: BOWL.value(x @ Q), lambda x: (CURVES * (x @ Q)) @ Q.T)
    for method, same in ((FullAdaGrad(0.3), True), (AdaGrad(0.3), False)):
        there = points(method, 30, turned, START @ Q.T) @ Q
        assert bool(np.abs(there - points(method, 30)).max() < 1e-6) is same


def test_the_printed_inverse_does_not_exist_at_first():
    with pytest.raises(FloatingPointError, match="eps = 0: D is singular"):
        points(FullAdaGrad(0.5, 0.0), 1)
    first = points(FullAdaGrad(0.5, 0.0, pseudo_inverse=True), 1)[1]
    g = CURVES * START
    assert first == pytest.approx(START - 0.5 * g / np.linalg.norm(g))
    with pytest.raises(ValueError, match="eps = 0.1"):
        FullAdaGrad(0.5, 0.1, pseudo_inverse=True)


def test_the_three_amsgrads_are_three():
    kinds = ("none", "before maximum", "after maximum")
    paths = [points(AMSGrad(0.1, bias_correction=kind), 30) for kind in kinds]
    gaps = [np.abs(paths[i] - paths[j]).max() for i, j in ((0, 1), (0, 2), (1, 2))]
    assert min(gaps) > 1e-3
    kept = minimize(BOWL, START, AMSGrad(0.1, beta2=0.5), 60).state
    assert (kept.largest > 10 * kept.v).all()


@pytest.mark.parametrize(
    "make",
    [
        lambda: Adam(0.1, beta2=1),
        lambda: Adam(0.1, beta1=1.0),
        lambda: AMSGrad(0.1, beta2=1, bias_correction="before maximum"),
        lambda: AMSGrad(0.1, beta1=FADING, bias_correction="after maximum"),
    ],
)
def test_a_correction_that_divides_by_zero_or_means_nothing_is_refused(make):
    with pytest.raises(ValueError, match="^beta[12] "):
        make()
    assert Adam(0.1, beta2=1, bias_correction=False).beta2 == 1


def test_a_coordinate_without_gradient_stays_and_underflow_is_refused():
    for method in (AdaGrad(0.1, 0.0), RMSProp(0.1, 0.9, 0.0), Adam(0.1, eps=0.0), AdaFom(0.1)):
        assert points(method, 5, slope(0.0, 1.0), [1.0, 1.0])[-1, 0] == 1.0
        if getattr(method, "eps", 1) == 0:
            with pytest.raises(FloatingPointError, match="underflow"):
                points(method, 5, slope(1e-200), [1.0])


def hills(n=11):
    """5.5 theta^2 once, -0.5 theta^2 ten times; their sum is theta^2 / 2."""
    c = np.array([5.5] + [-0.5] * (n - 1))
    return FiniteSum(n, lambda x, j: c[j] * x[..., 0] ** 2, lambda x, j: 2 * c[j][..., None] * x)


def test_signsgd_climbs_where_the_sum_is_convex():
    """A cyclic epoch moves theta by +9 alpha; beta2 = 1, as printed, makes no sign steps."""
    cyclic = Batches(1, "cyclic")
    ends = minimize(hills(), [1.0], SignSGD(0.01), 11, batches=cyclic).x
    assert ends == pytest.approx(1.09)
    as_meant = Adam(0.01, 0.0, 0.0, 0.0, False)
    assert minimize(hills(), [1.0], as_meant, 11, batches=cyclic).x == pytest.approx(1.09)
    as_printed = RMSProp(0.01, 1.0, 0.0, initial=4.0)
    sgd = minimize(hills(), [1.0], GradientDescent(0.005), 11, batches=cyclic).x
    assert minimize(hills(), [1.0], as_printed, 11, batches=cyclic).x == sgd < 1


def test_adam_goes_to_the_worst_point_and_amsgrad_to_the_best():
    """3x, -x, -x in turn on [-1, 1] (Reddi, Kale, Kumar), beta1 = 0, beta2 = 1/(1 + 3^2)."""
    slopes = np.array([3.0, -1.0, -1.0])
    online = FiniteSum(
        3, lambda x, j: slopes[j] * x[..., 0], lambda x, j: slopes[j][..., None] * np.ones_like(x)
    )
    step, cyclic = Diminishing(0.5, power=0.5), Batches(1, "cyclic")
    ends = {}
    for method in (Adam(step, 0.0, 0.1, 0.0, False), AMSGrad(step, 0.0, 0.1, 0.0)):
        run = minimize(
            online, [0.0], Projected(method, Box(-1.0, 1.0)), 3000, every=1500, batches=cyclic
        )
        ends[type(method).__name__] = run.x[0]
    assert ends["Adam"] > 0.99 and ends["AMSGrad"] < -0.98
