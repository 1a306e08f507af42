"""Products of hypotheses and squares that a certificate may use, kept few by gradings.

A grading gives every generator a weight so that all facts are homogeneous (L ≥ γ > 0 is, in L
and γ); a homogeneous target then needs products of its own weight only.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, combinations_with_replacement
from math import lcm

from flint import fmpq, fmpq_mat, fmpq_mpoly

from gradproof.checks.exact.facts import Fact, Facts

MAX_COLUMNS = 1_500
Term = tuple[fmpq_mpoly, tuple]  # a polynomial ≥ 0 and the node that shows it


def relevant(facts: Facts, poly: fmpq_mpoly) -> list[int]:
    """Indices of the facts that share generators, through others if need be, with ``poly``."""
    used = {i for i, d in enumerate(poly.degrees()) if d}
    supports = [{i for i, d in enumerate(f.poly.degrees()) if d} for f in facts.known]
    while True:
        grown = used.union(*(s for s in supports if s & used))
        if grown == used:
            break
        used = grown
    return [k for k in _tightest(facts) if supports[k] & used]


def tangent(facts: Facts, fact: Fact) -> bool:
    """Whether ``fact`` is a hypothesis or c·y + p for one atom y, rational c: log u ≤ u − 1."""
    if fact.origin[0] in ("hypothesis", "integer", "case", "lemma"):
        return True
    first = len(facts.gens) - len(facts.atoms)
    degrees = fact.poly.degrees()
    used = [i for i in range(first, len(degrees)) if degrees[i]]
    return len(used) == 1 and fact.poly.derivative(used[0]).is_constant()


def _tightest(facts: Facts) -> list[int]:
    """Indices of all facts but bounds of one generator that another bound implies."""
    best: dict[tuple, tuple] = {}
    kept = []
    for k, fact in enumerate(facts.known):
        degrees = fact.poly.degrees()
        if sum(degrees) == 1 and fact.kind in (">", ">="):
            index = next(i for i, d in enumerate(degrees) if d)
            slope = fact.poly.leading_coefficient()
            rest = fact.poly / abs(slope) - facts.gens[index] * (1 if slope > 0 else -1)
            end = fmpq(0) if rest.is_zero() else rest.leading_coefficient()
            key, rank = (index, slope > 0), (-end, fact.kind == ">")
            if key not in best or rank > best[key][0]:
                best[key] = (rank, k)
        else:
            kept.append(k)
    return sorted([*kept, *(k for _, k in best.values())])


def gradings(polys: list[fmpq_mpoly], count: int) -> list[list[int]]:
    """Weight vectors under which every one of ``polys`` is homogeneous (a basis)."""
    rows = []
    for p in polys:
        first, *others = p.monoms()
        rows += [[int(a - b) for a, b in zip(m, first, strict=True)] for m in others]
    rows = [list(r) for r in dict.fromkeys(map(tuple, rows))] or [[0] * count]
    reduced, rank = fmpq_mat(len(rows), count, [v for r in rows for v in r]).rref()
    pivots = [next(j for j in range(count) if reduced[i, j] != 0) for i in range(rank)]
    out = []
    for j in (j for j in range(count) if j not in pivots):
        weights = [fmpq(0)] * count
        weights[j] = fmpq(1)
        for i, pivot in enumerate(pivots):
            weights[pivot] = -reduced[i, j]
        scale = lcm(*(int(w.q) for w in weights))
        out.append([int(w * scale) for w in weights])
    return out


class Kit:
    """What certificates for ``target`` may be made of; ``few``: of `tangents` only."""

    def __init__(self, facts: Facts, target: fmpq_mpoly, few: bool = False):
        self.facts, self.target = facts, target
        self.indices = relevant(facts, target)
        if few:
            self.indices = [k for k in self.indices if tangent(facts, facts.known[k])]
        polys = [facts.known[k].poly for k in self.indices]
        used = frozenset(i for p in (*polys, target) for i, d in enumerate(p.degrees()) if d)
        self.used = sorted(used)
        self.gradings = gradings(polys, len(facts.names))
        self.grades = {self.grade(m) for m in target.monoms()}

    def grade(self, exponents: tuple) -> tuple:
        """The weights Σ weight·exponent of a monomial under every grading."""
        used = [(i, int(exponents[i])) for i in self.used if exponents[i]]
        return tuple(sum(g[i] * e for i, e in used) for g in self.gradings)

    def inequalities(self) -> list[tuple[int, Fact]]:
        """The relevant facts of kind > and ≥ (squares of ≠ facts are added by `products`)."""
        return [(k, self.facts.known[k]) for k in self.indices
                if self.facts.known[k].kind in (">", ">=")]

    def products(self, degree: int) -> list[Term]:
        """Products of facts of total degree ≤ ``degree``, the empty one first."""
        basic = [(f.poly, ("fact", k)) for k, f in self.inequalities()]
        basic += [(self.facts.known[k].poly ** 2, ("nonzero", k)) for k in self.indices
                  if self.facts.known[k].kind == "!="]
        one = self.facts.field.context.constant(1)
        out: list[tuple] = [(one, (), 0)]
        start = 0
        while start < len(out) and len(out) <= MAX_COLUMNS:
            poly, chosen, first = out[start]
            for i in range(first, len(basic)):
                if poly.total_degree() + basic[i][0].total_degree() <= degree:
                    out.append((poly * basic[i][0], (*chosen, basic[i][1]), i))
            start += 1
        return [(p, ("product", list(c)) if c else ("number", fmpq(1)))
                for p, c, _ in out[:MAX_COLUMNS]]

    def monomials(self, degree: int) -> list[fmpq_mpoly]:
        """Monomials of total degree ≤ ``degree`` in the generators in use."""
        one = self.facts.field.context.constant(1)
        gens = [self.facts.gens[i] for i in self.used]
        out = []
        for d in range(degree + 1):
            for chosen in combinations_with_replacement(gens, d):
                m = one
                for g in chosen:
                    m = m * g
                out.append(m)
                if len(out) > 500:
                    return out
        return out

    def fits(self, poly: fmpq_mpoly) -> bool:
        """Whether ``poly`` is homogeneous of a weight that the target has."""
        return not self.gradings or {self.grade(m) for m in poly.monoms()} <= self.grades

    def equations(self, degree: int) -> Iterator[tuple[fmpq_mpoly, int, fmpq_mpoly]]:
        """(monomial·equation, index, monomial) of total degree ≤ ``degree``."""
        for k in self.indices:
            fact = self.facts.known[k]
            if fact.kind == "==":
                for m in self.monomials(degree - fact.poly.total_degree()):
                    if self.fits(m * fact.poly):
                        yield m * fact.poly, k, m

    def linear_terms(self, degree: int) -> list[Term]:
        """Columns for a linear program: products of facts times simple squares."""
        products = self.products(degree)
        squares = [(self.facts.field.context.constant(1), None)]
        first = [self.grade(p.monoms()[0]) for p, _ in products]  # facts are homogeneous
        if len(products) < MAX_COLUMNS:
            small = self.monomials(degree // 2)[1:16]
            one = self.facts.field.context.constant(1)
            squares += [(m ** 2, m) for m in small]
            squares += [((a + s * b) ** 2, a + s * b) for a, b in combinations([one, *small], 2)
                        for s in (1, -1)]
        out = []
        for s, root in squares:
            own = {self.grade(m) for m in s.monoms()}
            if len(own) > 1:
                continue
            (own,) = own
            for (p, node), grade in zip(products, first, strict=True):
                total = tuple(a + b for a, b in zip(own, grade, strict=True))
                if total in self.grades and s.total_degree() + p.total_degree() <= degree:
                    out.append((s * p, node if root is None else
                                ("product", [node, ("square", root)])))
                if len(out) >= MAX_COLUMNS:
                    return out
        return out
