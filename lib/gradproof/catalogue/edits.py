"""A variant is one edit of a clause: here the edit is carried out on the clause's fields."""

from __future__ import annotations

from collections.abc import Mapping

from gradproof.catalogue.fields import Fields
from gradproof.catalogue.model import Clause

EDITS = ("drop", "replace", "conclude", "prose", "let")


def edited(fields: Fields, clause: Clause, let: Mapping[str, str]):
    """Carry out the variant's one edit.

    Returns (the clause's fields after it, the definitions after it, (kind, new, old)).
    drop: a hypothesis is left out. replace: [old, new], an entry of assume or conclude.
    conclude, prose: another conclusion in place of the clause's. let: one definition changed.
    Raises CatalogueError for none or several, or when there is no such entry.
    """
    made = [edit for edit in EDITS if edit in fields.table]
    if len(made) != 1:
        fields.wrong("edit", f"a variant has exactly one edit of {', '.join(EDITS)}; "
                             f"this one has {', '.join(made) or 'none'}")
    table = {k: v for k, v in clause.written.items() if k not in ("id", "says", "name", "uses")}
    for field in ("assume", "conclude"):
        if isinstance(table.get(field), str):
            table[field] = [table[field]]
    examples = fields.raw("examples", [])
    if examples:
        table["examples"] = [*table.get("examples", []), *examples]
    return CARRIED[made[0]](fields, clause, table, dict(let))


def _drop(fields, clause, table, let):
    old = fields.text("drop")
    if old not in table.get("assume", []):
        fields.wrong("drop", f"{old!r} is no hypothesis of clause {clause.id}: "
                             f"{'; '.join(table.get('assume', [])) or 'it has none'}")
    table["assume"] = [entry for entry in table["assume"] if entry != old]
    return table, let, ("without", "", old)


def _replace(fields, clause, table, let):
    pair = fields.list_of_texts("replace")
    if len(pair) != 2:
        fields.wrong("replace", "write [old, new]")
    old, new = pair
    for field in ("assume", "conclude"):
        entries = table.get(field, [])
        if old in entries:
            table[field] = [new if entry == old else entry for entry in entries]
            return table, let, ("with", new, old)
    fields.wrong("replace", f"{old!r} is no entry of clause {clause.id}")


def _conclude(fields, clause, table, let):
    new = fields.list_of_texts("conclude")
    old = table.get("conclude", [])
    if not old:
        fields.wrong("conclude", f"clause {clause.id} is in prose: write prose")
    table["conclude"] = list(new)
    if len(new) == 1:
        return table, let, ("concluding", new[0], "; ".join(old))
    changed = [pair for pair in zip(old, new, strict=False) if pair[0] != pair[1]]
    if len(new) != len(old) or len(changed) != 1:
        fields.wrong("conclude", f"write one false conclusion, or the {len(old)} of clause "
                                 f"{clause.id} with exactly one of them changed")
    return table, let, ("with", changed[0][1], changed[0][0])


def _prose(fields, clause, table, let):
    old, new = table.get("prose", ""), fields.text("prose")
    if not old:
        fields.wrong("prose", f"clause {clause.id} is a formula: write conclude")
    table["prose"] = new
    return table, let, ("saying", new, old)


def _let(fields, clause, table, let):
    change = fields.texts_by_name("let")
    if len(change) != 1:
        fields.wrong("let", "a variant changes exactly one definition")
    (left, new), = change.items()
    if left not in let:
        fields.wrong("let", f"{left!r} is not defined; there are {', '.join(let) or 'none'}")
    old, let[left] = let[left], new
    return table, let, ("where", f"{left} = {new}", f"{left} = {old}")


CARRIED = {"drop": _drop, "replace": _replace, "conclude": _conclude, "prose": _prose, "let": _let}
