"""All real solutions of polynomial systems, and all critical points of a polynomial.

    real_solutions([f1, f2], [x, y]) == k                 the number of distinct real solutions
    critical_points(f, [x, y], [[0, 0], [1, sqrt(2)]])    the real critical points are exactly these
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product

import flint

from gradproof.checks.core import Accept, Outcome, Unknown, Witness, check
from gradproof.checks.exact.hermite import NotFinite, real_count
from gradproof.checks.points import BITS, COMPARISONS, PREDICATES, Point
from gradproof.checks.roots import COMPARE, at, free_variables_of, whole_polynomial
from gradproof.formulas import Expr, FormulaError, Predicate, Proposition, Relation
from gradproof.formulas.calculus import ZERO, derivative
from gradproof.formulas.expr import num, substitute, text_of
from gradproof.formulas.values import NotRational, Undefined, ball, rational
from gradproof.verdicts import Proved

METHOD = "Gröbner basis and Hermite's quadratic form"
GRID = tuple(Fraction(k, 2) for k in range(-6, 7))  # where a further critical point is looked for
GRID_POINTS = 5_000


@check("critical points")
def critical_points(proposition: Proposition) -> Outcome:
    """``critical_points(f, [x, …], [[…], …])`` and ``real_solutions([f, …], [x, …]) == k``.

    The signature of the trace form on ℚ[x]/I is the number of distinct real solutions; each
    listed point is verified exactly. Coefficients are rational, without parameters.
    """
    goal = proposition.conclusions[0]
    if free_variables_of(goal):
        return Unknown("systems with parameters are not supported: fix them")
    try:
        if isinstance(goal, Predicate):
            return _listed(goal.expr, proposition)
        return _counted(goal)
    except (FormulaError, NotRational, Undefined, NotFinite) as error:
        return Unknown(str(error))


def _counted(goal: Relation) -> Outcome:
    left, right = _number(goal.left), _number(goal.right)
    if COMPARE[goal.op](left, right):
        return Accept(Proved, METHOD, f"counts: {left} and {right}", defined=True)
    return Witness(found=f"counts: {left} and {right}", method=METHOD)


def _number(side: Expr) -> Fraction:
    if side.head != "call" or side.data != "real_solutions":
        return rational(side, {})
    equations, names = side.args[0], _names(side.args[1])
    if len(side.args) != 2 or equations.head != "row":
        raise FormulaError("real_solutions takes [f1, f2, …] and [x, y, …]")
    return Fraction(real_count([whole_polynomial(f, names) for f in equations.args], names))


def _names(row: Expr) -> list[str]:
    return [v.data for v in (row.args if row.head == "row" else (row,))]


def _listed(expr: Expr, proposition: Proposition) -> Outcome:
    if expr.data != "critical_points" or len(expr.args) != 3:
        raise FormulaError("write critical_points(f, [x, y], [[0, 0], [1, 1]])")
    f, names = expr.args[0], _names(expr.args[1])
    points = _points(expr.args[2], len(names))
    gradient = [derivative(f, name) for name in names]
    polynomials = [whole_polynomial(g, names) for g in gradient]
    for point in points:
        wrong = _not_critical(gradient, names, point, proposition)
        if wrong:
            return wrong
    for p, q in combinations(points, 2):
        if not _differ(p, q):
            raise FormulaError(f"{_shown(p)} and {_shown(q)} could not be told apart: "
                               f"list it once")
    try:
        number = real_count(polynomials, names)
    except NotFinite as error:
        further = _further(polynomials, points)
        if further:
            return Witness(found=f"{further} is a further critical point",
                           method="exact arithmetic")
        return Unknown(str(error))
    if number == len(points):
        return Accept(Proved, METHOD, f"{number} real critical points, all listed", defined=True)
    return Witness(found=f"{number} real critical points, {len(points)} listed", method=METHOD)


def _points(table: Expr, size: int) -> list[tuple[Expr, ...]]:
    rows = [] if table == Expr("row") else [row.args for row in table.args]
    if table.head not in ("matrix", "row") or any(len(row) != size for row in rows):
        raise FormulaError(f"list the points as [[…], …], each with {size} coordinates")
    return rows


def _shown(point: tuple[Expr, ...]) -> str:
    return "(" + ", ".join(map(text_of, point)) + ")"


def _not_critical(gradient: list[Expr], names: list[str], point: tuple[Expr, ...],
                  proposition: Proposition) -> Outcome | None:
    """A refutation or a doubt, when a listed point is not exactly a critical point."""
    for g in gradient:
        value = substitute(g, dict(zip(names, point, strict=True)))
        try:
            zero = rational(value, {}) == 0
        except NotRational:
            if any(_separated(value, bits) for bits in BITS):
                zero = False
            elif not _identity(value, proposition):
                return Unknown(f"{_shown(point)} could not be verified exactly")
            else:
                zero = True
        if not zero:
            return Witness(found=f"{_shown(point)} is not critical: {text_of(g)} is not zero there")
    return None


def _separated(value: Expr, bits: int) -> bool:
    enclosure = ball(value, {}, bits)
    return enclosure.is_finite() and bool(enclosure > 0 or enclosure < 0)


def _identity(value: Expr, proposition: Proposition) -> bool:
    from gradproof.checks.exact.normal_form import normal_form

    goal = proposition.single(Relation("==", value, ZERO))
    return isinstance(normal_form().procedure(goal), Accept)


def _differ(p: tuple[Expr, ...], q: tuple[Expr, ...]) -> bool:
    return any(_separated(Expr("sub", pair), BITS[-1]) for pair in zip(p, q, strict=True))


def _further(polynomials: list[flint.fmpq_mpoly], points: list[tuple[Expr, ...]]) -> str:
    """A rational critical point that certainly differs from the listed ones, or nothing."""
    size = len(polynomials)
    for values in list(product(GRID, repeat=size))[:GRID_POINTS]:
        if any(p(*map(_fmpq, values)) != 0 for p in polynomials):
            continue
        point = tuple(map(num, values))
        if all(_differ(point, other) for other in points):
            return _shown(point)
    return ""


def _fmpq(value: Fraction) -> flint.fmpq:
    return flint.fmpq(value.numerator, value.denominator)


def _judge(goal: Predicate | Relation) -> bool | None:
    """True, False or None for a statement without parameters."""
    result = critical_points().procedure(Proposition(conclude=(goal,)))
    return None if isinstance(result, Unknown) else isinstance(result, Accept)


def _count_at(relation: Relation, point: Point) -> bool | None:
    if not point:
        return None  # left to the procedure
    return _judge(Relation(relation.op, at(relation.left, point), at(relation.right, point)))


def _listed_at(args: tuple[Expr, ...], point: Point) -> bool | None:
    if not point:
        return None
    return _judge(Predicate(at(Expr("call", args, "critical_points"), point)))


COMPARISONS["real_solutions"] = _count_at
PREDICATES["critical_points"] = _listed_at
