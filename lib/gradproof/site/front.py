"""The pages that lead on: the front page's list of chapters, assignments, assumptions."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat

from gradproof import assumptions
from gradproof.ledger.pages import anchor
from gradproof.ledger.records import Book
from gradproof.site import places
from gradproof.site.badges import tally
from gradproof.site.markup import tag

ASSIGNMENTS = Path("notebooks") / "assignments"
TITLE = re.compile(r"^#\s+(.+)$", re.MULTILINE)


def chapter_list(book: Book, names: list[str]) -> str:
    """The chapters with their tallies, as HTML in Markdown."""
    titles = {chapter.name: f"{chapter.number} · {chapter.title}" for chapter in book.chapters}
    items = []
    for name in names:
        link = tag("a", titles.get(name, name), href=f"{places.CHAPTERS}/{name}.html")
        items.append(tag("li", f"{link}<br>{tally(book.of_chapter(name))}"))
    return "```{raw} html\n" + tag("ul", "\n".join(items), class_="chapters") + "\n```"


def chapters_page(book: Book, names: list[str]) -> str:
    """The page of all chapters; it holds them in the contents."""
    tree = "\n".join(f"{places.CHAPTERS}/{name}" for name in names)
    return "\n\n".join(["# Chapters", "Each opens with a puzzle and teaches what it takes to "
                        "solve it; the claims stand where they are needed. Download a notebook "
                        "to change it and run it.", chapter_list(book, names),
                        f"```{{toctree}}\n:hidden:\n\n{tree}\n```"]) + "\n"


def assignments(root: Path) -> str | None:
    """The page that lists the assignments; None as long as there are none."""
    found = sorted((root / ASSIGNMENTS).glob("[0-9][0-9]-*.ipynb"))
    if not found:
        return None
    rows = []
    for path in found:
        cells = nbformat.read(path, as_version=4).cells
        heading = TITLE.search(cells[0].source) if cells else None
        sheet = ASSIGNMENTS / "sheets" / f"{path.stem}.md"
        row = f"- **{heading[1] if heading else path.stem}** · "
        row += f"<a href=\"assignments/{path.name}\" download>Download the notebook</a>"
        if (root / sheet).is_file():
            row += f" · <a href=\"assignments/{sheet.name}\">Printable sheet</a>"
        rows.append(f"{row} · `python -m gradproof start {path.name[:2]}`")
    return "\n\n".join(["# Assignments", "Exercises that answer back: every answer is judged by "
                        "the mathematics, and a wrong one learns where it first goes wrong. "
                        "`python -m gradproof start NN` copies an assignment to `my-work/`, where "
                        "your progress is kept; open it there in Jupyter.",
                        "\n".join(rows)]) + "\n"


def assignment_files(root: Path) -> dict[str, bytes]:
    """The files that the page offers: path on the site -> content."""
    paths = [*(root / ASSIGNMENTS).glob("[0-9][0-9]-*.ipynb"),
             *(root / ASSIGNMENTS / "sheets").glob("[0-9][0-9]-*.md")]
    return {f"assignments/{path.name}": path.read_bytes() for path in sorted(paths)}


def trusted_page(book: Book) -> str:
    """The generated page of assumptions, with its links leading into the chapters."""
    (text,) = assumptions.files(book).values()
    for record in book.records.values():
        claim = book.claims[record["id"]]
        link = f"[{claim.id}]({claim.chapter}.md#{anchor(record)})"
        text = text.replace(link, f'<a href="{places.of_claim(claim)}">{claim.id}</a>')
    return text
