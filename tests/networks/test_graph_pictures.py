"""Computation graphs: a circle a spot, an arrow an arrow, and shapes that fit."""

import numpy as np
import pytest

from gradproof import plots
from gradproof.networks import backprop_pictures
from gradproof.networks.graph_pictures import Arrow, Spot, computation_graph, product_of_shapes


def test_a_graph_shows_all_its_parts():
    spots = {"w": Spot(0, 0, "$w$", "0.8", "-0.3"), "y": Spot(2, 1, "$y$")}
    (axes,) = computation_graph(spots, [Arrow("w", "y", "slope", plots.GREEN)]).axes
    assert len(axes.patches) == 1 and len(axes.lines) == 2
    assert {"$w$", "0.8", "-0.3", "$y$", "slope"} <= {t.get_text() for t in axes.texts}


def test_an_arrow_needs_its_ends():
    with pytest.raises(KeyError):
        computation_graph({"w": Spot(0, 0, "w")}, [Arrow("w", "y")])


def test_shapes_must_fit():
    A, B = ("A", 2, 3, plots.BLUE), ("B", 3, 4, plots.RED)
    (axes,) = product_of_shapes([A, B, ("AB", 2, 4, plots.GREEN)]).axes
    assert len(axes.patches) == 3
    with pytest.raises(ValueError, match="A has 3 columns and A has 2 rows"):
        product_of_shapes([A, A, ("AA", 2, 3, plots.GREEN)])
    with pytest.raises(ValueError, match="is not 2 × 4"):
        product_of_shapes([A, B, ("AB", 4, 2, plots.GREEN)])


def test_the_chapters_pictures_say_what_they_are_given():
    words = {"w": 0.8, "A": 0.7, "B": 0.6, "C": -0.5, "y": 1.0}
    local = {"wA": 0.56, "AB": 0.63, "AC": -0.57, "By": 1.0, "Cy": 2.0}
    (axes,) = backprop_pictures.two_paths(words, words, local).axes
    shown = {t.get_text() for t in axes.texts}
    assert {"0.80", "−0.50", r"$c\phi'$ = −0.57"} <= shown and len(axes.patches) == 5
    for figure in (backprop_pictures.one_sample(), backprop_pictures.constant_neuron(),
                   backprop_pictures.three_layers()):
        assert figure.axes[0].has_data()


def test_a_tangent_goes_through_the_value_at_zero():
    t = np.linspace(-1, 1, 201)
    (axes,) = backprop_pictures.tangents(t, 3 + 4 * t + t**2, {"right": 4, "wrong": 16}).axes
    right = axes.lines[1].get_ydata()
    assert right[100] == pytest.approx(3) and right[200] == pytest.approx(7)
