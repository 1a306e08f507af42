"""Cover a box by small boxes on each of which something is shown, or find where it fails."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import flint

from gradproof.checks.enclosed.boxes import Box, balls, replaced
from gradproof.checks.enclosed.functions import Function
from gradproof.formulas import Expr, FormulaError, Predicate, Proposition

DEEP_EVERY = 2  # each so many bisections, higher derivatives are tried as well
DEEP_UNTIL = 600  # … among the first so many boxes


@dataclass(frozen=True)
class Covered:
    """The whole box was covered by ``boxes`` boxes."""

    boxes: int


@dataclass(frozen=True)
class Failed:
    """The budget ended, or ``point`` was found. undefined: some value was never finite."""

    reason: str
    point: tuple[flint.fmpq, ...] | None = None


@dataclass(frozen=True)
class Judgement:
    """What one box shows. order, split: which box to bisect first, and where (hints only)."""

    shown: bool
    order: float = 0.0
    defined: bool = True
    split: int | None = None
    point: tuple[flint.fmpq, ...] | None = None  # the statement certainly fails here


class Outside:
    """Certainty that a box has no point that satisfies the hypotheses."""

    def __init__(self, proposition: Proposition, names: Sequence[str], bits: int):
        self._gaps: list[tuple[str, Function]] = []
        for statement in proposition.hypotheses:
            if isinstance(statement, Predicate) or statement.op == "!=":
                continue
            low, high = statement.left, statement.right
            if statement.op in (">", ">="):
                low, high = high, low
            try:
                gap = Function(Expr("sub", (high, low)), names, bits)
                gap._program  # noqa: B018  compiled now, so that an unsupported one is left out
            except FormulaError:
                continue
            self._gaps.append((statement.op, gap))

    def __call__(self, values: Sequence[flint.arb]) -> bool:
        """Whether some hypothesis certainly fails everywhere in the box of balls."""
        for op, gap in self._gaps:
            value = gap(values)
            if not value.is_finite():
                continue
            if value < 0 or (op in ("<", ">") and value <= 0) or (op == "==" and value > 0):
                return True
        return False


def cover(start: Box, judge: Callable[[Box, bool], Judgement], outside: Outside,
          budget: int) -> Covered | Failed:
    """Bisect ``start`` until every box is judged as shown or lies outside the hypotheses.

    judge(box, deep) sees boxes in order of `Judgement.order`, and says which side to bisect;
    else it is the widest in proportion to the start. budget: boxes looked at.
    """
    queue: list = []
    count, undefined = 0, False

    def look(box: Box, level: int) -> tuple[flint.fmpq, ...] | None:
        nonlocal count, undefined
        count += 1
        if outside(balls(box)):
            return None
        verdict = judge(box, level % DEEP_EVERY == 0 and count < DEEP_UNTIL)
        if verdict.shown:
            return None
        undefined = not verdict.defined
        split = verdict.split if verdict.split is not None else _widest(box, start)
        heapq.heappush(queue, (verdict.order, count, level, split, box))
        return verdict.point

    point = look(start, 0)
    while queue and point is None and count < budget:
        _, _, level, i, box = heapq.heappop(queue)
        if not box or not box[i].width:
            return Failed("a single point could not be decided")
        for half in box[i].halves():
            point = point or look(replaced(box, i, half), level + 1)
    if point is not None:
        return Failed("a counterexample", point)
    if not queue:
        return Covered(count)
    why = "possibly undefined" if undefined else "undecided"
    return Failed(f"{why} after {count} boxes, {len(queue)} of them open")


def _widest(box: Box, start: Box) -> int:
    return max(range(len(box)), key=lambda i: (
        box[i].width / start[i].width if start[i].width else flint.fmpq(0)), default=0)
