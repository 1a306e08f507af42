"""One look for every picture, and one way to show it: with its caption printed as text.

Colours are Okabe and Ito's palette, which survives the common colour-vision deficiencies; lines
also differ by dash and marker.  PNGs carry no date and no version, so the same picture gives the
same bytes on the same machine.
"""

from __future__ import annotations

import io
import textwrap
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import matplotlib as mpl

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BLACK, ORANGE, SKY, GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
YELLOW, BLUE, RED, PURPLE = "#F0E442", "#0072B2", "#D55E00", "#CC79A7"
PALETTE = (BLUE, RED, GREEN, ORANGE, PURPLE, SKY, BLACK)
DASHES = ("-", "--", "-.", ":")
GREY = "#6B7280"
WIDTH = 7.0  # inches, a forge's column
DPI = 110
HOUSE = (*PALETTE, YELLOW, GREY, "#FFFFFF")  # colours that no picture may lose

STYLE = {
    "figure.facecolor": "white",
    "figure.dpi": DPI,
    "savefig.dpi": DPI,
    "savefig.facecolor": "white",
    "figure.figsize": (WIDTH, 4.0),
    "figure.constrained_layout.use": True,
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "axes.titlesize": 11,
    "axes.titlelocation": "left",
    "axes.labelsize": 10,
    "axes.facecolor": "white",
    "axes.edgecolor": "#9AA0A6",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": True,
    "axes.prop_cycle": mpl.cycler(color=PALETTE),
    "grid.color": "#E5E7EB",
    "grid.linewidth": 0.7,
    "lines.linewidth": 1.8,
    "lines.markersize": 5,
    "legend.frameon": False,
    "legend.fontsize": 9,
    "xtick.labelsize": 9,
    "ytick.labelsize": 9,
    "image.cmap": "cividis",
    "mathtext.fontset": "dejavusans",
}


def house_style() -> AbstractContextManager[None]:
    """`with house_style(): ...` draws in the house style and leaves the global one alone."""
    return mpl.rc_context(STYLE)


def figure(rows: int = 1, columns: int = 1, height: float = 4.0, **options) -> tuple[Figure, Axes]:
    """A figure of house width and its axes, not registered with pyplot (nothing to close)."""
    from matplotlib.figure import Figure

    with house_style():
        fig = Figure(figsize=(WIDTH, height))
        return fig, fig.subplots(rows, columns, **options)


def png(fig: Figure, alt: str = "") -> bytes:
    """The figure as PNG bytes, with `alt` as its description and no date or software stamp."""
    with house_style(), io.BytesIO() as stream:
        if fig.get_layout_engine() is not None:  # settle the layout once: later saves agree
            fig.draw_without_rendering()
            fig.set_layout_engine("none")
        fig.savefig(stream, format="png", metadata={"Software": None})
        return _reduced(stream, alt)


def _reduced(stream: io.BytesIO, alt: str) -> bytes:
    """The PNG with 256 colours, the house's own among them: a third of the size."""
    from PIL import Image, ImageColor
    from PIL.PngImagePlugin import PngInfo

    about, small = PngInfo(), io.BytesIO()
    if alt:
        about.add_itxt("Description", alt)
    picture = Image.open(stream).convert("RGB")
    own = [part for colour in HOUSE for part in ImageColor.getrgb(colour)]
    frequent = picture.quantize(256 - len(HOUSE), dither=Image.Dither.NONE).getpalette()
    palette = Image.new("P", (1, 1))
    palette.putpalette((own + frequent)[: 3 * 256])
    picture = picture.quantize(palette=palette, dither=Image.Dither.NONE)
    picture.save(small, format="png", optimize=True, pnginfo=about)
    return small.getvalue()


def checked_caption(caption: str) -> str:
    """The caption on one line; refused unless it is at least a sentence."""
    if not isinstance(caption, str):
        raise TypeError("the caption must be text: say what is seen, with its key numbers")
    line = " ".join(caption.split())
    if len(line.split()) < 4 or line[-1] not in ".?!":
        raise ValueError(
            f"caption {line!r}: write at least one sentence, ending in a full stop, that says "
            "what is seen, for readers who don't see the picture"
        )
    return line


def show(fig: Figure, caption: str) -> None:
    """Display the figure as a PNG and print its caption as text ("Figure: ...")."""
    line = checked_caption(caption)
    from IPython.display import Image, display

    if not any(axes.has_data() for axes in fig.axes):
        raise ValueError("the figure is empty: draw before you show it")
    display(Image(data=png(fig, line), format="png", alt=line))
    print(textwrap.fill("Figure: " + line, width=96))
    _close(fig)


def _close(fig: Figure) -> None:
    """Forget the figure if pyplot knows it, so that notebooks don't draw it a second time."""
    import sys

    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        pyplot.close(fig)
