"""The ledger as one table that can be searched and filtered, with and without a mouse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from gradproof.catalogue import sources
from gradproof.ledger.pages import LABELS, totals, verdict
from gradproof.ledger.records import Book
from gradproof.site import places
from gradproof.site.badges import DOUBTFUL, FALSE, STEP, badges, misprints
from gradproof.site.cards import place
from gradproof.site.markup import inline, tag, without_math

HEADS = ("Claim", "Verdict", "Where in the text")


def page(book: Book) -> str:
    """The page as Markdown: the filters, the number of claims shown, the table."""
    records = list(book.records.values())
    rows = "\n".join(_row(record, book) for record in records)
    heads = "".join(tag("th", head, scope="col") for head in HEADS)
    table = (f'<table class="ledger" id="ledger"><thead><tr>{heads}</tr></thead>\n'
             f"<tbody>\n{rows}\n</tbody></table>")
    return "\n\n".join([
        "# Ledger", "Every claim of the book with its verdict. "
        "[How to read a verdict](reading.md) explains the labels; what the texts have wrong is "
        "collected in the [errata](errata.md), what is taken on trust under "
        "[assumptions](assumptions.md).",
        f"{totals(records, book)}.", f"```{{raw}} html\n{_form(book)}\n{table}\n```"]) + "\n"


def _form(book: Book) -> str:
    chapters = [(c.number, f"{c.number} {without_math(c.title)}") for c in book.chapters
                if book.of_chapter(c.name)]
    used = {record["source"] for record in book.records.values()}
    texts = [(key, source["short"]) for key, source in sources().items() if key in used]
    labels = [(label, label) for label in LABELS]
    wrong = [("any", "any"), *((kind, kind) for kind in (FALSE, STEP, DOUBTFUL))]
    search = tag("label", 'Search <input type="search" name="search" autocomplete="off">')
    fields = [search, _select("Label", "label", labels), _select("Chapter", "chapter", chapters),
              _select("Text", "source", texts), _select("Misprint", "misprint", wrong)]
    fields.append('<button type="reset">Show all</button>')
    shown = tag("p", f"{len(book.records)} claims", id="ledger-count", role="status")
    form = tag("form", "\n".join(fields), id="ledger-form", role="search",
               aria_label="Filter the claims")
    return f"{form}\n{shown}"


def _select(title: str, name: str, options: Iterable[tuple[str, str]]) -> str:
    listed = "".join(f'<option value="{escape(value)}">{escape(text)}</option>'
                     for value, text in [("", "all"), *options])
    return tag("label", f'{title} <select name="{name}">{listed}</select>')


def _row(record: Mapping, book: Book) -> str:
    claim = book.claims[record["id"]]
    link = tag("a", claim.id, href=places.of_claim(claim))
    headline = verdict(record, book)
    line = [inline(headline)] if headline != record["label"] else []
    line = " · ".join(filter(None, [*line, escape(record["scope"])]))
    cells = [f"{link} {inline(claim.title)}",
             f"{badges(record, book)} {tag('span', line, class_='line')}", place(claim)]
    words = [claim.id, claim.title, claim.statement, claim.locator, *claim.inventory,
             *(clause.says for clause in claim.clauses)]
    return tag("tr", "".join(f'<td data-head="{head}">{cell}</td>'
                             for head, cell in zip(HEADS, cells, strict=True)),
               id=claim.id, data_label=record["label"], data_chapter=claim.id[:2],
               data_source=record["source"], data_misprint="|".join(misprints(record)),
               data_words=without_math(" ".join(words)).lower())
