"""Decide one scalar inequality as a step of a larger procedure: exactly if possible, else by balls.
"""

from __future__ import annotations

from gradproof.checks.conditions import nonnegative, positive
from gradproof.checks.core import Accept, Outcome, Unknown, Witness
from gradproof.checks.enclosures import subdivision
from gradproof.formulas import Expr, Proposition, Relation
from gradproof.formulas.calculus import ZERO
from gradproof.formulas.expr import walk
from gradproof.formulas.values import IRRATIONAL, NotRational, rational
from gradproof.verdicts import Proved


def decided(expr: Expr, op: str, proposition: Proposition, boxes: int, bits: int) -> Outcome:
    """``expr op 0`` with op one of > >= for all values that the hypotheses allow."""
    try:
        value = rational(expr, {})
    except (NotRational, ValueError):
        pass
    else:
        if value > 0 or (value == 0 and op == ">="):
            return Accept(Proved, "exact arithmetic")
        return Unknown(f"{value} {op} 0 is false")
    shown = positive if op == ">" else nonnegative
    goal = proposition.single(Relation(op, expr, ZERO))
    exact_first = not irrational(expr)
    if exact_first and shown(expr, proposition):
        return Accept(Proved, "exact signs")
    result = subdivision().procedure(goal, boxes=boxes, bits=bits)
    if isinstance(result, Unknown) and not exact_first and shown(expr, proposition):
        return Accept(Proved, "exact signs")
    return result


def irrational(expr: Expr) -> bool:
    """Whether ``expr`` has a constant or function whose value is not rational in general."""
    return any(node.head in ("const", "integral") or node.data in IRRATIONAL
               for node in walk(expr))


def all_of(outcomes) -> Outcome:
    """The weakest of several acceptances, or the first outcome that is none."""
    accepted: list[Accept] = []
    for outcome in outcomes:
        if isinstance(outcome, (Witness, Unknown)):
            return outcome
        accepted.append(outcome)
    if not accepted:
        return Unknown("nothing was asked")
    weakest = min(accepted, key=lambda a: a.tier.rank)
    notes = dict.fromkeys(a.note for a in accepted if a.note)
    methods = dict.fromkeys(a.method for a in accepted)
    return Accept(weakest.tier, "; ".join(methods), "; ".join(notes))
