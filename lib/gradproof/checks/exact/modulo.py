"""Matrix equations under hypotheses that are equations: a combination that vanishes by them.

If left − right of the conclusion is, identically, a combination in which every term has a factor
h1, h2, … (left − right of a hypothesis), then the hypotheses imply it. The author writes the
combination; that each of its terms has such a factor, and that it is left − right, is checked.
"""

from __future__ import annotations

from gradproof.checks.exact.shapes import Shape, agreed
from gradproof.formulas import Expr, FormulaError, Proposition, Relation
from gradproof.formulas.expr import substitute, text_of, walk
from gradproof.formulas.parse import parse_expr


def combination(text: str, proposition: Proposition, reader, shape: Shape) -> Expr:
    """The combination written in ``text``, with h1, h2, … replaced by what they stand for.

    reader: the `Indices` of ``proposition``; shape: the size that the combination must have.
    Raises FormulaError where a name is unknown, a term has no factor h, or grad is used (a
    hypothesis holds at points, its derivatives need not vanish).
    """
    gaps = differences(proposition)
    expr = proposition._plain(parse_expr(text))
    named = {node.data for node in walk(expr) if node.head == "var"}
    declared = {name for name, _ in proposition.for_all} | set(proposition.sizes)
    if clash := sorted(gaps.keys() & declared):
        raise FormulaError(f"{clash[0]} is a parameter: no name for a hypothesis in {text}")
    if unknown := sorted(named - declared - gaps.keys()):
        raise FormulaError(f"unknown {unknown[0]} in {text}: the hypotheses that are equations "
                           f"are called {', '.join(gaps) or 'nothing, there are none'}")
    if any(node.data == "grad" for node in walk(expr) if node.head == "call"):
        raise FormulaError(f"no grad in a combination of hypotheses: {text}")
    _every_term_vanishes(expr, gaps, reader)
    full = substitute(expr, gaps)
    agreed(reader.shape(full), shape, text)
    return full


def differences(proposition: Proposition) -> dict[str, Expr]:
    """h1, h2, … -> left − right of the hypotheses that are equations, in order."""
    equations = [h for h in proposition.hypotheses if isinstance(h, Relation) and h.op == "=="]
    return {f"h{n}": Expr("sub", (h.left, h.right)) for n, h in enumerate(equations, 1)}


def _every_term_vanishes(expr: Expr, gaps: dict[str, Expr], reader) -> None:
    """FormulaError unless every term, multiplied out, has a factor that is a hypothesis."""
    kept = reader.tensors
    sized = {name: ("matrix", *reader.shape(gap)) for name, gap in gaps.items()}
    reader.tensors = {**kept, **sized}
    try:
        i, j = (reader.fresh() if size != "1" else None for size in reader.shape(expr))
        terms = reader.entry(expr, i, j)
    finally:
        reader.tensors = kept
    if any(not {name for name, _ in term.factors} & gaps.keys() for term in terms):
        raise FormulaError(f"a term of {text_of(expr)} has no hypothesis as a factor")
