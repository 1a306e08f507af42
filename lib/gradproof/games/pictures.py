"""Pictures of games and of transport.  Every function returns a figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from .. import plots

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def phase_portraits(paths: Mapping[str, np.ndarray], reach: float = 2.0) -> Figure:
    """Paths (m, 2) of two players on f = xy, a panel each; shaded by f, with arrows."""
    with plots.house_style():
        fig, grid = plots.figure(1, len(paths), height=2.9, sharey=True)
        u = np.linspace(-reach, reach, 121)
        for axes, (title, path), colour in zip(grid, paths.items(), plots.PALETTE, strict=False):
            axes.contourf(u, u, np.outer(u, u), levels=13, cmap="Greys", alpha=0.35)
            axes.plot(*path.T, "-", lw=1.1, color=colour)
            axes.plot(*path.T, ".", ms=2.4, color=colour)
            axes.plot(*path[0], "o", ms=7, color=plots.BLACK)
            axes.annotate("", path[4], path[2], arrowprops={"arrowstyle": "-|>", "color": colour})
            for side in (-1, 1):
                axes.text(side * 0.75 * reach, 0.8 * reach, f"xy {'<=>'[side + 1]} 0", fontsize=9,
                          ha="center", color=plots.BLACK)  # fmt: skip
            axes.annotate("start", path[0], (5, -13), textcoords="offset points", fontsize=9)
            axes.plot(0, 0, "+", ms=11, mew=2, color=plots.BLACK)
            axes.set(xlabel="x (wants xy small)", aspect="equal", title=title,
                     xlim=(-reach, reach), ylim=(-reach, reach))  # fmt: skip
            axes.grid(False)
        grid[0].set_ylabel("y (wants xy large)")
    return fig


def bars_and_critic(
    axes: Axes, q: np.ndarray, p: np.ndarray, answers: np.ndarray, formula: np.ndarray
) -> None:
    """Weights q, p (n,) as bars; a critic's answers (n,) as dots in rings q/(q + p)."""
    i = np.arange(len(q))
    axes.bar(i - 0.19, q, 0.36, color=plots.SKY, label="data q")
    axes.bar(i + 0.19, p, 0.36, color=plots.ORANGE, hatch="//", edgecolor="white",
             label="generator p")  # fmt: skip
    axes.plot(i, formula, "o", ms=10, mfc="none", mec=plots.BLACK, label="q/(q + p)")
    axes.plot(i, answers, "o", ms=4.5, color=plots.RED, label="critic d")
    axes.axhline(0.5, color=plots.GREY, lw=1, ls=":")
    axes.set(xlabel="point i", xticks=i, ylim=(0, 1))
    axes.grid(False, axis="x")


def small_gan(q: np.ndarray, stages: Mapping[str, tuple[np.ndarray, ...]]) -> Figure:
    """`bars_and_critic` for each stage (p, answers, formula), side by side."""
    with plots.house_style():
        fig, grid = plots.figure(1, len(stages), height=3.1, sharey=True)
        for axes, (title, (p, answers, formula)) in zip(grid, stages.items(), strict=True):
            bars_and_critic(axes, q, p, answers, formula)
            axes.set_title(title)
        handles, labels = grid[0].get_legend_handles_labels()
        fig.legend(handles, labels, loc="outside lower center", ncols=4)
    return fig


def two_staircases(x: Sequence, mu: Sequence, nu: Sequence, critic: Sequence) -> Figure:
    """The distribution functions of mu and nu on the line, their area, and a best critic."""
    x, mu, nu, critic = (np.array([float(v) for v in row]) for row in (x, mu, nu, critic))
    edges = np.concatenate([[x[0] - 1], x, [x[-1] + 1]])
    with plots.house_style():
        fig, (top, below) = plots.figure(2, 1, height=3.9, sharex=True)
        low, high = (np.concatenate([[0], np.cumsum(w), [1]]) for w in (mu, nu))
        top.fill_between(edges, low, high, step="post", color=plots.YELLOW, alpha=0.5,
                         label="area = $W_1$")  # fmt: skip
        top.step(edges, low, where="post", color=plots.BLUE, label=r"$F_\mu$")
        top.step(edges, high, where="post", color=plots.RED, ls="--", label=r"$F_\nu$")
        top.legend(loc="lower right", ncols=3)
        top.set(ylim=(-0.05, 1.08))
        below.plot(x, critic, "-o", color=plots.GREEN)
        below.set(xlabel="x", ylabel="a best critic f(x)")
    return fig


def plan_map(sources: np.ndarray, sinks: np.ndarray, plan: np.ndarray) -> Figure:
    """A plan (m, n) between points (m, 2) and (n, 2): the lines carry their masses.

    Sources are called A, B, … and sinks 1, 2, …, each with the mass that it gives or takes.
    """
    plan = np.asarray(plan, int)
    names = ([chr(65 + i) for i in range(len(sources))], [str(j + 1) for j in range(len(sinks))])
    with plots.house_style():
        fig, axes = plots.figure(height=3.6)
        for i, j in zip(*np.nonzero(plan), strict=True):
            ends = np.stack([sources[i], sinks[j]])
            axes.plot(*ends.T, "-", color=plots.GREY, alpha=0.7, lw=0.8 + 1.2 * plan[i, j])
            axes.text(*ends.mean(axis=0), plan[i, j], fontsize=9, ha="center", va="center",
                      bbox={"boxstyle": "round,pad=0.15", "fc": "white", "ec": "none"})  # fmt: skip
        marks = (
            (sources, sinks, plan, "o", plots.BLUE, "has so much", names[0]),
            (sinks, sources, plan.T, "s", plots.RED, "wants so much", names[1]),
        )
        for where, others, moved, marker, colour, label, called in marks:
            axes.scatter(*where.T, s=60, marker=marker, color=colour, label=label, zorder=3)
            for point, row, name in zip(where, moved, called, strict=True):
                axes.annotate(f"{name}: {row.sum()}", point, _away(point, others[row > 0]),
                              color=colour, textcoords="offset points", ha="center",
                              va="center")  # fmt: skip
        axes.margins(0.08)
        axes.legend(loc="upper left")
        axes.set(aspect="equal")
    return fig


def _away(point: np.ndarray, others: np.ndarray, distance: float = 17.0) -> np.ndarray:
    """The direction from which no line comes, as far as possible: opposite their sum."""
    lines = others - point
    lines = lines / np.maximum(np.linalg.norm(lines, axis=-1, keepdims=True), 1e-9)
    total = -lines.sum(axis=0)
    if np.linalg.norm(total) < 0.1:
        total = np.array([1.0, 1.0])
    return distance * total / np.linalg.norm(total)
