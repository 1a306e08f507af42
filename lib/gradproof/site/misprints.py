"""The page of errata: what is printed, the witness, the repair; each leads to its claim."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from gradproof.catalogue import sources
from gradproof.claims.words import refutation
from gradproof.errata import CERTAIN, DOUBTFUL, listed
from gradproof.ledger.files import counted
from gradproof.ledger.records import Book
from gradproof.site import badges, places
from gradproof.site.markup import Html, inline, tag


def page(book: Book) -> str:
    """The page as Markdown."""
    certain, doubtful = listed(book, "certain"), listed(book, "doubtful")
    steps = sum(part["step"] for _, part in certain)
    intro = (f"What the texts have wrong: {counted(len(certain) - steps, 'statement')} and "
             f"{counted(steps, 'step')} of a proof false as printed, and "
             f"{counted(len(doubtful), 'possible misprint')}. Every refutation is executed in the "
             "chapter that it links to, and each comes with its repair.")
    return "\n\n".join(["# Errata", intro,
                        "## False as printed", CERTAIN, *_by_source(certain, book),
                        "## Possible misprints", DOUBTFUL, *_by_source(doubtful, book)]) + "\n"


def _by_source(found: list, book: Book) -> list[str]:
    blocks = []
    for key, source in sources().items():
        own = [_entry(record, part, book) for record, part in found if record["source"] == key]
        if own:
            blocks += [f"### {source['title']}", "```{raw} html\n" + "\n".join(own) + "\n```"]
    return blocks or ["None so far."]


def _entry(record: Mapping, part: Mapping, book: Book) -> str:
    claim = book.claims[record["id"]]
    printed = claim.printed_form(part["clause"])
    says = f"{inline(printed.says)}: " if printed.says else ""
    where = "<br>".join(Html.statement(f"{a} = {b}") for a, b in claim.let)
    rows = [("Printed", says + Html.formula(part)),
            ("Where", where if printed.proposition.definitions else ""),
            ("Witness", refutation(part, Html)), ("Why", inline(part["because"])),
            ("Repair", inline(part["repair"]))]
    listed_rows = "\n".join(f"<dt>{name}</dt><dd>{text}</dd>" for name, text in rows if text)
    link = tag("a", f"{claim.id} {inline(claim.title)}", href=places.of_claim(claim))
    kind = (badges.DOUBTFUL if part["reading"] == "doubtful"
            else badges.STEP if part["step"] else badges.FALSE)
    badge = badges.badge(kind, badges.CROSS, "misprint")
    lines = [tag("h4", escape(claim.locator), class_="claim-title"), tag("p", f"{badge} {link}"),
             f"<dl>{listed_rows}</dl>"]
    return tag("section", "\n".join(lines), class_="claim erratum",
               id=places.erratum(claim.id, part["clause"]),
               aria_label=f"Erratum to claim {claim.id}, {part['clause']}")
