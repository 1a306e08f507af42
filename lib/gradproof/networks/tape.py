"""Backpropagation on scalars: every operation is a node, and a sweep backwards gives all slopes.

A node's number may be anything with + − ×: float, complex (for complex steps), Fraction (exact),
or `costs.Counted`, which counts. With N operations the backward sweep does at most 4N more
(Lecture notes CIE6128, section 2.2; Optimization of neural networks, "key property").
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(eq=False)
class Node:
    """A number and how it was made: ``parents``, and ``kind`` "+", "−", "×", a name or "".

    slope: for a function of one parent, its derivative. name: for pictures and messages.
    """

    value: Any
    parents: tuple[Node, ...] = ()
    kind: str = ""
    slope: Callable | None = None
    name: str = field(default="", compare=False)

    def __add__(self, other: Node) -> Node:
        return Node(self.value + _node(other).value, (self, other), "+")

    def __sub__(self, other: Node) -> Node:
        return Node(self.value - _node(other).value, (self, other), "−")

    def __mul__(self, other: Node) -> Node:
        return Node(self.value * _node(other).value, (self, other), "×")


def _node(other: Node) -> Node:
    if not isinstance(other, Node):
        raise TypeError(f"{other!r} is no node: write Node({other!r})")
    return other


def apply(value: Callable, slope: Callable, node: Node, kind: str = "σ") -> Node:
    """The node value(node), a function of one number with derivative ``slope``."""
    return Node(value(node.value), (_node(node),), kind, slope)


def order(output: Node) -> list[Node]:
    """All nodes that ``output`` was made of, parents before children, each once."""
    done, listed, pending = set(), [], [(output, False)]
    while pending:
        node, ready = pending.pop()
        if ready:
            listed.append(node)
        elif id(node) not in done:
            done.add(id(node))
            pending.append((node, True))
            pending += [(parent, False) for parent in node.parents]
    return listed


def adjoints(output: Node, zero: Any = 0, one: Any = 1) -> dict[Node, Any]:
    """∂output/∂node for every node, by one sweep from the output back.

    Each node passes its adjoint g on to its parents: g to both of a sum, g times the other
    factor to each factor, g·σ′(u) through σ(u). What arrives on several paths is added.
    zero, one: the numbers 0 and 1 of the type that is computed with.
    """
    listed = order(output)
    bar = dict.fromkeys(listed, zero)
    bar[output] = one
    for node in reversed(listed):
        g = bar[node]
        if node.kind in ("+", "−"):
            first, second = node.parents
            bar[first] = bar[first] + g
            bar[second] = bar[second] + g if node.kind == "+" else bar[second] - g
        elif node.kind == "×":
            first, second = node.parents
            bar[first] = bar[first] + g * second.value
            bar[second] = bar[second] + g * first.value
        elif node.parents:
            (parent,) = node.parents
            bar[parent] = bar[parent] + g * node.slope(parent.value)
    return bar


def paths(output: Node, start: Node) -> list[list[Node]]:
    """All paths from ``start`` to ``output`` along the arrows, each as a list of nodes."""
    if output is start:
        return [[start]]
    return [[*path, output] for parent in output.parents for path in paths(parent, start)]
