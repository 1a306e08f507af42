"""The step of an inductive inequality: with gap(n) ≥ 0 given, show gap(n + 1) ≥ 0.

Both gaps are read in one tower. Wherever a generator G is linear in both, λ = the quotient of
its coefficients gives gap(n + 1) = λ·gap(n) + rest without G; λ ≥ 0 and rest ≥ 0 suffice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flint import fmpq_mpoly

from gradproof.checks.core import Accept, Outcome, Unknown
from gradproof.checks.exact.facts import UNREADABLE, facts_of
from gradproof.checks.exact.generators import Tower, towered
from gradproof.checks.exact.polynomials import Quotient, reduced
from gradproof.checks.exact.positivity import certified
from gradproof.checks.exact.signs import signs
from gradproof.formulas import Expr, Proposition, Relation
from gradproof.formulas.expr import num, var
from gradproof.verdicts import Proved


def inequality_step(step: Proposition, before: Relation) -> Outcome:
    """``step.conclusions[0]`` from the hypotheses of ``step`` and ``before``, its instance at n."""
    goal = step.conclusions[0]
    if goal.op == "!=":
        return Unknown("induction decides equations and inequalities, not ≠")
    names = sorted(name for name, _ in step.for_all)

    def read(tower: Tower) -> Outcome:
        now, then = (tower.tidy(_gap(tower, r)) for r in (before, goal))
        strict = goal.op in ("<", ">")
        for factor in _factors(tower, now, then):
            rest = tower.tidy(then - factor * now)
            if not (tower.nonzero(factor.den) and _shown(tower, step, factor, ">=")):
                continue
            if _shown(tower, step, rest, ">=") and (
                    not strict or _shown(tower, step, factor, ">")
                    or _shown(tower, step, rest, ">")):
                return Accept(Proved, "signs: the next gap is λ·(this gap) + rest with "
                                      f"λ = {tower.term(factor)} ≥ 0, rest = {tower.term(rest)}")
        given = (Relation(">" if strict else ">=", _plain(tower, now), num(0)),)
        if _shown(tower, step, then, ">" if strict else ">=", given):
            return Accept(Proved, "signs and the induction hypothesis")
        return Unknown("the next gap was not shown to follow from this one")

    return towered(names, step, read)


def _gap(tower: Tower, relation: Relation) -> Quotient:
    left, right = tower.of(relation.left), tower.of(relation.right)
    return left - right if relation.op in (">", ">=") else right - left


def _factors(tower: Tower, now: Quotient, then: Quotient) -> Iterator[Quotient]:
    """Candidates for λ: by generators linear in both gaps, then 1."""
    for name in tower.made:
        one, two = (_coefficient(tower, gap, name) for gap in (now, then))
        if one is not None and two is not None:
            yield two / one
    yield tower.field.const(1)


def _coefficient(tower: Tower, gap: Quotient, name: str) -> Quotient | None:
    """The coefficient of the generator in ``gap``, when it is linear there."""
    place = tower.field.names.index(name)
    if gap.num.degrees()[place] != 1 or gap.den.degrees()[place] > 0:
        return None
    slope = gap.num.derivative(name)
    return reduced(slope, gap.den)


def _plain(tower: Tower, value: Quotient | fmpq_mpoly) -> Expr:
    """``value`` with every generator as a variable."""
    names = {name: replace(gen, term=var(_variable(name))) for name, gen in tower.made.items()}
    made, tower.made = tower.made, names
    try:
        return tower.term(value)
    finally:
        tower.made = made


def _variable(name: str) -> str:
    return f"generator_{name[1:]}"


def _shown(tower: Tower, step: Proposition, value: Quotient, op: str,
           given: tuple[Relation, ...] = ()) -> bool:
    """Whether value op 0 follows from the hypotheses, the generators' signs and relations."""
    known = list(given)
    outer = [g for name, g in tower.made.items() if not any(
        tower.uses(tower.field.gen(name).num, i) for i in tower.indices)]
    for gen in outer:
        here = var(_variable(gen.name))
        if gen.positive or gen.nonnegative:
            known.append(Relation(">" if gen.positive else ">=", here, num(0)))
        if gen.kind == "exp":  # e^u ≥ 1 + u
            known.append(Relation(">=", here, _plain(tower, gen.of[0] + tower.field.const(1))))
        if gen.kind == "log" and tower.positive((gen.of[0] - tower.field.const(1)).num, weak=True):
            known.append(Relation(">=", here, num(0)))
    known += [Relation("==", _plain(tower, poly), num(0)) for poly in tower.relations
              if not any(tower.uses(poly, i) for i in tower.indices)]
    parameters = tuple((_variable(name), "real") for name in tower.made)
    problem = replace(step, for_all=(*step.for_all, *parameters), assume=(*step.assume, *known),
                      conclude=(Relation(op, _plain(tower, value), num(0)),))
    if isinstance(signs().procedure(problem), Accept):
        return True
    facts, goal = facts_of(problem), problem.conclusions[0]
    try:
        gap = facts.read(goal.left)
    except UNREADABLE:
        return False
    return certified(gap, goal, facts) is not None
