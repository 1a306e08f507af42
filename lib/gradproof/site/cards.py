"""A claim on the page: statement and verdict first, the evidence unfolds."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from gradproof.catalogue import Claim, sources
from gradproof.claims.show import notes
from gradproof.claims.summary import of_verb
from gradproof.claims.words import VERBS, body, grounds
from gradproof.ledger.files import counted
from gradproof.ledger.pages import verdict
from gradproof.ledger.records import Book
from gradproof.site import citing, places
from gradproof.site.badges import badges
from gradproof.site.markup import Html, fold, inline, tag

NAMED = ("holds", "cites", "leaves_open")


def card(record: Mapping, book: Book, address: str = "", up: str = "../") -> str:
    """The whole card of a claim, with its anchor; ``up`` leads to the site's root."""
    claim = book.claims[record["id"]]
    anchor = places.anchor(claim.id)
    link = tag("a", claim.id, class_="number", href=f"#{anchor}")
    lines = [tag("h3", f"{link} {inline(claim.title)}", class_="claim-title"),
             tag("p", place(claim), class_="place"),
             tag("p", badges(record, book), class_="badges"),
             tag("p", status(record, book), class_="status"),
             tag("div", f"<p>{inline(claim.statement)}</p>", class_="statement"),
             fold(f"Evidence: {evidence_line(record)}", evidence(record, claim), "evidence"),
             fold("Check it again, cite it", cite(claim, address, up), "cite")]
    content = "\n".join(lines)
    return tag("section", content, class_="claim", id=anchor, aria_label=f"Claim {claim.id}")


def place(claim: Claim) -> str:
    """The text and where in it the statement stands."""
    return f"{escape(sources()[claim.source]['short'])}, {escape(claim.locator)}"


def status(record: Mapping, book: Book) -> str:
    """The headline in words, the scope, and how the printed statement fares."""
    pieces = [inline(verdict(record, book)), escape(record["scope"]), escape(record["printed"])]
    return " · ".join(filter(None, pieces))


def evidence_line(record: Mapping) -> str:
    """What the evidence consists of, counted."""
    counts = [("holds", "part", "shown"), ("cites", "part", "cited"),
              ("leaves_open", "part", "open"), ("agrees", "independent check", ""),
              ("rejects", "false neighbour", "rejected"),
              ("refutes_printed", "printed form", "refuted")]
    found = [(len(of_verb(record["parts"], verb)), noun, done) for verb, noun, done in counts]
    return ", ".join(f"{counted(number, noun)} {done}".strip()
                     for number, noun, done in found if number)


def evidence(record: Mapping, claim: Claim) -> str:
    """The parts as a list, and below it the definitions and the claims used."""
    parts = "\n".join(_part(part, claim) for part in record["parts"])
    below = "\n".join(tag("p", text, class_="note") for text in _notes(record, claim))
    return f'<ul class="parts">\n{parts}\n</ul>\n{below}'


def _part(part: Mapping, claim: Claim) -> str:
    verb = part["verb"]
    name = f"{part['clause']} " if verb in NAMED else ""
    says = claim.clause(part["clause"]).says if verb in NAMED else ""
    if verb == "refutes_printed":
        says = claim.printed_form(part["clause"]).says
    lines = [tag("strong", f"{name}{VERBS[verb]}", class_=f"verb {verb}"),
             tag("span", body(part, says, Html), class_="says"),
             tag("span", grounds(part, Html), class_="grounds")]
    return tag("li", "\n".join(lines))


def _notes(record: Mapping, claim: Claim) -> list[str]:
    found = notes(record, claim, Html)
    if record["bridge"]["kind"] == "human":
        found.insert(0, f"Left to the reader: {inline(record['bridge']['text'])}")
    return found


def cite(claim: Claim, address: str, up: str) -> str:
    """The line that checks the claim again, its BibTeX entry and its permanent address."""
    lasting = tag("a", places.permanent(claim.id), href=up + places.permanent(claim.id))
    return "\n".join([
        tag("p", "Decide it again in a fresh kernel, from the chapter's text:"),
        _copyable(citing.check_line(claim), "command"),
        tag("p", "BibTeX:"),
        _copyable(citing.bibtex(claim, address), "BibTeX entry"),
        tag("p", f"Permanent address: {lasting}")])


def _copyable(text: str, what: str) -> str:
    button = tag("button", "Copy", type="button", class_="copy", aria_label=f"Copy the {what}")
    return tag("div", f"<pre>{escape(text, quote=False)}</pre>{button}", class_="copyable")
