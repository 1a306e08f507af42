"""Signs of factors: left − right is factored over ℚ and each factor's sign read off.

A sign is a set of {−, 0, +}, kept as three bits. It is found from the hypotheses (equal up to a
rational factor; a nonnegative combination of them; a sum of terms of one sign), from squares and
positive semidefinite quadratics, and, for a polynomial in one variable, from Sturm's theorem.
"""

from __future__ import annotations

from flint import fmpq_mpoly

from gradproof.checks.core import Accept, Outcome, Unknown, check
from gradproof.checks.exact.combine import combination, semidefinite
from gradproof.checks.exact.facts import UNREADABLE, Facts, facts_of
from gradproof.checks.exact.polynomials import Quotient
from gradproof.formulas import Expr, Proposition, Relation
from gradproof.verdicts import Proved

NEGATIVE, ZERO, POSITIVE = 1, 2, 4
NONNEGATIVE, NONZERO, NONPOSITIVE, ANY = 6, 5, 3, 7
OF_KIND = {">": POSITIVE, ">=": NONNEGATIVE, "==": ZERO, "!=": NONZERO}
OF_OP = {**OF_KIND, "<": NEGATIVE, "<=": NONPOSITIVE}
MAX_TERMS = 400  # larger factors are only compared, not decomposed


def times(a: int, b: int) -> int:
    """The signs that a product of factors with signs ``a`` and ``b`` can have."""
    out = ZERO if (a | b) & ZERO else 0
    if (a & POSITIVE and b & POSITIVE) or (a & NEGATIVE and b & NEGATIVE):
        out |= POSITIVE
    if (a & POSITIVE and b & NEGATIVE) or (a & NEGATIVE and b & POSITIVE):
        out |= NEGATIVE
    return out


def plus(a: int, b: int) -> int:
    """The signs that a sum of terms with signs ``a`` and ``b`` can have."""
    cancel = (a & POSITIVE and b & NEGATIVE) or (a & NEGATIVE and b & POSITIVE)
    return (a | b) & NONZERO | (ZERO if cancel else a & b & ZERO)


def power(a: int, exponent: int) -> int:
    """The signs of an integer power of something with sign ``a``; x^0 is 1."""
    if exponent == 0:
        return POSITIVE
    if exponent % 2:
        return a
    return (POSITIVE if a & NONZERO else 0) | (a & ZERO)


def negative(a: int) -> int:
    """The signs of −x for x with sign ``a``."""
    return (a & ZERO) | (NEGATIVE if a & POSITIVE else 0) | (POSITIVE if a & NEGATIVE else 0)


class Signs:
    """Signs of polynomials and formulas where the hypotheses of ``facts`` hold."""

    def __init__(self, facts: Facts):
        self.facts = facts
        self._seen: dict[str, int] = {}
        self._by_key: dict[str, int] = {}
        for fact in facts.known:
            key, flipped = _key(fact.poly)
            sign = OF_KIND[fact.kind]
            self._by_key[key] = self._by_key.get(key, ANY) & (negative(sign) if flipped else sign)

    def of(self, expr: Expr) -> int:
        """The signs that ``expr`` can have where it is defined; ANY where nothing is known."""
        sign = self._structural(expr)
        if sign not in (POSITIVE, NEGATIVE, ZERO):
            try:
                sign &= self.of_quotient(self.facts.read(expr))
            except UNREADABLE:
                pass
        return sign

    def _structural(self, expr: Expr) -> int:
        head, args = expr.head, expr.args
        if head == "num":
            return POSITIVE if expr.data > 0 else NEGATIVE if expr.data < 0 else ZERO
        if head == "neg":
            return negative(self.of(args[0]))
        if head in ("add", "sub"):
            right = self.of(args[1])
            return plus(self.of(args[0]), right if head == "add" else negative(right))
        if head == "mul":
            return times(self.of(args[0]), self.of(args[1]))
        if head == "div":  # where it is defined the divisor is not 0
            return times(self.of(args[0]), self.of(args[1]) & NONZERO)
        if head == "pow" and args[1].head == "num" and args[1].data.denominator == 1:
            return power(self.of(args[0]), int(args[1].data))
        return ANY

    def of_quotient(self, value: Quotient) -> int:
        """The signs of numerator/denominator, the denominator not being 0."""
        return times(self.of_poly(value.num), self.of_poly(value.den) & NONZERO)

    def of_poly(self, poly: fmpq_mpoly) -> int:
        """The signs of a polynomial: product over its irreducible factors."""
        if poly.is_constant():
            value = poly.leading_coefficient() if not poly.is_zero() else 0
            return POSITIVE if value > 0 else NEGATIVE if value < 0 else ZERO
        constant, factors = poly.factor()
        sign = POSITIVE if constant > 0 else NEGATIVE
        for factor, multiplicity in factors:
            sign = times(sign, power(self._factor(factor), multiplicity))
        return sign if sign in (POSITIVE, NEGATIVE, ZERO) else sign & self._factor(poly)

    def _factor(self, poly: fmpq_mpoly) -> int:
        key, flipped = _key(poly)
        if key not in self._seen:
            base = -poly if flipped else poly
            self._seen[key] = self._by_key.get(key, ANY)
            self._seen[key] = self._decided(base, self._seen[key])
        return negative(self._seen[key]) if flipped else self._seen[key]

    def _decided(self, poly: fmpq_mpoly, sign: int) -> int:
        """What all rules together say of ``poly``, of which ``sign`` is known already."""
        rules = (self._termwise, self._quadratic, self._univariate, self._combined)
        for rule in rules:
            if sign in (POSITIVE, NEGATIVE, ZERO) or len(poly) > MAX_TERMS:
                break
            sign &= rule(poly, sign)
        return sign

    def _monomial(self, exponents: tuple) -> int:
        sign = POSITIVE
        for gen, exponent in zip(self.facts.gens, exponents, strict=True):
            if exponent:
                sign = times(sign, power(self._by_key.get(_key(gen)[0], ANY), exponent))
        return sign

    def _termwise(self, poly: fmpq_mpoly, _: int) -> int:
        total = None
        for exponents, coefficient in zip(poly.monoms(), poly.coeffs(), strict=True):
            sign = self._monomial(exponents)
            sign = sign if coefficient > 0 else negative(sign)
            total = sign if total is None else plus(total, sign)
            if total == ANY:
                break
        return total

    def _quadratic(self, poly: fmpq_mpoly, _: int) -> int:
        for one, wanted in ((poly, POSITIVE), (-poly, NEGATIVE)):
            squares = semidefinite(one)
            if squares:
                strict = any(q.is_constant() for _, q in squares)
                return wanted if strict else wanted | ZERO
        return ANY

    def _univariate(self, poly: fmpq_mpoly, _: int) -> int:
        from gradproof.checks.exact.intervals import sign_on, univariate

        line = univariate(self.facts, poly)
        return ANY if line is None else sign_on(*line)

    def _combined(self, poly: fmpq_mpoly, sign: int) -> int:
        """poly = Σ c·h over hypotheses, terms of known sign and a constant."""
        for one, flip in ((poly, False), (-poly, True)):
            wanted = sign & (NONPOSITIVE if flip else NONNEGATIVE)
            if wanted in (0, ZERO):
                continue
            found = self._combination(one)
            if found:
                return negative(found) if flip else found
        return ANY

    def _combination(self, poly: fmpq_mpoly) -> int:
        """POSITIVE or NONNEGATIVE when such a combination exists, else 0."""
        columns, strict, free = [poly.context().constant(1)], [0], []
        for fact in self.facts.known:
            if fact.kind == "!=":
                continue
            (free if fact.kind == "==" else strict if fact.kind == ">" else []).append(len(columns))
            columns.append(fact.poly)
        monomials = list(dict.fromkeys(m for p in (*columns, poly) for m in p.monoms()))
        for exponents in monomials:
            sign, term = self._monomial(exponents), poly.context().from_dict({exponents: 1})
            for one, signs in ((term, sign), (-term, negative(sign))):
                if signs | NONNEGATIVE == NONNEGATIVE and signs != ZERO and not term.is_constant():
                    (strict if signs == POSITIVE else []).append(len(columns))
                    columns.append(one)
        found = combination(poly, columns, free, strict)
        if found is None:
            return 0
        return POSITIVE if any(k in found for k in strict) else NONNEGATIVE


def _key(poly: fmpq_mpoly) -> tuple[str, bool]:
    """A name for ``poly`` up to rational factors, and whether the factor is negative."""
    lead = poly.leading_coefficient()
    return str(poly / lead), lead < 0


def body_sign(facts: Facts, binder: Expr) -> int:
    """Signs of a sum's or product's terms, for every index between its bounds."""
    bound, low, high, body = binder.args
    inside = (Relation(">=", bound, low), Relation("<=", bound, high))
    if any(bound.data in _names(h) for h in facts.hypotheses):
        return ANY  # the index has the name of a parameter
    inner = Facts((*facts.hypotheses, *inside), [body], facts.integers | {bound.data})
    return Signs(inner).of(body)


def _names(statement) -> frozenset[str]:
    from gradproof.formulas import Predicate, free_variables

    if isinstance(statement, Predicate):
        return free_variables(statement.expr)
    return free_variables(statement.left) | free_variables(statement.right)


@check("signs of factors")
def signs(proposition: Proposition) -> Outcome:
    """Decide ``left op right`` from the signs of the factors of left − right.

    Returns Accept(Proved), or Unknown naming the factors whose sign is open.
    """
    goal = proposition.conclusions[0]
    if not isinstance(goal, Relation):
        return Unknown("signs of factors decide relations only")
    facts = facts_of(proposition)
    engine = Signs(facts)
    gap = Expr("sub", (goal.left, goal.right))
    sign = engine.of(gap)
    if sign and sign | OF_OP[goal.op] == OF_OP[goal.op]:
        return Accept(Proved, "signs of factors", certificate=_certificate(facts, gap, goal))
    return Unknown("the signs of these factors are open: " + _open(engine, gap, facts))


def _certificate(facts: Facts, gap: Expr, goal: Relation) -> dict | None:
    """The same sign as a certificate for `gradproof recheck`, where one is found quickly."""
    from gradproof.checks.exact.derivation import export
    from gradproof.checks.exact.positivity import certified
    from gradproof.checks.exact.prover import Budget

    try:
        node = goal.op != "==" and certified(facts.read(gap), goal, facts, budget=Budget(4, 1, 0))
    except UNREADABLE:
        return None
    return export(node, facts, goal) if node else None


def _open(engine: Signs, gap: Expr, facts: Facts) -> str:
    try:
        top, bottom = facts.read(gap)
    except UNREADABLE as error:
        return str(error)
    factors = [f for part in (top, bottom) if not part.is_constant() for f, _ in part.factor()[1]]
    return ", ".join(shown(facts, f) for f in factors
                     if engine.of_poly(f) not in (POSITIVE, NEGATIVE)) or "left − right"


def shown(facts: Facts, poly: fmpq_mpoly) -> str:
    """``poly`` as text, atoms written out."""
    text = str(poly)
    for i in reversed(range(len(facts.atoms))):
        text = text.replace(f"@{i}", str(facts.atoms[i]))
    return text
