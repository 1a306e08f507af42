"""What the hypotheses say, as signs of polynomials over ℚ.

``0 <= s < 1`` becomes s ≥ 0 and 1 − s > 0. A term that is no polynomial (``sqrt(x+1)``,
``exp(x)``, a sum with a symbolic bound) becomes a generator of its own, an *atom*, together with
what is known of it: r ≥ 0 and r² = x + 1. Atoms whose arguments are equal as rational functions
are one atom. All of it holds where the terms are defined; `checks.conditions` shows that they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from flint import fmpq, fmpq_mpoly

from gradproof.checks.exact.polynomials import Field, Quotient
from gradproof.formulas import Expr, FormulaError, Relation, Statement, free_variables
from gradproof.formulas.values import NotRational, Undefined, rational

UNREADABLE = (FormulaError, Undefined, NotRational)
KINDS = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": ">", ">=": ">="}


@dataclass(frozen=True)
class Fact:
    """``poly kind 0`` with kind one of > >= == !=; origin says where it comes from:

    ("hypothesis", i); ("axiom", generator index); ("derived", generator index) for a property of an
    atom that depends on signs; ("integer", i) for a strict inequality between integers;
    ("lemma", node) for what follows from other facts; ("case",) for a side of a case split.
    """

    poly: fmpq_mpoly
    kind: str
    origin: tuple


def is_atom(node: Expr) -> bool:
    """Whether ``node`` is not built by the four operations from its children."""
    if node.head in ("call", "const", "integral", "limit", "diff"):
        return True
    if node.head == "pow":
        return _whole(node.args[1]) is None
    return node.head in ("sum", "prod") and None in map(_whole, node.args[1:3])


def _whole(expr: Expr) -> Fraction | None:
    """The integer that the constant ``expr`` is; None when it is no integer constant."""
    try:
        value = rational(expr, {})
    except UNREADABLE:
        return None
    return value if value.denominator == 1 else None


def atoms_in(expr: Expr) -> Iterable[Expr]:
    """The atoms of ``expr``, inner before outer; bodies of binders stay closed."""
    if expr.head not in ("sum", "prod", "integral", "limit", "diff"):
        for arg in expr.args:
            yield from atoms_in(arg)
    if is_atom(expr):
        yield expr


class Facts:
    """Polynomial facts from ``hypotheses`` over the variables and atoms of ``expressions``.

    known: the facts, in order. integers: names of parameters with integer values.
    Hypotheses that cannot be read are left out, which is sound: less is known.
    """

    def __init__(self, hypotheses: Sequence[Statement], expressions: Sequence[Expr] = (),
                 integers: frozenset[str] = frozenset()):
        self.hypotheses, self.integers = tuple(hypotheses), integers
        relations = [(i, h) for i, h in enumerate(hypotheses) if isinstance(h, Relation)]
        trees = [side for _, h in relations for side in (h.left, h.right)] + list(expressions)
        self.atoms = list(dict.fromkeys(atom for tree in trees for atom in atoms_in(tree)))
        names = sorted(frozenset().union(*map(free_variables, trees)))
        self.names = [*names, *(f"@{i}" for i in range(len(self.atoms)))]
        self.field = Field(self.names)
        self.gens = self.field.context.gens()
        self.known: list[Fact] = []
        self._generator: dict[Expr, Quotient] = {}
        self._keys: dict[tuple, Quotient] = {}
        self._arguments: dict[tuple, Quotient] = {}
        for i, h in relations:
            self._add_hypothesis(i, h)
        for number, atom in enumerate(self.atoms):
            self._add_atom(len(names) + number, atom)
        self._add_lemmas()

    def read(self, expr: Expr) -> Quotient:
        """``expr`` as a quotient of polynomials in variables and atoms. Raises UNREADABLE."""
        return self.field.of(expr, self._leaf)

    def extended(self, *facts: Fact) -> Facts:
        """The same facts and ``facts``."""
        other = object.__new__(Facts)
        other.__dict__.update(self.__dict__)
        other.known = [*self.known, *facts]
        return other

    def _leaf(self, node: Expr) -> Quotient | None:
        if not is_atom(node):
            return None
        if node not in self._generator:
            if node not in self.atoms:
                raise FormulaError(f"{node} was not announced")
            own = self.field.gen(f"@{self.atoms.index(node)}")
            self._generator[node] = self._keys.setdefault(self._key(node), own)
        return self._generator[node]

    def _key(self, node: Expr) -> tuple:
        if node.head not in ("call", "pow"):
            return (node,)
        try:
            values = [self.read(arg) for arg in node.args]
        except UNREADABLE:
            return (node,)
        return (node.head, node.data, *(str(p) for value in values for p in value))

    def _add_hypothesis(self, index: int, relation: Relation) -> None:
        try:
            top, bottom = self.read(Expr("sub", (relation.left, relation.right)))
        except UNREADABLE:
            return
        if relation.op in ("<", "<="):
            top = -top
        kind = KINDS[relation.op]
        if bottom.is_constant():
            poly = top / bottom
        else:  # n/d > 0 says n·d > 0; n/d = 0 says n = 0; both, and d ≠ 0, where it is defined
            poly = top * bottom if kind in (">", ">=") else top
        self._add(poly, kind, ("hypothesis", index))

    def _add(self, poly: fmpq_mpoly, kind: str, origin: tuple) -> None:
        if not poly.is_constant():
            self.known.append(Fact(poly, kind, origin))
            if kind == ">" and origin[0] == "hypothesis" and self._integral(poly):
                scale = _content(poly)
                self.known.append(Fact(poly * scale - 1, ">=", ("integer", origin[1])))

    def _integral(self, poly: fmpq_mpoly) -> bool:
        used = [name for name, degree in zip(self.names, poly.degrees(), strict=True) if degree]
        return all(name in self.integers for name in used)

    def _add_lemmas(self) -> None:
        """u > 0 from h·u > 0 where h > 0 is a fact: ("cancel", u, h, h·u) in `derivation`."""
        strict = {}
        for k, fact in enumerate(self.known):
            if fact.kind == ">":
                lead = fact.poly.leading_coefficient()
                strict.setdefault(str(fact.poly / lead), (k, lead))
        for k, fact in enumerate(list(self.known)):
            if fact.kind not in (">", ">=") or fact.origin[0] != "hypothesis":
                continue
            rest, nodes = fact.poly, []
            for factor, multiplicity in fact.poly.factor()[1]:
                lead = factor.leading_coefficient()
                if (found := strict.get(str(factor / lead))) and found[0] != k:
                    rest = rest / (self.known[found[0]].poly ** multiplicity)
                    nodes += [("fact", found[0])] * multiplicity
            if nodes and not rest.is_constant():
                node = ("cancel", rest, ("product", nodes), ("fact", k))
                self.known.append(Fact(rest, fact.kind, ("lemma", node)))

    def _add_atom(self, position: int, atom: Expr) -> None:
        from gradproof.checks.exact.axioms import axioms

        try:
            value = self._leaf(atom)
        except UNREADABLE:
            return
        if value.num != self.gens[position]:
            return  # another spelling of an atom seen before
        for poly, kind, *mark in axioms(self, atom, value.num):
            self._add(poly, kind, (mark[0] if mark else "axiom", position))


def _content(poly: fmpq_mpoly) -> fmpq:
    """The positive rational that gives ``poly`` coprime integer coefficients."""
    bottom = lcm(*(int(c.q) for c in poly.coeffs()))
    return fmpq(bottom, gcd(*(int(c.p * bottom / c.q) for c in poly.coeffs())))


def facts_of(proposition, *extra: Expr) -> Facts:
    """The facts of ``proposition``, with the atoms of its conclusions and ``extra`` included."""
    sides = [side for c in proposition.conclusions if isinstance(c, Relation)
             for side in (c.left, c.right)]
    return Facts(proposition.hypotheses, [*sides, *extra], proposition.integers)
