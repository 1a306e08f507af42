"""Pictures: captions required and printed, PNGs deterministic, nothing empty or off the palette."""

import io
import re

import numpy as np
import pytest
from matplotlib.image import imread

from gradproof import plots
from gradproof.landscapes import Octopus, pictures
from gradproof.landscapes.race import race
from gradproof.optimizers import GradientDescent, minimize

CAPTION = "One line rises from 0 to 1."


def line():
    fig, axes = plots.figure(height=2.0)
    axes.plot([0, 1], [0, 1])
    return fig


@pytest.fixture(scope="module")
def drawn():
    octopus = Octopus(2)
    start = GradientDescent(1 / (4 * octopus.L))
    path = minimize(octopus, [0.3, 0.6], start, 120, keep_points=True).points
    starts = np.random.default_rng(0).uniform(-1, 1, (20, 4))
    races = {L: race(Octopus(4, L=L), starts) for L in (1.0, 3.0)}
    gd = {L: r.gd_times for L, r in races.items()}
    curves = {L: (r.times, r.heights) for L, r in races.items()}
    return {
        "surface": pictures.tube_surface(octopus, path),
        "contours": pictures.octopus_contours(octopus),
        "slopes": pictures.connector_slopes(octopus),
        "curves": pictures.descent_curves(gd, curves, 4),
        "plateaus": pictures.plateau_lengths(gd, {L: r.pgd_times for L, r in races.items()}),
    }, races


@pytest.mark.parametrize("name", ["surface", "contours", "slopes", "curves", "plateaus"])
def test_pictures_are_small_wide_enough_and_not_empty(drawn, name):
    data = plots.png(drawn[0][name], "alt text")
    image = imread(io.BytesIO(data))
    assert 720 <= image.shape[1] <= 800 and len(data) < 200_000
    assert (image[..., :3].min(axis=-1) < 0.9).mean() > 0.02
    assert data == plots.png(drawn[0][name], "alt text")


def test_the_race_tells_the_story(drawn):
    for L, result in drawn[1].items():
        assert (np.diff(result.pgd_times, axis=1, prepend=0) > 0).all()
        growth = np.median(result.gd_times[:, -1] / result.gd_times[:, -2])
        assert growth > L + 1 and np.median(result.pgd_times[:, -1]) < 60 * 4
        assert result.heights[-1] == pytest.approx(-4, abs=0.6)


def test_show_prints_the_caption_and_emits_one_picture(capsys, monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    plots.show(line(), "  One line rises\n from 0 to 1. ")
    assert capsys.readouterr().out == "Figure: One line rises from 0 to 1.\n"
    (image,) = shown
    assert image.alt == CAPTION and image.data.startswith(b"\x89PNG")


def test_the_png_describes_itself_and_carries_no_date_or_version():
    data = plots.png(line(), CAPTION)
    assert CAPTION.encode() in data
    assert not re.search(rb"Software|tIME|[Mm]atplotlib|Creation", data)
    assert data == plots.png(line(), CAPTION)


@pytest.mark.parametrize("caption", ["", "   ", "A line", "No full stop at the end"])
def test_a_caption_is_a_sentence(caption):
    with pytest.raises(ValueError, match="sentence"):
        plots.show(line(), caption)


def test_an_empty_figure_is_refused():
    fig, _ = plots.figure()
    with pytest.raises(ValueError, match="empty"):
        plots.show(fig, CAPTION)
    with pytest.raises(TypeError, match="text"):
        plots.show(line(), None)


def test_the_style_stays_inside():
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    plots.png(line())
    assert dict(mpl.rcParams) == before
