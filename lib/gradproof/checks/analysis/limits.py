"""Limits by expansions with an error term; SymPy's answer only where these do not reach."""

from __future__ import annotations

from functools import partial

from gradproof.checks.analysis import bridge, seconds
from gradproof.checks.analysis.expand import Expansion, approach
from gradproof.checks.analysis.germs import UNIT, Germ, product
from gradproof.checks.analysis.settle import (
    Found,
    combined,
    extended,
    is_binder,
    opened,
    settle,
    valued,
)
from gradproof.checks.analysis.tree import INFINITY, ONE, ZERO, Failure, Known, constant, neg
from gradproof.checks.core import Check, Outcome, check
from gradproof.formulas import Expr, Proposition, Relation, free_variables, var
from gradproof.formulas.expr import walk
from gradproof.verdicts import Derived

SIDES = {"limit": (1, -1), "limit_right": (1,), "limit_left": (-1,)}
ORDERS = (4, 8, 14)  # terms of every series, tried in turn


@check("limits")
def limit(proposition: Proposition, *, then: Check | None = None) -> Outcome:
    """Decide a relation between limits: ``limit(x, 0, sin(a*x)/x) == a``, ``… == oo``.

    The limit is two-sided at a number (limit_right, limit_left: from above, from below); at oo
    or -oo the variable is real. An expansion with
    error term proves it (`Proved`); where that fails, SymPy's answer is `Derived`. then: the
    check that decides the relation between the values (default: the first that fits).
    """
    from gradproof.checks.analysis.values import value

    return settle(proposition, value, then)


def limit_value(node: Expr, proposition: Proposition, evaluate) -> Found:
    """The value of ``limit(x, a, f)``; inner limits and integrals are evaluated first."""
    name, body = opened(node, proposition)
    point, sides = constant(node.args[1]), SIDES[node.data or node.head]
    if point in (INFINITY, neg(INFINITY)) and len(sides) == 1:
        raise Failure("at infinity there is one side only: write limit")
    found: list[Found] = []
    if any(is_binder(n) for n in walk(body)):
        near = extended(proposition, name, _near(name, point, sides))
        body = valued(body, near, evaluate, found)
    try:
        value = _proved(name, point, sides, body, Known(proposition))
        result = Found(value, "asymptotic expansion", second=partial(
            seconds.limit, name, point, sides, body, value))
    except Failure as error:
        if (free_variables(body) | free_variables(point)) - {name}:
            raise  # SymPy's limit for some parameters says nothing of the others
        value = bridge.limit(name, point, sides, body, proposition)
        if value is None:
            raise
        result = Found(value, "computer algebra", Derived,
                       f"unverified: SymPy's limit of {body} ({error})")
    return combined(result, found)


def _near(name: str, point: Expr, sides: tuple[int, ...]) -> Relation:
    """What holds for the bound variable near, not at, the point."""
    if point in (INFINITY, neg(INFINITY)):
        return Relation(">", var(name), ONE) if point == INFINITY else \
            Relation("<", var(name), neg(ONE))
    return Relation("!=" if len(sides) > 1 else ">" if sides == (1,) else "<", var(name), point)


def _proved(name: str, point: Expr, sides: tuple[int, ...], body: Expr, known: Known) -> Expr:
    """The limit, the same from all ``sides``. Failure where it is not shown."""
    if point in (INFINITY, neg(INFINITY)):
        sides = (1,)
    right, *others = (one_sided(name, point, side, body, known) for side in sides)
    if not others:
        return right
    left = others[0]
    if right == left:
        return right
    infinite = (INFINITY, neg(INFINITY))
    if right in infinite or left in infinite or not known.zero(Expr("sub", (right, left))):
        raise Failure(f"from the right the limit is {right}, from the left {left}")
    return right


def one_sided(name: str, point: Expr, side: int, body: Expr, known: Known) -> Expr:
    """The limit of ``body`` as ``name`` → ``point`` from the right (side 1) or left (−1)."""
    failure = Failure("no orders to try")
    for order in ORDERS:
        try:
            expansion = Expansion(name, approach(point, side, known), known, order)
            return INFINITY if _explodes(body, expansion) else _read(expansion.of(body), known)
        except Failure as error:
            failure = error
            if "budget" in str(error):
                break
    raise failure


def _explodes(body: Expr, expansion: Expansion) -> bool:
    """Whether ``body`` is e^g or b^g whose logarithm was shown to tend to infinity."""
    exponential = body.head == "call" and body.data == "exp"
    if not exponential and (body.head != "pow" or not free_variables(body.args[1])):
        return False
    exponent = expansion.of(body.args[-1])
    if not exponential:
        exponent = product(exponent, expansion.log(expansion.of(body.args[0])))
    return expansion.to_infinity(exponent) == 1


def _read(germ: Germ, known: Known) -> Expr:
    """The limit of an expansion: its constant term, or ±oo by the sign of its leading term."""
    terms = dict(germ.terms)
    for m, c in germ.terms.items():
        if m <= UNIT:
            break
        if known.zero(c):
            del terms[m]
            continue
        if known.positive(c) or known.positive(neg(c)):
            return INFINITY if known.positive(c) else neg(INFINITY)
        raise Failure(f"the sign of {c} is open")
    if germ.error is not None and germ.error >= UNIT:
        raise Failure("the expansion is too short, or the function does not settle")
    return terms.get(UNIT, ZERO)
