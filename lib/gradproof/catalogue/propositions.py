"""A clause's fields as a `Proposition`, and the definitions that propositions use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from gradproof.catalogue.fields import Fields
from gradproof.formulas import (
    Definition,
    Expr,
    FormulaError,
    Predicate,
    Proposition,
    parse_statement,
)
from gradproof.formulas.expr import walk
from gradproof.formulas.proposition import parameters


def read_proposition(fields: Fields, let: Mapping[str, str]) -> Proposition:
    """The proposition of ``for_all``, ``assume``, ``conclude`` or ``prose``, and ``examples``.

    It carries those definitions of ``let`` that it uses, and no others. Raises
    CatalogueError with the place.
    """
    stated = fields.list_of_texts("conclude")
    prose = fields.text("prose", "")
    if bool(stated) == bool(prose):
        fields.wrong("conclude", "write either conclude (a formula) or prose, not both or neither")
    try:
        for_all = tuple(p for entry in fields.list_of_texts("for_all") for p in parameters(entry))
        assume = tuple(s for t in fields.list_of_texts("assume") for s in parse_statement(t))
        conclude = tuple(s for text in stated for s in parse_statement(text))
        used = _closure((*assume, *conclude), _definitions(let))
        for name, _ in for_all:
            if any(d.name == name for d in used):
                fields.wrong("for_all", f"{name} is defined by let and cannot be a parameter")
        return Proposition(for_all=for_all, assume=assume, conclude=conclude, prose=prose,
                           definitions=used, examples=_examples(fields, for_all))
    except FormulaError as error:
        fields.wrong("formula", str(error))


def _examples(fields: Fields, for_all: tuple) -> tuple:
    names = [name for name, _ in for_all]
    points = fields.raw("examples", [])
    if not isinstance(points, list) or not all(isinstance(p, dict) for p in points):
        fields.wrong("examples", 'must be a list of points: [{ s = "1/2" }]')
    for point in points:
        if sorted(point) != sorted(names):
            fields.wrong("examples", f"a point gives every parameter a value: {', '.join(names)}")
        if any(isinstance(v, (float, bool)) for v in point.values()):
            fields.wrong("examples", 'write exact values as text, "2/5"')
    try:
        return tuple(tuple((name, Fraction(point[name])) for name in names) for point in points)
    except (ValueError, ZeroDivisionError) as error:
        fields.wrong("examples", f"not an exact number: {error}")


def _definitions(let: Mapping[str, str]) -> tuple[Definition, ...]:
    return tuple(Definition.read(left, right) for left, right in let.items())


def _closure(statements: Iterable, definitions: tuple[Definition, ...]) -> tuple[Definition, ...]:
    """The definitions that the statements use, directly or through one another, in order."""
    table = {d.name: d for d in definitions}
    if len(table) < len(definitions):
        raise FormulaError("let defines one name twice")
    pending = [expr for s in statements for expr in _sides(s)]
    used: set[str] = set()
    while pending:
        for node in walk(pending.pop()):
            if node.head in ("call", "var") and node.data in table and node.data not in used:
                used.add(node.data)
                pending.append(table[node.data].body)
    return tuple(d for d in definitions if d.name in used)


def _sides(statement) -> tuple[Expr, ...]:
    if isinstance(statement, Predicate):
        return (statement.expr,)
    return statement.left, statement.right


def used_definitions(let: Mapping[str, str],
                     propositions: Iterable[Proposition]) -> tuple[tuple[str, str], ...]:
    """The (left, right) texts of ``let`` that some of the propositions use, in order."""
    used = {d.name for p in propositions for d in p.definitions}
    return tuple((left, right) for left, right in let.items()
                 if Definition.read(left, right).name in used)
