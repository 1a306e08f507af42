"""Small constructors of formulas that fold numbers and drop 0 and 1, and decisions about them.

Folding is exact rational arithmetic on numbers alone, so no hypothesis is lost.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from gradproof.checks import conditions
from gradproof.checks.core import Accept
from gradproof.checks.exact.normal_form import normal_form
from gradproof.formulas import Expr, FormulaError, Proposition, Relation, free_variables, num
from gradproof.formulas.expr import call, transform
from gradproof.formulas.values import NotRational, Undefined, ball, rational

ZERO, ONE = num(0), num(1)
PI, INFINITY = Expr("const", (), "pi"), Expr("const", (), "oo")
BITS = (128, 512)  # precisions at which a number is separated from zero
_AT_NUMBERS = {("exp", 0): ONE, ("log", 1): ZERO, ("sin", 0): ZERO, ("cos", 0): ONE,
               ("atan", 0): ZERO, ("erf", 0): ZERO, ("sqrt", 0): ZERO, ("sqrt", 1): ONE,
               ("asin", 0): ZERO, ("tanh", 0): ZERO, ("acos", 1): ZERO, ("acos", -1): PI,
               **{(name, s): Expr("div", (PI, num(k * s)))
                  for name, k in (("atan", 4), ("asin", 2)) for s in (1, -1)}}


class Failure(Exception):
    """A value could not be found; the message says what stood in the way."""


def add(a: Expr, b: Expr) -> Expr:
    """a + b."""
    if a.head == b.head == "num":
        return num(a.data + b.data)
    return b if a == ZERO else a if b == ZERO else Expr("add", (a, b))


def neg(a: Expr) -> Expr:
    """−a."""
    return num(-a.data) if a.head == "num" else a.args[0] if a.head == "neg" else Expr("neg", (a,))


def sub(a: Expr, b: Expr) -> Expr:
    """a − b; equal formulas give 0 (both are shown to be defined elsewhere)."""
    return ZERO if a == b else add(a, num(-b.data)) if b.head == "num" \
        else neg(b) if a == ZERO else Expr("sub", (a, b))


def mul(a: Expr, b: Expr) -> Expr:
    """a·b."""
    if a.head == b.head == "num":
        return num(a.data * b.data)
    if ZERO in (a, b):
        return ZERO
    return b if a == ONE else a if b == ONE else Expr("mul", (a, b))


def div(a: Expr, b: Expr) -> Expr:
    """a/b for b that is known not to vanish."""
    if a.head == b.head == "num" and b.data:
        return num(a.data / b.data)
    return a if b == ONE else ZERO if a == ZERO else Expr("div", (a, b))


def power(a: Expr, exponent: Fraction) -> Expr:
    """a^exponent for rational exponents; a > 0 is known where the exponent is no integer."""
    if exponent.denominator == 1 and a.head == "num" and (a.data or exponent > 0):
        return num(a.data ** int(exponent))
    if a == ONE or exponent == 0:
        return ONE
    if exponent == 1:
        return a
    return apply("sqrt", a) if exponent == Fraction(1, 2) else Expr("pow", (a, num(exponent)))


def apply(name: str, a: Expr) -> Expr:
    """The function ``name`` at ``a``; its values at 0 and 1 are put in."""
    return _AT_NUMBERS.get((name, a.data if a.head == "num" else None)) or call(name, a)


def constant(expr: Expr) -> Expr:
    """``expr``, as a number where it is a rational constant. Raises Failure where undefined."""
    try:
        return num(rational(expr, {}))
    except Undefined as error:
        raise Failure(f"possibly undefined: {error}") from error
    except (NotRational, FormulaError):
        return transform(expr, _folded)


def _folded(node: Expr) -> Expr | None:
    """``node`` with numbers put together; None where there is nothing to do."""
    head, args = node.head, node.args
    if head in _FOLDS:
        return _FOLDS[head](*args)
    if head == "pow" and args[1].head == "num" and (args[0].head == "num" or args[1] == ONE):
        return power(args[0], args[1].data)
    return apply(node.data, args[0]) if head == "call" and len(args) == 1 else None


_FOLDS = {"add": add, "sub": sub, "neg": neg, "mul": mul, "div": div}


class Known:
    """What the hypotheses of ``proposition`` say of formulas in its parameters."""

    def __init__(self, proposition: Proposition):
        self.proposition = proposition
        self._answers: dict[tuple[str, Expr], bool] = {}

    def zero(self, expr: Expr) -> bool:
        """Whether ``expr`` was shown to be 0."""
        return self._cached("zero", expr, self._zero)

    def nonzero(self, expr: Expr) -> bool:
        """Whether ``expr`` was shown to be defined and different from 0."""
        return self._cached("nonzero", expr, lambda e: self._sign(e, conditions.nonzero, (-1, 1)))

    def positive(self, expr: Expr) -> bool:
        """Whether ``expr`` was shown to be defined and positive."""
        return self._cached("positive", expr, lambda e: self._sign(e, conditions.positive, (1,)))

    def defined(self, expr: Expr) -> bool:
        """Whether ``expr`` was shown to have a value wherever the hypotheses hold."""
        return self._cached("defined", expr, lambda e: not conditions.undischarged(
            self.lemma(Relation("==", e, ZERO))))

    def tidied(self, expr: Expr) -> Expr:
        """``expr``, defined, with 1^a as 1, 0^a as 0 for a > 0, and numbers put together."""
        def rule(node: Expr) -> Expr | None:
            if node.head == "pow" and node.args[0] == ONE:
                return ONE
            if node.head == "pow" and node.args[0] == ZERO and self.positive(node.args[1]):
                return ZERO
            return _folded(node)

        return transform(constant(expr), rule)

    def lemma(self, *goals: Relation) -> Proposition:
        """The same hypotheses with other conclusions."""
        return replace(self.proposition, conclude=goals, prose="")

    def _cached(self, question: str, expr: Expr, answer) -> bool:
        if expr.head == "num":
            return {"zero": expr.data == 0, "nonzero": expr.data != 0,
                    "positive": expr.data > 0, "defined": True}[question]
        key = question, expr
        if key not in self._answers:
            self._answers[key] = answer(expr)
        return self._answers[key]

    def _zero(self, expr: Expr) -> bool:
        outcome = normal_form().procedure(self.lemma(Relation("==", expr, ZERO)))
        return isinstance(outcome, Accept) and self.defined(expr)

    def _sign(self, expr: Expr, shown, signs: tuple[int, ...]) -> bool:
        if not free_variables(expr):
            return _ball_sign(expr) in signs
        return self.defined(expr) and (shown(expr, self.proposition)
                                       or self._logarithm(expr, signs))

    def _logarithm(self, expr: Expr, signs: tuple[int, ...]) -> bool:
        """±log u has the sign of ±(u − 1)."""
        turned = expr.head == "neg"
        log = expr.args[0] if turned else expr
        if log.head != "call" or log.data != "log":
            return False
        above = sub(log.args[0], ONE)
        return any(self.positive(above if (s > 0) != turned else neg(above)) for s in signs)


def _ball_sign(expr: Expr) -> int:
    """The certain sign of a number; 0 where its balls contain 0."""
    for bits in BITS:
        try:
            value = ball(expr, {}, bits)
        except (FormulaError, Undefined):
            return 0
        if value > 0 or value < 0:
            return 1 if value > 0 else -1
    return 0
