"""What keeps a block from being left: parts that did not pass, and parts that are missing."""

from __future__ import annotations

from collections.abc import Iterable

from gradproof.catalogue import Claim
from gradproof.claims.parts import SIGNIFICANCE, Part, proposition_of
from gradproof.verdicts import Refuted

SETTLING = ("holds", "cites", "leaves_open")


def faults(entry: Claim, parts: list[Part]) -> list[str]:
    """One line for everything that stands between this block and being shown; none if none."""
    return [*_unpassed(entry, parts), *_missing(entry, parts), *_bad_controls(entry, parts)]


def _unpassed(entry: Claim, parts: list[Part]) -> Iterable[str]:
    for part in parts:
        if part.verdict is None:
            continue
        wanted_false = part.verb in ("rejects", "refutes_printed")
        passed = isinstance(part.verdict, Refuted) if wanted_false else part.verdict.passes
        if not passed:
            place = f"{part.verb} {part.id}".strip()
            outcome = type(part.verdict).__name__
            note = part.verdict.note or part.verdict.method
            yield f"  {place}: {proposition_of(part.proposition)}\n    {outcome}: {note}"


def _missing(entry: Claim, parts: list[Part]) -> Iterable[str]:
    settled = [p.id for p in parts if p.verb in SETTLING]
    clauses = [c.id for c in entry.clauses]
    yield from _each_once("clause", "held, cited or left open", clauses, settled)
    yield from _each_once("variant", "rejected", [v.id for v in entry.variants],
                          [p.id for p in parts if p.verb == "rejects"])
    yield from _each_once("printed form", "refuted", [p.id for p in entry.printed],
                          [p.id for p in parts if p.verb == "refutes_printed"])
    held = [p.id for p in parts if p.verb == "holds"]
    if held and not any(v.of in held for v in entry.variants):
        yield "  no control: a claim with a checked clause rejects at least one false variant of it"


def _each_once(kind: str, verb: str, wanted: list[str], done: list[str]) -> Iterable[str]:
    for id in wanted:
        if id not in done:
            yield f"  {kind} {id} is not {verb}"
        elif done.count(id) > 1:
            yield f"  {kind} {id} is {verb} {done.count(id)} times"


def _bad_controls(entry: Claim, parts: list[Part]) -> Iterable[str]:
    """Variants that another check rejected, or less rigorously than their clause is held."""
    held = {p.id: p for p in parts if p.verb == "holds"}
    for part in parts:
        if part.verb != "rejects" or not isinstance(part.verdict, Refuted):
            continue
        clause = held.get(entry.variant(part.id).of)
        if clause is None or not clause.verdict.passes:
            continue  # cited, open or not shown: nothing to compare with
        if difference := _difference(clause, part):
            yield (f"  rejects {part.id}: not the check that clause {clause.id} is held by: "
                   f"{difference}")
        tier = part.verdict.tier
        if SIGNIFICANCE[tier.label] < SIGNIFICANCE[clause.verdict.label]:
            yield (f"  rejects {part.id}: refuted as {tier.label} only, "
                   f"while clause {clause.id} is {clause.verdict.label}")


def _difference(clause: Part, part: Part) -> str:
    """How the check of a variant differs from the check of its clause; empty if it doesn't."""
    ours, theirs = _name(clause), _name(part)
    if ours != theirs:
        return f"{theirs} instead of {ours}"
    mine, other = _options(clause), _options(part)
    changed = [key for key in sorted(mine.keys() | other.keys()) if not _same(mine, other, key)]
    return f"another {', '.join(changed)}" if changed else ""


def _same(mine: dict, other: dict, key: str) -> bool:
    if key not in mine or key not in other:
        return False
    return mine[key] is other[key] or repr(mine[key]) == repr(other[key])


def _name(part: Part) -> str:
    return getattr(part.check, "name", "") or getattr(part.check, "__qualname__", "a check")


def _options(part: Part) -> dict:
    return dict(getattr(part.check, "options", {}))
