"""From a TOML file to a `Chapter`: every field is checked, and nothing unknown is let in."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from gradproof.catalogue import model
from gradproof.catalogue.edits import edited
from gradproof.catalogue.fields import Fields
from gradproof.catalogue.model import (
    Bridge,
    CatalogueError,
    Chapter,
    Claim,
    Clause,
    Printed,
    Variant,
)
from gradproof.catalogue.propositions import read_proposition, used_definitions

FILE = re.compile(r"\d\d-[a-z0-9-]+")
CLAIM = re.compile(r"\d\d\.\d\d[a-z]?")
PART = re.compile(r"[a-z][a-z0-9]*")


def read_chapter(path: str | Path, sources: Mapping[str, str]) -> Chapter:
    """The chapter written in ``path``. CatalogueError names file, claim and field."""
    path = Path(path)
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path.name}: no TOML: {error}") from None
    fields = Fields(table, path.name)
    name, title = fields.text("chapter"), fields.text("title")
    let = fields.texts_by_name("let")
    if name != path.stem or not FILE.fullmatch(name):
        fields.wrong("chapter", f"must be the file's name, NN-topic; it is {name!r}")
    merged = tuple(fields.texts_by_name("merged_into").items())
    claims = tuple(_claim(f, name, let, sources) for f in fields.tables("claim", named="id"))
    fields.finish()
    _distinct(fields, "claim", [claim.id for claim in claims])
    return Chapter(name, title, claims, merged)


def _claim(fields: Fields, chapter: str, shared: Mapping[str, str],
           sources: Mapping[str, str]) -> Claim:
    id = fields.text("id")
    if not CLAIM.fullmatch(id) or id[:2] != chapter[:2]:
        fields.wrong("id", f"must be {chapter[:2]}.kk, not {id!r}")
    own = fields.texts_by_name("let")
    if twice := sorted(own.keys() & shared.keys()):
        fields.wrong("let", f"{twice[0]} is defined for the whole chapter already")
    let = {**shared, **own}
    clauses = tuple(_clause(f, let) for f in fields.tables("clause", named="id"))
    variants = tuple(_variant(f, let, clauses) for f in fields.tables("variant", named="id"))
    printed = tuple(_printed(f, let) for f in fields.tables("printed", named="id"))
    for kind, parts in (("clause", clauses), ("variant", variants), ("printed", printed)):
        _distinct(fields, kind, [part.id for part in parts])
    if not clauses:
        fields.wrong("clause", "a claim has at least one")
    claim = Claim(
        id=id, chapter=chapter, title=fields.text("title"), source=fields.text("source"),
        locator=fields.text("locator"), statement=fields.text("statement"), clauses=clauses,
        variants=variants, printed=printed, bridge=_bridge(fields, clauses),
        printed_status=fields.choice("printed_status", model.PRINTED),
        inventory=fields.list_of_texts("inventory"), lead=fields.flag("lead"),
        reviewed=fields.text("reviewed", ""),
        let=used_definitions(let, [p.proposition for p in (*clauses, *variants, *printed)]),
        data=_content(fields.table, let, [p.proposition for p in (*clauses, *variants, *printed)]))
    if claim.source not in sources:
        fields.wrong("source", f"{claim.source!r} is no key of sources.toml ({', '.join(sources)})")
    if claim.id in claim.uses:
        fields.wrong("uses", "a claim cannot use itself")
    fields.finish()
    return claim


def _content(table: Mapping, let: Mapping[str, str], propositions: list) -> dict:
    """What the digest is taken of: all that the claim says, with the definitions it uses."""
    kept = {k: v for k, v in table.items() if k not in ("inventory", "lead", "reviewed", "let")}
    return {**kept, "let": [list(pair) for pair in used_definitions(let, propositions)]}


def _clause(fields: Fields, let: Mapping[str, str]) -> Clause:
    id = _part_id(fields)
    uses = fields.list_of_texts("uses")
    for other in uses:
        if not CLAIM.fullmatch(other):
            fields.wrong("uses", f"{other!r} is no id of a claim")
    proposition = read_proposition(fields, let)
    says = fields.text("says", "")
    name = fields.text("name", "")
    fields.finish()
    return Clause(id, proposition, says, name, uses, dict(fields.table))


def _variant(fields: Fields, let: Mapping[str, str], clauses: tuple[Clause, ...]) -> Variant:
    id, of = _part_id(fields), fields.text("of")
    clause = next((c for c in clauses if c.id == of), None)
    if clause is None:
        fields.wrong("of", f"there is no clause {of!r}")
    because = fields.text("because", "")
    table, let, edit = edited(fields, clause, let)
    fields.finish()
    proposition = read_proposition(Fields(table, fields.place), let)
    if _same(proposition, clause.proposition):
        fields.wrong("of", f"the edit leaves clause {of} as it is")
    return Variant(id, of, proposition, edit, because)


def _same(a, b) -> bool:
    return ((a.for_all, a.hypotheses, a.conclusions, a.prose)
            == (b.for_all, b.hypotheses, b.conclusions, b.prose))


def _printed(fields: Fields, let: Mapping[str, str]) -> Printed:
    entry = Printed(
        id=_part_id(fields), reading=fields.choice("reading", model.READINGS, required=True),
        because=fields.text("because"), repair=fields.text("repair"),
        says=fields.text("says", ""), step=fields.flag("step"),
        proposition=read_proposition(fields, {**let, **fields.texts_by_name("let")}))
    fields.finish()
    return entry


def _bridge(fields: Fields, clauses: tuple[Clause, ...]) -> Bridge:
    inner = fields.inner("bridge")
    if inner is None:
        return Bridge()
    bridge = Bridge(inner.choice("kind", model.BRIDGES, required=True), inner.text("text", ""),
                    inner.text("clause", ""))
    if bridge.kind != "conjunction" and not bridge.text:
        inner.wrong("text", "say how the clauses make the statement")
    if bridge.kind == "implication" and bridge.clause not in [c.id for c in clauses]:
        inner.wrong("clause", "name the clause that is the checked implication")
    inner.finish()
    return bridge


def _part_id(fields: Fields) -> str:
    id = fields.text("id")
    if not PART.fullmatch(id):
        fields.wrong("id", f"a part is called by a small letter and digits, not {id!r}")
    return id


def _distinct(fields: Fields, kind: str, ids: list[str]) -> None:
    for id in ids:
        if ids.count(id) > 1:
            fields.wrong(kind, f"{id} is there {ids.count(id)} times")
