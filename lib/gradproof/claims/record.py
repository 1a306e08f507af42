"""The record of a block: what the cell's output stores and the ledger reads."""

from __future__ import annotations

import json
from collections.abc import Mapping

from gradproof.catalogue import Claim
from gradproof.claims import summary
from gradproof.claims.parts import Part
from gradproof.formulas import Proposition
from gradproof.formulas.show import statements_tex
from gradproof.verdicts import Refuted

SCHEMA = 2


def record(entry: Claim, parts: list[Part]) -> dict:
    """The block as JSON values; the same block always gives the same record."""
    stored = [_part(entry, part) for part in parts]
    return {"schema": SCHEMA, "id": entry.id, **derived(stored, entry), "parts": stored}


def derived(parts: list[Mapping], entry: Claim) -> dict:
    """The fields of a record that follow from its parts and the catalogue."""
    return {
        "headline": summary.headline(parts, entry), "label": summary.label(parts),
        "scope": summary.scope(parts), "printed": summary.printed_status(parts, entry),
        "inventory": list(entry.inventory), "chapter": entry.chapter, "title": entry.title,
        "source": entry.source, "locator": entry.locator, "statement": entry.statement,
        "bridge": {"kind": entry.bridge.kind, "text": entry.bridge.text,
                   "clause": entry.bridge.clause},
        "uses": list(entry.uses), "lead": entry.lead,
        "definitions": [list(pair) for pair in entry.let], "catalogue": entry.digest}


def stated(entry: Claim, verb: str, id: str) -> Proposition:
    """The catalogue's proposition that a part with this verb and id is about."""
    if verb == "rejects":
        return entry.variant(id).proposition
    if verb == "refutes_printed":
        return entry.printed_form(id).proposition
    return entry.clause(id).proposition


def _part(entry: Claim, part: Part) -> dict:
    stored = {"verb": part.verb, "clause": part.id, **formulas(part.proposition)}
    if part.verdict is None:
        stored |= {"label": "Cited" if part.verb == "cites" else "Open", "why": part.why}
    else:
        stored |= _verdict(part)
    return stored | remarks(entry, part.verb, part.id)


def formulas(proposition: Proposition) -> dict:
    """The fields of a part that show its proposition: as data, and as TeX."""
    return {"proposition": proposition.json(), "given": statements_tex(proposition.assume),
            "goal": statements_tex(proposition.conclude)}


def packed(record: Mapping) -> str:
    """The record as one line of JSON text, which is what a cell's output stores.

    As nested lists, a notebook would spread its formulas over many thousand lines.
    """
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def unpacked(stored: str | Mapping) -> dict:
    """The record that a cell's output stores. ValueError when it is no JSON object."""
    value = json.loads(stored) if isinstance(stored, str) else stored
    if not isinstance(value, Mapping):
        raise ValueError("a record is a JSON object")
    return dict(value)


def remarks(entry: Claim, verb: str, id: str) -> dict:
    """The fields of a part that are the catalogue's words on it."""
    if verb == "rejects":
        variant = entry.variant(id)
        return {"of": variant.of, "edit": list(variant.edit), "because": variant.because}
    if verb == "refutes_printed":
        printed = entry.printed_form(id)
        return {"reading": printed.reading, "step": printed.step, "because": printed.because,
                "repair": printed.repair}
    return {}


def _verdict(part: Part) -> dict:
    verdict = part.verdict
    fields = {"verdict": type(verdict).__name__, "label": verdict.label,
              "method": verdict.method, "note": verdict.note}
    if verdict.certificate is not None:
        fields["certificate"] = dict(verdict.certificate)
    if isinstance(verdict, Refuted):
        fields |= {"witness": dict(verdict.witness), "tier": verdict.tier.__name__}
    return fields
