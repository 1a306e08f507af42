"""Search for a derivation (`derivation.verify`) of p ≥ 0 or p > 0 from facts.

Cheap rules first: factors, linear combinations, quadratic forms, Sturm, extremes of a variable
in which p is linear; then products of hypotheses up to a degree (Handelman's theorem on boxes and
polyhedra), weighted sums of squares, and halving the box. Every step is counted, none is timed.
"""

from __future__ import annotations

from dataclasses import dataclass

from flint import fmpq, fmpq_mpoly

from gradproof.checks.exact.combine import combination, semidefinite
from gradproof.checks.exact.facts import Fact, Facts
from gradproof.checks.exact.intervals import interval, is_empty, sign_on, univariate
from gradproof.checks.exact.products import Kit
from gradproof.checks.exact.squares import sum_of_squares

Node = tuple
MAX_DEPTH = 5  # nested eliminations
MAX_HALVINGS = 5
MAX_UNKNOWNS = 1_500  # Gram entries of one semidefinite program


@dataclass
class Budget:
    """Work left: linear programs, semidefinite programs, halvings, small linear programs."""

    programs: int = 40
    squares: int = 12
    halvings: int = 24
    small: int = 60


class Prover:
    """Derivations from ``facts``; samples are exact points of the domain (values by generator)."""

    def __init__(self, facts: Facts, samples=(), budget: Budget | None = None,
                 degree: int | None = None, depth: int = 0):
        self.facts, self.samples, self.degree = facts, list(samples), degree
        self.budget, self.depth = budget or Budget(), depth
        self._failed: set[tuple[str, bool]] = set()

    def node(self, poly: fmpq_mpoly, strict: bool) -> Node | None:
        """A derivation of poly > 0 (strict) or poly ≥ 0; None when none was found."""
        if poly.is_constant():
            value = poly.leading_coefficient() if not poly.is_zero() else fmpq(0)
            if value > 0:
                return ("number", value)
            return ("square", poly) if value == 0 and not strict else None
        key = (str(poly), strict)
        if key in self._failed or self._false_somewhere(poly, strict):
            return None
        found = self._factored(poly, strict)
        if found is None:
            self._failed.add(key)
        return found

    def nonzero(self, poly: fmpq_mpoly) -> Node | None:
        """A derivation of poly² > 0."""
        for k, fact in enumerate(self.facts.known):
            if fact.kind == "!=" and (fact.poly / fact.poly.leading_coefficient()
                                      == poly / poly.leading_coefficient()):
                scale = (poly.leading_coefficient() / fact.poly.leading_coefficient()) ** 2
                return ("product", [("number", scale), ("nonzero", k)])
        for p in (poly, -poly):
            if one := self.node(p, True):
                return ("product", [one, one])
        return None

    def _false_somewhere(self, poly: fmpq_mpoly, strict: bool) -> bool:
        return any(v < 0 or (strict and v == 0) for v in (poly(*s) for s in self.samples))

    def _factored(self, poly: fmpq_mpoly, strict: bool) -> Node | None:
        constant, factors = poly.factor()
        if len(factors) == 1 and factors[0][1] == 1:
            return self._irreducible(poly, strict)
        parts, sign = [], 1 if constant > 0 else -1
        for factor, multiplicity in factors:
            if multiplicity % 2 == 0 and not strict:
                parts.append(("square", factor ** (multiplicity // 2)))
            elif multiplicity % 2 == 0:
                if (one := self.nonzero(factor)) is None:
                    return None
                parts += [one] * (multiplicity // 2)
            else:
                one, flip = self._oriented(factor, strict)
                if one is None:
                    return self._irreducible(poly, strict)
                parts += [one] * multiplicity
                sign = -sign if flip else sign
        if sign < 0:
            return self._irreducible(poly, strict)
        return ("product", [("number", abs(constant)), *parts])

    def _oriented(self, factor: fmpq_mpoly, strict: bool) -> tuple[Node | None, bool]:
        for flip in (False, True):
            if one := self.node(-factor if flip else factor, strict):
                return one, flip
        return None, False

    def _irreducible(self, poly: fmpq_mpoly, strict: bool) -> Node | None:
        first = (self._low, self._eliminated) if poly.total_degree() <= 2 else (
            self._eliminated, self._low)
        for rule in (self._quadratic, self._sturm, self._even, *first, self._scaled,
                     self._compared, self._squares, self._high, self._multiplied, self._halved):
            if found := rule(poly, strict):
                return found
        return None

    def _quadratic(self, poly: fmpq_mpoly, strict: bool) -> Node | None:
        squares = semidefinite(poly)
        if not squares or (strict and not any(q.is_constant() for _, q in squares)):
            return None
        return ("sum", [("number", d * (q ** 2).leading_coefficient()) if q.is_constant()
                        else ("product", [("number", d), ("square", q)]) for d, q in squares])

    def _sturm(self, poly: fmpq_mpoly, strict: bool) -> Node | None:
        line = univariate(self.facts, poly)
        if line is None or is_empty(line[1]) or sign_on(*line) & ~(4 if strict else 6):
            return None
        return ("sturm", poly, ">" if strict else ">=")

    def _low(self, poly: fmpq_mpoly, strict: bool) -> Node | None:
        degree = int(poly.total_degree())
        return self._few(poly, strict, degree) or self._handelman(poly, strict, degree)

    def _high(self, poly: fmpq_mpoly, strict: bool) -> Node | None:
        start = int(poly.total_degree())
        if self.depth >= 3:
            return None
        for degree in range(start + 1, max(self.degree or start + 2, start + 1) + 1):
            if found := self._handelman(poly, strict, degree):
                return found
        return None

    def _handelman(self, poly: fmpq_mpoly, strict: bool, degree: int) -> Node | None:
        if self.budget.programs <= 0:
            return None
        self.budget.programs -= 1
        kit = Kit(self.facts, poly)
        return self._linear(kit, kit.linear_terms(degree), poly, strict, degree)

    def _few(self, poly: fmpq_mpoly, strict: bool, degree: int) -> Node | None:
        """As `_handelman`, from products of hypotheses and of what is linear in one atom."""
        if self.budget.small <= 0 or not self.facts.atoms:
            return None
        self.budget.small -= 1
        kit = Kit(self.facts, poly, few=True)
        terms = [(p, n) for p, n in kit.products(degree) if kit.fits(p)]
        return self._linear(kit, terms, poly, strict, degree)

    def _linear(self, kit: Kit, terms, poly: fmpq_mpoly, strict: bool, degree: int) -> Node | None:
        equations = list(kit.equations(degree))
        favoured = [k for k, (_, node) in enumerate(terms) if strict and self._is_strict(node)]
        if strict and not favoured:
            return None
        found = combination(poly, [t for t, _ in terms] + [e for e, _, _ in equations],
                            range(len(terms), len(terms) + len(equations)), favoured)
        if found is None or (strict and not any(k in found for k in favoured)):
            return None
        return _sum([("product", [("number", c), terms[k][1]]) if k < len(terms) else
                     ("zero", equations[k - len(terms)][1], c * equations[k - len(terms)][2])
                     for k, c in sorted(found.items())])

    def _is_strict(self, node: Node) -> bool:
        if node[0] == "fact":
            return self.facts.known[node[1]].kind == ">"
        if node[0] == "product":
            return all(map(self._is_strict, node[1]))
        return node[0] in ("number", "nonzero")

    def _even(self, poly: fmpq_mpoly, strict: bool) -> Node | None:
        """p = A·v² + B with A ≥ 0 and B > 0 (or ≥ 0), for a v that occurs in no other way."""
        if self.depth >= MAX_DEPTH:
            return None
        for index, gen in enumerate(self.facts.gens):
            if {int(m[index]) for m in poly.monoms()} != {0, 2}:
                continue
            factor = poly.derivative(index).derivative(index) / 2
            rest = poly - factor * gen ** 2
            deeper = self._deeper()
            first = deeper.node(factor, False)
            if second := first and deeper.node(rest, strict):
                return ("sum", [("product", [first, ("square", gen)]), second])
        return None

    def _scaled(self, poly: fmpq_mpoly, strict: bool) -> Node | None:
        """p from m·p, for a generator m that is positive."""
        if self.depth >= 2:
            return None
        positive = []
        for index in Kit(self.facts, poly).used:
            gen = self.facts.gens[index]
            small = Prover(self.facts, self.samples, Budget(1, 0, 0), 1, MAX_DEPTH)
            if node := small.node(gen, True):
                positive.append((gen * poly, node))
        for rule in (self._few, self._handelman):
            for product, node in positive:
                if found := rule(product, strict, int(product.total_degree())):
                    return ("cancel", poly, node, found)
        return None

    def _eliminated(self, poly: fmpq_mpoly, strict: bool) -> Node | None:
        """Extremes of a variable v that occurs in one power only, p = A·v^k + B."""
        if self.depth >= MAX_DEPTH:
            return None
        for index in range(len(self.facts.gens)):
            exponents = {int(m[index]) for m in poly.monoms()} - {0}
            if len(exponents) != 1:
                continue
            (k,) = exponents
            bounds = list(self._bounds(index))
            if k == 1:
                slope = poly.derivative(index)
                for i, a in bounds:
                    if found := self._one_sided(poly, strict, i, slope / a):
                        return found
            for i, a in bounds:
                for j, b in bounds:
                    if a == 1 and b == -1:
                        if found := self._two_sided(poly, strict, index, k, i, j):
                            return found
        return None

    def _bounds(self, index: int):
        """(fact, ±1) for facts ±(gen − …)·scale linear in the generator, as signs of the slope."""
        for k, fact in enumerate(self.facts.known):
            if fact.kind in (">", ">=") and fact.poly.degrees()[index] == 1:
                slope = fact.poly.derivative(index)
                if slope.is_constant():
                    yield k, slope

    def _one_sided(self, poly, strict: bool, k: int, factor: fmpq_mpoly) -> Node | None:
        """p = h·A + B, where B no longer contains the variable."""
        deeper = self._deeper()
        rest = poly - self.facts.known[k].poly * factor
        if rest.is_zero() and strict and self.facts.known[k].kind != ">":
            return None
        if deeper._false_somewhere(factor, False) or deeper._false_somewhere(rest, False):
            return None
        first = deeper.node(factor, strict and rest.is_zero())
        second = first and (deeper.node(rest, strict) if not rest.is_zero() else ("square", rest))
        return first and second and ("sum", [("product", [("fact", k), first]), second])

    def _two_sided(self, poly, strict: bool, index: int, k: int, i: int, j: int) -> Node | None:
        """(u^k − l^k)·p = (v^k − l^k)·p(u) + (u^k − v^k)·p(l) for p = A·v^k + B, l ≤ v ≤ u."""
        gen = self.facts.gens[index]
        low, high = gen - self.facts.known[i].poly, gen + self.facts.known[j].poly
        deeper = self._deeper()
        ends = [_put(poly, index, end) for end in (high, low)]
        if any(deeper._false_somewhere(p, strict) for p in ends):
            return None
        width = deeper.node(high ** k - low ** k, True)
        weights = [("fact", i), ("fact", j)] if k == 1 else width and [
            deeper.node(gen ** k - low ** k, False), deeper.node(high ** k - gen ** k, False)]
        if not width or None in weights:
            return None
        nodes = [deeper.node(p, strict) for p in ends]
        if None in nodes:
            return None
        return ("cancel", poly, width, ("blend", width, weights, nodes))

    def _compared(self, poly: fmpq_mpoly, strict: bool) -> Node | None:
        """p = a − b with a root in one of them: from a ≥ 0 and a² ≥ b², where r² = u."""
        if self.depth >= 3:
            return None
        for k, fact in enumerate(self.facts.known):
            index = self._root(fact)
            if index is None or poly.degrees()[index] != 1:
                continue
            root = poly.derivative(index) * self.facts.gens[index]
            for a in (poly - root, root):
                b = a - poly
                gap = a ** 2 - b ** 2
                times = gap.derivative(index).derivative(index) / 2  # gap has r² times this
                share = times / fact.poly.derivative(index).derivative(index) * 2
                rest = gap - share * fact.poly
                deeper = self._deeper()
                first = deeper.node(a, False)
                second = first and (deeper.node(rest, strict) if not rest.is_zero()
                                    else None if strict else ("square", rest))
                if second:
                    return ("compare", poly, first, ("sum", [second, ("zero", k, share)]))
        return None

    def _root(self, fact: Fact) -> int | None:
        """The generator r of an equation c·r² = u with rational c; None for other facts."""
        if fact.kind != "==" or fact.origin[0] != "axiom":
            return None
        index = fact.origin[1]
        second = fact.poly.derivative(index).derivative(index)
        plain = fact.poly.degrees()[index] == 2 and second.is_constant()
        return index if plain and len(fact.poly.derivative(index)) == 1 else None

    def _deeper(self) -> Prover:
        other = Prover(self.facts, self.samples, self.budget, self.degree, self.depth + 1)
        other._failed = self._failed
        return other

    def _squares(self, poly: fmpq_mpoly, strict: bool) -> Node | None:
        if poly.total_degree() > 12:
            return None
        return self._weighted(poly, strict, int(poly.total_degree() + 1) // 2 * 2)

    def _weighted(self, poly: fmpq_mpoly, strict: bool, degree: int) -> Node | None:
        if self.budget.squares <= 0:
            return None
        kit = Kit(self.facts, poly)
        if not strict:
            return self._gram(kit, poly, degree)
        strict_terms = [(p, n) for p, n in kit.products(degree)
                        if self._is_strict(n) and kit.fits(p)]
        for term, node in strict_terms[:3]:
            for share in (fmpq(1, 4), fmpq(1, 64), fmpq(1, 1024)):
                rest = poly - share * term
                if self._false_somewhere(rest, False):
                    continue
                if found := self._gram(Kit(self.facts, rest), rest, degree):
                    return ("sum", [("product", [("number", share), node]), found])
        return None

    def _gram(self, kit: Kit, poly: fmpq_mpoly, degree: int) -> Node | None:
        if self.budget.squares <= 0 or poly.is_zero():
            return None
        self.budget.squares -= 1
        weights, bases, entries = [], [], 0
        for w, node in kit.products(degree):
            room = (degree - int(w.total_degree())) // 2
            basis = [m for m in kit.monomials(room) if self._useful(kit, w, m, poly)]
            entries += len(basis) * (len(basis) + 1) // 2
            if entries > MAX_UNKNOWNS:
                break
            if basis:
                weights.append((w, node))
                bases.append(basis)
        equations = list(kit.equations(degree))
        found = sum_of_squares(poly, [w for w, _ in weights], bases, [e for e, _, _ in equations])
        if found is None:
            return None
        squares, multipliers = found
        terms = [("product", [("number", d), weights[w][1], ("square", q)]) for w, d, q in squares]
        terms += [("zero", k, c * m) for (_, k, m), c in zip(equations, multipliers, strict=True)
                  if c != 0]
        return _sum(terms)

    def _useful(self, kit: Kit, w: fmpq_mpoly, m: fmpq_mpoly, poly: fmpq_mpoly) -> bool:
        if len(kit.grades) == 1 and not kit.fits(w * m * m):
            return False
        if len(kit.indices) or not w.is_constant():
            return True
        total = 2 * int(m.total_degree())  # without hypotheses: inside the box of the target
        degrees = [int(sum(e)) for e in poly.monoms()]
        return (min(degrees) <= total <= max(degrees)
                and all(2 * a <= b for a, b in zip(m.degrees(), poly.degrees(), strict=True)))

    def _multiplied(self, poly: fmpq_mpoly, strict: bool) -> Node | None:
        if self.depth or poly.total_degree() > 8 or strict:
            return None
        kit = Kit(self.facts, poly)
        gens = [self.facts.gens[i] for i in kit.used if poly.degrees()[i]]
        m = sum((g ** 2 for g in gens), self.facts.field.context.constant(1))
        product = m * poly
        node = self._weighted(product, False, int(product.total_degree()))
        multiplier = ("sum", [("number", fmpq(1)), *(("square", g) for g in gens)])
        return node and ("cancel", poly, multiplier, node)

    def _halved(self, poly: fmpq_mpoly, strict: bool, halvings: int = 0) -> Node | None:
        """Cases below and above the middle of the widest bounded variable."""
        at = self._middle(poly) if self.budget.halvings > 0 and self.depth < 2 else None
        if at is None or halvings >= MAX_HALVINGS:
            return None
        self.budget.halvings -= 1
        nodes = []
        for q in (at, -at):
            part = Prover(self.facts.extended(Fact(q, ">=", ("case",))),
                          [s for s in self.samples if q(*s) >= 0], self.budget, self.degree, 1)
            one = (part._sturm(poly, strict) or part._low(poly, strict)
                   or part._handelman(poly, strict, int(poly.total_degree()) + 2)
                   or part._eliminated(poly, strict) or part._halved(poly, strict, halvings + 1))
            if one is None:
                return None
            nodes.append(one)
        return ("case", poly, at, *nodes)

    def _middle(self, poly: fmpq_mpoly) -> fmpq_mpoly | None:
        widest, at = fmpq(0), None
        for index, degree in enumerate(poly.degrees()):
            low, high, *_ = interval(self.facts, index)
            if degree > 1 and low is not None and high is not None and high - low > widest:
                widest, at = high - low, self.facts.gens[index] - (low + high) / 2
        return at


def _put(poly: fmpq_mpoly, index: int, value: fmpq_mpoly) -> fmpq_mpoly:
    """``poly`` with generator ``index`` replaced."""
    gens = list(poly.context().gens())
    gens[index] = value
    return poly.compose(*gens)


def _sum(nodes: list[Node]) -> Node | None:
    return ("sum", nodes) if nodes else None
