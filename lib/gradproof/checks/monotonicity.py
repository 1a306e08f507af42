"""Inequalities by growth from a point of contact: f(a) ≥ 0 and f' ≥ 0 give f ≥ 0 for x ≥ a.

The parameters may be symbolic and unbounded. Signs are decided exactly; where they are not,
the same argument is applied to the derivative, so that 1 + x ≤ eˣ follows from e⁰ = 1 and from
the growth of its derivative.
"""

from __future__ import annotations

from dataclasses import replace

from gradproof.checks.conditions import (
    Condition,
    nonnegative,
    positive,
    side_conditions,
    undischarged,
)
from gradproof.checks.core import Accept, Outcome, Unknown, check
from gradproof.checks.enclosures import gaps
from gradproof.checks.exact.polynomials import Field, constant, fraction
from gradproof.formulas import Expr, FormulaError, Predicate, Proposition, Relation
from gradproof.formulas.calculus import ZERO, derivative
from gradproof.formulas.expr import BINDERS, free_variables, num, substitute, transform, var, walk
from gradproof.formulas.parse import parse_expr
from gradproof.formulas.values import NotRational, Undefined, ball, rational
from gradproof.verdicts import Proved

ORDERS = 4  # derivatives that are taken one after the other
_AT = {"log": (1, 0), "exp": (0, 1), "sin": (0, 0), "cos": (0, 1), "tan": (0, 0), "sinh": (0, 0),
       "cosh": (0, 1), "tanh": (0, 0), "atan": (0, 0), "asin": (0, 0), "sqrt": (0, 0),
       "erf": (0, 0)}  # function -> (argument, exact value there)


@check("monotonicity")
def monotonicity(proposition: Proposition, *, in_: str, at: str = "0") -> Outcome:
    """``left op right`` with op < <= > >=, by the sign of the derivative in ``in_``.

    at: a formula without ``in_`` where both sides are compared first; the statement is decided
    for ``in_`` ≥ at and ``in_`` ≤ at apart, as far as the hypotheses allow either.
    """
    goal = proposition.conclusions[0]
    if not isinstance(goal, Relation) or goal.op not in ("<", "<=", ">", ">="):
        return Unknown("monotonicity decides <, <=, > and >= only")
    if in_ not in dict(proposition.for_all):
        raise FormulaError(f"in_={in_!r} is no parameter of the proposition")
    start = parse_expr(at)
    if in_ in free_variables(start):
        raise FormulaError(f"at={at!r} must not contain {in_}")
    strict = goal.op in ("<", ">")
    try:
        shown = all(_nonnegative(_cleared(f, proposition), in_, start, proposition, strict)
                    for f in gaps(goal))
    except (FormulaError, Undefined) as error:
        return Unknown(str(error))
    if not shown:
        return Unknown(f"the signs of the derivatives in {in_} from {at} on were not decided")
    return Accept(Proved, f"monotone in {in_} from {in_} = {at} on",
                  defined=_defined(proposition, goal))


def _defined(proposition: Proposition, goal: Relation) -> bool:
    """Whether all side conditions hold, denominators by monotonicity where need be."""
    missing = undischarged(proposition)
    nodes = [node for side in (goal.left, goal.right) for node in walk(side)]
    if not missing or any(node.head in BINDERS for node in nodes):
        return not missing
    own = {str(Condition(expr, kind)): expr for expr, kind in side_conditions(goal)
           if kind in ("nonzero", "nonnegative", "positive")}
    return all(text in own and _surely_positive(own[text], proposition) for text in missing)


def _cleared(f: Expr, proposition: Proposition) -> Expr:
    """f times the denominators that are certainly positive: its sign is the same."""
    top, bottom = _over_one(f)
    return top if bottom is not None and _surely_positive(bottom, proposition) else f


def _surely_positive(expr: Expr, proposition: Proposition) -> bool:
    if expr.head == "mul":
        return all(_surely_positive(a, proposition) for a in expr.args)
    if positive(expr, proposition):
        return True
    for name in sorted(free_variables(expr)):
        if _nonnegative(expr, name, ZERO, proposition, True):
            return True
    return False


def _over_one(f: Expr) -> tuple[Expr, Expr | None]:
    """(numerator, denominator or None) of a sum, difference, product or quotient."""
    if f.head == "neg":
        top, bottom = _over_one(f.args[0])
        return Expr("neg", (top,)), bottom
    if f.head == "div":
        (a, b), (c, d) = map(_over_one, f.args)
        return _times(a, d), _times(b, c) if b is not None else c
    if f.head == "mul":
        (a, b), (c, d) = map(_over_one, f.args)
        return _times(a, c), _times(b, d) if b is not None else d
    if f.head in ("add", "sub"):
        (a, b), (c, d) = map(_over_one, f.args)
        if b == d:
            return Expr(f.head, (a, c)), b
        bottom = _times(b, d) if b is not None else d
        return Expr(f.head, (_times(a, d), _times(c, b))), bottom
    return f, None


def _times(a: Expr, b: Expr | None) -> Expr:
    return a if b is None else Expr("mul", (a, b))


def _nonnegative(f: Expr, name: str, start: Expr, proposition: Proposition, strict: bool,
                 orders: int = ORDERS) -> bool:
    """f ≥ 0 (or f > 0 when strict) wherever the hypotheses hold."""
    if (positive if strict else nonnegative)(f, proposition):
        return True
    if orders == 0 or name not in free_variables(f):
        return False
    x = var(name)
    sides = [op for op in (">=", "<=") if not _impossible(op, x, start, proposition)]
    return bool(sides) and all(
        _one_side(f, name, start, _with(proposition, Relation(op, x, start)), strict, orders)
        for op in sides)


def _impossible(op: str, x: Expr, start: Expr, proposition: Proposition) -> bool:
    """Whether only the other side (up to the point itself, which that side includes) occurs."""
    gap = Expr("sub", (start, x) if op == ">=" else (x, start))
    return nonnegative(gap, proposition)


def _with(proposition: Proposition, extra: Relation) -> Proposition:
    return replace(proposition, assume=(*proposition.hypotheses, extra), definitions=(),
                   conclude=proposition.conclusions,
                   for_all=tuple((n, "real" if s == "natural" else s)
                                 for n, s in proposition.for_all))


def _one_side(f: Expr, name: str, start: Expr, half: Proposition, strict: bool,
              orders: int) -> bool:
    """f on the half where x ≥ a (or x ≤ a), which `half` has as its last hypothesis.

    f(a) ≥ 0, f' ≥ 0 (≤ 0) on the half, and segments from a stay in the domain.
    """
    grows = half.hypotheses[-1].op == ">="
    if name in half.integers or not _star_shaped(name, start, half):
        return False
    slope = derivative(f, name)
    if not grows:
        slope = Expr("neg", (slope,))
    at_start = _tidy(substitute(f, {name: start}))
    beyond = _with_strict(half)
    if not _has_values(half, (f, slope), beyond):
        return False
    if not strict:
        return (_start_sign(at_start, half, False)
                and _nonnegative(slope, name, start, beyond, False, orders - 1))
    if _start_sign(at_start, half, True):
        return _nonnegative(slope, name, start, beyond, False, orders - 1)
    gap = Expr("sub", (var(name), start) if grows else (start, var(name)))
    return (positive(gap, half) and _start_sign(at_start, half, False)
            and _nonnegative(slope, name, start, beyond, True, orders - 1))


def _with_strict(half: Proposition) -> Proposition:
    """The half without the point a itself, where a derivative is not needed."""
    last = half.assume[-1]
    return replace(half, assume=(*half.assume[:-1],
                                 Relation(last.op[0], last.left, last.right)))


def _start_sign(value: Expr, half: Proposition, strict: bool) -> bool:
    if (positive if strict else nonnegative)(value, half):
        return True
    try:
        enclosure = ball(value, {}, 128)
    except (FormulaError, Undefined):
        return False
    return enclosure.is_finite() and bool(enclosure > 0 if strict else enclosure >= 0)


def _star_shaped(name: str, start: Expr, half: Proposition) -> bool:
    """Whether with x also every point between a and x satisfies the hypotheses.

    Each hypothesis that contains x has to be linear in x and to hold, weakly, at x = a.
    """
    for h in half.hypotheses:
        if isinstance(h, Predicate):
            if name in free_variables(h.expr):
                return False
            continue
        if name not in free_variables(h.left) | free_variables(h.right):
            continue
        gap = Expr("sub", (h.right, h.left) if h.op in ("<", "<=") else (h.left, h.right))
        if h.op in ("==", "!=") or not _linear(gap, name):
            return False
        if not nonnegative(_tidy(substitute(gap, {name: start})), half):
            return False
    return True


def _linear(gap: Expr, name: str) -> bool:
    try:
        slope = derivative(gap, name)
        names = sorted(free_variables(slope))
        top, bottom = fraction(slope, names)
    except (FormulaError, Undefined):
        return False
    if name not in names:
        return True
    i = names.index(name)
    return top.degrees()[i] == 0 and bottom.degrees()[i] == 0


def _has_values(half: Proposition, formulas: tuple[Expr, Expr], beyond: Proposition) -> bool:
    """f on the closed half (its end a included), its derivative on the open one."""
    f, slope = formulas
    name = half.hypotheses[-1].left.data
    end = substitute(f, {name: half.hypotheses[-1].right})
    asked = ((f, half), (slope, beyond), (end, half))
    return not any(undischarged(replace(p, conclude=(Relation(">=", e, ZERO),), prose=""))
                   for e, p in asked)


def _tidy(value: Expr) -> Expr:
    """log 1, exp 0 and the like, and rational constants, replaced by their exact values."""
    def rule(node: Expr) -> Expr | None:
        if node.head == "call" and node.data in _AT:
            point, result = _AT[node.data]
            return num(result) if _is(node.args[0], point) else None
        return None

    return transform(value, rule)


def _is(expr: Expr, number: int) -> bool:
    """Whether ``expr`` is identically ``number``."""
    try:
        return rational(expr, {}) == number
    except (NotRational, FormulaError, Undefined):
        pass
    try:
        return constant(Field(sorted(free_variables(expr))).of(expr)) == number
    except (FormulaError, Undefined):
        return False
