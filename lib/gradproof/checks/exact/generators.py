"""Towers ℚ(x₁, …, xₙ)[generators]/relations: what a formula with functions is brought into.

Each generator stands for one term (√x, eˣ, sin x, 2ⁿ, n!, …) and comes with the polynomial
relations that its value satisfies *wherever the formula is defined*. So a polynomial in the
ideal of the relations vanishes there: zero proves. That every relation has been found is not
claimed: a nonzero form proves nothing.

How a term is cut into generators can depend on all others (eˣ and e^(x/2) share e^(x/2)):
a `Plan` keeps such needs, and the formula is read again when it grows (`Replan`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction

from flint import Ordering, fmpq_mpoly

from gradproof.checks.exact.ideals import above, groebner, lower_bounds
from gradproof.checks.exact.plan import Generator, Plan, Replan
from gradproof.checks.exact.polynomials import BeyondBudget, Field, NotPolynomial, Quotient, reduced
from gradproof.formulas import Expr, Proposition, Relation
from gradproof.formulas.expr import free_variables, num, text_of, var

RESTARTS = 40
INDEX_NAMES = ("k", "j", "i", "l", "m", "p", "q", "h", "index_1", "index_2", "index_3")
DEPTH = 3  # sums nested deeper are not read


class Tower:
    """The field in which the formulas of ``proposition`` are read; see the module's text."""

    def __init__(self, names: list[str], proposition: Proposition, plan: Plan):
        self.plan, self.names, self.context = plan, names, proposition
        self.indices = [n for n in INDEX_NAMES if n not in names][:DEPTH]
        gens = [f"@{i}" for i in reversed(range(plan.capacity))]
        self.field = Field([*gens, *self.indices, *names], Ordering.lex)
        self.made: dict[str, Generator] = {}
        self.relations: list[fmpq_mpoly] = []
        self.algebraic: dict[str, fmpq_mpoly] = {}  # generator -> its polynomial over earlier ones
        self.depth = 0
        self._basis: list[fmpq_mpoly] | None = []
        self._signs: dict[tuple, bool] = {}

    def of(self, expr: Expr) -> Quotient:
        """``expr`` in the tower. Raises NotPolynomial, BeyondBudget, Undefined, Replan."""
        return self.field.of(expr, self._leaf)

    def _leaf(self, expr: Expr) -> Quotient | None:
        from gradproof.checks.exact import readers

        return readers.read(self, expr)

    def new(self, kind: str, key: str, term: Expr, of: tuple = (),
            relations: Callable | None = None, **signs: bool) -> Quotient:
        """The generator of this kind and key; made, with ``relations(gen)``, at first use."""
        number = self.plan.index.setdefault((kind, key), len(self.plan.index))
        if number >= self.plan.capacity:
            self.plan.capacity = 2 * number + 2
            raise Replan
        name = f"@{number}"
        gen = self.field.gen(name)
        if name not in self.made:
            self.made[name] = Generator(name, kind, term, of, **signs)
            if relations is not None:
                zeros = relations(gen)
                self.algebraic[name] = zeros[0].num
                self.relate(*zeros)
        return gen

    def relate(self, *zeros: Quotient) -> None:
        """Take ``zeros`` as relations: quotients that vanish wherever the formula is defined."""
        for zero in zeros:
            if not (poly := self.tidy(zero).num).is_zero():
                self.relations.append(poly)
                self._basis = None

    @property
    def basis(self) -> list[fmpq_mpoly]:
        """A Gröbner basis (lex, later generators first) of the relations, as far as affordable."""
        if self._basis is None:
            self._basis = groebner(self.relations, self.field)
        return self._basis

    def tidy(self, value: Quotient) -> Quotient:
        """``value`` with its numerator reduced by the relations."""
        top = value.num
        if top.is_zero() or not self.basis:
            return value
        before = None
        while before != top:
            before = top
            for zero in self.basis:
                top = divmod(top, zero)[1]
                if top.is_zero():
                    return self.field.const(0)
        return reduced(top, value.den)

    def zero(self, value: Quotient) -> bool:
        """Whether ``value`` is shown to vanish wherever it is defined."""
        return self.tidy(value).is_zero

    def generator(self, poly: fmpq_mpoly) -> Generator | None:
        """The generator that ``poly`` is, if it is one alone."""
        if len(poly) == 1 and poly.total_degree() == 1 and poly.leading_coefficient() == 1:
            return self.made.get(str(poly))
        return None

    def term(self, value: Quotient | fmpq_mpoly) -> Expr:
        """``value`` as a formula without generators."""
        if isinstance(value, Quotient):
            top = self.term(value.num)
            return top if value.den.is_one() else Expr("div", (top, self.term(value.den)))
        total = None
        for powers, c in value.to_dict().items():
            scale = Fraction(int(c.p), int(c.q))
            one = self._product(powers, abs(scale))
            if total is None:
                total = one if scale > 0 else Expr("neg", (one,))
            else:
                total = Expr("add" if scale > 0 else "sub", (total, one))
        return num(0) if total is None else total

    def _product(self, powers: tuple[int, ...], scale: Fraction) -> Expr:
        result = None if scale == 1 and any(powers) else num(scale)
        for name, power in zip(self.field.names, powers, strict=True):
            if power:
                base = self.made[name].term if name in self.made else var(name)
                one = base if power == 1 else Expr("pow", (base, num(int(power))))
                result = one if result is None else Expr("mul", (result, one))
        return result

    def uses(self, poly: fmpq_mpoly, name: str) -> bool:
        """Whether the variable ``name`` occurs in ``poly`` or in a generator of it."""
        return any(d > 0 and (n == name or n in self.made and name in free_variables(
            self.made[n].term)) for n, d in zip(self.field.names, poly.degrees(), strict=True))

    @contextmanager
    def bound(self, low: Expr, high: Expr) -> Iterator[str]:
        """The name of a fresh index between ``low`` and ``high``, known as such inside."""
        if self.depth == len(self.indices):
            raise NotPolynomial(f"sums nested more than {len(self.indices)} deep")
        name, outer = self.indices[self.depth], self.context
        inside = (Relation("<=", low, var(name)), Relation("<=", var(name), high))
        self.context = replace(outer, for_all=(*outer.for_all, (name, "integer")),
                               assume=(*outer.assume, *inside), examples=())
        self.depth += 1
        try:
            yield name
        finally:
            self.depth -= 1
            self.context = outer

    def positive(self, poly: fmpq_mpoly, weak: bool = False) -> bool:
        """Whether the hypotheses show poly > 0 (≥ 0 when ``weak``) on the whole domain."""
        if (gen := self.generator(poly)) and (gen.positive or (weak and gen.nonnegative)):
            return True
        key = (str(poly), weak, self.context.assume)
        if key not in self._signs:
            self._signs[key] = self._decided(poly, weak)
        return self._signs[key]

    def _decided(self, poly: fmpq_mpoly, weak: bool) -> bool:
        lows = lower_bounds(self.context)
        if above(poly, lows, self.field, weak):
            return True
        used = [n for n, d in zip(self.field.names, poly.degrees(), strict=True) if d > 0]
        if poly.is_constant() or (poly.total_degree() == 1 and len(used) == 1
                                  and used[0] not in self.made and not self._mentioned(used[0])):
            return False
        from gradproof.checks import conditions

        judge = conditions.nonnegative if weak else conditions.positive
        return bool(judge(self.term(poly), self.context))

    def _mentioned(self, name: str) -> bool:
        return any(name in free_variables(side) for h in self.context.hypotheses
                   for side in ((h.left, h.right) if isinstance(h, Relation) else (h.expr,)))

    def nonzero(self, poly: fmpq_mpoly) -> bool:
        """Whether the hypotheses show poly ≠ 0 on the whole domain."""
        from gradproof.checks import conditions

        return self.positive(poly) or conditions.nonzero(self.term(poly), self.context)


def towered(names: list[str], proposition: Proposition, read: Callable[[Tower], object]):
    """``read(tower)`` in a tower whose plan suits everything that it read."""
    plan = Plan()
    for _ in range(RESTARTS):
        tower = Tower(names, proposition, plan)
        try:
            return read(tower)
        except Replan:
            continue
    goal = text_of_goal(proposition)
    raise BeyondBudget(f"no common generators within {RESTARTS} readings of {goal}")


def text_of_goal(proposition: Proposition) -> str:
    """The conclusions on one line."""
    return ", ".join(str(c) if isinstance(c, Relation) else text_of(c.expr)
                     for c in proposition.conclusions)
