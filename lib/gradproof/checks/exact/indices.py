"""Matrix identities of general size, by indices: (AB)ᵢⱼ = Σₖ Aᵢₖ Bₖⱼ, ∂U_ab/∂U_ij = δ_ai δ_bj.

Operations: + − * (numbers, matrices), ^ with a constant, division by a constant, transpose(A),
trace(A), frob2(A) = ‖A‖²_F, dot(x, y), hadamard(A, B), outer(x, y), identity(n), ones(n) and
grad(f, U) = (∂f/∂U_ij). A size of 1 has no index, so that transpose(x)*y is a number.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import count

from gradproof.checks.core import Accept, Outcome, Unknown, check
from gradproof.checks.exact.polynomials import BeyondBudget
from gradproof.checks.exact.shapes import ONE, Shapes, SizeError, agreed
from gradproof.checks.exact.tensors import DELTA, Factor, Term, normal, product
from gradproof.formulas import Expr, FormulaError, Proposition, Relation
from gradproof.formulas.expr import text_of
from gradproof.formulas.show import name_text
from gradproof.formulas.values import NotRational, Undefined, rational
from gradproof.verdicts import Proved

MAX_POWER = 12


@check("index proof", tensors=True)
def index_proof(proposition: Proposition, using: str = "") -> Outcome:
    """Decide a matrix equation for all sizes, entry by entry in index notation.

    >>> index_proof()(proposition("transpose(A*B) == transpose(B)*transpose(A)",
    ...                           for_all=["A matrix(m,n)", "B matrix(n,k)"]))  # Proved

    using: left − right as a combination of the hypotheses: h1, h2, … stand for left − right of
    the equations among them (see `modulo`). Without it hypotheses are not used.
    Small integer matrices of several sizes are tried first: a difference there is a witness.
    Raises SizeError (a FormulaError) when sizes do not fit, naming the two.
    """
    from gradproof.checks.exact import matrix_witness, modulo

    goal = proposition.conclusions[0]
    if not isinstance(goal, Relation) or goal.op != "==":
        return Unknown("index proofs decide equations only")
    reader = Indices(proposition)
    try:
        shape = agreed(reader.shape(goal.left), reader.shape(goal.right), goal)
        if (audited := matrix_witness.audit(proposition, goal)) is not None:
            return audited
        i, j = (reader.fresh() if size != "1" else None for size in shape)
        gap = reader.entry(goal.left, i, j) + [
            Term(-t.coefficient, t.factors, t.bound) for t in reader.entry(goal.right, i, j)]
        if using:
            vanishing = modulo.combination(using, proposition, reader, shape)
            gap += _scaled(reader.entry(vanishing, i, j), Fraction(-1))
        left = normal(gap, reader.symmetric)
    except BeyondBudget as error:
        return Unknown(f"budget spent: {error}")
    except SizeError:
        raise
    except FormulaError as error:
        return Unknown(f"unsupported: {error}")
    if left:
        return Unknown(f"the two index forms differ in {len(left)} terms; no witness was found")
    sizes = ", ".join(map(name_text, proposition.sizes))
    return Accept(Proved, "entry by entry, in index notation"
                  + (f"; for all sizes {sizes}" if sizes else "")
                  + (f"; left − right = {using}, h = the hypotheses" if using else ""),
                  defined=True)


class Indices(Shapes):
    """Entries of matrix formulas as sums of products of indexed symbols."""

    def __init__(self, proposition: Proposition):
        super().__init__(proposition)
        self._indices = count(1)

    def fresh(self) -> int:
        """An index that no term has yet."""
        return next(self._indices)

    def entry(self, expr: Expr, i: int | None, j: int | None) -> list[Term]:
        """The entry (i, j) of ``expr``; None where the size is 1. A number stands for itself."""
        head, args = expr.head, expr.args
        if head == "num":
            return [Term(expr.data)]
        if head == "var":
            return [Term(Fraction(1), ((expr.data, _given(i, j)),))]
        if head == "call":
            return CALLS[expr.data](self, args, i, j)
        if head == "neg":
            return _scaled(self.entry(args[0], i, j), Fraction(-1))
        if head in ("add", "sub"):
            sign = Fraction(1 if head == "add" else -1)
            return self.entry(args[0], i, j) + _scaled(self.entry(args[1], i, j), sign)
        if head == "div":
            divisor = _number(args[1])
            if divisor == 0:
                raise Undefined(f"division by zero in {text_of(expr)}")
            return _scaled(self.entry(args[0], i, j), 1 / divisor)
        if head == "pow":
            return self._power(expr, i, j)
        return self._product(args[0], args[1], i, j)

    def _product(self, one: Expr, two: Expr, i: int | None, j: int | None) -> list[Term]:
        left, right = self.shape(one), self.shape(two)
        if left == ONE:
            return product(self.entry(one, None, None), self.entry(two, i, j))
        if right == ONE:
            return product(self.entry(one, i, j), self.entry(two, None, None))
        with_index = self.fresh() if left[1] != "1" else None
        return _summed(product(self.entry(one, i, with_index), self.entry(two, with_index, j)),
                       {with_index: left[1]})

    def _power(self, expr: Expr, i: int | None, j: int | None) -> list[Term]:
        base, power = expr.args[0], _number(expr.args[1])
        if power.denominator != 1 or not 0 <= power <= MAX_POWER:
            raise FormulaError(f"no index notation for {text_of(expr)}: powers 0 to {MAX_POWER}")
        size = self.shape(base)[0]
        if power == 0:
            return [Term(Fraction(1), ((DELTA, (i, j)),) if size != "1" else ())]
        result = base
        for _ in range(int(power) - 1):
            result = Expr("mul", (result, base))
        return self.entry(result, i, j)

    def gradient(self, terms: list[Term], name: str, i: int | None, j: int | None) -> list[Term]:
        """∂/∂U_ij of a number: each factor U(a, b) in turn becomes δ(a, i) δ(b, j)."""
        found = []
        for term in terms:
            for place, (symbol, indices) in enumerate(term.factors):
                if symbol == name:
                    deltas = tuple((DELTA, pair) for pair in
                                   zip(indices, _given(i, j), strict=True))
                    rest = term.factors[:place] + term.factors[place + 1:]
                    found.append(Term(term.coefficient, rest + deltas, term.bound))
        return found


def _given(i: int | None, j: int | None) -> tuple[int, ...]:
    return tuple(k for k in (i, j) if k is not None)


def _scaled(terms: list[Term], scale: Fraction) -> list[Term]:
    return [Term(scale * t.coefficient, t.factors, t.bound) for t in terms]


def _summed(terms: list[Term], over: dict[int | None, str]) -> list[Term]:
    bound = {i: size for i, size in over.items() if i is not None}
    return [Term(t.coefficient, t.factors, {**t.bound, **bound}) for t in terms]


def _number(expr: Expr) -> Fraction:
    try:
        return rational(expr, {})
    except (NotRational, FormulaError) as error:
        raise FormulaError(f"{text_of(expr)} must be a constant in index notation") from error


def _pairing(reader: Indices, one: Expr, two: Expr, *_) -> list[Term]:
    shape = reader.shape(one)
    i, j = (reader.fresh() if size != "1" else None for size in shape)
    return _summed(product(reader.entry(one, i, j), reader.entry(two, i, j)),
                   {i: shape[0], j: shape[1]})


def _trace(reader: Indices, args, *_) -> list[Term]:
    size = reader.shape(args[0])[0]
    i = reader.fresh() if size != "1" else None
    return _summed(reader.entry(args[0], i, i), {i: size})


def _identity(reader: Indices, args, i, j) -> list[Term]:
    factors: tuple[Factor, ...] = ((DELTA, (i, j)),) if i is not None else ()
    return [Term(Fraction(1), factors)]


CALLS = {
    "transpose": lambda r, args, i, j: r.entry(args[0], j, i),
    "trace": _trace, "identity": _identity,
    "ones": lambda r, args, i, j: [Term(Fraction(1))],
    "dot": lambda r, args, i, j: _pairing(r, args[0], args[1]),
    "frob2": lambda r, args, i, j: _pairing(r, args[0], args[0]),
    "hadamard": lambda r, args, i, j: product(r.entry(args[0], i, j), r.entry(args[1], i, j)),
    "outer": lambda r, args, i, j: product(r.entry(args[0], i, None), r.entry(args[1], j, None)),
    "grad": lambda r, args, i, j: r.gradient(r.entry(args[0], None, None), args[1].data, i, j),
}
