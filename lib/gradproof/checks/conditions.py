"""Where formulas are defined: denominators, roots, logarithms, powers, integer arguments.

Conditions are collected from the unevaluated tree, so that ``x/x`` still asks for x ≠ 0.
Convention: hypotheses are read from left to right, and each has to be defined wherever the
earlier ones hold (``x > 0`` before ``1/x <= 2``); conclusions may use them all. Inside a sum or
product the index lies between its bounds, inside an integral between the ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from gradproof.checks.exact.facts import UNREADABLE, Facts
from gradproof.checks.exact.signs import NONNEGATIVE, NONZERO, POSITIVE, Signs
from gradproof.formulas import Expr, Predicate, Proposition, Relation, Statement
from gradproof.formulas.expr import call, free_variables, num, substitute, var, walk

ALLOWED = {"nonzero": NONZERO, "nonnegative": NONNEGATIVE, "positive": POSITIVE}
SAID = {"nonzero": "≠ 0", "nonnegative": "≥ 0", "positive": "> 0", "integer": "an integer"}
WHOLE_FUNCTIONS = ("floor", "ceil", "binomial", "factorial", "sign")
MAX_GRID = 5_000  # points at which a polynomial is tested for integer values


@dataclass(frozen=True)
class Condition:
    """``expr`` has to be ``kind`` wherever ``scope`` (on top of the hypotheses) holds."""

    expr: Expr
    kind: str
    scope: tuple[Relation, ...] = ()
    integers: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return f"{self.expr} {SAID[self.kind]}"


def nonnegative(expr: Expr, proposition: Proposition) -> bool:
    """Whether the hypotheses were shown to give ``expr`` ≥ 0, where it is defined."""
    return _holds(Condition(expr, "nonnegative"), proposition.hypotheses, proposition.integers)


def positive(expr: Expr, proposition: Proposition) -> bool:
    """Whether the hypotheses were shown to give ``expr`` > 0, where it is defined."""
    return _holds(Condition(expr, "positive"), proposition.hypotheses, proposition.integers)


def nonzero(expr: Expr, proposition: Proposition) -> bool:
    """Whether the hypotheses were shown to give ``expr`` ≠ 0, where it is defined."""
    return _holds(Condition(expr, "nonzero"), proposition.hypotheses, proposition.integers)


def side_conditions(statement: Statement | Expr) -> list[tuple[Expr, str]]:
    """(formula, "nonzero" | "nonnegative" | "positive" | "integer") pairs that ``statement`` needs.

    >>> from gradproof.formulas.parse import parse_expr
    >>> [(str(e), kind) for e, kind in side_conditions(parse_expr("1/x + sqrt(y)"))]
    [('x', 'nonzero'), ('y', 'nonnegative')]
    """
    found = _Collector((), frozenset()).conditions(statement)
    return list(dict.fromkeys((c.expr, c.kind) for c in found))


def undischarged(proposition: Proposition) -> list[str]:
    """The conditions of hypotheses and conclusions that could not be shown, as text."""
    missing: list[str] = []
    for i, hypothesis in enumerate(proposition.hypotheses):
        before = proposition.hypotheses[:i]
        missing += _open(hypothesis, before, proposition.integers, f" (in {hypothesis})")
    for target in (*proposition.conclusions, *_differentiated(proposition)):
        missing += _open(target, proposition.hypotheses, proposition.integers, "")
    return list(dict.fromkeys(missing))


def _open(target: Statement | Expr, premises: Sequence[Statement], integers: frozenset[str],
          where: str) -> list[str]:
    conditions = dict.fromkeys(_Collector(premises, integers).conditions(target))
    return [f"{c}{where}" for c in conditions if not _holds(c, premises, integers)]


def _differentiated(proposition: Proposition) -> Iterator[Expr]:
    """What the statement differentiates: log x has no derivative at −1, though 1/x has a value."""
    trees = [d.body for d in proposition.definitions]
    for s in (*proposition.assume, *proposition.conclude):
        trees += [s.expr] if isinstance(s, Predicate) else [s.left, s.right]
    for tree in trees:
        yield from (proposition._plain(n.args[1]) for n in walk(tree) if n.head == "diff")


def _holds(condition: Condition, premises: Sequence[Statement], integers: frozenset[str]) -> bool:
    facts = Facts((*premises, *condition.scope), [condition.expr], integers | condition.integers)
    if condition.kind == "integer":
        return whole(condition.expr, facts)
    allowed = ALLOWED[condition.kind]
    sign = Signs(facts).of(condition.expr)
    if sign and sign | allowed == allowed:
        return True
    if condition.kind == "nonzero" and _divides_nonzero(condition.expr, facts):
        return True
    from gradproof.checks.exact.positivity import shown

    return shown(facts, condition.expr, condition.kind)


def _divides_nonzero(expr: Expr, facts: Facts) -> bool:
    """Whether every factor of ``expr`` divides something known to be ≠ 0: x and y, from x·y > 0."""
    try:
        top = facts.read(expr).num
    except UNREADABLE:
        return False
    known = [fact.poly for fact in facts.known if fact.kind in (">", "!=")]
    return not top.is_zero() and all(any((poly % factor).is_zero() for poly in known)
                                     for factor, _ in top.factor()[1])


def whole(expr: Expr, facts: Facts) -> bool:
    """Whether ``expr`` was shown to be an integer: a polynomial in integers whose values on the
    grid of {0, …, degree} in every variable are integers."""
    try:
        top, bottom = facts.read(expr)
    except UNREADABLE:
        return False
    if not bottom.is_constant():
        return False
    poly = top / bottom
    degrees = [int(d) for d in poly.degrees()]
    used = [i for i, d in enumerate(degrees) if d > 0]  # the zero polynomial has degrees −1
    if not all(_whole_generator(facts, i) for i in used):
        return False
    if all(c.q == 1 for c in poly.coeffs()):
        return True
    sizes = [d + 1 for d in degrees]
    if prod(sizes) > MAX_GRID:
        return False
    return all(poly(*point).q == 1 for point in product(*map(range, sizes)))


def _whole_generator(facts: Facts, index: int) -> bool:
    first = len(facts.names) - len(facts.atoms)
    if index < first:
        return facts.names[index] in facts.integers
    atom = facts.atoms[index - first]
    return atom.head == "call" and atom.data in WHOLE_FUNCTIONS


class _Collector:
    """Walks a formula, carrying what holds inside binders."""

    def __init__(self, premises: Sequence[Statement], integers: frozenset[str]):
        self.premises, self.integers = tuple(premises), integers

    def conditions(self, target: Statement | Expr) -> list[Condition]:
        """All conditions of ``target``, inner before outer."""
        if isinstance(target, Relation):
            return self.conditions(target.left) + self.conditions(target.right)
        expr = target.expr if isinstance(target, Predicate) else target
        return list(self._walk(expr, (), self.integers))

    def _walk(self, expr: Expr, scope: tuple, integers: frozenset[str]) -> Iterator[Condition]:
        def need(what: Expr, kind: str) -> Condition:
            return Condition(what, kind, scope, integers)

        head, args = expr.head, expr.args
        if head in ("sum", "prod", "integral", "limit"):
            yield from self._binder(expr, scope, integers)
            return
        for arg in args:
            yield from self._walk(arg, scope, integers)
        if head == "div":
            yield need(args[1], "nonzero")
        elif head == "pow":
            yield from (need(*c) for c in self._power(*args, scope, integers))
        elif head == "call":
            yield from (need(*c) for c in _of_function(expr.data, args))

    def _power(self, base: Expr, exponent: Expr, scope, integers) -> Iterator[tuple[Expr, str]]:
        facts = Facts((*self.premises, *scope), [exponent], integers)
        if whole(exponent, facts):
            if not _at_least_zero(facts, exponent):
                yield base, "nonzero"
        else:
            grows = Signs(facts).of(exponent) == POSITIVE
            yield base, "nonnegative" if grows else "positive"

    def _binder(self, expr: Expr, scope: tuple, integers: frozenset[str]) -> Iterator[Condition]:
        bound, *ends, body = expr.args
        for end in ends:
            yield from self._walk(end, scope, integers)
        taken = frozenset().union(*map(_names, (*self.premises, *scope)), integers)
        if bound.data in taken:
            fresh = next(f"{bound.data}_{i}" for i in range(1, 10_000)
                         if f"{bound.data}_{i}" not in taken | free_variables(body))
            bound, body = var(fresh), substitute(body, {bound.data: var(fresh)})
        if expr.head in ("sum", "prod"):
            yield from (Condition(end, "integer", scope, integers) for end in ends)
            integers = integers | {bound.data}
            scope = (*scope, Relation(">=", bound, ends[0]), Relation("<=", bound, ends[1]))
        elif expr.head == "integral":
            scope = (*scope, *self._between(bound, *ends, scope, integers))
        yield from self._walk(body, scope, integers)

    def _between(self, bound: Expr, low: Expr, high: Expr, scope, integers) -> list[Relation]:
        """low ≤ bound ≤ high where the ends are known to lie that way round."""
        if Expr("const", (), "oo") in (high, *low.args):
            finite = [Relation(">=", bound, low)] if low.head != "neg" else []
            return finite + ([Relation("<=", bound, high)] if high.head != "const" else [])
        facts = Facts((*self.premises, *scope), [low, high], integers)
        if _at_least_zero(facts, Expr("sub", (high, low))):
            return [Relation(">=", bound, low), Relation("<=", bound, high)]
        return []


def _at_least_zero(facts: Facts, expr: Expr) -> bool:
    sign = Signs(facts).of(expr)
    return bool(sign) and sign | NONNEGATIVE == NONNEGATIVE


def _names(statement: Statement) -> frozenset[str]:
    if isinstance(statement, Predicate):
        return free_variables(statement.expr)
    return free_variables(statement.left) | free_variables(statement.right)


def _of_function(name: str, args: tuple[Expr, ...]) -> Iterator[tuple[Expr, str]]:
    """What a function asks of its arguments."""
    if name == "sqrt":
        yield args[0], "nonnegative"
    elif name in ("log", "gamma_function"):
        yield args[0], "positive"
    elif name == "tan":
        yield call("cos", args[0]), "nonzero"
    elif name in ("asin", "acos"):
        yield Expr("sub", (num(1), Expr("pow", (args[0], num(2))))), "nonnegative"
    elif name == "atan2":
        yield Expr("add", tuple(Expr("pow", (a, num(2))) for a in args)), "nonzero"
    elif name == "binomial":
        yield from ((args[0], "integer"), (args[0], "nonnegative"), (args[1], "integer"))
    elif name == "factorial":
        yield from ((args[0], "integer"), (args[0], "nonnegative"))
