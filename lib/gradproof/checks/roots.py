"""How many real roots a polynomial has in an interval, exactly.

    roots(x, p, a, b) == k       distinct real roots in a ≤ x ≤ b (ends may be −oo, oo)
    roots_open(x, p, a, b) == k  in a < x < b
    isolated(x, p, a, b)         exactly one in a ≤ x ≤ b, and it is simple
"""

from __future__ import annotations

from fractions import Fraction

import flint

from gradproof.checks.core import Accept, KernelError, Outcome, Unknown, Witness, check
from gradproof.checks.exact.polynomials import polynomial
from gradproof.checks.exact.sturm import count_roots
from gradproof.checks.points import COMPARISONS, PREDICATES, Point
from gradproof.formulas import Expr, FormulaError, Predicate, Proposition, Relation, free_variables
from gradproof.formulas.expr import num, substitute, text_of, walk
from gradproof.formulas.values import NotRational, Undefined, rational
from gradproof.verdicts import Proved

COUNTS = ("roots", "roots_open")
MAX_DEGREE = 200
COMPARE = {"==": lambda a, b: a == b, "!=": lambda a, b: a != b, "<": lambda a, b: a < b,
           "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b}


@check("Sturm's theorem")
def root_count(proposition: Proposition) -> Outcome:
    """``roots(x, p, a, b) == k`` (or another relation, or two counts) and ``isolated(x, p, a, b)``.

    p has rational coefficients and no parameters. Counted by Sturm's sequence and again by
    FLINT's isolation of all complex roots.
    """
    goal = proposition.conclusions[0]
    if free_variables_of(goal):
        return Unknown("root counts with parameters are not supported: fix them")
    try:
        truth, found = _judged(goal)
    except (FormulaError, NotRational, Undefined) as error:
        return Unknown(str(error))
    if truth:
        return Accept(Proved, "Sturm's theorem", found, defined=True)
    return Witness(found=found, method="Sturm's theorem and isolation of the roots")


def free_variables_of(goal: Relation | Predicate) -> frozenset[str]:
    """The parameters of a statement."""
    if isinstance(goal, Predicate):
        return free_variables(goal.expr)
    return free_variables(goal.left) | free_variables(goal.right)


def _judged(goal: Relation | Predicate) -> tuple[bool, str]:
    if isinstance(goal, Predicate):
        if goal.expr.data != "isolated":
            raise FormulaError(f"root_count() does not know the predicate {goal.expr.data}")
        return _isolated(goal.expr)
    left, right = _number(goal.left), _number(goal.right)
    return COMPARE[goal.op](left, right), f"counts: {left} and {right}"


def _number(side: Expr) -> Fraction:
    if side.head == "call" and side.data in COUNTS:
        return Fraction(count(side))
    return rational(side, {})


def count(expr: Expr) -> int:
    """The number that roots(…) or roots_open(…) stands for."""
    poly, low, high = _problem(expr)
    closed = expr.data != "roots_open"
    first = count_roots(poly, _fmpq(low), _fmpq(high), closed_low=closed, closed_high=closed)
    if first != _by_isolation(poly, low, high, closed):
        raise KernelError(f"two root counts of {text_of(expr)} differ")
    return first


def _problem(expr: Expr) -> tuple[flint.fmpq_poly, Fraction | None, Fraction | None]:
    if len(expr.args) != 4:
        raise FormulaError(f"{expr.data} takes a variable, a polynomial and two ends")
    variable, body, low, high = expr.args
    poly = univariate(body, variable.data)
    if poly.degree() < 0:
        raise FormulaError(f"{text_of(body)} is the zero polynomial: every number is a root")
    if poly.degree() > MAX_DEGREE:
        raise FormulaError(f"degree {poly.degree()} is beyond the limit {MAX_DEGREE}")
    a, b = _end(low, -1), _end(high, 1)
    if a is not None and b is not None and a > b:
        raise FormulaError(f"the interval from {a} to {b} is empty")
    return poly, a, b


def univariate(body: Expr, name: str) -> flint.fmpq_poly:
    """``body`` as a polynomial in ``name`` over ℚ.

    Raises FormulaError for a quotient: x²/x would lose where it is undefined.
    """
    terms = whole_polynomial(body, [name]).to_dict()
    coefficients = [flint.fmpq(0)] * (max((k for (k,) in terms), default=0) + 1)
    for (k,), value in terms.items():
        coefficients[k] = value
    return flint.fmpq_poly(coefficients)


def whole_polynomial(body: Expr, names: list[str]) -> flint.fmpq_mpoly:
    """`polynomial`, refused when the formula divides by something that is not constant."""
    for node in walk(body):
        divisor = node.args[1] if node.head == "div" else None
        if node.head == "pow" and not (node.args[1].head == "num" and node.args[1].data >= 0):
            divisor = node.args[0]
        if divisor is not None and free_variables(divisor):
            raise FormulaError(f"{text_of(node)} is no polynomial as it is written")
    return polynomial(body, names)


def _end(expr: Expr, sign: int) -> Fraction | None:
    oo = Expr("const", (), "oo")
    if expr == (oo if sign > 0 else Expr("neg", (oo,))):
        return None
    return rational(expr, {})


def _fmpq(value: Fraction | None) -> flint.fmpq | None:
    return flint.fmpq(value.numerator, value.denominator) if value is not None else None


def _by_isolation(poly: flint.fmpq_poly, low, high, closed: bool) -> int:
    """The same count from certified balls around all roots of the squarefree part."""
    poly = poly / poly.gcd(poly.derivative())
    found = 0
    for end in dict.fromkeys(e for e in (low, high) if e is not None):
        point = _fmpq(end)
        if poly(point) == 0:
            poly = poly / flint.fmpq_poly([-point, 1])
            found += closed
    roots = flint.fmpz_poly(list(poly.numer())).complex_roots() if poly.degree() > 0 else []
    real = [root.real for root, _ in roots if root.imag == 0]
    return found + sum(_beyond(r, low, 1) and _beyond(r, high, -1) for r in real)


def _beyond(root: flint.arb, end: Fraction | None, sign: int) -> bool:
    if end is None:
        return True
    gap = sign * (root - flint.arb(_fmpq(end)))
    if not (gap > 0 or gap < 0):
        raise Undefined("a root and an end of the interval could not be told apart")
    return bool(gap > 0)


def _isolated(expr: Expr) -> tuple[bool, str]:
    poly, low, high = _problem(expr)
    number = count(Expr("call", expr.args, "roots"))
    multiple = poly.gcd(poly.derivative())
    double = multiple.degree() > 0 and count_roots(multiple, _fmpq(low), _fmpq(high)) > 0
    return number == 1 and not double, f"{number} roots{', a multiple one' if double else ''}"


def at(expr: Expr, point: Point) -> Expr:
    """``expr`` with the parameters' values put in."""
    return substitute(expr, {name: num(value) for name, value in point.items()})


def _count_at(relation: Relation, point: Point) -> bool | None:
    try:
        sides = at(relation.left, point), at(relation.right, point)
        return _judged(Relation(relation.op, *sides))[0]
    except (FormulaError, NotRational, Undefined):
        return None


def _isolated_at(args: tuple[Expr, ...], point: Point) -> bool | None:
    try:
        return _isolated(at(Expr("call", args, "isolated"), point))[0]
    except (FormulaError, NotRational, Undefined):
        return None


for _name in COUNTS:
    COMPARISONS[_name] = _count_at
PREDICATES["isolated"] = _isolated_at
