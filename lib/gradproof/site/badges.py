"""Verdicts as badges: a word and a sign each, so that nothing depends on colour."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from gradproof.claims.summary import of_verb
from gradproof.ledger.pages import LABELS, in_part
from gradproof.ledger.records import Book
from gradproof.site.markup import tag

CROSS = "✗"
SIGNS = {"Proved": "✓", "Derived": "≈", "Measured": "∿", "Cited": "”", "Open": "?"}
FALSE, STEP, DOUBTFUL = "False as printed", "A printed step is false", "Possible misprint"


def badge(words: str, sign: str, kind: str) -> str:
    """One badge: a sign that is not read aloud, then words."""
    mark = tag("span", sign, class_="sign", aria_hidden="true")
    return tag("span", f"{mark}{escape(words)}", class_=f"gp-badge {kind}")


def label_badge(label: str, part: bool = False) -> str:
    """The badge of one of the five labels; ``part`` when something of the claim is missing."""
    return badge(f"{label}, in part" if part else label, SIGNS[label], label.lower())


def misprints(record: Mapping) -> list[str]:
    """What the text has wrong about a claim: any of FALSE, STEP and DOUBTFUL."""
    printed = of_verb(record["parts"], "refutes_printed")
    found = {DOUBTFUL if part["reading"] == "doubtful" else STEP if part["step"] else FALSE
             for part in printed}
    return [kind for kind in (FALSE, STEP, DOUBTFUL) if kind in found]


def misprint_badges(record: Mapping) -> str:
    """The badges of `misprints`."""
    return " ".join(badge(kind, CROSS, "misprint") for kind in misprints(record))


def badges(record: Mapping, book: Book) -> str:
    """All badges of a claim."""
    own = label_badge(record["label"], in_part(record, book))
    return " ".join(filter(None, [own, misprint_badges(record)]))


def tally(records: list[Mapping]) -> str:
    """How many claims have which label, and how many misprints there are."""
    counts = [(label_badge(label), sum(r["label"] == label for r in records)) for label in LABELS]
    shown = [f"{name} {number}" for name, number in counts if number]
    wrong = sum(bool(misprints(record)) for record in records)
    if wrong:
        shown.append(f"{badge('Misprints', CROSS, 'misprint')} {wrong}")
    return tag("span", " ".join(f"<span>{piece}</span>" for piece in shown), class_="tally")
