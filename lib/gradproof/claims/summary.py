"""A claim in one line: its label, its scope, whether it holds as printed.

Everything is computed from the record's parts (plain JSON), so that the ledger can compute
it again: a record whose line does not follow from its parts was edited.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from gradproof.catalogue import Claim
from gradproof.claims.parts import SIGNIFICANCE
from gradproof.formulas.show import name_text

MIME = "application/vnd.gradproof.claim+json"
INSTANCES = re.compile(r"\((\d+ instances?)\)$")  # how exact checks of cases narrow prose
PLURAL = {"real": "", "integer": "whole ", "natural": "natural "}


def of_verb(parts: list[Mapping], *verbs: str) -> list[Mapping]:
    """The parts with one of the verbs."""
    return [part for part in parts if part["verb"] in verbs]


def label(parts: list[Mapping]) -> str:
    """The weakest label among the clauses that are held; Cited or Open when none is."""
    held = [part["label"] for part in of_verb(parts, "holds")]
    if held:
        return min(held, key=SIGNIFICANCE.__getitem__)
    return "Open" if of_verb(parts, "leaves_open") else "Cited"


def headline(parts: list[Mapping], entry: Claim) -> str:
    """The label with the count: ``Proved 4 of 5, given Whitney's theorem``."""
    settled = of_verb(parts, "holds", "cites", "leaves_open")
    held, weakest = of_verb(parts, "holds"), label(parts)
    if not held:
        return weakest
    line = weakest
    if len(held) < len(settled):
        line += f" {len(held)} of {len(settled)}"
    stronger = sum(part["label"] != weakest for part in held)
    if stronger:
        best = [part for part in held if part["label"] != weakest]
        line += f" ({_counted(best)})"
    if given := [_called(entry, part["clause"]) for part in of_verb(parts, "cites")]:
        line += f", given {' and '.join(given)}"
    if unknown := [part["clause"] for part in of_verb(parts, "leaves_open")]:
        line += f", {_listed('part', unknown)} open"
    if entry.bridge.kind == "human":
        line = f"{line}{',' if ' ' in line else ''} up to: {entry.bridge.text}"
    return line


def _counted(parts: list[Mapping]) -> str:
    """``parts a, b proved``: the clauses that are shown better than the weakest one."""
    pieces = []
    for name in ("Proved", "Derived", "Measured"):
        if ids := [part["clause"] for part in parts if part["label"] == name]:
            pieces.append(f"{_listed('part', ids)} {name.lower()}")
    return "; ".join(pieces)


def _listed(noun: str, ids: list[str]) -> str:
    return f"{noun}{'s' if len(ids) > 1 else ''} {', '.join(ids)}"


def _called(entry: Claim, clause: str) -> str:
    return entry.clause(clause).name or f"part {clause} (cited)"


def scope(parts: list[Mapping]) -> str:
    """For which values the held clauses speak: ``for all admissible L and natural n``.

    Admissible: the clauses have hypotheses, which the block prints.
    """
    held = of_verb(parts, "holds") or of_verb(parts, "cites", "leaves_open")
    general: dict[str, str] = {}
    fixed: dict[str, list[str]] = {}
    for part in held:
        for name, sort in part["proposition"]["for_all"]:
            general.setdefault(name, sort)
        for name, value in part["proposition"]["fixed"].items():
            fixed.setdefault(f"{name_text(name)} = {value}", []).append(part["clause"])
        if counted := INSTANCES.search(part["proposition"]["prose"]):
            fixed.setdefault(counted[1], []).append(part["clause"])
    pieces = []
    for sort in PLURAL:
        if names := [name_text(name) for name, own in general.items() if own == sort]:
            pieces.append(PLURAL[sort] + ", ".join(names))
    if tensors := [name_text(name) for name, own in general.items() if own not in PLURAL]:
        pieces.append("matrices and vectors " + ", ".join(tensors) + _of_sizes(general.values()))
    assumed = any(" ⊢ " in part["proposition"]["text"] for part in held)
    line = f"for all {'admissible ' if assumed else ''}{' and '.join(pieces)}" if pieces else ""
    only = [value if len(ids) == len(held) else f"{value} in {_listed('part', ids)}"
            for value, ids in fixed.items()]
    instance = "only for " + ", ".join(only) if only else ""
    return "; ".join(piece for piece in (line, instance) if piece)


def _of_sizes(sorts: Iterable[str]) -> str:
    """`` of all sizes`` when some sort leaves a size open, as ``matrix(m,n)`` does."""
    sizes = {size for sort in sorts if "(" in sort for size in re.findall(r"\w+", sort)[1:]}
    return " of all sizes" if any(not size.isdigit() for size in sizes) else ""


def printed_status(parts: list[Mapping], entry: Claim) -> str:
    """``holds as printed``, ``false as printed``, ``possible misprint``, ``not in the text`` …

    A false step of the proof does not make the statement false: ``holds as printed, but …``.
    """
    if misprints(parts, "certain"):
        return "false as printed"
    if misprints(parts, "doubtful"):
        return "possible misprint"
    whole = of_verb(parts, "holds") and not of_verb(parts, "leaves_open")
    line = {"as printed": "holds as printed" if whole else "",
            "restored": "restored from a garbled print",
            "not in the text": "not in the text"}[entry.printed_status]
    if misprints(parts, "certain", step=True):
        return f"{line}, but a printed step is false" if line else "a printed step is false"
    if misprints(parts, "doubtful", step=True):
        return f"{line}{'; ' if line else ''}a printed step may be a misprint"
    return line


def misprints(parts: list[Mapping], reading: str, step: bool = False) -> list[Mapping]:
    """The refuted prints with this reading: of the statement, or of steps of its proof."""
    return [part for part in of_verb(parts, "refutes_printed")
            if part["reading"] == reading and part["step"] is step]
