"""Induction on an integer parameter: the base at its least value, the step from n to n + 1.

The step's terms are read in one tower, where Σ up to n + 1 is Σ up to n and a term, 2^(n+1) is
2·2ⁿ, (n+1)! is (n+1)·n!. What remains opaque (the sum itself) becomes a variable, bound only
by the induction hypothesis.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

from gradproof.checks.core import Accept, Outcome, Unknown, check
from gradproof.checks.exact.inductive_step import inequality_step
from gradproof.checks.exact.normal_form import normal_form
from gradproof.formulas import Expr, FormulaError, Predicate, Proposition, Relation, Statement
from gradproof.formulas.expr import free_variables, num, substitute, var
from gradproof.formulas.show import name_text
from gradproof.formulas.values import NotRational, Undefined, rational
from gradproof.verdicts import Proved

FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


@dataclass(frozen=True)
class Range:
    """n ≥ low, and for each of ``kept`` (free of n, or an upper bound of n) that it holds."""

    low: Fraction
    kept: tuple[Statement, ...]


@check("induction")
def induction(proposition: Proposition, on: str = "n") -> Outcome:
    """Decide the conclusion by induction on the integer parameter ``on``.

    Equations: step by normal form. Inequalities: step by the signs that follow from the
    induction hypothesis. The hypotheses on n may be constant lower bounds and upper bounds.

    >>> gauss = proposition("sum(k, 1, n, k) == n*(n+1)/2", for_all=["n natural"])
    >>> induction(on="n")(gauss).method
    'induction on n: base n = 0, step by normal form in ℚ(n)[Σ…]'
    """
    goal = proposition.conclusions[0]
    if on not in proposition.integers:
        return Unknown(f"{on} is no integer parameter: declare it as 'natural' or 'integer'")
    if isinstance(goal, Predicate) or on not in _free(goal):
        return Unknown(f"the conclusion is no relation in {on}")
    span = _range(proposition, on)
    if isinstance(span, Unknown):
        return span
    base = decided(_at_base(proposition, on, span, goal))
    if not isinstance(base, Accept):
        failed = base.reason if isinstance(base, Unknown) else "false"
        return Unknown(f"base {on} = {span.low}: {failed}")
    try:
        step = _step(proposition, on, span, goal)
    except (FormulaError, Undefined) as error:
        return Unknown(f"step: {error}")
    if not isinstance(step, Accept):
        return Unknown(f"step: {step.reason}")
    return Accept(Proved, f"induction on {name_text(on)}: base {name_text(on)} = {span.low} by "
                          f"{base.method}, step by {step.method}")


def decided(proposition: Proposition) -> Outcome:
    """The base case, by whatever decides it without induction."""
    from gradproof.checks.auto import first_acceptance

    return first_acceptance(proposition, without=("induction",))


def _range(proposition: Proposition, on: str) -> Range | Unknown:
    """The least n and the hypotheses that an earlier n inherits; Unknown for any other kind."""
    lows, kept = [], []
    for hypothesis in proposition.hypotheses:
        if on not in _free(hypothesis):
            kept.append(hypothesis)
            continue
        bound = _bound(hypothesis, on)
        if bound is None:
            return Unknown(f"the hypothesis {hypothesis} is no bound of {on}")
        op, end = bound
        if op in ("<", "<="):
            kept.append(hypothesis)
            continue
        try:
            value = rational(end, {})
        except (NotRational, FormulaError, Undefined):
            return Unknown(f"the lower end in {hypothesis} is no constant")
        lows.append(floor(value) + 1 if op == ">" else ceil(value))
    if not lows:
        return Unknown(f"no hypothesis bounds {on} from below")
    return Range(Fraction(max(lows)), tuple(kept))


def _bound(hypothesis: Statement, on: str) -> tuple[str, Expr] | None:
    """(op, end) of a hypothesis ``on op end`` with an end free of ``on``."""
    if isinstance(hypothesis, Predicate) or hypothesis.op not in FLIPPED:
        return None
    for op, one, two in ((hypothesis.op, hypothesis.left, hypothesis.right),
                         (FLIPPED[hypothesis.op], hypothesis.right, hypothesis.left)):
        if one == var(on) and on not in free_variables(two):
            return op, two
    return None


def _free(statement: Statement) -> frozenset[str]:
    sides = (statement.expr,) if isinstance(statement, Predicate) else (statement.left,
                                                                       statement.right)
    return frozenset().union(*map(free_variables, sides))


def _put(statement: Statement, on: str, value: Expr) -> Statement:
    if isinstance(statement, Predicate):
        return Predicate(substitute(statement.expr, {on: value}))
    return Relation(statement.op, substitute(statement.left, {on: value}),
                    substitute(statement.right, {on: value}))


def _with(proposition: Proposition, assume: Iterable[Statement], goal: Statement,
          **changes) -> Proposition:
    return replace(proposition, assume=tuple(assume), conclude=(goal,), definitions=(),
                   examples=(), **changes)


def _at_base(proposition: Proposition, on: str, span: Range, goal: Relation) -> Proposition:
    value = num(span.low)
    return _with(proposition, [_put(h, on, value) for h in span.kept], _put(goal, on, value),
                 for_all=tuple(p for p in proposition.for_all if p[0] != on))


def _step(proposition: Proposition, on: str, span: Range, goal: Relation) -> Outcome:
    """n ≥ low, the hypotheses, the conclusion at n ⊢ the conclusion at n + 1."""
    after = Expr("add", (var(on), num(1)))
    lower = Relation(">=", var(on), num(span.low))
    given = [lower, *span.kept, *(_put(h, on, after) for h in span.kept if on in _free(h))]
    target = _put(goal, on, after)
    if goal.op == "==":
        return normal_form().procedure(_with(proposition, [*given, goal], target))
    return inequality_step(_with(proposition, given, target), goal)
