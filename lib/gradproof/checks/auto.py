"""One check for whoever does not care how: the fitting procedures in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from gradproof.checks.core import Accept, Check, Outcome, Unknown, Witness, check
from gradproof.checks.points import compared
from gradproof.formulas import Predicate, Proposition, Statement
from gradproof.formulas.expr import free_variables, walk

# (module under gradproof.checks, its check), cheapest and most exact first
TENSORS = (("exact.indices", "index_proof"),)
MATRICES = (("exact.matrices", "matrix_identity"),)
EQUATIONS = (("exact.normal_form", "normal_form"), ("exact.induction", "induction"))
INEQUALITIES = (("exact.signs", "signs"), ("exact.sturm", "sturm"),
                ("exact.positivity", "positivity"), ("exact.sturm", "integers"),
                ("exact.induction", "induction"), ("monotonicity", "monotonicity"),
                ("enclosures", "subdivision"))
PREDICATES = (("definite", "definite"),)
BINDERS = {"integral": (("analysis.integrals", "integral"),),
           "coefficient": (("analysis.taylor", "series"),),
           **dict.fromkeys(("limit", "limit_left", "limit_right"), (("analysis.limits", "limit"),))}
MATRIX_CALLS = ("identity", "diag")


@check("decide", tensors=True)
def decide(proposition: Proposition) -> Outcome:
    """Decide the conclusion by the first procedure that accepts it.

    >>> decide()(proposition("x^2 + 1 > 0", for_all=["x"]))  # Proved, by signs
    """
    return first_acceptance(proposition)


def first_acceptance(proposition: Proposition, without: tuple[str, ...] = ()) -> Outcome:
    """The first acceptance or witness; else Unknown with what every procedure said.

    without: names of checks that are not to be tried.
    """
    reasons = []
    for each in fitting(proposition, without):
        outcome = each.procedure(proposition, **each.options)
        if isinstance(outcome, Accept | Witness):
            return outcome
        reasons.append(f"{each.name}: {outcome.reason}")
    return Unknown("; ".join(reasons) or "no procedure fits")


def fitting(proposition: Proposition, without: tuple[str, ...] = ()) -> Iterator[Check]:
    """The checks that could decide the conclusion, in the order in which they are tried."""
    goal = proposition.conclusions[0]
    table = _table(proposition, goal)
    for module, name in table:
        if name in without:
            continue
        factory = getattr(import_module(f"gradproof.checks.{module}"), name)
        if name == "induction":
            yield from (factory(on=n) for n in unbounded(proposition))
        elif name == "monotonicity":  # growth from 0, in one variable
            names = sorted(free_variables(goal.left) | free_variables(goal.right))
            yield from (factory(in_=n) for n in names if len(names) == 1)
        else:
            yield factory()


def _table(proposition: Proposition, goal: Statement) -> tuple[tuple[str, str], ...]:
    if not proposition.scalar:
        return TENSORS
    if isinstance(goal, Predicate) and goal.expr.data == "solves_ode":
        return (("analysis.odes", "ode"),)
    if isinstance(goal, Predicate) or compared(goal):
        return PREDICATES
    nodes = [node for side in (goal.left, goal.right) for node in walk(side)]
    for binder in (n.data if n.head == "call" else n.head for n in nodes):
        if binder in BINDERS:
            return BINDERS[binder]
    if goal.op != "==":
        return INEQUALITIES
    return MATRICES if any(n.head == "matrix" or n.head == "call" and n.data in MATRIX_CALLS
                           for n in nodes) else EQUATIONS


def unbounded(proposition: Proposition) -> list[str]:
    """The integer parameters that the conclusion has in an exponent, a bound or a factorial."""
    goal, found = proposition.conclusions[0], []
    for side in (goal.left, goal.right):
        for node in walk(side):
            inside = node.args[1:3] if node.head in ("sum", "prod") else node.args[1:] \
                if node.head == "pow" else node.args if node.head == "call" else ()
            found += [v.data for arg in inside for v in walk(arg) if v.head == "var"]
    return [n for n in dict.fromkeys(found) if n in proposition.integers]
