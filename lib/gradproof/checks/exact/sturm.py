"""Inequalities in one variable, over the reals by Sturm's theorem and over the integers."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from flint import fmpq, fmpq_poly

from gradproof.checks.conditions import undischarged
from gradproof.checks.core import Accept, Outcome, Unknown, Witness, check
from gradproof.checks.exact.cells import holds_everywhere
from gradproof.checks.exact.combine import as_fraction
from gradproof.checks.exact.derivation import export
from gradproof.checks.exact.facts import UNREADABLE, Facts, facts_of
from gradproof.checks.exact.intervals import Interval, is_empty, sign_on, univariate
from gradproof.checks.exact.positivity import wanted
from gradproof.checks.exact.rootcount import (
    beyond,
    chain,
    count_roots,
    count_sign_changes,
    isolated,
    rational_roots,
    sign_at,
)
from gradproof.formulas import Expr, Proposition, Relation, free_variables, num, var
from gradproof.formulas.show import name_text
from gradproof.verdicts import Proved

__all__ = ["chain", "count_roots", "count_sign_changes", "integers", "isolated", "sturm"]

ALLOWED = {">": 4, ">=": 6, "!=": 5}
MAX_INTEGERS = 20_000  # integers that are tried one by one
REFINED = 40  # halvings of an interval around an irrational zero


@check("Sturm's theorem")
def sturm(proposition: Proposition) -> Outcome:
    """Decide ``left op right`` (not ==) when left − right is rational in one variable.

    The hypotheses' bounds of that variable make the interval. Polynomial hypotheses in it alone
    are used where that is not enough; others are ignored for an acceptance. An irrational zero
    is a witness against > and !=, shown by its sign change.
    """
    problem = _problem(proposition)
    if isinstance(problem, str):
        return Unknown(problem)
    goal, facts, poly, kind, p, where = problem
    signs = sign_on(p, where)
    if not signs & ~ALLOWED[kind]:
        node = ("sturm", poly, kind)
        if kind == "!=":
            one = ("sturm", poly if signs == 4 else -poly, ">")
            node = ("product", [one, one])
        constant = signs in (1, 4) or kind != "!="
        return Accept(Proved, "Sturm's theorem",
                      certificate=export(node, facts, goal) if constant else None)
    if holds_everywhere(facts, poly, kind):
        return Accept(Proved, "signs between and at the real roots")
    if _is_whole_domain(proposition, facts):
        return _witness(p, where, kind, facts, proposition)
    return Unknown("left − right has another sign on the interval of its variable alone")


@check("integers one by one")
def integers(proposition: Proposition) -> Outcome:
    """Decide ``left op right`` (not ==), rational in one integer parameter.

    Beyond the roots of left − right its sign does not change; the integers before are tried.
    """
    problem = _problem(proposition)
    if isinstance(problem, str):
        return Unknown(problem)
    _, facts, _, kind, p, (low, high, closed_low, closed_high) = problem
    name = _variable(proposition, facts)
    if name is None:
        return Unknown("left − right has no integer parameter as its only variable")
    start, end = _tail(p, -1), _tail(p, +1)
    if low is not None:  # start and end stay inside the interval: its sign is tried at least once
        first = _ceil(low, closed_low)
        start, end = max(start, first), max(end, first)
    if high is not None:
        last = _floor(high, closed_high)
        if low is not None and first > last:
            return Unknown("the hypotheses leave no integer")
        start, end = min(start, last), min(end, last)
    if end - start > MAX_INTEGERS:
        return Unknown(f"more than {MAX_INTEGERS} integers lie between the roots")
    for n in range(start, end + 1):
        if not 1 << (sign_at(p, fmpq(n)) + 1) & ALLOWED[kind]:
            return Witness({name: Fraction(n)}) if len(proposition.for_all) == 1 else Unknown(
                f"{name_text(name)} = {n} violates it, if the other hypotheses allow that")
    return Accept(Proved, "integers one by one, beyond the roots by sign",
                  f"{end - start + 1} integers")


def _problem(proposition: Proposition):
    """(goal, facts, target, kind, its coefficients, interval), or why there is none."""
    goal = proposition.conclusions[0]
    if not isinstance(goal, Relation) or goal.op == "==":
        return "Sturm's theorem decides inequalities only"
    facts = facts_of(proposition)
    try:
        gap = facts.read(Expr("sub", (goal.left, goal.right)))
    except UNREADABLE as error:
        return str(error)
    poly, _ = wanted(gap, goal.op)
    line = univariate(facts, poly)
    if line is None:
        return "left − right does not have exactly one variable"
    if is_empty(line[1]):
        return "the hypotheses leave no value"
    kind = {"<": ">", "<=": ">="}.get(goal.op, goal.op)
    return goal, facts, poly, kind, *line


def _is_whole_domain(proposition: Proposition, facts: Facts) -> bool:
    """Whether the interval is all that the hypotheses say, over the reals."""
    return (len(proposition.for_all) == 1 and not proposition.integers and not facts.atoms
            and len(facts.known) == len(proposition.hypotheses)
            and all(f.kind in (">", ">=") and sum(f.poly.degrees()) == 1 for f in facts.known))


def _variable(proposition: Proposition, facts: Facts) -> str | None:
    goal = proposition.conclusions[0]
    names = free_variables(goal.left) | free_variables(goal.right)
    one = next(iter(names)) if len(names) == 1 else None
    return one if one in proposition.integers and not facts.atoms else None


def _witness(p: fmpq_poly, where: Interval, kind: str, facts: Facts,
             proposition: Proposition) -> Outcome:
    """A rational point of the interval with the wrong sign, or an irrational zero.

    At an irrational zero the statement as written has to have a value: (x² − 2)²/(x² − 2) has none.
    """
    (name,) = facts.names
    low, high, *_ = where
    bound = beyond(p)
    ends = (fmpq(-bound) if low is None else low - 1, fmpq(bound) if high is None else high + 1)
    while p(ends[0]) == 0 or p(ends[1]) == 0:
        ends = ends[0] - 1, ends[1] + 1
    boxes = isolated(p, *ends)
    points = [e for e in (low, high) if e is not None] + rational_roots(p)
    points += [e for box in boxes for e in box]
    points = sorted(points)
    points += [(a + b) / 2 for a, b in zip(points, points[1:], strict=False)]
    for point in points:
        if _inside(point, where) and not 1 << (sign_at(p, point) + 1) & ALLOWED[kind]:
            return Witness({name: as_fraction(point)})
    for box in boxes:
        a, b = _refined(p, box)
        if kind != ">=" and _inside(a, where) and _inside(b, where):
            if not _is_defined_between(proposition, name, a, b):
                continue
            return Witness({}, f"left − right is 0 for one {name_text(name)} between "
                               f"{float(as_fraction(a)):.6g} and {float(as_fraction(b)):.6g}",
                           Proved, "Sturm's theorem and a sign change of the square-free part")
        if kind == ">=" or not (_inside(a, where) or _inside(b, where)):
            for point in (a, b):
                if _inside(point, where) and not 1 << (sign_at(p, point) + 1) & ALLOWED[kind]:
                    return Witness({name: as_fraction(point)})
    return Unknown("no zero with a value and no rational point with the wrong sign was found")


def _is_defined_between(proposition: Proposition, name: str, a: fmpq, b: fmpq) -> bool:
    """Whether hypotheses and conclusion, unevaluated, have values on [a, b]."""
    ends = (Relation("<=", num(as_fraction(a)), var(name)),
            Relation("<=", var(name), num(as_fraction(b))))
    return not undischarged(replace(proposition, assume=(*ends, *proposition.assume)))


def _refined(p: fmpq_poly, box: tuple[fmpq, fmpq]) -> tuple[fmpq, fmpq]:
    """A small interval around the only root of ``p`` in ``box``."""
    a, b = box
    for _ in range(REFINED):
        middle = (a + b) / 2
        if p(middle) == 0:
            return middle, middle
        a, b = (a, middle) if count_roots(p, a, middle) else (middle, b)
    return a, b


def _inside(point: fmpq, where: Interval) -> bool:
    low, high, closed_low, closed_high = where
    return ((low is None or point > low or (closed_low and point == low))
            and (high is None or point < high or (closed_high and point == high)))


def _tail(p: fmpq_poly, side: int) -> int:
    """An integer such that p has one sign from it on, towards side·∞ (close to the last root)."""
    near, far = 0, beyond(p)
    if count_roots(p, fmpq(0), None) if side > 0 else count_roots(p, None, fmpq(0)):
        while far - near > 1:
            middle = (near + far) // 2
            ends = (fmpq(middle), None) if side > 0 else (None, fmpq(-middle))
            near, far = (middle, far) if count_roots(p, *ends) else (near, middle)
        return side * far
    return 0


def _ceil(value: fmpq, closed: bool) -> int:
    n = -int(-value.p // value.q)
    return n + (not closed and n == value)


def _floor(value: fmpq, closed: bool) -> int:
    n = int(value.p // value.q)
    return n - (not closed and n == value)
