"""Put values for limits, integrals and Taylor coefficients, then decide what is left.

``limit(x, 0, sin(a*x)/x) == a`` becomes: the limit is V, by an expansion; then V == a, by an
ordinary check. The second step is a proposition of its own and passes the whole pipeline.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from gradproof.checks import conditions, domain
from gradproof.checks.analysis.tree import Failure, neg
from gradproof.checks.core import Accept, Check, Outcome, Unknown, Witness
from gradproof.checks.points import holds_at
from gradproof.formulas import Expr, FormulaError, Proposition, Relation, num, substitute, var
from gradproof.formulas.expr import walk
from gradproof.formulas.values import Undefined
from gradproof.verdicts import Derived, Proved, Refuted, Verdict

BINDERS = ("limit", "limit_left", "limit_right", "integral", "coefficient")
INFINITY = Expr("const", (), "oo")
TRIED = tuple(Fraction(k, 8) for k in (4, 1, 8, 12, -4, 0, 24, 80))
INSTANCES = 8  # points at which a statement without a general value is evaluated
PLACES = 2  # points of the domain at which a value is compared with numbers before it is believed


@dataclass(frozen=True)
class Found:
    """The value of a binder, how it was found, and how far that is proved.

    second: what numbers say of the value at a point (see `seconds`).
    """

    value: Expr
    method: str
    tier: type[Verdict] = Proved
    note: str = ""
    second: Callable[[Mapping[str, Fraction]], bool | None] = field(
        default=lambda point: None, compare=False)


Evaluate = Callable[[Expr, Proposition], Found]


def settle(proposition: Proposition, evaluate: Evaluate, then: Check | None) -> Outcome:
    """Decide the one conclusion after its binders have got their values.

    then: the check that decides what is left; default: the first that fits.
    """
    goal, found = proposition.conclusions[0], []
    if not isinstance(goal, Relation):
        return Unknown("a relation between values is needed")
    try:
        sides = [valued(side, proposition, evaluate, found) for side in (goal.left, goal.right)]
    except (Failure, FormulaError, Undefined) as error:
        return _at_points(proposition, evaluate, then) or Unknown(str(error))
    if not found:
        return Unknown("there is no limit, integral or coefficient in the conclusion")
    from gradproof.checks.auto import decide  # which comes back here for limits and integrals

    return _decided(proposition, Relation(goal.op, *sides), found, then or decide())


def _at_points(proposition: Proposition, evaluate: Evaluate, then: Check | None) -> Witness | None:
    """A point of the domain at which the statement was evaluated and is false, if one is met."""
    for point in domain.points(proposition, INSTANCES) if proposition.for_all else ():
        try:
            outcome = settle(proposition.at(**point), evaluate, then)
        except FormulaError:  # a parameter that definitions or derivatives hold on to
            return None
        if isinstance(outcome, Witness):
            return replace(outcome, point=point)
    return None


def valued(expr: Expr, proposition: Proposition, evaluate: Evaluate, found: list[Found]) -> Expr:
    """``expr`` with the value of every binder put in; what was found is added to ``found``."""
    if not any(is_binder(node) for node in walk(expr)):
        return expr
    if is_binder(expr):
        result = evaluate(expr, proposition)
        found.append(result)
        return result.value
    if expr.head in ("sum", "prod", "diff"):
        raise Failure(f"a limit or integral inside of {expr}")
    args = tuple(valued(a, proposition, evaluate, found) for a in expr.args)
    return Expr(expr.head, args, expr.data)


def is_binder(node: Expr) -> bool:
    """Whether ``node`` is a limit, an integral or a Taylor coefficient."""
    return (node.data if node.head == "call" else node.head) in BINDERS


def opened(node: Expr, proposition: Proposition) -> tuple[str, Expr]:
    """Name and body of a binder, its variable renamed away from the parameters."""
    name, body = node.args[0].data, node.args[-1]
    taken = {n for n, _ in proposition.for_all}
    if name not in taken:
        return name, body
    taken |= {n.data for n in walk(body) if n.head == "var"}
    fresh = next(f"{name}_{i}" for i in range(1, 10_000) if f"{name}_{i}" not in taken)
    return fresh, substitute(body, {name: var(fresh)})


def extended(proposition: Proposition, name: str, *where: Relation) -> Proposition:
    """``proposition`` with the further real parameter ``name`` that satisfies ``where``.

    Every example is kept that one of a few values for ``name`` completes.
    """
    examples = [(*point, (name, value)) for point in proposition.examples for value in TRIED
                if all(holds_at(w, dict([*point, (name, value)])) for w in where)]
    return replace(proposition, for_all=(*proposition.for_all, (name, "real")),
                   assume=(*proposition.assume, *where), examples=tuple(examples))


def combined(result: Found, inner: list[Found]) -> Found:
    """``result`` as strong as the weakest of it and the inner values that it uses."""
    tier = min([result.tier, *(f.tier for f in inner)], key=lambda kind: kind.rank)
    notes = "; ".join(dict.fromkeys(f.note for f in (*inner, result) if f.note))
    methods = "; ".join(dict.fromkeys(f.method for f in (*inner, result)))
    return replace(result, method=methods, tier=tier, note=notes)


def _decided(proposition: Proposition, goal: Relation, found: list[Found], then: Check) -> Outcome:
    for point in domain.points(proposition, PLACES):
        if any(f.second(point) is False for f in found):
            return Unknown(f"the value {found[0].value} is contradicted by numbers")
    tier = min((f.tier for f in found), key=lambda kind: kind.rank)
    method = "; ".join(dict.fromkeys(f.method for f in found))
    note = "; ".join(dict.fromkeys(f.note for f in found if f.note))
    if INFINITY in (goal.left, goal.right) or neg(INFINITY) in (goal.left, goal.right):
        if goal.op == "==" and goal.left == goal.right:
            return Accept(tier, method, note, defined=not _open(proposition))
        return _infinite(proposition, goal, found, tier, method)
    lemma = replace(proposition, conclude=(goal,), prose="")
    trivial = goal.left == goal.right and goal.op in ("==", "<=", ">=")
    if trivial or goal in proposition.hypotheses:
        missing = conditions.undischarged(lemma)
        return Unknown("not shown: " + ", ".join(missing)) if missing else \
            Accept(tier, method, note, defined=True)
    verdict = then(lemma)
    if verdict.passes:
        tier = min(tier, type(verdict), key=lambda kind: kind.rank)
        return Accept(tier, f"{method}; {verdict.method}", note or verdict.note, defined=True)
    if isinstance(verdict, Refuted) and tier is not Derived:
        point = {k: Fraction(v) for k, v in verdict.witness.items()}
        if not all(f.second(point) for f in found):
            return Unknown(f"{method} gives {found[0].value}, which numbers do not confirm")
        weaker = min(tier, verdict.tier, key=lambda kind: kind.rank)
        return Witness(point, f"the value is {found[0].value}; {verdict.note}", weaker, method)
    return Unknown(f"{method} leaves {goal}: {verdict.note}")


def _infinite(proposition: Proposition, goal: Relation, found: list[Found], tier: type[Verdict],
              method: str) -> Outcome:
    """An infinite limit where a number was claimed, or the other way round."""
    other = goal.right if goal.left in (INFINITY, neg(INFINITY)) else goal.left
    points = domain.points(proposition, 1)
    plain = other in (INFINITY, neg(INFINITY)) or not conditions.undischarged(
        replace(proposition, conclude=(Relation("==", other, num(0)),), prose=""))
    alone = len(found) == 1 and found[0].value in (goal.left, goal.right)
    if goal.op == "==" and tier is not Derived and plain and alone and points \
            and found[0].second(points[0]):
        return Witness(points[0], f"the value is {found[0].value}", tier, method)
    return Unknown(f"{goal} is no statement about numbers")


def _open(proposition: Proposition) -> list[str]:
    """What the hypotheses leave undefined."""
    return conditions.undischarged(replace(
        proposition, conclude=(Relation("==", num(0), num(0)),), prose=""))
