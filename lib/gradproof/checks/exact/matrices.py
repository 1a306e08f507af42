"""Matrix identities of fixed size, entry by entry.

Reads [[a, b], [c, d]], + − * / ^, transpose, trace, det, inv, identity, diag, kron, hadamard,
dot, outer, frob2. inv(M) is adj(M)/det(M) and asks for det(M) ≠ 0 on the whole domain.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from gradproof.checks import domain
from gradproof.checks.core import Accept, Outcome, Unknown, Witness, check, refuted
from gradproof.checks.exact.matrix_values import number
from gradproof.checks.exact.matrix_witness import _witness, holds
from gradproof.checks.exact.normal_form import normal_form
from gradproof.checks.exact.shapes import SizeError
from gradproof.checks.matrices.entries import Matrix, minor, total, transposed
from gradproof.formulas import Expr, FormulaError, Proposition, Relation
from gradproof.formulas.expr import num, text_of
from gradproof.formulas.values import NotRational, Undefined
from gradproof.verdicts import Proved, Refuted

AUDIT = 12  # exact points at which the matrices are multiplied out
MAX_POWER = 12


@check("matrix identity")
def matrix_identity(proposition: Proposition) -> Outcome:
    """Decide an equation between matrices of fixed size, each entry by `normal_form`.

    >>> matrix_identity()(proposition("det([[a, b], [c, d]]) == a*d - b*c",
    ...                               for_all=["a, b, c, d"]))  # Proved

    Raises SizeError (a FormulaError) when sizes do not fit.
    """
    from gradproof.checks import conditions

    goal = proposition.conclusions[0]
    if not isinstance(goal, Relation) or goal.op != "==":
        return Unknown("matrix identities are equations")
    try:
        reader = Reader()
        left, right = reader.matrix(goal.left), reader.matrix(goal.right)
    except SizeError:
        raise
    except FormulaError as error:
        return Unknown(f"unsupported: {error}")
    _same_size(left, right, goal)
    if witness := _audit(proposition, goal):
        return witness
    for divisor in reader.divisors:
        if not conditions.nonzero(divisor, proposition):
            return Unknown(f"not shown on the whole domain: {text_of(divisor)} ≠ 0")
    return _entrywise(proposition, left, right)


def _audit(proposition: Proposition, goal: Relation) -> Witness | None:
    for point in domain.points(proposition, AUDIT):
        matrices = {name: number(value) for name, value in point.items()}
        try:
            if not holds(goal, matrices):
                return _witness(goal, matrices)
        except (Undefined, NotRational, FormulaError):
            continue
    return None


def _entrywise(proposition: Proposition, left: Matrix, right: Matrix) -> Outcome:
    methods = []
    for i, (row, other) in enumerate(zip(left, right, strict=True), 1):
        for j, (a, b) in enumerate(zip(row, other, strict=True), 1):
            if a == b:
                continue
            outcome = normal_form().procedure(proposition.single(Relation("==", a, b)))
            if not isinstance(outcome, Accept):
                return _violated(proposition.single(Relation("==", a, b)), i, j) or Unknown(
                    f"entry ({i}, {j}): {outcome.reason}")
            methods.append(outcome.method)
    size = f"{len(left)} × {len(left[0])}"
    return Accept(Proved, f"entry by entry ({size}): " + (
        "; ".join(dict.fromkeys(methods)) or "the entries are the same formulas"))


def _violated(entry: Proposition, i: int, j: int) -> Witness | None:
    """A witness against one entry's equation, evaluated by both routes."""
    from gradproof.checks.falsify import search

    if not (found := search(entry)):
        return None
    verdict = refuted(entry, *found, "matrix identity")
    if not isinstance(verdict, Refuted):
        return None
    return Witness(found[1], f"entry ({i}, {j}) at {verdict.note}", verdict.tier)


def _same_size(a: Matrix, b: Matrix, where) -> None:
    if (len(a), len(a[0])) != (len(b), len(b[0])):
        raise SizeError(f"sizes do not fit in {where}: {len(a)} × {len(a[0])} "
                        f"and {len(b)} × {len(b[0])}")


def _op(head: str, a: Expr, b: Expr) -> Expr:
    return Expr(head, (a, b))


@dataclass
class Reader:
    """Entries of matrix formulas; ``divisors`` collects determinants that were divided by."""

    divisors: list[Expr] = field(default_factory=list)

    def matrix(self, expr: Expr) -> Matrix:
        """The rows of ``expr``; a number is 1 × 1."""
        head, args = expr.head, expr.args
        if head == "matrix":
            return [[self._number(x) for x in row.args] for row in args]
        if head == "call" and expr.data in CALLS:
            return CALLS[expr.data](self, *args)
        if head == "neg":
            return [[Expr("neg", (x,)) for x in row] for row in self.matrix(args[0])]
        if head not in ("add", "sub", "mul", "div", "pow"):
            return [[expr]]
        if head == "pow":
            return self._power(expr)
        a, b = self.matrix(args[0]), self.matrix(args[1])
        if head in ("add", "sub"):
            _same_size(a, b, text_of(expr))
            return _entries(lambda x, y: _op(head, x, y), a, b)
        return self._product(expr, a, b)

    def _number(self, expr: Expr) -> Expr:
        rows = self.matrix(expr)
        if len(rows) != 1 or len(rows[0]) != 1:
            raise SizeError(f"{text_of(expr)} is a matrix where a number is needed")
        return rows[0][0]

    def _product(self, expr: Expr, a: Matrix, b: Matrix) -> Matrix:
        if len(b) == len(b[0]) == 1:
            return [[_op(expr.head, x, b[0][0]) for x in row] for row in a]
        if expr.head == "div":
            raise SizeError(f"division by a matrix in {text_of(expr)}: write inv")
        if len(a) == len(a[0]) == 1:
            return [[_op("mul", a[0][0], x) for x in row] for row in b]
        if len(a[0]) != len(b):
            raise SizeError(f"sizes do not fit in {text_of(expr)}: {len(a)} × {len(a[0])} "
                            f"times {len(b)} × {len(b[0])}")
        columns = transposed(b)
        return [[total(_op("mul", x, y) for x, y in zip(row, column, strict=True))
                 for column in columns] for row in a]

    def square(self, expr: Expr) -> Matrix:
        """The rows of a square matrix. Raises SizeError for another."""
        rows = self.matrix(expr)
        if len(rows) != len(rows[0]):
            raise SizeError(f"{text_of(expr)} is {len(rows)} × {len(rows[0])}, not square")
        return rows

    def _power(self, expr: Expr) -> Matrix:
        base = self.matrix(expr.args[0])
        if len(base) == len(base[0]) == 1:
            return [[_op("pow", base[0][0], expr.args[1])]]
        base, power = self.square(expr.args[0]), expr.args[1]
        if power.head != "num" or power.data.denominator != 1 or not 0 <= power.data <= MAX_POWER:
            raise FormulaError(f"{text_of(expr)}: powers 0 to {MAX_POWER}; for others write inv")
        result = _identity(len(base))
        for _ in range(int(power.data)):
            result = self._product(Expr("mul", (expr, expr)), result, base)
        return result

    def det(self, expr: Expr) -> Expr:
        """The determinant, expanded."""
        rows = self.square(expr)
        return minor(rows, range(len(rows)), range(len(rows)))

    def inv(self, expr: Expr) -> Matrix:
        """adj(M)/det(M)."""
        rows, det = self.square(expr), self.det(expr)
        self.divisors.append(det)
        n = range(len(rows))

        def cofactor(i: int, j: int) -> Expr:
            inner = minor(rows, [r for r in n if r != j], [c for c in n if c != i])
            return Expr("neg", (inner,)) if (i + j) % 2 else inner

        return [[_op("div", cofactor(i, j), det) for j in n] for i in n]


def _entries(change, a: Matrix, b: Matrix) -> Matrix:
    return [[change(x, y) for x, y in zip(r, s, strict=True)] for r, s in zip(a, b, strict=True)]


def _identity(size: int) -> Matrix:
    return [[num(int(i == j)) for j in range(size)] for i in range(size)]


def _sized(expr: Expr) -> int:
    if expr.head != "num" or expr.data.denominator != 1 or not 1 <= expr.data <= 60:
        raise FormulaError(f"identity({text_of(expr)}): a size from 1 to 60 is needed")
    return int(expr.data)


def _dot(reader: Reader, x: Expr, y: Expr) -> Matrix:
    a, b = reader.matrix(x), reader.matrix(y)
    _same_size(a, b, f"dot({text_of(x)}, {text_of(y)})")
    return [[total(_op("mul", p, q) for r, s in zip(a, b, strict=True)
                   for p, q in zip(r, s, strict=True))]]


def _hadamard(reader: Reader, x: Expr, y: Expr) -> Matrix:
    a, b = reader.matrix(x), reader.matrix(y)
    _same_size(a, b, f"hadamard({text_of(x)}, {text_of(y)})")
    return _entries(lambda p, q: _op("mul", p, q), a, b)


def _kron(reader: Reader, x: Expr, y: Expr) -> Matrix:
    a, b = reader.matrix(x), reader.matrix(y)
    return [[_op("mul", p, q) for p in row for q in other] for row in a for other in b]


def _diag(reader: Reader, *entries: Expr) -> Matrix:
    return [[x if i == j else num(0) for j in range(len(entries))] for i, x in enumerate(entries)]


CALLS = {
    "transpose": lambda r, a: transposed(r.matrix(a)),
    "trace": lambda r, a: [[total(row[i] for i, row in enumerate(r.square(a)))]],
    "det": lambda r, a: [[r.det(a)]], "inv": lambda r, a: r.inv(a),
    "identity": lambda r, n: _identity(_sized(n)), "diag": _diag, "kron": _kron,
    "hadamard": _hadamard, "dot": _dot, "frob2": lambda r, a: _dot(r, a, a),
    "outer": lambda r, x, y: r._product(Expr("mul", (x, y)), r.matrix(x), transposed(r.matrix(y))),
}
