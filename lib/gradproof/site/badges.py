"""Verdicts as badges: a word and a sign each, so that nothing depends on colour."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from gradproof.claims.summary import of_verb
from gradproof.ledger.pages import LABELS, in_part
from gradproof.ledger.records import Book
from gradproof.site.markup import tag

SIGNS = {"Proved": "✓", "Derived": "≈", "Measured": "∿", "Cited": "”", "Open": "?"}
FALSE, STEP, DOUBTFUL = "False as printed", "A printed step is false", "Possible misprint"


def label_badge(label: str, part: bool = False) -> str:
    """The badge of one of the five labels; ``part`` when something of the claim is missing."""
    sign = tag("span", SIGNS[label], class_="sign", aria_hidden="true")
    words = f"{label}, in part" if part else label
    return tag("span", f"{sign}{words}", class_=f"badge verdict {label.lower()}")


def misprints(record: Mapping) -> list[str]:
    """What the text has wrong about a claim: any of FALSE, STEP and DOUBTFUL."""
    printed = of_verb(record["parts"], "refutes_printed")
    found = {DOUBTFUL if part["reading"] == "doubtful" else STEP if part["step"] else FALSE
             for part in printed}
    return [kind for kind in (FALSE, STEP, DOUBTFUL) if kind in found]


def misprint_badges(record: Mapping) -> str:
    """The badges of `misprints`."""
    sign = tag("span", "✗", class_="sign", aria_hidden="true")
    return " ".join(tag("span", f"{sign}{escape(kind)}", class_="badge misprint")
                    for kind in misprints(record))


def badges(record: Mapping, book: Book) -> str:
    """All badges of a claim."""
    own = label_badge(record["label"], in_part(record, book))
    return " ".join(filter(None, [own, misprint_badges(record)]))


def tally(records: list[Mapping]) -> str:
    """How many claims have which label, and how many misprints there are."""
    counts = [(label_badge(label), sum(r["label"] == label for r in records)) for label in LABELS]
    shown = [f"{badge} {number}" for badge, number in counts if number]
    wrong = sum(bool(misprints(record)) for record in records)
    if wrong:
        sign = tag("span", "✗", class_="sign", aria_hidden="true")
        shown.append(tag("span", f"{sign}Misprints", class_="badge misprint") + f" {wrong}")
    return tag("span", " ".join(f"<span>{piece}</span>" for piece in shown), class_="tally")
