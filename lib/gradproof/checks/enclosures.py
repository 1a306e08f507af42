"""Inequalities on boxes by ball arithmetic: polynomial or transcendental, rational ends or not."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

import flint

from gradproof.checks.core import Accept, Outcome, Unknown, Witness, check
from gradproof.checks.enclosed.bounds import ORDERS, positive
from gradproof.checks.enclosed.boxes import Box, Side, balls, centre, fraction
from gradproof.checks.enclosed.cover import Covered, Failed, Judgement, Outside, cover
from gradproof.checks.enclosed.functions import Function
from gradproof.checks.enclosed.ranges import box_of
from gradproof.checks.points import holds_at, satisfies
from gradproof.formulas import Expr, FormulaError, Proposition, Relation, Statement
from gradproof.formulas.expr import free_variables
from gradproof.formulas.values import Undefined
from gradproof.verdicts import Enclosed

CORNERS = 4  # contact at a corner is looked for in at most so many dimensions
METHOD = "ball arithmetic with subdivision"


@check("subdivision")
def subdivision(proposition: Proposition, *, boxes: int = 20_000, bits: int = 96) -> Outcome:
    """``left op right`` (not ==) on a box that the hypotheses give every parameter in it.

    Each parameter of the conclusion needs finite bounds by constants, such as 0 <= s <= 1 or
    y < e; further hypotheses discard boxes that lie certainly outside. Budgets: boxes, bits.
    Undecided when they are spent, or where some value may be undefined.
    """
    goal = proposition.conclusions[0]
    if not isinstance(goal, Relation) or goal.op == "==":
        return Unknown("subdivision decides <, <=, >, >= and != only")
    names = used(proposition, goal)
    start = box_of(proposition, names)
    if isinstance(start, str):
        return Unknown(start)
    try:
        return _covered(proposition, goal, names, start, boxes, bits)
    except FormulaError as error:
        return Unknown(str(error))


def used(proposition: Proposition, goal: Relation) -> list[str]:
    """The parameters that occur in the conclusion, in their declared order."""
    inside = free_variables(goal.left) | free_variables(goal.right)
    return [name for name, _ in proposition.for_all if name in inside]


def gaps(goal: Relation) -> list[Expr]:
    """The formulas that all have to be positive (or nonnegative; or nonzero, for !=).

    |u| ≤ r becomes r − u and r + u, max(a, b) ≤ r becomes r − a and r − b: both have slopes.
    """
    if goal.op == "!=":
        return [Expr("sub", (goal.left, goal.right))]
    small, large = goal.left, goal.right
    if goal.op in (">", ">="):
        small, large = large, small
    return [Expr("sub", (b, a)) for a in _parts(small, "max") for b in _parts(large, "min")]


def _parts(side: Expr, extreme: str) -> list[Expr]:
    if side.head == "call" and side.data == extreme:
        return [part for arg in side.args for part in _parts(arg, extreme)]
    if side.head == "call" and side.data == "abs" and extreme == "max":
        return [side.args[0], Expr("neg", side.args)]
    return [side]


def _covered(proposition: Proposition, goal: Relation, names: Sequence[str], start: Box,
             boxes: int, bits: int) -> Outcome:
    with flint.ctx.workprec(bits):
        judge = Scalar(proposition, goal, names, bits)
        found = cover(start, judge, Outside(proposition, names, bits), boxes)
    return outcome(proposition, names, found, bits)


def outcome(proposition: Proposition, names: Sequence[str], found: Covered | Failed,
            bits: int) -> Outcome:
    """What a covering says about the proposition."""
    if isinstance(found, Covered):
        word = "box" if found.boxes == 1 else "boxes"
        return Accept(Enclosed, METHOD, f"{found.boxes} {word}, {bits} bits", defined=True)
    if found.point is not None:
        return Witness(full_point(proposition, names, found.point))
    return Unknown(found.reason)


def full_point(proposition: Proposition, names: Sequence[str],
               values: Sequence[flint.fmpq]) -> dict[str, Fraction]:
    """The point, completed with 0 for parameters that the conclusion does not use."""
    known = dict(zip(names, map(fraction, values), strict=True))
    return {name: known.get(name, Fraction(0)) for name, _ in proposition.for_all}


class Scalar:
    """Judges one inequality on a box."""

    def __init__(self, proposition: Proposition, goal: Relation, names: Sequence[str], bits: int):
        self.proposition, self.goal, self.names = proposition, goal, names
        self.strict = goal.op in ("<", ">", "!=")
        self.functions = [Function(g, names, bits) for g in gaps(goal)]

    def __call__(self, box: Box, deep: bool) -> Judgement:
        for f in self.functions:
            value = f.on(box)
            if not value.is_finite():
                return Judgement(False, float("-inf"), defined=False)
            if not self._shown(f, value, box, 1) and not (
                    deep and _touches(f, box) and self._shown(f, value, box, ORDERS)):
                return Judgement(False, float(value.lower()), split=_side(f, box),
                                 point=self._violated(f, box))
        return Judgement(True)

    def _shown(self, f: Function, value: flint.arb, box: Box, orders: int) -> bool:
        if self.goal.op == "!=" and value.mid() < 0:
            return positive(f.negative, box, True, orders)
        return positive(f, box, self.strict, orders)

    def _violated(self, f: Function, box: Box) -> tuple[flint.fmpq, ...] | None:
        """The centre of the box, or the corner where f is least, if it certainly fails there."""
        for point in (tuple(centre(box)), _lowest_corner(f, box)):
            if violates(self.proposition, self.goal, self.names, point, f):
                return point
        return None


def _lowest_corner(f: Function, box: Box) -> tuple[flint.fmpq, ...]:
    """The corner down the slopes (a guess: it is tested before it is used)."""
    slopes = f.gradient_on(box) or [flint.arb(0)] * len(box)
    return tuple(side.low if slope.mid() > 0 else side.high
                 for side, slope in zip(box, slopes, strict=True))


def _touches(f: Function, box: Box) -> bool:
    """Whether f may vanish at a corner: only there are higher derivatives worth their price."""
    if len(box) > CORNERS:
        return False
    corners = product(*((side.low, side.high) for side in box))
    return any(f(balls([Side(v, v) for v in corner])).contains(0) for corner in corners)


def _side(f: Function, box: Box) -> int | None:
    """The side along which f varies most: largest |∂ᵢf|·width."""
    slopes = f.gradient_on(box)
    if slopes is None:
        return None
    reach = [(float(abs(slope).upper()) + 1e-3) * float(flint.arb(side.width))
             for slope, side in zip(slopes, box, strict=True)]
    return reach.index(max(reach)) if reach else None


def violates(proposition: Proposition, goal: Statement, names: Sequence[str],
             values: tuple[flint.fmpq, ...], f: Function) -> bool:
    """Whether ``values`` satisfy the hypotheses and certainly violate the conclusion.

    f is asked first, because it is quick: where it is positive nothing is violated.
    """
    at = f([flint.arb(v) for v in values])
    if not at.is_finite() or at > 0:
        return False
    point = full_point(proposition, names, values)
    try:
        return holds_at(goal, point) is False and satisfies(proposition, point)
    except Undefined:
        return False
