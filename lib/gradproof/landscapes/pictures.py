"""Pictures of the octopus and of descent on it.  Every function returns a figure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from .. import plots
from .octopus import Octopus

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def tube_surface(octopus: Octopus, path: np.ndarray | None = None) -> Figure:
    """The tube for d = 2 as a surface, its saddles and minimum, and a trajectory (m, 2)."""
    tube, tau = _planar(octopus), octopus.tau
    with plots.house_style():
        solid = {"projection": "3d", "computed_zorder": False}
        fig, axes = plots.figure(height=4.6, subplot_kw=solid)
        x, y = np.meshgrid(*2 * [np.linspace(0, 6, 49)], indexing="ij")  # meets every face
        z = tube.value(tau * np.stack([x, y], axis=-1)) / octopus.nu
        axes.plot_surface(x, y, z, cmap="cividis", vmin=-2, vmax=0.2, rstride=1, cstride=1,
                          lw=0.2, edgecolor="#FFFFFF55", zorder=1)  # fmt: skip
        if path is not None:
            z = tube.value(path) / octopus.nu + 0.06
            axes.plot(*(path / tau).T, z, "-o", color=plots.RED, ms=2.5, lw=1.6, zorder=3,
                      label="gradient descent")  # fmt: skip
        marks = ((tube.saddles(False), "s", plots.BLACK, "strict saddle"),
                 (tube.minima(False), "*", plots.GREEN, "minimum"))  # fmt: skip
        for where, marker, colour, label in marks:
            z = tube.value(where) / octopus.nu + 0.08
            axes.plot(*(where / tau).T, z, marker, color=colour, mec="white", label=label,
                      ms=12 if marker == "*" else 8, zorder=4, lw=0)  # fmt: skip
        axes.set(xlabel=r"$x_1/\tau$", ylabel=r"$x_2/\tau$", zlabel=r"$f/\nu$", zticks=(-2, -1, 0))
        axes.set_box_aspect((1, 1, 0.62), zoom=0.95)
        axes.view_init(elev=50, azim=-40)
        axes.legend(loc="upper right")
    return fig


def octopus_contours(octopus: Octopus) -> Figure:
    """The octopus for d = 2 from above: four arms, level sets, saddles and minima."""
    plane, tau = _planar(octopus), octopus.tau
    with plots.house_style():
        fig, axes = plots.figure(height=5.4)
        u = np.linspace(-6, 6, 481)
        x, y = np.meshgrid(u, u, indexing="ij")
        f = plane.value(tau * np.stack([x, y], axis=-1)) / octopus.nu
        levels = np.linspace(np.nanmin(f), np.nanmax(f), 22)
        filled = axes.contourf(x, y, f, levels=levels, cmap="cividis")
        axes.contour(x, y, f, levels=levels, colors="white", linewidths=0.3, linestyles="-")
        saddles, minima = plane.saddles() / tau, plane.minima() / tau
        axes.plot(*saddles.T, "s", color=plots.BLACK, mec="white", ms=8, label="strict saddle")
        axes.plot(*minima.T, "*", color=plots.GREEN, mec="white", ms=14, label="minimum")
        cube = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]]) / tau
        axes.plot(*cube.T, "--", color=plots.RED, lw=1.6, label="starts: $[-1,1]^2$")
        axes.set(xlabel=r"$x_1/\tau$", ylabel=r"$x_2/\tau$", aspect="equal")
        axes.grid(False)
        fig.colorbar(filled, ax=axes, label=r"$f/\nu$", format="%.1f", shrink=0.8)
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, 1.1), ncols=3)
    return fig


def connector_slopes(octopus: Octopus) -> Figure:
    """The slope through the buffer, against the printed lower bound -4 L tau and the true ones."""
    tau, unit = octopus.tau, octopus.L * octopus.tau
    s = np.linspace(0, 1, 2001)
    alone = octopus.g1(tau * (1 + s), 1) / unit
    coupled = alone + octopus.g2(tau * (1 + s), 1) * tau**2 / unit
    with plots.house_style():
        fig, axes = plots.figure(height=3.8)
        axes.fill_between(s, coupled, alone, color=plots.SKY, alpha=0.25, lw=0)
        axes.plot(s, alone, color=plots.BLUE, label=r"$x_{i+1}=0$: the slope is $g_1'$")
        axes.plot(s, coupled, "--", color=plots.RED, label=r"$x_{i+1}=\tau$: $g_1'+g_2'\tau^2$")
        upper = -2 * octopus.gamma / octopus.L
        axes.axhline(-4, color=plots.BLACK, lw=1.2, ls=":")
        axes.axhline(upper, color=plots.BLACK, lw=1.2, ls="-.")
        axes.text(0.01, -4.08, r"printed lower bound $-4L\tau$", va="top", fontsize=9)
        axes.text(0.99, upper + 0.08, r"upper bound $-2\gamma\tau$", ha="right", fontsize=9)
        for curve, colour, shift in ((alone, plots.BLUE, (18, 8)), (coupled, plots.RED, (0, -14))):
            low = int(np.argmin(curve))
            axes.plot(s[low], curve[low], "o", color=colour)
            axes.annotate(
                f"{curve[low]:.3f}", (s[low], curve[low]), shift, color=colour,
                textcoords="offset points", ha="center", fontsize=9,
            )  # fmt: skip
        axes.set_xlabel(r"$s=(x_i-\tau)/\tau$")
        axes.set_ylabel(r"$\partial f/\partial x_i$ in units of $L\tau$")
        axes.set_ylim(min(coupled.min(), -4) - 0.7, upper + 0.5)
        axes.legend(loc="lower left")
    return fig


def descent_curves(
    gd_times: Mapping[float, np.ndarray],
    pgd_curves: Mapping[float, tuple[np.ndarray, np.ndarray]],
    d: int,
) -> Figure:
    """f/nu against iterations, a panel for each L.

    gd_times[L]: escape times (runs, d) of gradient descent; pgd_curves[L]: (times (m,), f/nu
    (m, runs)) of perturbed descent.  Every run is a thin line; run 0 is drawn bold.
    """
    columns = 2
    rows = -(-len(gd_times) // columns)
    with plots.house_style():
        fig, grid = plots.figure(rows, columns, height=2.5 * rows, sharey=True, squeeze=False)
        for axes in grid.flat[len(gd_times) :]:
            axes.set_visible(False)
        for number, (axes, L) in enumerate(zip(grid.flat, gd_times, strict=False)):
            for row, times in reversed(list(enumerate(np.asarray(gd_times[L])))):
                stairs = np.concatenate([[1], times, [times[-1] * 3]])
                levels = -np.minimum(np.arange(d + 2), d)
                axes.step(stairs, levels, where="post", color=plots.BLUE, **_weight(row))
            when, heights = pgd_curves[L]
            for row, curve in reversed(list(enumerate(np.asarray(heights).T))):
                axes.plot(np.maximum(when, 1), curve, "--", color=plots.RED, **_weight(row))
            axes.set_xscale("log")
            axes.set_title(f"L = {L:g}")
            axes.set_ylim(-d - 0.6, 0.6)
            if number % columns == 0:
                axes.set_ylabel(r"$f/\nu$")
            if number >= len(gd_times) - columns:
                axes.set_xlabel("iterations")
        grid.flat[0].plot([], [], color=plots.BLUE, label="gradient descent")
        grid.flat[0].plot([], [], "--", color=plots.RED, label="perturbed")
        grid.flat[0].legend(loc="upper right")
    return fig


def plateau_lengths(
    gd_times: Mapping[float, np.ndarray], pgd_times: Mapping[float, np.ndarray]
) -> Figure:
    """Median and quartiles of each plateau's length T_k - T_{k-1}, a panel for each L."""
    columns = 2
    rows = -(-len(gd_times) // columns)
    with plots.house_style():
        fig, grid = plots.figure(
            rows, columns, height=2.4 * rows, sharey=True, sharex=True, squeeze=False
        )
        for axes in grid.flat[len(gd_times) :]:
            axes.set_visible(False)
        looks = ((gd_times, plots.BLUE, "-o", "gradient descent"),
                 (pgd_times, plots.RED, "--s", "perturbed"))  # fmt: skip
        for number, (axes, L) in enumerate(zip(grid.flat, gd_times, strict=False)):
            for family, colour, marks, label in looks:
                lengths = np.diff(np.asarray(family[L]), axis=-1, prepend=0)
                low, middle, high = np.quantile(lengths, (0.25, 0.5, 0.75), axis=0)
                k = np.arange(1, lengths.shape[-1] + 1)
                axes.fill_between(k, low, high, color=colour, alpha=0.25, lw=0)
                axes.plot(k, middle, marks, color=colour, label=label, ms=4)
            axes.set_yscale("log")
            axes.set_title(f"L = {L:g}")
            axes.set_xticks(k)
            if number % columns == 0:
                axes.set_ylabel("steps on the plateau")
            if number >= len(gd_times) - columns:
                axes.set_xlabel("plateau k")
        grid.flat[0].legend(loc="upper left")
    return fig


def _planar(octopus: Octopus) -> Octopus:
    """The same constants in d = 2, with NaN outside, which plots leave blank."""
    return Octopus(2, octopus.L, octopus.gamma, octopus.tau, outside="nan")


def _weight(row: int) -> dict[str, float]:
    return {"lw": 2.0, "alpha": 1.0} if row == 0 else {"lw": 0.8, "alpha": 0.3}
