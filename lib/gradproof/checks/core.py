"""From a procedure to a verdict: what every decision has to pass, whoever decides.

A *procedure* looks at a proposition with one conclusion and returns an outcome: `Accept`,
`Witness` or `Unknown`. `Check` wraps it, so that nothing passes vacuously and nothing is
refuted without a witness:

1. the proposition is formal, its two sides are not the same formula, its domain has a point;
2. the unevaluated source is evaluated at exact points of the domain (a false value refutes);
3. every denominator, root and logarithm is shown to be defined on the whole domain;
4. the procedure decides each conclusion; 5. where it could not, a witness is searched for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps

from gradproof.checks import domain
from gradproof.checks.points import Point, by_balls, compared, holds_at, satisfies, show_point
from gradproof.checks.witnesses import simplified
from gradproof.formulas import Predicate, Proposition, Relation, Statement
from gradproof.formulas.expr import walk
from gradproof.formulas.values import IRRATIONAL, NotRational, Undefined, floating, rational
from gradproof.verdicts import Enclosed, Proved, Refuted, Undecided, Verdict, issue

DIGITS = 250  # of the second opinion: more than the finest balls of `points.BITS` can tell apart
AUDIT_POINTS = 24  # exact points at which every accepted statement is evaluated as written


class KernelError(AssertionError):
    """Two routes of the kernel contradict each other: a bug in it, never a verdict."""


@dataclass(frozen=True)
class Accept:
    """The procedure shows the conclusion. defined: it also showed that all terms have values."""

    tier: type[Verdict]
    method: str
    note: str = ""
    certificate: Mapping | None = None
    defined: bool = False


@dataclass(frozen=True)
class Witness:
    """The conclusion fails at ``point``; it is evaluated again before anybody believes it.

    For a conclusion that cannot be evaluated at a point (a limit, a count) the procedure
    gives ``found``, what it computed instead, by two routes of its own, and its ``tier``.
    """

    point: Mapping = field(default_factory=dict)
    found: str = ""
    tier: type[Verdict] = Proved
    method: str = ""


@dataclass(frozen=True)
class Unknown:
    """Nothing was shown; ``reason`` says what stood in the way (budget, NaN, unsupported …)."""

    reason: str


Outcome = Accept | Witness | Unknown


@dataclass(frozen=True)
class Check:
    """A decision procedure with its options; call it on a proposition to get a verdict."""

    name: str
    procedure: Callable[..., Outcome]
    options: Mapping = field(default_factory=dict)
    tensors: bool = False  # whether the procedure reads matrices of general size, and audits itself

    def __call__(self, proposition: Proposition) -> Verdict:
        return _decide(self, proposition)


def check(name: str, tensors: bool = False):
    """Make ``procedure(proposition, **options) -> Outcome`` into a factory of checks."""

    def decorate(procedure: Callable[..., Outcome]) -> Callable[..., Check]:
        @wraps(procedure)
        def factory(**options) -> Check:
            return Check(name, procedure, options, tensors)

        return factory

    return decorate


def _decide(check: Check, proposition: Proposition) -> Verdict:
    if reason := _unfit(proposition):
        return issue(Undecided, proposition, check.name, note=reason)
    if not proposition.scalar:
        return _decide_tensors(check, proposition)
    sample = domain.points(proposition, AUDIT_POINTS)
    if not sample:
        return issue(
            Undecided,
            proposition,
            check.name,
            note="no point was found that satisfies the hypotheses; give an example",
        )
    try:
        if found := _false_at(proposition, sample):
            return refuted(proposition, *found, check.name)
    except Undefined as error:
        return issue(Undecided, proposition, check.name, note=f"possibly undefined: {error}")
    outcomes = [
        check.procedure(proposition.single(c), **check.options) for c in proposition.conclude
    ]
    return _combined(check, proposition, outcomes)


def _decide_tensors(check: Check, proposition: Proposition) -> Verdict:
    """As `_decide` for matrices of general size; the procedure has its own points and witnesses."""
    if not check.tensors:
        return issue(
            Undecided,
            proposition,
            check.name,
            note="this check reads numbers only; matrices of general size: index_proof()",
        )
    outcomes = [
        check.procedure(proposition.single(c), **check.options) for c in proposition.conclude
    ]
    for outcome, statement in zip(outcomes, proposition.conclusions, strict=True):
        if isinstance(outcome, Witness):
            return _from_witness(check, proposition, statement, outcome)
    if unknown := [o.reason for o in outcomes if isinstance(o, Unknown)]:
        return issue(Undecided, proposition, check.name, note="; ".join(dict.fromkeys(unknown)))
    return _accepted(proposition, outcomes)


def _unfit(proposition: Proposition) -> str:
    """Why the kernel will not even look at ``proposition``; empty when it will."""
    if not proposition.formal:
        return "stated in prose: only a measurement or a citation can hold it"
    for statement in proposition.conclusions:
        if isinstance(statement, Relation) and statement.left == statement.right:
            return "both sides are the same formula: there is nothing to check"
    if set(proposition.conclusions) <= set(proposition.hypotheses):
        return "the conclusion is among the hypotheses"
    return ""


def _false_at(proposition: Proposition, sample: list[Point]) -> tuple[Statement, Point] | None:
    for point in sample:
        for statement in proposition.conclusions:
            if holds_at(statement, point) is False:
                return statement, point
    return None


def _combined(check: Check, proposition: Proposition, outcomes: list[Outcome]) -> Verdict:
    for outcome, statement in zip(outcomes, proposition.conclusions, strict=True):
        if isinstance(outcome, Witness):
            return _from_witness(check, proposition, statement, outcome)
    unknown = [o.reason for o in outcomes if isinstance(o, Unknown)]
    if unknown:
        from gradproof.checks.falsify import search

        if found := search(proposition):
            return refuted(proposition, *found, check.name)
        return issue(Undecided, proposition, check.name, note="; ".join(dict.fromkeys(unknown)))
    if not all(o.defined for o in outcomes):
        from gradproof.checks.conditions import undischarged

        if missing := undischarged(proposition):
            return issue(
                Undecided,
                proposition,
                check.name,
                note="not shown on the whole domain: " + ", ".join(missing),
            )
    return _accepted(proposition, outcomes)


def _accepted(proposition: Proposition, outcomes: list[Accept]) -> Verdict:
    tier = min((o.tier for o in outcomes), key=lambda kind: kind.rank)
    certificates = [o.certificate for o in outcomes]
    return issue(
        tier,
        proposition,
        "; ".join(dict.fromkeys(o.method for o in outcomes)),
        note="; ".join(dict.fromkeys(o.note for o in outcomes if o.note)),
        certificate={"conclusions": certificates} if all(certificates) else None,
    )


def _from_witness(
    check: Check, proposition: Proposition, statement: Statement, outcome: Witness
) -> Verdict:
    if not outcome.found:
        return refuted(proposition, statement, dict(outcome.point), outcome.method or check.name)
    shown = {k: str(v) for k, v in outcome.point.items()}
    return issue(
        Refuted,
        proposition,
        outcome.method or check.name,
        note=outcome.found,
        witness=shown,
        tier=outcome.tier,
    )


def refuted(proposition: Proposition, statement: Statement, point: Point, method: str) -> Verdict:
    """`Refuted` at ``point`` or a simpler one, after everything is evaluated again.

    Returns `Undecided` when the point does not certainly satisfy the hypotheses or violate
    the conclusion; raises KernelError when the two routes contradict each other.
    """
    if not satisfies(proposition, point) or holds_at(statement, point) is not False:
        return issue(Undecided, proposition, method, note=f"{show_point(point)} is no witness")
    point = simplified(proposition, statement, point)
    exact, note = _violation(statement, point)
    return issue(
        Refuted,
        proposition,
        method,
        note=note,
        tier=Proved if exact else Enclosed,
        witness={k: str(v) for k, v in point.items()},
    )


def _violation(statement: Statement, point: Point) -> tuple[bool, str]:
    """Whether the violation is exact rational arithmetic, and its two sides as text."""
    if isinstance(statement, Predicate) or compared(statement):
        said = statement.expr.data if isinstance(statement, Predicate) else statement
        return _has_rational_terms(statement), f"{show_point(point)}: {said} fails"
    try:
        sides = rational(statement.left, point), rational(statement.right, point)
        exact = True
        second = by_balls(statement, point)
    except NotRational:
        exact = False
        sides = tuple(floating(side, point, DIGITS) for side in (statement.left, statement.right))
        second = holds_at(Relation(statement.op, *map(_as_number, sides)), {})
    if second is True:
        raise KernelError(f"two evaluations of {statement} disagree at {show_point(point)}")
    left, right = sides if exact else (f"{float(side):.6g}" for side in sides)
    if left == right and sides[0] != sides[1]:
        left, right = f"left − right = {float(sides[0] - sides[1]):.3g}", 0
    from gradproof.formulas.show import SIGNS

    return exact, f"{show_point(point)}: {left} {SIGNS[statement.op]} {right} fails"


def _has_rational_terms(statement: Statement) -> bool:
    """Whether the statement has no term but rational ones, so that its judge was exact."""
    sides = (
        [statement.expr] if isinstance(statement, Predicate) else [statement.left, statement.right]
    )
    nodes = [node for side in sides for node in walk(side)]
    return not any(
        node.head == "integral"
        or node.data in (*IRRATIONAL, "pi", "e")
        or (node.head == "pow" and not _whole(node.args[1]))
        for node in nodes
    )


def _whole(power) -> bool:
    return power.head == "num" and power.data.denominator == 1


def _as_number(value):
    """An mpmath number as an exact constant of the grammar."""
    from fractions import Fraction

    from gradproof.formulas import num

    sign, mantissa, exponent, _ = value._mpf_
    return num((-1) ** sign * Fraction(int(mantissa)) * Fraction(2) ** exponent)
