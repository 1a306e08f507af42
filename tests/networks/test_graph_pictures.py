"""Computation graphs: a circle a spot, an arrow an arrow, and shapes that fit."""

import pytest

from gradproof import plots
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
