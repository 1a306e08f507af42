"""Coverage, text by text: each statement of the inventory, where it stands, what settles it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from gradproof import coverage
from gradproof.catalogue import sources
from gradproof.ledger.files import table
from gradproof.ledger.records import Book
from gradproof.site import places
from gradproof.site.badges import badges
from gradproof.site.markup import tag

FOLDER = "coverage"


def pages(book: Book) -> dict[str, str]:
    """The overview and a page for each text: name -> Markdown."""
    listed = coverage.inventory()
    by, into = coverage.settled(book, listed), coverage.merged(book)
    found, rows = {}, []
    for key, source in sources().items():
        own = [(chapter, s) for chapter, statements in listed.items() for s in statements
               if coverage.source_of(s["id"]) == key]
        if not own:
            continue
        done = sum(bool(by[s["id"]]) for _, s in own)
        rows.append([f"[{source['title']}]({FOLDER}/{key}.md)", len(own), done, len(own) - done])
        found[f"{FOLDER}/{key}.md"] = _text(source, own, by, into, book)
    total, done = sum(row[1] for row in rows), sum(row[2] for row in rows)
    hidden = "\n".join(f"{FOLDER}/{name.split('/')[1].removesuffix('.md')}" for name in found)
    found["coverage.md"] = "\n\n".join([
        "# Coverage", f"**{done} of {total} statements** of the four texts are settled so far. "
        "Settled means: recorded in a chapter with its label, which can also be Cited or Open. "
        "Each text has a page that lists its statements one by one.",
        table(["text", "statements", "settled", "not yet"], rows),
        f"```{{toctree}}\n:hidden:\n\n{hidden}\n```"]) + "\n"
    return found


def _text(source: Mapping, own: list, by: Mapping, into: Mapping, book: Book) -> str:
    blocks = [f"# Coverage: {source['short']}",
              f"*{source['title']}.* "
              f"{sum(bool(by[s['id']]) for _, s in own)} of {len(own)} statements are settled. "
              "They are grouped by chapter of this book."]
    for chapter in dict.fromkeys(name for name, _ in own):
        rows = "\n".join(_row(s, by, into, book) for name, s in own if name == chapter)
        heads = "".join(tag("th", head, scope="col")
                        for head in ("In the text", "Statement", "Claims"))
        blocks += [f"## {chapter_title(chapter, book)}", "```{raw} html\n"
                   f'<table class="coverage"><thead><tr>{heads}</tr></thead>\n'
                   f"<tbody>\n{rows}\n</tbody></table>\n```"]
    return "\n\n".join(blocks) + "\n"


def chapter_title(name: str, book: Book) -> str:
    """The chapter's title; for one not begun its name in words."""
    titles = {chapter.name: f"{chapter.number} {chapter.title}" for chapter in book.chapters}
    number, _, topic = name.partition("-")
    return titles.get(name) or f"{number} {topic.replace('-', ' ').capitalize()}"


def _row(statement: Mapping, by: Mapping, into: Mapping, book: Book) -> str:
    id = statement["id"]
    claims = "<br>".join(_link(claim, book) for claim in by[id])
    if id in into:
        claims += f" (part of {tag('code', escape(into[id]))})"
    cells = [escape(statement["where"]) or "–",
             f"{escape(statement['title'])} {tag('code', escape(id), class_='id')}",
             claims or tag("span", "not yet", class_="gp-badge")]
    heads = ("In the text", "Statement", "Claims")
    return tag("tr", "".join(f'<td data-head="{head}">{cell}</td>'
                             for head, cell in zip(heads, cells, strict=True)), id=id)


def _link(id: str, book: Book) -> str:
    link = tag("a", id, href=places.of_claim(book.claims[id], "../"))
    return f"{link} {badges(book.records[id], book)}"
