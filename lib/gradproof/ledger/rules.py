"""What is wrong with the records, a line each, beginning with the entry's id.

The strict replay compares stored outputs with fresh ones. These rules need no kernel: a
record has to follow from its parts, its parts from the catalogue, its text from the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gradproof import verdicts
from gradproof.catalogue import Claim
from gradproof.claims import show
from gradproof.claims.parts import SIGNIFICANCE
from gradproof.claims.record import SCHEMA, derived, formulas, remarks, stated
from gradproof.ledger.records import Book, Entry, inherited

SETTLING = ("holds", "cites", "leaves_open")


def faults(book: Book, before: Iterable[str] = (), forgotten: Iterable[str] = ()) -> list[str]:
    """All faults for which the ledger is not written: empty, shrunken, dangling, stale …

    before: ids that the stored ledger has. forgotten: ids among them given up on purpose.
    """
    found = []
    if not book.claims:
        found.append("the catalogue is empty")
    if not book.entries:
        found.append("no notebook has a record")
    found += _missing(book, set(before) - set(forgotten))
    for entry in book.entries:
        found += [f"{entry.id}: {fault}" for fault in entry_faults(entry, book)]
    return found


def unreviewed(book: Book) -> list[str]:
    """Claims whose signature is missing or void."""
    return [f"{claim.id}: not reviewed" if not claim.reviewed else
            f"{claim.id}: edited since it was reviewed"
            for claim in book.claims.values() if claim.reviewed != claim.digest]


def _missing(book: Book, before: set[str]) -> Iterable[str]:
    shown = [entry.id for entry in book.entries]
    for id, claim in book.claims.items():
        if id not in shown:
            yield f"{id}: in the catalogue, but no block in notebooks/{claim.chapter}.ipynb"
        try:
            inherited(id, book.claims)
        except ValueError as error:
            yield f"{id}: {error}"
    for id in sorted(before - set(shown)):
        yield f"{id}: in the stored ledger, but in no notebook (give it up with --forget {id})"


def entry_faults(entry: Entry, book: Book) -> Iterable[str]:
    """What is wrong with one record."""
    claim = book.claims.get(entry.id)
    if claim is None:
        yield f"a record in {entry.notebook}, but not in the catalogue"
        return
    if sum(other.id == entry.id for other in book.entries) > 1:
        yield f"recorded more than once, here in cell {entry.cell} of {entry.notebook}"
    if entry.notebook != claim.chapter:
        yield f"recorded in {entry.notebook}, but belongs to {claim.chapter}"
    if entry.record.get("schema") != SCHEMA:
        yield f"a record of schema {entry.record.get('schema')}, not {SCHEMA}"
    elif entry.record.get("catalogue") != claim.digest:
        yield "stale: the catalogue's entry was edited after the notebook was executed"
    else:
        yield from _content(entry, claim, book)


def _content(entry: Entry, claim: Claim, book: Book) -> Iterable[str]:
    try:
        found = [*_parts(entry.record, claim)]
        if not found:
            found = [*_outside(entry.record, claim), *_shown(entry, claim)]
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        found = [f"the record is damaged: {type(error).__name__}: {error}"]
    yield from found
    for other in claim.uses:
        if other not in book.claims:
            yield f"uses {other}, which is not in the catalogue"


def _parts(record: Mapping, claim: Claim) -> Iterable[str]:
    """Every clause, variant and printed form once; each part as its verb and verdict demand."""
    parts = record["parts"]
    for kind, verbs, wanted in (
            ("clause", SETTLING, claim.clauses), ("variant", ("rejects",), claim.variants),
            ("printed form", ("refutes_printed",), claim.printed)):
        done = [part["clause"] for part in parts if part["verb"] in verbs]
        if sorted(done) != sorted(one.id for one in wanted):
            yield (f"the record's {kind}s are {', '.join(done) or 'none'}; "
                   f"the catalogue's {', '.join(one.id for one in wanted) or 'none'}")
            return
    held = {part["clause"]: part for part in parts if part["verb"] == "holds"}
    if held and not any(claim.variant(p["clause"]).of in held for p in parts
                        if p["verb"] == "rejects"):
        yield "no control rejects a variant of a checked clause"
    for part in parts:
        if fault := _part_fault(part, claim, held):
            yield f"{part['verb']} {part['clause']}".strip() + f": {fault}"


def _part_fault(part: Mapping, claim: Claim, held: Mapping) -> str:
    verb = part["verb"]
    if verb in ("cites", "leaves_open"):
        wanted = "Cited" if verb == "cites" else "Open"
        return "" if part["label"] == wanted and part["why"] else f"its label must be {wanted}"
    kind = getattr(verdicts, part["verdict"], None)
    if not (isinstance(kind, type) and issubclass(kind, verdicts.Verdict)):
        return f"{part['verdict']} is no verdict"
    if part["label"] != kind.label:
        return f"labelled {part['label']}, but {part['verdict']} is read as {kind.label}"
    if verb in ("holds", "agrees"):
        passed = kind.passes
    else:
        passed = kind is verdicts.Refuted
    if not passed:
        return f"{part['verdict']} does not pass for {verb}"
    if verb != "agrees" and (fault := _catalogue_fault(part, claim)):
        return fault
    if verb == "rejects" and (clause := held.get(part["of"])):
        tier = getattr(verdicts, part["tier"]).label
        if SIGNIFICANCE.get(tier, -1) < SIGNIFICANCE.get(clause["label"], 0):
            return f"refuted as {tier} only, while clause {part['of']} is {clause['label']}"
    return ""


def _catalogue_fault(part: Mapping, claim: Claim) -> str:
    """Whether the recorded proposition and remarks are the catalogue's, at the instance."""
    recorded, wanted = part["proposition"], stated(claim, part["verb"], part["clause"])
    wanted = wanted.at(**recorded["fixed"]) if recorded["fixed"] else wanted
    ours = formulas(wanted)
    if not wanted.formal and recorded["prose"].startswith(wanted.prose):
        ours["proposition"] = recorded  # prose may be narrowed to the instances measured
    ours |= remarks(claim, part["verb"], part["clause"])
    wrong = [key for key, value in ours.items() if part.get(key) != value]
    return f"the recorded {wrong[0]} is not the catalogue's" if wrong else ""


def _outside(record: Mapping, claim: Claim) -> Iterable[str]:
    """The fields beside the parts, each as the parts and the catalogue give it."""
    wanted = derived(record["parts"], claim)
    for key, value in wanted.items():
        if record.get(key) != value:
            yield f"its {key} is {record.get(key)!r}, but its parts give {value!r}"


def _shown(entry: Entry, claim: Claim) -> Iterable[str]:
    """Whether text and Markdown of the cell say what the record says."""
    for mime, render in (("text/plain", show.plain), ("text/markdown", show.markdown)):
        if mime in entry.shown and entry.shown[mime] != render(entry.record, claim):
            yield f"its {mime} is not what the record gives"
        elif mime not in entry.shown and entry.shown:
            yield f"it has no {mime}"
