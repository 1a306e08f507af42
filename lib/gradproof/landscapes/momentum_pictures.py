"""Pictures of momentum: the triangle, where runs end, where heavy ball is stable.

Every function returns a figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .. import plots
from .triangle import CYCLE, Triangle, fate

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PHASES = ("#FFFFFF", plots.BLUE, plots.ORANGE, plots.GREEN)  # to the minimum, to a phase


def two_runs(descent: np.ndarray, heavy: np.ndarray) -> Figure:
    """Left: the function with the last points of the heavy ball.  Right: both runs (m,) in time."""
    with plots.house_style():
        fig, (left, right) = plots.figure(1, 2, height=3.2, width_ratios=(2, 3))
        x = np.linspace(-2.4, 3.4, 300)
        left.axvspan(1, 2, color=plots.SKY, alpha=0.3, lw=0)
        left.plot(x, Triangle.value(x[:, None]), color=plots.GREY)
        last = heavy[-4:]
        ends = Triangle.value(last[:, None])
        for k in range(3):
            left.annotate(
                "", (last[k + 1], ends[k + 1]), (last[k], ends[k]),
                arrowprops={"arrowstyle": "-|>", "color": plots.RED, "lw": 1.6},
            )  # fmt: skip
        left.plot(last, ends, "o", color=plots.RED, zorder=3)
        left.plot(0, 0, "*", color=plots.GREEN, ms=13, mec="white")
        left.annotate("minimum", (0, 0), (0, -12), textcoords="offset points",
                      ha="center", va="top", fontsize=9)  # fmt: skip
        left.set(xlabel="x", ylabel="f(x)", ylim=(-16, 88))
        right.axhline(0, color=plots.GREEN, lw=1.0, ls=":")
        right.plot(descent, "-o", color=plots.BLUE, ms=3, label="gradient descent, step 1/13")
        right.plot(heavy, "--s", color=plots.RED, ms=3.5, lw=1.2,
                   label="heavy ball, step 1/9, momentum 4/9")  # fmt: skip
        right.set(xlabel="step", ylabel="iterate", ylim=(-4.2, 5.8))
        right.legend(loc="upper right")
    return fig


def basins(half_width: float = 6.0, points: int = 321) -> Figure:
    """The plane of starts (x_{-1}, x_0): white runs go to the minimum, colours to the cycle."""
    from matplotlib.colors import ListedColormap

    u = np.linspace(-half_width, half_width, points)
    last, x = np.meshgrid(u, u)
    ends = fate(x, last, 150)
    shown = np.where(ends < 0, 0, ends)
    with plots.house_style():
        fig, axes = plots.figure(height=4.8)
        axes.imshow(shown, origin="lower", extent=(u[0], u[-1], u[0], u[-1]), vmin=0, vmax=3,
                    cmap=ListedColormap(PHASES), alpha=0.55, interpolation="nearest")  # fmt: skip
        cycle = np.array([float(c) for c in CYCLE])
        pairs = np.stack([np.roll(cycle, 1), cycle], axis=1)
        for here, there in zip(pairs, np.roll(pairs, -1, axis=0), strict=True):
            axes.annotate("", there, here, arrowprops={"arrowstyle": "-|>", "color": "black",
                                                       "lw": 1.4, "shrinkB": 5})  # fmt: skip
        axes.plot(*pairs.T, "o", color=plots.BLACK, label="the cycle")
        axes.plot(0, 0, "*", color=plots.RED, ms=15, mec="white", label="the minimum")
        axes.plot([u[0], u[-1]], [u[0], u[-1]], ":", color=plots.BLACK, lw=1, label="start at rest")
        axes.plot(3.3, 3.3, "D", color=plots.RED, mec="white", ms=8, label="the start 3.3")
        axes.set(xlabel=r"$x_{-1}$", ylabel=r"$x_0$", aspect="equal")
        axes.grid(False)
        axes.legend(loc="upper left", bbox_to_anchor=(1.02, 1))
    return fig


def stability_map(mu: float = 1.0, L: float = 25.0) -> Figure:
    """Spectral radius over (step times curvature, momentum), with the best choice for [mu, L]."""
    a, b = np.meshgrid(np.linspace(-0.2, 4.1, 431), np.linspace(-1.06, 1.08, 429))
    rho = (np.sqrt(L) - np.sqrt(mu)) / (np.sqrt(L) + np.sqrt(mu))
    step = 4 / (np.sqrt(L) + np.sqrt(mu)) ** 2
    with plots.house_style():
        fig, axes = plots.figure(height=4.0)
        levels = np.linspace(0, 1, 11)
        filled = axes.contourf(a, b, spectral_radius(a, b), levels=levels, cmap="cividis")
        axes.contour(a, b, spectral_radius(a, b), levels=[1.0], colors="black", linewidths=1.6)
        beta = np.linspace(0, 1, 200)
        for sign in (-1, 1):
            axes.plot((1 + sign * np.sqrt(beta)) ** 2, beta, "--", color="white", lw=1.4)
        best = np.array([mu, L])
        axes.plot(step * best, [rho**2] * 2, "-o", color=plots.RED, lw=3,
                  label="heavy ball, best parameters")  # fmt: skip
        axes.plot(2 / (mu + L) * best, [0, 0], "-s", color=plots.ORANGE, lw=3,
                  label="gradient descent, best step")  # fmt: skip
        axes.text(2.75, -0.62, "unstable", fontsize=10)
        axes.set(xlabel=r"step × curvature, $a=\alpha\lambda$", ylabel=r"momentum $\beta$")
        axes.grid(False)
        fig.colorbar(filled, ax=axes, label="spectral radius")
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
    return fig


def spectral_radius(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """max |z| over the roots of z^2 - (1 + b - a) z + b, elementwise."""
    s = 1 + b - a
    root = np.sqrt(np.asarray(s**2 - 4 * b, complex))
    return np.maximum(np.abs(s + root), np.abs(s - root)) / 2
