"""Counts are counts: small cases by hand, and two algorithms with the same gradients."""

from fractions import Fraction as F

import numpy as np

from gradproof.networks.costs import (
    Counted,
    Tally,
    backpropagation,
    layer_by_layer,
    square_loss,
    taped_loss,
)
from gradproof.networks.tape import adjoints


def test_a_neuron_by_hand():
    tally = Tally()
    n = lambda v: Counted(F(v), tally)  # noqa: E731
    loss = square_loss([[[n(2), n(3)]]], [n(5), n(7)], [n(1)])
    # 2·5 + 3·7 − 1 = 30: two products, one sum, one difference, one square
    assert (loss.value, tally.operations) == (F(900), 5)


def test_the_sweep_costs_what_its_table_says():
    tally = Tally()
    n = lambda v: Counted(F(v), tally)  # noqa: E731
    loss, weights = taped_loss([[[n(1), n(2)], [n(0), n(1)]], [[n(3), n(-1)]]],
                               [n(1), n(-1)], [n(2)], n(2))
    forward = tally.operations
    assert forward == 2 * 3 + 2 + 3 + 1 + 1
    bar = adjoints(loss, n(0), n(1))
    sums, products, functions = 2 + 1 + 1, 4 + 2 + 1, 2
    assert tally.operations - forward == 2 * sums + 4 * products + 3 * functions <= 4 * forward
    # f = 3·(1 − 2)² − (0 − 1)² = 2 and y = 2: the gradient vanishes
    assert {bar[w].value for rows in weights for row in rows for w in row} == {F(0)}


def test_both_algorithms_give_one_gradient():
    g = np.random.default_rng(0)
    d = (4, 6, 3, 5, 2)
    weights = [g.normal(size=(d[k + 1], d[k])) for k in range(4)]
    slopes = [g.normal(size=d[k]) for k in range(1, 4)]
    inputs = [g.normal(size=d[k]) for k in range(4)]
    top = g.normal(size=2)
    one, cheap = backpropagation(weights, slopes, inputs, top)
    two, dear = layer_by_layer(weights, slopes, inputs, top)
    assert all(np.allclose(a, b) for a, b in zip(one, two, strict=True))
    assert cheap == sum(w.size for w in weights) + sum(w.size for w in weights[1:]) + 6 + 3 + 5
    assert dear > cheap
