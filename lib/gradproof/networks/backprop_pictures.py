"""The pictures of the chapter on backpropagation.  Every function returns a figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from .. import plots
from .graph_pictures import Arrow, Spot, computation_graph

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def loss_curves(panels: Mapping[str, Mapping[str, np.ndarray]]) -> Figure:
    """Losses against steps, a panel for each title, logarithmic; the second curve is dashed."""
    with plots.house_style():
        fig, grid = plots.figure(1, len(panels), height=3.0, sharey=True, squeeze=False)
        for axes, (title, runs) in zip(grid.flat, panels.items(), strict=True):
            looks = ((plots.BLUE, "-"), (plots.RED, "--"))
            for (label, losses), (colour, style) in zip(runs.items(), looks, strict=False):
                axes.semilogy(losses, style, color=colour, label=label)
            axes.set(title=title, xlabel="steps", ylim=(1e-10, 1e3))
        grid.flat[0].set_ylabel(r"loss $\Vert UV-Y\Vert^2$")
        grid.flat[-1].legend(loc="lower left")
    return fig


def tangents(t: np.ndarray, curve: Sequence[float], slopes: Mapping[str, float]) -> Figure:
    """A function of t and the lines through its value at 0 that the slopes predict."""
    at_zero = float(np.interp(0, t, curve))
    with plots.house_style():
        fig, axes = plots.figure(height=3.1)
        axes.plot(t, curve, color=plots.BLACK, label="loss at $V+tD$")
        looks = ((plots.BLUE, "-"), (plots.RED, "--"))
        for (label, slope), (colour, style) in zip(slopes.items(), looks, strict=False):
            line = at_zero + slope * t
            axes.plot(t, line, style, color=colour, label=f"{label}, slope {slope:g}")
        axes.plot(0, at_zero, "o", color=plots.BLACK)
        axes.set(xlabel="$t$", ylim=(-12, 45))
        axes.legend(loc="upper center")
    return fig


def two_parts(parts: np.ndarray) -> Figure:
    """Squared norms of the symmetric and the antisymmetric part, (steps, 2), and their sum."""
    with plots.house_style():
        fig, axes = plots.figure(height=2.9)
        axes.semilogy(parts[:, 0], color=plots.BLUE, label=r"symmetric part, $\Vert S\Vert^2$")
        name = r"antisymmetric part, $\Vert R\Vert^2$"
        axes.semilogy(parts[:, 1], "--", color=plots.RED, label=name)
        axes.semilogy(parts.sum(axis=1), ":", color=plots.BLACK, label="loss, their sum")
        axes.set(xlabel=r"Bob's steps, $U=I$ fixed, $\eta=0.02$", ylabel="squared norm")
        axes.legend(loc="upper left")
    return fig


def two_paths(
    values: Mapping[str, float], slopes: Mapping[str, float], local: Mapping[str, float]
) -> Figure:
    """w -> A -> B, C -> y. values, slopes by the output: by node; local: by arrow ("wA", …)."""
    where = {"w": (0, 0), "A": (2, 0), "B": (4, 0.8), "C": (4, -0.8), "y": (6, 0)}
    words = {"wA": r"$x\phi'$", "AB": r"$a\phi'$", "AC": r"$c\phi'$", "By": "$b$", "Cy": "$d$"}
    colours = {"wA": plots.BLACK, "AB": plots.GREEN, "By": plots.GREEN}
    spots = {
        name: Spot(x, y, r"$\hat y$" if name == "y" else f"${name}$", _signed(values[name]),
                   _signed(slopes[name]))
        for name, (x, y) in where.items()
    }  # fmt: skip
    arrows = [
        Arrow(key[0], key[1], f"{words[key]} = {_signed(value)}", colours.get(key, plots.PURPLE),
              shift=(0, -0.3 if "C" in key else 0.22), dashed="C" in key)
        for key, value in local.items()
    ]  # fmt: skip
    return computation_graph(spots, arrows, height=3.4)


def _signed(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")


def one_sample() -> Figure:
    """The graph of ‖UVx − y‖²: what each node computes, and the gradient by it as a column."""
    spots = {
        "V": Spot(0, 0, "$V$", "", "$2U^Te\\,x^T$"),
        "h": Spot(2, 0, "$h$", "$Vx$", "$2U^Te$"),
        "o": Spot(4, 0, r"$\hat y$", "$Uh$", "$2e$"),
        "e": Spot(6, 0, "$e$", r"$\hat y-y$", "$2e$"),
        "F": Spot(8, 0, "$F$", r"$\Vert e\Vert^2$", "1"),
    }
    steps = (("V", "h", "· $x$"), ("h", "o", "$U$"), ("o", "e", "$I$"), ("e", "F", "$2e^T$"))
    return computation_graph(spots, [Arrow(*step) for step in steps], height=2.0)


def constant_neuron() -> Figure:
    """A hidden layer whose biases are weights of a constant neuron, and the next layer's too."""
    spots = {
        "x1": Spot(0, 1, "$x_1$"), "x2": Spot(0, 0, "$x_2$"), "one": Spot(0, -1, "1"),
        "n1": Spot(3, 1, r"$\sigma$"), "n2": Spot(3, 0, r"$\sigma$"),
        "c": Spot(3, -1, r"$\sigma(c)$"), "y": Spot(6, 0, r"$\hat y$"),
    }  # fmt: skip
    pairs = [("x1", "n1"), ("x1", "n2"), ("x2", "n1"), ("x2", "n2"), ("n1", "y"), ("n2", "y")]
    arrows = [Arrow(i, j, colour=plots.BLACK) for i, j in pairs]
    arrows.append(Arrow("one", "c", "$c$"))
    biases = [("one", "n1", ""), ("one", "n2", ""), ("c", "y", r"$b/\sigma(c)$")]
    arrows += [
        Arrow(i, j, label, plots.RED, shift=(0.2, -0.25) if j == "y" else (0, 0.16), dashed=True)
        for i, j, label in biases
    ]
    return computation_graph(spots, arrows, height=3.4)


def three_layers() -> Figure:
    """The forward pass above, the backward pass below, and the gradient by each matrix."""
    names = ("x", "h1", "z1", "h2", "z2", "h3", "F")
    below = {"h1": r"$\delta^1$", "h2": r"$\delta^2$", "h3": r"$\delta^3=2e$", "F": "1"}
    spots = {
        name: Spot(1.3 * k, 0, f"${name[0]}^{name[1]}$" if name[1:] else f"${name}$", "",
                   below.get(name, ""))
        for k, name in enumerate(names)
    }  # fmt: skip
    forward = zip(names, names[1:], ("$W^1$", r"$\phi$", "$W^2$", r"$\phi$", "$W^3$", ""),
                  strict=False)  # fmt: skip
    back = [("F", "h3", "", 0.0), ("h3", "h2", r"$(W^3)^T$, then $\odot\ \phi'(h^2)$", -0.56),
            ("h2", "h1", r"$(W^2)^T$, then $\odot\ \phi'(h^1)$", -0.56)]  # fmt: skip
    arrows = [Arrow(i, j, k, plots.BLUE, -0.35, (0, 0.36)) for i, j, k in forward]
    arrows += [Arrow(i, j, k, plots.RED, -0.35, (0, y), True) for i, j, k, y in back]
    fig = computation_graph(spots, arrows, height=2.6)
    for k, gradient in enumerate((r"\delta^1x^T", r"\delta^2(z^1)^T", r"\delta^3(z^2)^T")):
        fig.axes[0].text(2.6 * k + 0.65, 0.62, rf"$\nabla_{{W^{k + 1}}}F={gradient}$",
                         color=plots.RED, ha="center", va="center", fontsize=9)  # fmt: skip
    return fig


def cost_points(weights: np.ndarray, differences: np.ndarray, sweep: np.ndarray) -> Figure:
    """Costs in evaluations of the loss against the number of weights, and the bound 5."""
    with plots.house_style():
        fig, axes = plots.figure(height=3.2)
        axes.loglog(weights, differences, "s", color=plots.RED, label="finite differences")
        axes.loglog(weights, sweep, "o", color=plots.BLUE, label="loss and backpropagation")
        axes.axhline(5, color=plots.BLACK, ls=":", lw=1.2)
        axes.text(np.max(weights), 5.4, "the bound 5", ha="right", fontsize=9)
        axes.set(xlabel="number of weights W", ylabel="cost in evaluations of the loss")
        axes.legend(loc="upper left")
    return fig
