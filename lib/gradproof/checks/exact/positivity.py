"""Polynomial inequalities with any number of variables, by certificates that expand to them.

left − right = Σ c·q²·h₁·h₂⋯ with rational c > 0, polynomials q and hypotheses h ≥ 0: whoever
expands the right side and sees the signs has a proof. `prover` looks for one, with floating-point
help; `derivation.verify` accepts it by exact arithmetic alone.
"""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq, fmpq_mpoly

from gradproof.checks import domain
from gradproof.checks.core import Accept, KernelError, Outcome, Unknown, Witness, check
from gradproof.checks.exact.derivation import Refused, export, verify
from gradproof.checks.exact.facts import UNREADABLE, Facts, facts_of
from gradproof.checks.exact.polynomials import Quotient
from gradproof.checks.exact.prover import Budget, Node, Prover
from gradproof.checks.falsify import search
from gradproof.formulas import Expr, Proposition, Relation
from gradproof.verdicts import Proved

QUICK = (4, 2, 0)  # linear programs, sums of squares, halvings before a witness is looked for
SAMPLES = 40  # exact points of the domain that spare hopeless searches


@check("certificate of positivity")
def positivity(proposition: Proposition, degree: int | None = None) -> Outcome:
    """Decide ``left op right`` (not ==) by a certificate over the hypotheses.

    degree: products of hypotheses up to this degree (default: two more than left − right has).
    Returns Accept(Proved) with the certificate, Witness, or Unknown.
    """
    goal = proposition.conclusions[0]
    if not isinstance(goal, Relation) or goal.op == "==":
        return Unknown("certificates of positivity decide inequalities only")
    facts = facts_of(proposition)
    try:
        gap = facts.read(Expr("sub", (goal.left, goal.right)))
    except UNREADABLE as error:
        return Unknown(str(error))
    samples = samples_for(proposition, facts)
    found = certified(gap, goal, facts, samples, degree, Budget(*QUICK))
    if found is None and (witness := search(proposition)):
        return Witness(witness[1])
    found = found or certified(gap, goal, facts, samples, degree)
    if found is None:
        return Unknown("no certificate of positivity was found within the budget")
    return Accept(Proved, "certificate of positivity", certificate=export(found, facts, goal))


def certified(gap: Quotient, goal: Relation, facts: Facts, samples=(), degree: int | None = None,
              budget: Budget | None = None) -> Node | None:
    """A verified node for the sign that ``goal`` asks of ``gap``; None when none was found.

    n/d ≥ 0 is shown as n·d ≥ 0 (d ≠ 0 is a side condition), n/d ≠ 0 as n² > 0.
    """
    target, strict = wanted(gap, goal.op)
    prover = Prover(facts, samples, budget, degree)
    node = prover.nonzero(target) if goal.op == "!=" else prover.node(target, strict)
    if node is None:
        return None
    try:
        shown, kind = verify(node, facts)
    except Refused as error:
        raise KernelError(f"a certificate that the prover built is refused: {error}") from error
    if shown != (target ** 2 if goal.op == "!=" else target) or (strict and kind != ">"):
        raise KernelError("the prover built a certificate for something else")
    return node


def wanted(gap: Quotient, op: str) -> tuple[fmpq_mpoly, bool]:
    """(p, strict): p > 0 or p ≥ 0 (p ≠ 0 for !=) is what left − right = ``gap`` op 0 means."""
    top, bottom = gap
    poly = top / bottom if bottom.is_constant() else top if op == "!=" else top * bottom
    return (-poly if op in ("<", "<=") else poly), op in ("<", ">", "!=")


def samples_for(proposition: Proposition, facts: Facts) -> list[tuple[fmpq, ...]]:
    """Exact points of the domain by generator; none when there are atoms."""
    if facts.atoms:
        return []
    points = domain.points(proposition, SAMPLES)
    return [tuple(_exact(p.get(name, Fraction(0))) for name in facts.names) for p in points]


def _exact(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)


def shown(facts: Facts, expr: Expr, kind: str) -> bool:
    """Whether ``expr`` is nonzero, nonnegative or positive, by a small certificate."""
    op = {"nonzero": "!=", "nonnegative": ">=", "positive": ">"}[kind]
    goal = Relation(op, expr, Expr("num", (), Fraction(0)))
    try:
        gap = facts.read(expr)
    except UNREADABLE:
        return False
    return certified(gap, goal, facts, budget=Budget(6, 2, 0)) is not None
