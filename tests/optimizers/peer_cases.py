"""What PyTorch and optax do on one problem, stored with its provenance, and how to make it again.

    python tests/optimizers/peer_cases.py       writes peers/torch.json and peers/optax.json

with the extra `peers` installed (`pip install -e .[peers]`), float64 throughout.  Each case maps
one of our optimizers to a peer's with the settings that make them the same method; the mapping
is data, stored beside the trajectory, so that a test sees when one changes without the other.

The peers differentiate for themselves: `function` is written once for all array libraries.
"""

import json
import platform
import sys
from importlib import metadata, util
from pathlib import Path

import numpy as np

from gradproof import optimizers as ours

STEPS = 50
START = [1.5, -0.7, 0.4]
CURVES = [0.3, 1.0, 4.0]
FOLDER = Path(__file__).parent / "peers"
DECAY = {"init_value": 0.4, "power": 0.5}  # alpha_t = 0.4 / sqrt(t + 1)
SLOW = ours.Diminishing(0.4, power=0.5)


def function(x, t, log, exp):
    """f_t(x): a quadratic, a softplus of the coordinates' sum, and a term with period 3 in t."""
    quadratic = sum(c * x[i] * x[i] for i, c in enumerate(CURVES)) / 2
    return quadratic + log(1 + exp(x[0] + x[1] + x[2])) + 0.2 * (t % 3) * x[t % 3]


def gradient(x, t):
    """grad f_t by hand, batched."""
    sigmoid = 1 / (1 + np.exp(-x.sum(axis=-1, keepdims=True)))
    return np.array(CURVES) * x + sigmoid + 0.2 * (t % 3) * np.eye(3)[t % 3]


def saddle(z, t, log, exp):
    """min over z_0, z_1 and max over z_2: convex, concave, coupled."""
    return log(1 + exp(z[0])) + 0.1 * z[1] * z[1] + 0.7 * z[0] * z[2] - z[1] * z[2] - z[2] ** 4


def operator(z, t):
    """(grad_x, -grad_y) of the saddle function by hand."""
    x0, x1, y = z[..., 0], z[..., 1], z[..., 2]
    down = [1 / (1 + np.exp(-x0)) + 0.7 * y, 0.2 * x1 - y]
    return np.stack([*down, -0.7 * x0 + x1 + 4 * y**3], axis=-1)


def same(**settings):
    return settings


# name: (our optimizer, PyTorch's (class, settings), optax's (function, settings)), None if the
# peer has no such method.  Differences that are not just names:
#   torch.optim.SGD's first velocity is g even when dampened, so it has no "averaged" form;
#   optax.ema(debias=False) followed by a step has.
#   Nesterov in both is the form whose trajectory is the look-ahead point.
#   optax.adagrad puts eps under the root and starts its sum at initial_accumulator_value.
#   optax.rmsprop puts eps under the root unless told otherwise.
#   torch's AMSGrad takes the maximum before the bias correction, optax's after it.
#   optax has projections as functions, to be applied after each step.
#   torch.optim.Adagrad's lr_decay is the step lr / (1 + lr_decay t).
CASES = {
    "gradient descent": (
        ours.GradientDescent(0.2),
        ("SGD", same(lr=0.2)),
        ("sgd", same(learning_rate=0.2)),
    ),
    "gradient descent, step falling": (
        ours.GradientDescent(SLOW),
        ("SGD", same(lr=0.4, decay=DECAY)),
        ("sgd", same(learning_rate=DECAY)),
    ),
    "subgradients, step falling": (
        ours.SubgradientDescent(SLOW),
        ("SGD", same(lr=0.4, decay=DECAY)),
        ("sgd", same(learning_rate=DECAY)),
    ),
    "stochastic gradient descent, cyclic": (
        ours.StochasticGradientDescent(0.1, ours.Batches(1, "cyclic")),
        ("SGD", same(lr=0.1)),
        ("sgd", same(learning_rate=0.1)),
    ),
    "heavy ball, velocity": (
        ours.HeavyBall(0.1, 0.8),
        ("SGD", same(lr=0.1, momentum=0.8)),
        ("sgd", same(learning_rate=0.1, momentum=0.8)),
    ),
    "heavy ball, velocity, step falling": (
        ours.HeavyBall(ours.Diminishing(0.4, power=0.5), 0.7),
        ("SGD", same(lr=0.4, momentum=0.7, decay=DECAY)),
        ("sgd", same(learning_rate=DECAY, momentum=0.7)),
    ),
    "heavy ball, difference": (
        ours.HeavyBall(0.1, 0.8, "difference"),
        ("SGD", same(lr=0.1, momentum=0.8)),
        ("sgd", same(learning_rate=0.1, momentum=0.8)),
    ),
    "heavy ball, averaged": (
        ours.HeavyBall(0.3, 0.8, "averaged"),
        None,
        ("ema, step", same(decay=0.8, learning_rate=0.3)),
    ),
    "Nesterov at the look-ahead": (
        ours.Nesterov(0.1, 0.8, "lookahead"),
        ("SGD", same(lr=0.1, momentum=0.8, nesterov=True)),
        ("sgd", same(learning_rate=0.1, momentum=0.8, nesterov=True)),
    ),
    "AdaGrad": (
        ours.AdaGrad(0.5, eps=1e-3, initial=0.1),
        ("Adagrad", same(lr=0.5, eps=1e-3, initial_accumulator_value=0.1)),
        None,
    ),
    "AdaGrad, eps under the root": (
        ours.AdaGrad(0.5, eps=0.0, eps_root=1e-3, initial=0.1),
        None,
        ("adagrad", same(learning_rate=0.5, eps=1e-3, initial_accumulator_value=0.1)),
    ),
    "AdaGrad, step falling": (
        ours.AdaGrad(ours.Diminishing(5.0, offset=10.0), eps=1e-3),
        ("Adagrad", same(lr=0.5, eps=1e-3, lr_decay=0.1)),
        None,
    ),
    "RMSProp": (
        ours.RMSProp(0.05, beta=0.8, eps=1e-3),
        ("RMSprop", same(lr=0.05, alpha=0.8, eps=1e-3)),
        ("rmsprop", same(learning_rate=0.05, decay=0.8, eps=1e-3, eps_in_sqrt=False)),
    ),
    "RMSProp, eps under the root": (
        ours.RMSProp(0.02, beta=0.8, eps=0.0, eps_root=1e-3, initial=0.3),
        None,
        ("rmsprop", same(learning_rate=0.02, decay=0.8, eps=1e-3, initial_scale=0.3)),
    ),
    "Adam": (
        ours.Adam(0.1, beta1=0.8, beta2=0.95, eps=1e-3),
        ("Adam", same(lr=0.1, betas=[0.8, 0.95], eps=1e-3)),
        ("adam", same(learning_rate=0.1, b1=0.8, b2=0.95, eps=1e-3)),
    ),
    "Adam with its usual settings": (
        ours.Adam(0.1),
        ("Adam", same(lr=0.1)),
        ("adam", same(learning_rate=0.1)),
    ),
    "Adam, eps under the root": (
        ours.Adam(0.1, beta1=0.8, beta2=0.95, eps=1e-3, eps_root=1e-2),
        None,
        ("adam", same(learning_rate=0.1, b1=0.8, b2=0.95, eps=1e-3, eps_root=1e-2)),
    ),
    "AMSGrad, corrected before the maximum": (
        ours.AMSGrad(0.1, 0.8, 0.95, 1e-3, "before maximum"),
        None,
        ("amsgrad", same(learning_rate=0.1, b1=0.8, b2=0.95, eps=1e-3)),
    ),
    "AMSGrad, corrected after the maximum": (
        ours.AMSGrad(0.1, 0.8, 0.95, 1e-3, "after maximum"),
        ("Adam", same(lr=0.1, betas=[0.8, 0.95], eps=1e-3, amsgrad=True)),
        None,
    ),
    "AMSGrad": (
        ours.AMSGrad(0.1, 0.8, 0.95, 1e-3),
        None,
        (
            "amsgrad",
            same(
                learning_rate=0.1,
                b1=0.8,
                b2=0.95,
                eps=1e-3,
                bias_correction_mu=False,
                bias_correction_nu=False,
            ),
        ),
    ),
    "signSGD": (
        ours.SignSGD(ours.Diminishing(0.4, power=0.5)),
        None,
        ("sign_sgd", same(learning_rate=DECAY)),
    ),
    "descent-ascent": (
        ours.GradientDescentAscent(0.1),
        ("SGD, SGD(maximize)", same(lr=0.1)),
        ("sgd", same(learning_rate=0.1)),
    ),
    "descent-ascent, alternating": (
        ours.AlternatingGradientDescentAscent(0.1, 2, ascent_step=0.05),
        ("SGD, then SGD(maximize)", same(lr=0.1, ascent=0.05)),
        None,
    ),
    "descent-ascent, optimistic": (
        ours.OptimisticGradientDescentAscent(0.1),
        None,
        ("optimistic_gradient_descent", same(learning_rate=0.1)),
    ),
    "projected onto a ball": (
        ours.ProjectedGradientDescent(0.2, ours.Ball(0.5)),
        None,
        ("sgd", same(learning_rate=0.2, project={"method": "l2_ball", "scale": 0.5})),
    ),
    "projected onto a simplex": (
        ours.ProjectedGradientDescent(0.2, ours.Simplex(0.8)),
        None,
        ("sgd", same(learning_rate=0.2, project={"method": "simplex", "scale": 0.8})),
    ),
    "Adam, projected onto a box": (
        ours.Projected(ours.Adam(0.1), ours.Box(-0.4, 1.2)),
        None,
        ("adam", same(learning_rate=0.1, project={"method": "box", "lower": -0.4, "upper": 1.2})),
    ),
    "Armijo": (
        ours.GradientDescent(ours.Armijo(lambda x: value(x, 0), 1.0, 0.7, 0.3)),
        None,
        (
            "backtracking",
            same(slope_rtol=0.3, decrease_factor=0.7, max_learning_rate=1.0),
        ),
    ),
}

# Ours without a peer: no method of theirs, under whatever settings, is the same.
ALONE = {
    "AdaFom": "in neither library",
    "AdamType": "a definition for comparisons, which the named methods have peers for",
    "ExtraGradient": "in neither library",
    "FullAdaGrad": "in neither library (optax has only its diagonal)",
    "PerturbedGradientDescent": "in neither library; Algorithm 2 is written out in test_descent",
    "PerturbedStochasticGradientDescent": "optax.noisy_sgd adds Gaussian noise, not the sphere's",
    "ScaledGradientDescent": "in neither library",
}


def value(x, t):
    """f_t in NumPy, batched."""
    return function(np.moveaxis(x, -1, 0), t, np.log, np.exp)


def is_saddle(name):
    return name.startswith("descent-ascent")


def period(name):
    """How many f_t the case takes turns with."""
    return 3 if "cyclic" in name else 1


def by_us(name):
    """Our trajectory, (STEPS + 1, 3)."""
    optimizer = CASES[name][0]
    if is_saddle(name):
        problem = ours.Function(lambda z: z[..., 0], lambda z: operator(z, 0))
    elif period(name) > 1:
        problem = ours.FiniteSum(3, lambda x, j: x[..., 0] * j, _component)
    else:
        problem = ours.Function(lambda x: value(x, 0), lambda x: gradient(x, 0))
    return ours.minimize(problem, START, optimizer, STEPS, keep_points=True).points


def _component(x, j):
    return np.stack([gradient(x[..., 0, :], int(t)) for t in j], axis=-2)


def by_torch(name):
    import torch

    kind, settings = CASES[name][1]
    settings = dict(settings)
    decay, ascent = settings.pop("decay", None), settings.pop("ascent", None)
    f = saddle if is_saddle(name) else function
    parts = [torch.tensor([s], dtype=torch.float64, requires_grad=True) for s in START]
    if is_saddle(name):
        down = torch.optim.SGD(parts[:2], **settings)
        up = torch.optim.SGD(parts[2:], lr=ascent or settings["lr"], maximize=True)
        rounds = [[down], [up]] if "then" in kind else [[down, up]]
    else:
        rounds = [[getattr(torch.optim, kind)(parts, **settings)]]
    scheduler = None
    if decay is not None:
        scheduler = torch.optim.lr_scheduler.LambdaLR(
            rounds[0][0], lambda t: (t + 1) ** -decay["power"]
        )
    path = [list(START)]
    for t in range(STEPS):
        for together in rounds:
            for part in parts:
                part.grad = None
            f([p[0] for p in parts], t % period(name), torch.log, torch.exp).backward()
            for optimizer in together:
                optimizer.step()
        if scheduler is not None:
            scheduler.step()
        path.append([part.item() for part in parts])
    return path


def by_optax(name):
    import jax

    jax.config.update("jax_enable_x64", True)
    import jax.numpy as jnp
    import optax

    kind, settings = CASES[name][2]
    settings = dict(settings)
    if isinstance(settings.get("learning_rate"), dict):
        decay = settings["learning_rate"]
        settings["learning_rate"] = lambda t: decay["init_value"] * (t + 1.0) ** -decay["power"]
    onto = settings.pop("project", {"method": None}).copy()
    project = getattr(optax.projections, f"projection_{onto.pop('method')}", lambda x: x)
    if kind == "ema, step":
        step = optax.scale_by_learning_rate(settings["learning_rate"])
        method = optax.chain(optax.ema(settings["decay"], debias=False), step)
    elif kind == "backtracking":
        search = optax.scale_by_backtracking_linesearch(60, increase_factor=np.inf, **settings)
        method = optax.chain(optax.sgd(1.0), search)
    else:
        method = getattr(optax, kind)(**settings)
    method = optax.with_extra_args_support(method)
    f = saddle if is_saddle(name) else function
    x = jnp.array(START, dtype=jnp.float64)
    flip = jnp.array([1.0, 1.0, -1.0]) if is_saddle(name) else jnp.ones(3)
    state, path = method.init(x), [list(START)]
    slopes = [jax.jit(jax.value_and_grad(_fixed(f, t, jnp))) for t in range(period(name))]
    for t in range(STEPS):
        height, g = slopes[t % period(name)](x)
        extra = {"value": height, "grad": g, "value_fn": _fixed(f, 0, jnp)}
        updates, state = method.update(flip * g, state, x, **extra)
        x = project(optax.apply_updates(x, updates), **onto)
        path.append([float(v) for v in x])
    return path


def _fixed(f, t, jnp):
    return lambda x: f(x, t, jnp.log, jnp.exp)


PEERS = {"torch": (1, by_torch), "optax": (2, by_optax)}


def cases(peer):
    """The names of the cases that this peer has."""
    return [name for name, case in CASES.items() if case[PEERS[peer][0]] is not None]


def settings(peer, name):
    """The peer's method and settings as they are stored."""
    kind, given = CASES[name][PEERS[peer][0]]
    return {"method": kind, **given}


def installed(peer):
    return util.find_spec(peer) is not None


def stored(peer):
    return json.loads((FOLDER / f"{peer}.json").read_text(encoding="utf-8"))


def record(peer):
    """All trajectories of one peer, with what made them."""
    packages = {"torch": ["torch"], "optax": ["optax", "jax", "jaxlib"]}[peer]
    provenance = {
        "peer": {name: metadata.version(name) for name in packages},
        "python": platform.python_version(),
        "numpy": np.__version__,
        "made_by": "python tests/optimizers/peer_cases.py",
        "problem": "peer_cases.function and .saddle, differentiated by the peer, in float64",
        "start": START,
        "steps": STEPS,
        "rounded": "to 12 decimals",
    }
    run = PEERS[peer][1]
    found = {}
    for name in cases(peer):
        points = np.round(run(name), 12).tolist()
        found[name] = {"settings": settings(peer, name), "points": points}
    return {"provenance": provenance, "cases": found}


def main():
    missing = [peer for peer in PEERS if not installed(peer)]
    if missing:
        sys.exit(f"not installed: {', '.join(missing)}; pip install -e .[peers]")
    FOLDER.mkdir(exist_ok=True)
    for peer in PEERS:
        lines = json.dumps(record(peer), indent=None, separators=(",", ":"))
        text = lines.replace('"points":', '\n"points":').replace('},"', '},\n"')
        (FOLDER / f"{peer}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
