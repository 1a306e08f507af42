"""Sums of products of indexed symbols: contraction of δ, and a canonical form of dummy indices.

A term is c·Π S(i, j)…, summed over its bound indices, each with a size. Factors commute. Two
terms are equal for all sizes when they differ in the names of bound indices only; the canonical
names are the least under all labellings that refinement of colours leaves open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from gradproof.checks.exact.polynomials import BeyondBudget

DELTA = "δ"
MAX_LEAVES = 4_000  # labellings tried for one term
MAX_TERMS = 20_000
Factor = tuple[str, tuple[int, ...]]


@dataclass(frozen=True)
class Term:
    """coefficient · Π factors, summed over ``bound`` (index -> size, "n" or "3")."""

    coefficient: Fraction
    factors: tuple[Factor, ...] = ()
    bound: Mapping[int, str] = field(default_factory=dict)

    def __mul__(self, other: Term) -> Term:
        return Term(self.coefficient * other.coefficient, self.factors + other.factors,
                    {**self.bound, **other.bound})


def product(one: list[Term], two: list[Term]) -> list[Term]:
    """The product of two sums; the bound indices of the two must differ."""
    if len(one) * len(two) > MAX_TERMS:
        raise BeyondBudget(f"a product of {len(one) * len(two)} terms")
    return [a * b for a in one for b in two]


def contracted(term: Term) -> Term:
    """Without δ at bound indices; a bound index in no factor counts its size."""
    factors, bound = list(term.factors), dict(term.bound)
    at = 0
    while at < len(factors):
        name, indices = factors[at]
        if name != DELTA:
            at += 1
            continue
        a, b = indices
        if a != b and a not in bound and b not in bound:
            at += 1
            continue
        del factors[at]
        if a == b:
            continue
        old, new = (a, b) if a in bound else (b, a)
        del bound[old]
        factors = [(n, tuple(new if i == old else i for i in ix)) for n, ix in factors]
        at = 0
    used = {i for _, indices in factors for i in indices}
    coefficient = term.coefficient
    for index in [i for i in bound if i not in used]:
        size = bound.pop(index)
        if size.isdigit():
            coefficient *= int(size)
        else:
            factors.append((size, ()))
    return Term(coefficient, tuple(factors), bound)


def normal(terms: list[Term], symmetric: frozenset[str]) -> dict[tuple, Fraction]:
    """The sum as a table from canonical products to coefficients, without zeros."""
    total: dict[tuple, Fraction] = {}
    for term in terms:
        simple = contracted(term)
        key = canonical(simple, symmetric | {DELTA})
        total[key] = total.get(key, Fraction(0)) + simple.coefficient
    return {key: c for key, c in total.items() if c}


def canonical(term: Term, symmetric: frozenset[str]) -> tuple:
    """The least writing of the product over all names of its bound indices."""
    indices = sorted({i for _, ix in term.factors for i in ix})
    start = {i: ("bound", term.bound[i]) if i in term.bound else ("free", str(i)) for i in indices}
    best: list[tuple] = []
    leaves = [0]

    def search(colour: dict[int, int]) -> None:
        colour = _refined(term, colour, symmetric)
        classes: dict[int, list[int]] = {}
        for i in indices:
            classes.setdefault(colour[i], []).append(i)
        tied = [c for c in sorted(classes) if len(classes[c]) > 1]
        if not tied:
            leaves[0] += 1
            if leaves[0] > MAX_LEAVES:
                raise BeyondBudget(f"more than {MAX_LEAVES} labellings of one term")
            best.append(_written(term, colour, start, symmetric))
            return
        for chosen in classes[tied[0]]:
            search({i: 2 * c + (i == chosen) for i, c in colour.items()})

    search(_ranked(start))
    return min(best)


def _ranked(signature: Mapping[int, tuple]) -> dict[int, int]:
    order = {s: r for r, s in enumerate(sorted(set(signature.values())))}
    return {i: order[s] for i, s in signature.items()}


def _refined(term: Term, colour: dict[int, int], symmetric: frozenset[str]) -> dict[int, int]:
    """The coarsest stable colouring finer than ``colour``: an index by the factors it is in."""
    while True:
        seen: dict[int, list] = {i: [] for i in colour}
        for name, indices in term.factors:
            around = tuple(colour[i] for i in indices)
            around = tuple(sorted(around)) if name in symmetric else around
            for place, i in enumerate(indices):
                seen[i].append((name, 0 if name in symmetric else place, around))
        finer = _ranked({i: (c, tuple(sorted(seen[i]))) for i, c in colour.items()})
        if len(set(finer.values())) == len(set(colour.values())):
            return finer
        colour = finer


def _written(term: Term, colour: dict[int, int], start: Mapping[int, tuple],
             symmetric: frozenset[str]) -> tuple:
    label = {i: (start[i], colour[i]) for i in colour}
    factors = []
    for name, indices in term.factors:
        labels = [label[i] for i in indices]
        factors.append((name, tuple(sorted(labels) if name in symmetric else labels)))
    return tuple(sorted(factors))
