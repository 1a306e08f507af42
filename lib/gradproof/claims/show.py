"""A block on the page: plain text, Markdown, and the record that the ledger reads."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Mapping

from gradproof.catalogue import Claim, sources
from gradproof.claims.record import packed
from gradproof.claims.summary import MIME
from gradproof.claims.words import VERBS, Marked, Plain, body, grounds

WIDTH = 108
MARGIN = 15  # columns before a part's text: id and verb


def show(record: Mapping, entry: Claim) -> None:
    """Display the block where there is a notebook, print it elsewhere."""
    if not _in_notebook():
        print(plain(record, entry))
        return
    from IPython.display import display

    display(
        {
            "text/plain": plain(record, entry),
            "text/markdown": markdown(record, entry),
            MIME: packed(record),
        },
        raw=True,
    )


def _in_notebook() -> bool:
    if "IPython" not in sys.modules:
        return False
    from IPython import get_ipython

    return get_ipython() is not None


def _status(record: Mapping) -> list[str]:
    return [piece for piece in (record["headline"], record["scope"], record["printed"]) if piece]


def _bracketed(locator: str) -> str:
    return locator if locator.startswith("(") else f"({locator})"


def _says(part: Mapping, entry: Claim) -> str:
    if part["verb"] in ("holds", "cites", "leaves_open"):
        return entry.clause(part["clause"]).says
    if part["verb"] == "refutes_printed":
        return entry.printed_form(part["clause"]).says
    return ""


def plain(record: Mapping, entry: Claim) -> str:
    """The block as text, at most WIDTH columns wide where words allow."""
    title = f"{entry.id} {entry.title} {_bracketed(entry.locator)}"
    status = " · ".join(_status(record))
    lines = (
        [f"{title}    {status}"]
        if len(title) + len(status) + 4 <= WIDTH
        else [title, *_wrapped(status, "  ", "  ")]
    )
    lines += _wrapped(entry.statement, "    ", "    ")
    for part in record["parts"]:
        name = part["clause"] if part["verb"] in ("holds", "cites", "leaves_open") else ""
        start = f" {name:<2} {VERBS[part['verb']]:<10}".ljust(MARGIN)
        lines += _row(start, body(part, _says(part, entry), Plain), grounds(part, Plain))
    for text in notes(record, entry, Plain):
        lines += _wrapped(text, " " * 4, " " * MARGIN)
    return "\n".join(lines)


def _row(start: str, stated: str, reason: str) -> list[str]:
    if len(start) + len(stated) + 4 + len(reason) <= WIDTH:
        return [f"{start}{stated}    {reason}"]
    return [
        *_wrapped(stated, start, " " * MARGIN),
        *_wrapped(reason, " " * (MARGIN + 2), " " * (MARGIN + 2)),
    ]


def _wrapped(text: str, first: str, rest: str) -> list[str]:
    return textwrap.wrap(
        " ".join(text.split()),
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def notes(record: Mapping, entry: Claim, show) -> list[str]:
    """Lines under the parts: the bridge, the claims used, the definitions."""
    found = []
    if entry.bridge.kind == "implication":
        found.append(
            f"together: {show.prose(entry.bridge.text)} (checked as part {entry.bridge.clause})"
        )
    if entry.uses:
        found.append(f"uses {', '.join(entry.uses)}")
    if entry.let:
        shown = [f"{a} = {b}" for a, b in entry.let if not b.startswith("diff(")]
        found.append(
            "where " + ", ".join(map(show.statement, shown or [f"{a} = {b}" for a, b in entry.let]))
        )
    return found


def markdown(record: Mapping, entry: Claim, heading: bool = True) -> str:
    """The block as Markdown: a headline, a line a part, the definitions.

    heading: without it, the line with number and title gives the place only.
    """
    head, *rest = _status(record)
    place = f"{sources()[entry.source]['short']}, {entry.locator}"
    title = f"**{entry.id} {Marked.prose(entry.title)}** ({Marked.words(place)})"
    lines = [
        title if heading else Marked.words(place),
        "",
        " · ".join([f"**{Marked.prose(head)}**", *map(Marked.words, rest)]),
        "",
        Marked.prose(entry.statement),
        "",
    ]
    for part in record["parts"]:
        name = f"{part['clause']} " if part["verb"] in ("holds", "cites", "leaves_open") else ""
        stated = body(part, _says(part, entry), Marked)
        lines.append(f"- {name}**{VERBS[part['verb']]}** {stated} — {grounds(part, Marked)}")
    if found := notes(record, entry, Marked):
        lines += ["", *("\n\n".join(found)).split("\n")]
    return "\n".join(lines)
