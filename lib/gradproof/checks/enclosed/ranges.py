"""Finite ranges of the parameters, read off the hypotheses.

Each hypothesis is narrowed backwards: from abs(x) + 1 <= 3 follows abs(x) <= 2 and so
−2 <= x <= 2. Rounding is outward, so that a range always contains what is allowed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import flint

from gradproof.checks.enclosed.boxes import Box, Side, ends, exact, fraction
from gradproof.formulas import Expr, FormulaError, Proposition, Relation
from gradproof.formulas.expr import free_variables
from gradproof.formulas.values import Undefined, ball

ROUNDS = 6
BITS = 96


@dataclass(frozen=True)
class End:
    """One end of a range: a value, and whether it is excluded."""

    value: Fraction
    open: bool


Ends = dict[str, tuple[End | None, End | None]]


def box_of(proposition: Proposition, names: Sequence[str]) -> Box | str:
    """The box of the parameters ``names``, or the reason (a sentence) why there is none.

    Contradictory hypotheses are also a reason.
    """
    found: Ends = {name: (None, None) for name, _ in proposition.for_all}
    relations = [h for h in proposition.hypotheses if isinstance(h, Relation)]
    for _ in range(ROUNDS):
        before = dict(found)
        for relation in relations:
            _use(relation, found)
        if found == before:
            break
    sides = []
    for name in names:
        low, high = found[name]
        if low is None or high is None:
            return (f"{name} has no finite bounds: assume {name} between two constants, "
                    f"or use another check for unbounded parameters")
        if low.value > high.value:
            return "the hypotheses contradict each other"
        sides.append(Side(low.value, high.value, low.open, high.open))
    return tuple(sides)


def _use(relation: Relation, found: Ends) -> None:
    op, left, right = relation.op, relation.left, relation.right
    if op == "!=":
        return
    strict = op in ("<", ">")
    for side, other, upper in ((left, right, op in ("<", "<=")), (right, left, op in (">", ">="))):
        low, high = (End(v, strict) if v is not None else None for v in _value(other, found))
        if op == "==":
            _narrow(side, low, high, found)
        elif upper:
            _narrow(side, None, high, found)
        else:
            _narrow(side, low, None, found)


Range = tuple[Fraction | None, Fraction | None]


def _value(expr: Expr, found: Ends) -> Range:
    """A range of ``expr`` over the ranges known so far; None where an end is not known."""
    head, args = expr.head, expr.args
    if head == "num":
        return expr.data, expr.data
    if head == "var":
        return tuple(end.value if end is not None else None for end in found[expr.data])
    whole = _finite_value(expr, found)
    if whole is not None:
        return whole
    if head == "neg":
        low, high = _value(args[0], found)
        return _negated(high), _negated(low)
    if head in ("add", "sub"):
        low, high = _value(args[0], found)
        other_low, other_high = _value(args[1], found)
        if head == "sub":
            other_low, other_high = _negated(other_high), _negated(other_low)
        return _total(low, other_low), _total(high, other_high)
    if head == "mul":
        lows = [_value(a, found)[0] for a in args]
        if all(low is not None and low >= 0 for low in lows):
            return lows[0] * lows[1], None
    return (Fraction(0), None) if _never_negative(expr) else (None, None)


def _never_negative(expr: Expr) -> bool:
    if expr.head == "pow" and expr.args[1].head == "num":
        power = expr.args[1].data
        return power.denominator == 1 and power % 2 == 0
    return expr.head == "call" and expr.data in ("abs", "exp", "cosh", "sqrt")


def _negated(value: Fraction | None) -> Fraction | None:
    return -value if value is not None else None


def _total(a: Fraction | None, b: Fraction | None) -> Fraction | None:
    return a + b if a is not None and b is not None else None


def _finite_value(expr: Expr, found: Ends) -> Range | None:
    """The range of ``expr`` by a ball, when all its variables have finite ranges."""
    point: dict[str, Fraction | flint.arb] = {}
    for name in sorted(free_variables(expr)):
        low, high = found[name]
        if low is None or high is None or low.value > high.value:
            return None
        point[name] = Side(low.value, high.value).ball
    try:
        value = ball(expr, point, BITS)
    except (FormulaError, Undefined):
        return None
    return tuple(map(fraction, ends(value))) if value.is_finite() else None


def _narrow(expr: Expr, low: End | None, high: End | None, found: Ends) -> None:
    """Use low ≤ expr ≤ high to tighten the ranges in ``found``."""
    if low is None and high is None:
        return
    head, args = expr.head, expr.args
    if head == "var" and expr.data in found:
        found[expr.data] = _tightened(found[expr.data], low, high)
    elif head == "neg":
        _narrow(args[0], _opposite(high), _opposite(low), found)
    elif head in ("add", "sub"):
        _narrow_sum(head, args, low, high, found)
    elif head in ("mul", "div"):
        _narrow_product(head, args, low, high, found)
    elif head == "pow" and args[1].head == "num" and args[1].data.denominator == 1:
        _narrow_power(args[0], int(args[1].data), high, found)
    elif head == "call" and expr.data == "abs" and high is not None:
        _narrow(args[0], _opposite(high), high, found)


def _tightened(old: tuple[End | None, End | None], low: End | None, high: End | None):
    lows = [e for e in (old[0], low) if e is not None]
    highs = [e for e in (old[1], high) if e is not None]
    return (max(lows, key=lambda e: (e.value, e.open), default=None),
            min(highs, key=lambda e: (e.value, not e.open), default=None))


def _opposite(end: End | None) -> End | None:
    return End(-end.value, end.open) if end is not None else None


def _shifted(end: End | None, by: Fraction | None, factor: int | Fraction = 1) -> End | None:
    if end is None or by is None:
        return None
    return End((end.value - by) * factor, end.open)


def _narrow_sum(head: str, args: tuple[Expr, Expr], low, high, found: Ends) -> None:
    """low ≤ a ± b ≤ high: a lies in [low, high] ∓ b, and b in ±([low, high] − a)."""
    a, b = args
    least, most = _value(b, found)
    if head == "sub":
        least, most = _negated(most), _negated(least)
    _narrow(a, _shifted(low, most), _shifted(high, least), found)
    least, most = _value(a, found)
    rest_low, rest_high = _shifted(low, most), _shifted(high, least)
    if head == "sub":
        rest_low, rest_high = _opposite(rest_high), _opposite(rest_low)
    _narrow(b, rest_low, rest_high, found)


def _narrow_product(head: str, args: tuple[Expr, Expr], low, high, found: Ends) -> None:
    """c·x and x/c with a constant c (a single exact value) are divided out."""
    for factor, rest in ((args[0], args[1]), (args[1], args[0])):
        value, same = _value(factor, found)
        if (head == "div" and factor is args[0]) or value is None or value != same or not value:
            continue
        scale = value if head == "div" else 1 / value
        new_low, new_high = _shifted(low, Fraction(0), scale), _shifted(high, Fraction(0), scale)
        if scale < 0:
            new_low, new_high = new_high, new_low
        _narrow(rest, new_low, new_high, found)
        return


def _narrow_power(base: Expr, n: int, high: End | None, found: Ends) -> None:
    """base^n ≤ c with n even gives |base| ≤ c^(1/n)."""
    if n <= 0 or n % 2 or high is None or high.value < 0:
        return
    with flint.ctx.workprec(BITS):
        root = flint.arb(exact(high.value)).root(n) if high.value else flint.arb(0)
    most = fraction(ends(root)[1])
    hit = high.open and most ** n == high.value
    _narrow(base, End(-most, hit), End(most, hit), found)
