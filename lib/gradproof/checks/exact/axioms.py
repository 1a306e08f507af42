"""What is always true of an atom: r = √u has r ≥ 0 and r² = u; eᵘ > 0 and eᵘ ≥ 1 + u; and so on.

Every line holds for all real u at which the atom has a value, and is taught in a first course.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from flint import fmpq, fmpq_mpoly

from gradproof.formulas import Expr
from gradproof.formulas.expr import call

# rational bounds, strict: lower < constant < upper
CONSTANTS = {"pi": (Fraction(103993, 33102), Fraction(104348, 33215)),
             "e": (Fraction(2721, 1001), Fraction(1457, 536))}
DERIVED = "derived"  # marks lines that rest on signs found elsewhere: they are not exported
Line = tuple[fmpq_mpoly, str] | tuple[fmpq_mpoly, str, str]


def axioms(facts, atom: Expr, value: fmpq_mpoly) -> Iterator[Line]:
    """(polynomial, kind) pairs known of ``atom`` with generator ``value``; some are DERIVED."""
    if atom.head == "const":
        if atom.data in CONSTANTS:
            low, high = (fmpq(b.numerator, b.denominator) for b in CONSTANTS[atom.data])
            yield from ((value - low, ">"), (high - value, ">"), (value, ">"))
    elif atom.head == "pow":
        yield from _derived(_power(facts, atom, value))
    elif atom.head in ("sum", "prod"):
        yield from _derived(_binder(facts, atom, value))
    elif atom.head == "call":
        try:
            arguments = [facts.read(arg) for arg in atom.args]
        except (ValueError, ArithmeticError, TypeError):
            arguments = []
        yield from _always(atom.data, value)
        if arguments:
            yield from _related(facts, atom, value, arguments)


def _derived(lines: Iterator[Line]) -> Iterator[Line]:
    yield from ((poly, kind, DERIVED) for poly, kind in lines)


def _always(name: str, y: fmpq_mpoly) -> Iterator[Line]:
    """Ranges that need no argument."""
    if name in ("sqrt", "abs", "binomial", "acos"):
        yield y, ">="
    elif name == "exp":
        yield y, ">"
    elif name in ("cosh", "factorial"):
        yield from ((y - 1, ">="), (y, ">"))
    elif name in ("sin", "cos", "sign"):
        yield from ((1 - y, ">="), (1 + y, ">="))
    elif name in ("tanh", "erf"):
        yield from ((1 - y, ">"), (1 + y, ">"))


def _related(facts, atom: Expr, y: fmpq_mpoly, arguments: list) -> Iterator[Line]:
    """Relations between the atom and its arguments u = top/bottom."""
    from gradproof.checks.exact.signs import NEGATIVE, NONZERO, POSITIVE, Signs

    top, bottom = arguments[0]
    plain = all(bottom.is_constant() for _, bottom in arguments)
    name = atom.data
    if name == "sqrt":
        square = (bottom * y ** 2 - top, "==")
        yield square if plain else (*square, DERIVED)
        if Signs(facts).of_quotient(arguments[0]) == POSITIVE:
            yield y, ">", DERIVED
    if not plain:  # f(top/bottom) against its one known value
        if name in INCREASING:
            start, value = INCREASING[name]
            shifted = type(arguments[0])(top - start * bottom, bottom)
            yield from _derived(_same_sign(Signs(facts).of_quotient(shifted), y - value))
        return
    u = top / bottom
    yield from _derived(_monotone(facts, name, y, u))
    if name == "exp":
        yield y - 1 - u, ">="
    elif name == "log":  # 1 − 1/u ≤ log u ≤ u − 1
        yield from ((u - 1 - y, ">="), (u * y - u + 1, ">="))
    elif name == "abs":
        yield from ((y - u, ">="), (y + u, ">="), (y ** 2 - u ** 2, "=="))
        if Signs(facts).of_poly(u) in (POSITIVE, NEGATIVE, NONZERO):
            yield y, ">", DERIVED
    elif name in ("max", "min") and len(arguments) == 2:
        v = arguments[1].num / arguments[1].den
        sign = 1 if name == "max" else -1
        yield from ((sign * (y - u), ">="), (sign * (y - v), ">="), ((y - u) * (y - v), "=="))
    elif name == "floor":
        yield from ((u - y, ">="), (y + 1 - u, ">"))
    elif name == "ceil":
        yield from ((y - u, ">="), (u + 1 - y, ">"))
    elif name == "cos" and call("sin", *atom.args) in facts.atoms:
        yield y ** 2 + facts.read(call("sin", *atom.args)).num ** 2 - 1, "=="


# increasing functions: name -> (u₀, f(u₀)), so that f(u) − f(u₀) has the sign of u − u₀
INCREASING = {"exp": (0, 1), "log": (1, 0), "sinh": (0, 0), "tanh": (0, 0), "atan": (0, 0),
              "asin": (0, 0), "erf": (0, 0), "sqrt": (1, 1)}
E = Expr("const", (), "e")
MAX_PAIRS = 12  # atoms of one function that are compared with each other


def _monotone(facts, name: str, y: fmpq_mpoly, u: fmpq_mpoly) -> Iterator[Line]:
    """Comparison with f(u₀), and with the atoms f(v) that came before."""
    from gradproof.checks.exact.signs import Signs

    if name not in INCREASING:
        return
    engine = Signs(facts)
    start, value = INCREASING[name]
    yield from _same_sign(engine.of_poly(u - start), y - value)
    if name == "log" and E in facts.atoms:  # log u − 1 has the sign of u − e
        yield from _same_sign(engine.of_poly(u - facts.read(E).num), y - 1)
    others = [a for a in facts.atoms if a.head == "call" and a.data == name][:MAX_PAIRS]
    for other in others:
        generator = facts.read(other).num
        if generator == y:
            return
        top, bottom = facts.read(other.args[0])
        if bottom.is_constant():
            yield from _same_sign(engine.of_poly(u - top / bottom), y - generator)


def _same_sign(sign: int, poly: fmpq_mpoly) -> Iterator[Line]:
    """``poly`` as a fact when ``sign`` says what its sign is."""
    kinds = {4: (poly, ">"), 6: (poly, ">="), 1: (-poly, ">"), 3: (-poly, ">="), 5: (poly, "!="),
             2: (poly, "==")}
    if sign in kinds:
        yield kinds[sign]


def _power(facts, atom: Expr, y: fmpq_mpoly) -> Iterator[Line]:
    """b^a > 0 for b > 0, whatever a; b^a ≥ 0 for b ≥ 0."""
    from gradproof.checks.exact.signs import NONNEGATIVE, POSITIVE, Signs

    sign = Signs(facts).of(atom.args[0])
    if sign == POSITIVE:
        yield y, ">"
    elif sign | NONNEGATIVE == NONNEGATIVE:
        yield y, ">="


def _binder(facts, atom: Expr, y: fmpq_mpoly) -> Iterator[Line]:
    """Sums and products of terms of one sign; an empty sum is 0, an empty product 1."""
    from gradproof.checks.exact.signs import NONNEGATIVE, POSITIVE, Signs, body_sign

    sign = body_sign(facts, atom)
    low, high = atom.args[1:3]
    filled = Signs(facts).of(Expr("sub", (high, low))) | NONNEGATIVE == NONNEGATIVE
    if sign == POSITIVE:
        yield y, ">" if atom.head == "prod" or filled else ">="
    elif sign | NONNEGATIVE == NONNEGATIVE:
        yield y, ">="
