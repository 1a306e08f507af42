r"""Integrals by the fundamental theorem, each of its hypotheses checked.

F is a hint (SymPy's or the author's). It counts when F and F′ are defined on the whole interval
and F′ equals the integrand by normal form; then ∫_a^b f = F(b) − F(a). Where the closed
interval is too much (an improper end), the open one is used with the limits of F at its ends.
"""

from __future__ import annotations

from collections.abc import Iterator

from gradproof.checks import conditions
from gradproof.checks.analysis import bridge
from gradproof.checks.analysis.limits import one_sided
from gradproof.checks.analysis.settle import Found, combined, extended, is_binder, opened, settle, valued
from gradproof.checks.analysis.tree import INFINITY, Failure, Known, constant, neg, sub
from gradproof.checks.core import Check, Outcome, check
from gradproof.checks.exact.normal_form import normal_form
from gradproof.formulas import Expr, FormulaError, Proposition, Relation, substitute, var
from gradproof.formulas.calculus import derivative
from gradproof.formulas.expr import walk
from gradproof.verdicts import Derived, Proved

ENDLESS = (INFINITY, neg(INFINITY))


@check("integrals")
def integral(proposition: Proposition, *, antiderivative: str | None = None,
             then: Check | None = None) -> Outcome:
    """Decide a relation between integrals: ``integral(x, 0, 1, x^n) == 1/(n+1)``.

    antiderivative: a formula in the integration variable, where SymPy finds none that can be
    verified. then: the check that decides the relation between the values.
    """
    from gradproof.checks.analysis.values import value

    return settle(proposition, lambda node, p: value(node, p, antiderivative), then)


def integral_value(node: Expr, proposition: Proposition, evaluate,
                   hint: Expr | None = None) -> Found:
    """The value of ``integral(x, a, b, f)``; inner limits and integrals are evaluated first."""
    name, body = opened(node, proposition)
    if hint is not None:
        hint = substitute(hint, {node.args[0].data: var(name)})
    low, high = map(constant, node.args[1:3])
    known, inner = Known(proposition), []
    for end in (low, high):
        if end not in ENDLESS and not known.defined(end):
            raise Failure(f"it is open whether {end} is defined")
    if any(is_binder(n) for n in walk(body)):
        between = extended(proposition, name, *_between(name, low, high, known, ("<=",)))
        body = valued(body, between, evaluate, inner)
    result = _by_antiderivative(name, low, high, body, known, hint)
    if result is None:
        value = bridge.definite(name, low, high, body, proposition)
        if value is None:
            raise Failure(f"no antiderivative of {body} could be verified on the whole interval")
        result = Found(value, "computer algebra", Derived,
                       f"unverified: SymPy's integral of {body}")
    return combined(result, inner)


def _by_antiderivative(name: str, low: Expr, high: Expr, body: Expr, known: Known,
                       hint: Expr | None) -> Found | None:
    for closed in (True, False):
        if closed and (low in ENDLESS or high in ENDLESS):
            continue
        where = _between(name, low, high, known, ("<=",) if closed else ("<",))
        if not closed and not where and (low not in ENDLESS or high not in ENDLESS):
            continue
        inside = extended(known.proposition, name, *where)
        turned = bool(where) and where[0].left == high and high != low
        for primitive in _candidates(name, body, inside, hint):
            if not _verified(name, primitive, body, inside):
                continue
            ends = _ends(name, primitive, low, high, known) if closed else \
                _limits(name, primitive, low, high, known, turned)
            if ends is not None:
                return Found(constant(sub(*ends)), f"antiderivative {primitive} differentiated")
    return None


def _candidates(name: str, body: Expr, inside: Proposition, hint: Expr | None) -> Iterator[Expr]:
    if hint is not None:
        yield hint
    else:
        yield from bridge.antiderivatives(name, body, inside)


def _between(name: str, low: Expr, high: Expr, known: Known, ops: tuple[str, ...]) -> list[Relation]:
    """low ≤ x ≤ high (or <), turned round where high ≤ low; nothing where that is open."""
    x, op = var(name), ops[0]
    if low in ENDLESS or high in ENDLESS:
        if low == INFINITY or high == neg(INFINITY):
            raise Failure("write an improper integral from the lower to the upper end")
        return [Relation(op, low, x)] * (low not in ENDLESS) + \
            [Relation(op, x, high)] * (high not in ENDLESS)
    for first, last in ((low, high), (high, low)):
        gap = constant(sub(last, first))
        if known.positive(gap) or conditions.nonnegative(gap, known.proposition):
            return [Relation(op, first, x), Relation(op, x, last)]
    return []


def _verified(name: str, primitive: Expr, body: Expr, inside: Proposition) -> bool:
    """Whether F is defined on the interval and F′ = f there by normal form, f included."""
    try:
        slope = derivative(primitive, name)
    except FormulaError:
        return False
    if not Known(inside).defined(primitive):
        return False
    known = Known(inside)
    if slope == body:
        return known.defined(slope)
    verdict = normal_form()(known.lemma(Relation("==", slope, body)))
    return isinstance(verdict, Proved)


def _ends(name: str, primitive: Expr, low: Expr, high: Expr,
          known: Known) -> tuple[Expr, Expr] | None:
    values = [substitute(primitive, {name: end}) for end in (high, low)]
    return tuple(map(constant, values)) if all(map(known.defined, values)) else None


def _limits(name: str, primitive: Expr, low: Expr, high: Expr, known: Known,
            turned: bool) -> tuple[Expr, Expr] | None:
    """The limits of F at both ends from inside; None unless both are finite."""
    side = -1 if turned else 1
    try:
        values = (one_sided(name, high, -side, primitive, known),
                  one_sided(name, low, side, primitive, known))
    except Failure:
        return None
    return None if set(values) & set(ENDLESS) else values
