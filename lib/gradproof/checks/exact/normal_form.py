"""Equations by normal form: the difference of the two sides is the zero of a field.

A rational function is 0 exactly when its reduced numerator is. Beyond ℚ(x₁, …, xₙ) the tower
of `exact.generators` adds generators (eˣ, √x, sin x, 2ⁿ, …) with their relations; there a zero
is a proof and a nonzero form is nothing.
"""

from __future__ import annotations

from gradproof.checks.core import Accept, Outcome, Unknown, check
from gradproof.checks.exact.constants import vanishing
from gradproof.checks.exact.generators import Tower, towered
from gradproof.checks.exact.polynomials import BeyondBudget, Field, NotPolynomial, Quotient, factors
from gradproof.formulas import FormulaError, Proposition, Relation, free_variables
from gradproof.formulas.show import name_text
from gradproof.formulas.values import Undefined
from gradproof.verdicts import Proved


@check("normal form")
def normal_form(proposition: Proposition) -> Outcome:
    """Decide ``left == right`` (or a chain's equation) by a normal form.

    >>> normal_form()(proposition("(x+1)^2 == x^2 + 2*x + 1", for_all=["x"]))  # Proved
    """
    goal = proposition.conclusions[0]
    if not isinstance(goal, Relation) or goal.op != "==":
        return Unknown("normal forms decide equations only")
    if not proposition.scalar:
        return Unknown("a normal form of commuting numbers is none of matrices: index_proof()")
    try:
        names = _names(goal)
        outcome = rational_identity(goal, names)
        if isinstance(outcome, Accept):
            return outcome
        return in_tower(proposition, goal, outcome)
    except BeyondBudget as error:
        return Unknown(f"budget spent: {error}")
    except Undefined as error:
        return Unknown(f"possibly undefined: {error}")
    except FormulaError as error:
        return Unknown(f"unsupported: {error}")


def rational_identity(goal: Relation, names: list[str]) -> Outcome:
    """left = right in ℚ(names): Accept, or Unknown with the nonzero form or the obstacle."""
    field = Field(names)
    try:
        left = field.of(goal.left)
        gap = left - field.of(goal.right)
    except NotPolynomial as error:
        return Unknown(f"not rational: {error}")
    if gap.is_zero:
        shown = ", ".join(map(name_text, names))
        return Accept(Proved, f"normal form in ℚ({shown})" if names else "exact arithmetic in ℚ",
                      certificate={"kind": "rational identity"})
    return Unknown(f"nonzero normal form {shortened(str(gap.num))}")


def in_tower(proposition: Proposition, goal: Relation, rational: Unknown) -> Outcome:
    """left = right in ℚ(names)[generators]/relations, the hypotheses' equations among these."""
    given = [h for h in proposition.hypotheses if isinstance(h, Relation) and h.op == "=="]
    plain = rational.reason.startswith("nonzero") and not proposition.hypotheses
    if plain:
        return rational
    names = sorted({name for name, _ in proposition.for_all})

    def read(tower: Tower) -> Outcome:
        used = [h for h in given if _hypothesis(tower, h)]
        gap = tower.of(goal.left) - tower.of(goal.right)
        if tower.zero(gap):
            return Accept(Proved, f"normal form in {_field_name(tower, goal)}",
                          note=_modulo(used) if not gap.is_zero else "")
        return vanishing(tower, gap) or Unknown(
            f"nonzero normal form {_short(tower, tower.tidy(gap))}")

    return towered(names, proposition, read)


def _hypothesis(tower: Tower, hypothesis: Relation) -> bool:
    """Take an equation of the hypotheses as a relation, without factors shown not to vanish."""
    try:
        gap = tower.tidy(tower.of(hypothesis.left) - tower.of(hypothesis.right))
    except (FormulaError, Undefined):
        return False
    if gap.is_zero:
        return False
    one, result = tower.field.const(1), tower.field.const(1)
    for poly, _ in factors(gap)[1]:
        if not (tower.nonzero(poly)):
            result = result * Quotient(poly, one.num)
    tower.relate(Quotient(result.num, one.num))
    return True


def _field_name(tower: Tower, goal: Relation) -> str:
    """The field for a reader: ``ℚ(x)[√x, exp(x)]``."""
    gens = [str(g.term) for g in tower.made.values()
            if not free_variables(g.term) & set(tower.indices)]
    names = _names(goal)
    shown = ", ".join(map(name_text, names))
    base = f"ℚ({shown})" if names else "ℚ"
    return base + (f"[{', '.join(gens)}]" if gens else "")


def _names(goal: Relation) -> list[str]:
    return sorted(free_variables(goal.left) | free_variables(goal.right))


def _modulo(used: list[Relation]) -> str:
    return "modulo " + ", ".join(map(str, used)) if used else ""


def _short(tower: Tower, gap: Quotient) -> str:
    return shortened(str(tower.term(gap)))


def shortened(text: str, limit: int = 80) -> str:
    """``text``, cut where it is longer than ``limit``."""
    return text if len(text) <= limit else text[:limit] + " …"
