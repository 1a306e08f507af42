"""The scalar tape: adjoints against dual numbers, differences and sums over paths."""

import math
from fractions import Fraction as F

import pytest

from gradproof.networks.tape import Node, adjoints, apply, order, paths


class Dual:
    """a + bε with ε² = 0: forward mode, another route to the same derivative."""

    def __init__(self, a, b=0):
        self.a, self.b = a, b

    def __add__(self, other):
        return Dual(self.a + other.a, self.b + other.b)

    def __sub__(self, other):
        return Dual(self.a - other.a, self.b - other.b)

    def __mul__(self, other):
        return Dual(self.a * other.a, self.a * other.b + self.b * other.a)


def formula(x, y, z):
    return (x * y - z) * (x + x * z) + y * y


def test_adjoints_are_exact_derivatives():
    point = [F(2, 3), F(-5, 4), F(7)]
    nodes = [Node(v) for v in point]
    bar = adjoints(formula(*nodes))
    for k, node in enumerate(nodes):
        duals = [Dual(v, F(int(j == k))) for j, v in enumerate(point)]
        assert bar[node] == formula(*duals).b


def test_functions_and_shared_nodes():
    w = Node(0.3)
    t = apply(math.tanh, lambda u: 1 - math.tanh(u) ** 2, w, "tanh")
    y = t * t - t
    assert math.isclose(adjoints(y)[w], (2 * math.tanh(0.3) - 1) * (1 - math.tanh(0.3) ** 2))
    assert [n.kind for n in order(y)].count("tanh") == 1


def test_the_adjoint_is_the_sum_over_all_paths():
    x = Node(F(3))
    y = (x * x) * (x + Node(F(1)))
    total = F(0)
    for path in paths(y, x):
        slope = F(1)
        for low, high in zip(path, path[1:], strict=False):
            if high.kind == "×":
                one, two = high.parents
                slope *= (two if low is one else one).value
        total += slope
    assert len(paths(y, x)) == 3
    # x·x has one parent twice: both of its paths carry the factor x
    assert adjoints(y)[x] == total == 3 * 9 + 2 * 3


def test_parents_come_first_and_strangers_are_refused():
    a, b = Node(1), Node(2)
    listed = order((a + b) * a)
    assert listed.index(a) < len(listed) - 1 and len(listed) == 4
    with pytest.raises(TypeError, match="is no node"):
        a + 2
