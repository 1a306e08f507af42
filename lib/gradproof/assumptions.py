"""`gradproof assumptions`: what is taken on trust: citations, tolerances, seeds, human steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gradproof import project
from gradproof.catalogue import Claim
from gradproof.claims.words import Marked
from gradproof.ledger import command
from gradproof.ledger.files import page
from gradproof.ledger.pages import FOLDER, anchor
from gradproof.ledger.records import Book, trusted


def add_arguments(parser) -> None:
    """Declare the options of the command."""
    parser.add_argument("--check", action="store_true", help="write nothing; fail if it is stale")


def run(args) -> int:
    """Write docs/ledger/assumptions.md, or compare it; 1 if anything is wrong."""
    return command("assumptions", files, args.check, project.root())


def files(book: Book) -> dict[str, str]:
    """docs/ledger/assumptions.md: path -> text."""
    return {f"{FOLDER}/assumptions.md": page(
        "assumptions", "# Assumptions",
        "What a reader has to believe beyond the checks: results cited from elsewhere and who "
        "inherits them, steps left to the reader, unverified steps of computer algebra, "
        "tolerances and seeds of measurements.",
        "## Cited", "A claim inherits what the claims that it uses have cited.",
        _list(_cited(book)),
        "## Open", _list(_of_verb(book, "leaves_open")),
        "## Steps left to the reader", _list(_human(book)),
        "## Unverified steps", _list(_noted(book, "Derived")),
        "## Measurements", _list(_noted(book, "Measured")))}


def _cited(book: Book) -> Iterable[str]:
    inheriting = trusted(book)
    for id, record in book.records.items():
        for part in record["parts"]:
            if part["verb"] != "cites":
                continue
            users = [other for other, pairs in inheriting.items()
                     if other != id and (id, part["clause"]) in pairs]
            inherits = ", ".join(_link(book.claims[other], book) for other in users)
            yield (f"{_line(book, record, part)} {_sentence(part['why'])} "
                   f"Inherited by: {inherits or 'no other claim'}")


def _of_verb(book: Book, verb: str) -> Iterable[str]:
    return [f"{_line(book, record, part)} {_sentence(part['why'])}"
            for record in book.records.values() for part in record["parts"]
            if part["verb"] == verb]


def _human(book: Book) -> Iterable[str]:
    return [f"{_link(book.claims[id], book)} {Marked.prose(record['bridge']['text'])}"
            for id, record in book.records.items() if record["bridge"]["kind"] == "human"]


def _noted(book: Book, label: str) -> Iterable[str]:
    """Passing parts with this label: what was done, with tolerance, seed or unverified step."""
    return [f"{_line(book, record, part)} {Marked.words(part['method'])}"
            + (f" ({Marked.words(part['note'])})" if part["note"] else "")
            for record in book.records.values() for part in record["parts"]
            if part["verb"] in ("holds", "agrees") and part["label"] == label]


def _line(book: Book, record: Mapping, part: Mapping) -> str:
    claim = book.claims[record["id"]]
    clause = f", part {part['clause']}" if part["clause"] else ""
    name = claim.clause(part["clause"]).name if part["verb"] == "cites" else ""
    named = f"**{name}**: " if name else ""
    return f"{_link(claim, book)}{clause}: {named}{Marked.formula(part)}."


def _link(claim: Claim, book: Book) -> str:
    return f"[{claim.id}]({claim.chapter}.md#{anchor(book.records[claim.id])})"


def _sentence(text: str) -> str:
    """Prose with a capital and a full stop."""
    text = Marked.prose(text).rstrip(".")
    return f"{text[:1].upper()}{text[1:]}."


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines) or "None."
