"""Solutions of differential equations: substituted, not solved.

``solves_ode(t, Y, F, t0, y0)`` says: for all t that the hypotheses allow, Y is defined and
differentiable and Y′(t) = F(t, Y(t)); and Y(t0) = y0. With definitions it reads
``solves_ode(t, Y(t), F(t, Y(t)), 0, 1)``. Systems: Y, F, y0 are matrices of one shape.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from gradproof.checks import conditions
from gradproof.checks.analysis.tree import Failure, Known, sub
from gradproof.checks.core import Accept, Check, Outcome, Unknown, Witness, check
from gradproof.checks.exact.normal_form import normal_form
from gradproof.formulas import (
    Expr,
    FormulaError,
    Predicate,
    Proposition,
    Relation,
    free_variables,
    num,
    substitute,
)
from gradproof.formulas.calculus import derivative
from gradproof.verdicts import Proved, Refuted, Verdict

WEAK = {"<": "<=", ">": ">=", "<=": "<=", ">=": ">=", "==": "=="}


@check("substitution into the differential equation")
def ode(proposition: Proposition, *, then: Check | None = None) -> Outcome:
    """Decide ``solves_ode(t, Y, F, t0, y0)``; then: the check for the equations (normal form).

    t is a parameter of the proposition, and the hypotheses on it give the interval, which t0
    belongs to or ends. Nothing is said of uniqueness.
    """
    goal = proposition.conclusions[0]
    if not isinstance(goal, Predicate) or goal.expr.data != "solves_ode":
        return Unknown("the conclusion is no solves_ode(t, Y, F, t0, y0)")
    try:
        return _substituted(proposition, goal.expr.args, then or normal_form())
    except (Failure, FormulaError) as error:
        return Unknown(str(error))


def _substituted(proposition: Proposition, args: tuple[Expr, ...], then: Check) -> Outcome:
    if len(args) != 5 or args[0].head != "var":
        raise Failure("write solves_ode(t, Y, F, t0, y0) with a parameter t")
    time, solution, slope, start, value = args
    name = time.data
    if name in free_variables(start) | free_variables(value) or name in proposition.integers:
        raise Failure(f"{name} is a real parameter that t0 and y0 do not contain")
    at_start = _starting(proposition, name, start)
    verdicts: list[Verdict] = []
    for y, f, y0 in zip(*_rows(solution, slope, value), strict=True):
        if not Known(proposition).defined(y):
            raise Failure(f"it is open whether {y} is defined on the whole interval")
        first = substitute(y, {name: start})
        for lemma, what in ((_lemma(proposition, derivative(y, name), f), f"d/d{name} of {y}"),
                            (_lemma(at_start, first, y0), f"{y} at {name} = {start}")):
            verdict = _decided(lemma, then)
            if isinstance(verdict, Witness | Unknown):
                return _named(verdict, what, name, start)
            verdicts += [verdict] if verdict else []
    tier = min([Proved, *(type(v) for v in verdicts)], key=lambda kind: kind.rank)
    methods = dict.fromkeys(["substituted into the equation and the initial value",
                             *(v.method for v in verdicts)])
    return Accept(tier, "; ".join(methods), defined=True)


def _rows(*sides: Expr) -> list[list[Expr]]:
    """The entries of Y, F and y0, which are all numbers or matrices of one shape."""
    shapes = {tuple(len(row.args) for row in side.args) if side.head == "matrix"
              else len(side.args) if side.head == "row" else None for side in sides}
    if len(shapes) != 1:
        raise Failure("the solution, the right side and the initial value differ in shape")
    if sides[0].head == "matrix":
        return [[entry for row in side.args for entry in row.args] for side in sides]
    return [list(side.args) if side.head == "row" else [side] for side in sides]


def _starting(proposition: Proposition, name: str, start: Expr) -> Proposition:
    """The hypotheses on the other parameters, after t0 was seen to lie in or at the interval."""
    others = tuple(h for h in proposition.hypotheses if name not in _names(h))
    examples = tuple(tuple(pair for pair in point if pair[0] != name)
                     for point in proposition.examples)
    rest = replace(proposition, assume=others, examples=examples,
                   conclude=(Relation("==", num(0), num(0)),),
                   for_all=tuple(p for p in proposition.for_all if p[0] != name))
    if not Known(rest).defined(start):
        raise Failure(f"it is open whether {start} is defined")
    for h in proposition.hypotheses:
        if name in _names(h) and not _weakly(h, name, start, rest):
            raise Failure(f"it is open whether {start} belongs to the interval of {name} ({h})")
    return rest


def _weakly(hypothesis, name: str, start: Expr, rest: Proposition) -> bool:
    if not isinstance(hypothesis, Relation) or hypothesis.op not in WEAK:
        return False
    left, right = (substitute(side, {name: start}) for side in (hypothesis.left, hypothesis.right))
    gap = sub(right, left) if hypothesis.op in ("<", "<=", "==") else sub(left, right)
    known = Known(rest)
    if hypothesis.op == "==":
        return known.zero(gap)
    return known.zero(gap) or known.positive(gap) or (
        known.defined(gap) and conditions.nonnegative(gap, rest))


def _names(statement) -> frozenset[str]:
    if isinstance(statement, Predicate):
        return free_variables(statement.expr)
    return free_variables(statement.left) | free_variables(statement.right)


def _lemma(proposition: Proposition, left: Expr, right: Expr) -> Proposition:
    return replace(proposition, conclude=(Relation("==", left, right),), prose="")


def _decided(lemma: Proposition, then: Check) -> Verdict | Witness | Unknown | None:
    """The lemma's verdict; None where both sides are one formula, defined throughout."""
    goal = lemma.conclusions[0]
    if goal.left == goal.right or goal in lemma.hypotheses:
        missing = conditions.undischarged(lemma)
        return Unknown("not shown: " + ", ".join(missing)) if missing else None
    verdict = then(lemma)
    if verdict.passes:
        return verdict
    if isinstance(verdict, Refuted):
        point = {k: Fraction(v) for k, v in verdict.witness.items()}
        return Witness(point, verdict.note, verdict.tier, verdict.method)
    return Unknown(verdict.note)


def _named(outcome: Witness | Unknown, what: str, name: str, start: Expr) -> Witness | Unknown:
    if isinstance(outcome, Unknown):
        return Unknown(f"{what}: {outcome.reason}")
    return replace(outcome, found=f"{what}: {outcome.found}")
