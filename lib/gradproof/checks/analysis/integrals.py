r"""Integrals by the fundamental theorem, each of its hypotheses checked.

F is a hint (SymPy's or the author's). It counts when F and F′ are defined on the whole interval
and F′ equals the integrand by normal form; then ∫_a^b f = F(b) − F(a). Where the closed
interval is too much (an improper end), the open one is used with the limits of F at its ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from gradproof.checks import conditions
from gradproof.checks.analysis import bridge, seconds
from gradproof.checks.analysis.kinks import has_kinks, kinks, without_kinks
from gradproof.checks.analysis.limits import one_sided
from gradproof.checks.analysis.settle import (
    Found,
    combined,
    extended,
    is_binder,
    opened,
    settle,
    valued,
)
from gradproof.checks.analysis.tree import INFINITY, ZERO, Failure, Known, add, constant, neg, sub
from gradproof.checks.core import Check, Outcome, check
from gradproof.checks.exact.normal_form import normal_form
from gradproof.formulas import (
    Expr,
    FormulaError,
    Proposition,
    Relation,
    free_variables,
    substitute,
    var,
)
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
        between, *others = _between(name, low, high, known)
        if others:
            raise Failure(f"which of {low} and {high} is larger is open")
        body = valued(body, extended(proposition, name, *between), evaluate, inner)
    cuts = kinks(name, low, high, body, known)
    result = _by_pieces(name, [low, *cuts, high], body, known, hint)
    if result is None:
        value = bridge.definite(name, low, high, body, proposition) \
            if _exists(name, low, high, body, known) else None
        if value is None:
            raise Failure(f"no antiderivative of {body} could be verified on the whole interval")
        result = Found(value, "computer algebra", Derived,
                       f"unverified: SymPy's integral of {body}")
    return combined(replace(result, second=partial(
        seconds.integral, name, low, high, body, cuts, result.value)), inner)


def _exists(name: str, low: Expr, high: Expr, body: Expr, known: Known) -> bool:
    """Whether an unverified value may be considered at all: the integral was shown to exist.

    With parameters: the integrand is defined on the closed, finite interval, for all of them.
    A number may be improper at the ends (quadrature has to confirm it), but not in between.
    Instances are for refuting, where only a proof counts.
    """
    if known.proposition.fixed and not known.proposition.for_all:
        return False
    closed = low not in ENDLESS and high not in ENDLESS
    used = free_variables(body) | free_variables(low) | free_variables(high)
    for case in _between(name, low, high, known):
        inside = Known(extended(known.proposition, name, *case))
        open_ends = [replace(r, op="<") for r in case]
        if closed and inside.defined(body):
            continue
        if used - {name} or not Known(extended(known.proposition, name, *open_ends)).defined(body):
            return False
    return True


def _by_pieces(name: str, ends: list[Expr], body: Expr, known: Known,
               hint: Expr | None) -> Found | None:
    """The integral from each of ``ends`` to the next, |u|, max and min resolved on each piece."""
    if not all(known.defined(substitute(body, {name: cut})) for cut in ends[1:-1]):
        return None  # |x|/x has no value inside of [−1, 1]
    total, method = ZERO, []
    for first, last in zip(ends, ends[1:], strict=False):
        smooth = body
        if has_kinks(name, body):
            where, *turned = _between(name, first, last, known)
            if turned:  # |x| is x from 0 to a, and −x from 0 to −a
                return None
            smooth = without_kinks(name, body, extended(known.proposition, name, *where))
        piece = _by_antiderivative(name, first, last, smooth, known, hint)
        if piece is None:
            return None
        total, method = constant(add(total, piece.value)), [*method, piece.method]
    return Found(total, "; ".join(dict.fromkeys(method)))


def _by_antiderivative(name: str, low: Expr, high: Expr, body: Expr, known: Known,
                       hint: Expr | None) -> Found | None:
    cases = _between(name, low, high, known)
    finite = low not in ENDLESS and high not in ENDLESS
    for closed in (True, False) if finite and low != high else (finite,):
        if not closed and len(cases) > 1:
            continue
        where = cases if closed else [[replace(r, op="<") for r in case] for case in cases]
        insides = [extended(known.proposition, name, *case) for case in where]
        turned = finite and cases[0][0].left == high and low != high
        for primitive in _candidates(name, body, insides[0], hint):
            if not all(_verified(name, primitive, body, inside) for inside in insides):
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


def _between(name: str, low: Expr, high: Expr, known: Known) -> list[list[Relation]]:
    """low ≤ x ≤ high as hypotheses, turned round where high ≤ low; both where that is open."""
    x = var(name)
    if low in ENDLESS or high in ENDLESS:
        if low == INFINITY or high == neg(INFINITY):
            raise Failure("write an improper integral from the lower to the upper end")
        return [[Relation("<=", low, x)] * (low not in ENDLESS)
                + [Relation("<=", x, high)] * (high not in ENDLESS)]
    cases = [[Relation("<=", first, x), Relation("<=", x, last)]
             for first, last in ((low, high), (high, low))]
    for (first, last), case in zip(((low, high), (high, low)), cases, strict=True):
        gap = constant(sub(last, first))
        if known.positive(gap) or conditions.nonnegative(gap, known.proposition):
            return [case]
    return cases


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
    return tuple(map(known.tidied, values)) if all(map(known.defined, values)) else None


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
