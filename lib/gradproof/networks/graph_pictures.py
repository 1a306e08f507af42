"""Computation graphs: circles, arrows, values above and adjoints below.  Returns figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import plots

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Spot:
    """A circle at (x, y) with a label; ``above`` in blue over it, ``below`` in red under it."""

    x: float
    y: float
    label: str
    above: str = ""
    below: str = ""


@dataclass(frozen=True)
class Arrow:
    """From the spot ``start`` to the spot ``end``; ``label`` beside it, ``bend`` as curvature."""

    start: str
    end: str
    label: str = ""
    colour: str = plots.GREY
    bend: float = 0.0
    shift: tuple[float, float] = (0.0, 0.16)
    dashed: bool = False


def computation_graph(
    spots: dict[str, Spot], arrows: Iterable[Arrow], height: float = 3.0
) -> Figure:
    """The graph; forward values stand above the circles, adjoints below."""
    from matplotlib.patches import FancyArrowPatch

    with plots.house_style():
        fig, axes = plots.figure(height=height)
        for arrow in arrows:
            one, two = spots[arrow.start], spots[arrow.end]
            axes.add_patch(FancyArrowPatch(
                (one.x, one.y), (two.x, two.y), arrowstyle="-|>", mutation_scale=13,
                shrinkA=19, shrinkB=19, lw=1.8, color=arrow.colour,
                ls="--" if arrow.dashed else "-", connectionstyle=f"arc3,rad={arrow.bend}",
            ))  # fmt: skip
            if arrow.label:
                x, y = (one.x + two.x) / 2 + arrow.shift[0], (one.y + two.y) / 2 + arrow.shift[1]
                axes.text(x, y, arrow.label, color=arrow.colour, ha="center", va="center",
                          fontsize=9)  # fmt: skip
        for spot in spots.values():
            axes.plot(spot.x, spot.y, "o", ms=33, mfc="white", mec=plots.BLACK, mew=1.4, zorder=3)
            axes.text(spot.x, spot.y, spot.label, ha="center", va="center", zorder=4)
            for words, way, colour in ((spot.above, 1, plots.BLUE), (spot.below, -1, plots.RED)):
                axes.annotate(words, (spot.x, spot.y), (0, 21 * way), color=colour, fontsize=9,
                              textcoords="offset points", ha="center",
                              va="bottom" if way > 0 else "top", zorder=4)  # fmt: skip
        xs, ys = [s.x for s in spots.values()], [s.y for s in spots.values()]
        axes.set_xlim(min(xs) - 0.6, max(xs) + 0.6)
        axes.set_ylim(min(ys) - 0.8, max(ys) + 0.8)
        axes.set_axis_off()
    return fig


def product_of_shapes(blocks: Iterable[tuple[str, int, int, str]], height: float = 2.4) -> Figure:
    """A product of matrices as rectangles, rows × columns to scale, the last one the result.

    blocks: (label, rows, columns, colour). Neighbouring factors must fit; the result has the
    first factor's rows and the last one's columns. ValueError names the pair that does not fit.
    """
    from matplotlib.patches import Rectangle

    *factors, result = blocks
    for one, two in zip(factors, factors[1:], strict=False):
        if one[2] != two[1]:
            raise ValueError(f"{one[0]} has {one[2]} columns and {two[0]} has {two[1]} rows")
    if (factors[0][1], factors[-1][2]) != tuple(result[1:3]):
        raise ValueError(f"{result[0]} is not {factors[0][1]} × {factors[-1][2]}")
    with plots.house_style():
        fig, axes = plots.figure(height=height)
        x = 0.0
        for number, (label, rows, columns, colour) in enumerate([*factors, result]):
            if number == len(factors):
                axes.text(x + 0.3, 0, "=", ha="center", va="center", fontsize=14)
                x += 1.1
            axes.add_patch(Rectangle((x, -rows / 2), columns, rows, fc=colour + "33", ec=colour,
                                     lw=1.6))  # fmt: skip
            axes.plot(x + columns / 2, 0, alpha=0)
            axes.text(x + columns / 2, 0, label, ha="center", va="center")
            axes.text(x + columns / 2, -rows / 2 - 0.2, f"{rows} × {columns}", ha="center",
                      va="top", fontsize=8, color=plots.GREY)  # fmt: skip
            x += columns + 0.45
        tallest = max(rows for _, rows, _, _ in [*factors, result])
        axes.set_xlim(-0.3, x)
        axes.set_ylim(-tallest / 2 - 1.1, tallest / 2 + 0.3)
        axes.set_aspect("equal")
        axes.set_axis_off()
    return fig
