"""Inequalities in one variable on any set that polynomial hypotheses cut out of the line.

The real roots of all polynomials together cut the line into points and open intervals; on each the
signs are constant. A sign at an irrational root is exact: 0 when the polynomial has a root in the
isolating interval, else its sign at the interval's end.
"""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq, fmpq_mpoly, fmpq_poly

from gradproof.checks.exact.facts import Facts
from gradproof.checks.exact.intervals import dense
from gradproof.checks.exact.rootcount import beyond, count_roots, isolated, sign_at, squarefree

ALLOWED = {">": 4, ">=": 6, "==": 2, "!=": 5}
MAX_DEGREE = 120


def holds_everywhere(facts: Facts, poly: fmpq_mpoly, kind: str) -> bool:
    """Whether ``poly`` kind 0 wherever the facts in its only variable hold.

    Facts with other variables are ignored. False also where the degree budget is spent.
    """
    (index,) = (i for i, d in enumerate(poly.degrees()) if d)
    given = [(dense(f.poly, index), f.kind) for f in facts.known
             if [i for i, d in enumerate(f.poly.degrees()) if d] == [index]]
    goal = dense(poly, index)
    product = goal
    for p, _ in given:
        product *= p
        if product.degree() > MAX_DEGREE:
            return False
    return all(_fits(signs[0], kind) for signs in _cells(squarefree(product), goal, given)
               if all(_fits(s, k) for s, (_, k) in zip(signs[1:], given, strict=True)))


def _fits(sign: int, kind: str) -> bool:
    return bool(1 << (sign + 1) & ALLOWED[kind])


def _cells(product: fmpq_poly, goal: fmpq_poly, given: list) -> Iterator[list[int]]:
    """The signs of goal and facts on every open cell and at every root of their product."""
    polys = [goal, *(p for p, _ in given)]
    bound = fmpq(beyond(product))
    boxes = isolated(product, -bound, bound)
    for point in dict.fromkeys([-bound, *(end for box in boxes for end in box), bound]):
        yield [sign_at(p, point) for p in polys]
    for low, high in boxes:
        yield [0 if count_roots(p, low, high) else sign_at(p, low) for p in polys]
