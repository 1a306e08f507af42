"""The Sphinx sources of the site: handwritten pages, generated pages, chapters. All in one folder.

The folder is made afresh, so that nothing stays of what is no more; files that did not change
keep their time, and Sphinx reads only the others again.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import nbformat

from gradproof.ledger.pages import LABELS
from gradproof.ledger.records import NOTEBOOKS, Book
from gradproof.site import citing, places
from gradproof.site.badges import CROSS, badge, label_badge
from gradproof.site.cards import card
from gradproof.site.notebooks import shown

TOKEN = re.compile(r"\[\[([^\]]+)\]\]")
BUILD = Path("docs") / "_build"
SOURCE, EXTRA, HTML = BUILD / "source", BUILD / "extra", BUILD / "html"


class Stage:
    """The two folders that Sphinx reads: sources, and files that are copied as they are."""

    def __init__(self, root: Path):
        self.root, self.written = root, set()

    def source(self, name: str, text: str) -> None:
        """Store a page."""
        self._write(self.root / SOURCE / name, text.encode())

    def extra(self, name: str, data: bytes) -> None:
        """Store a file that is no page."""
        self._write(self.root / EXTRA / name, data)

    def _write(self, path: Path, data: bytes) -> None:
        self.written.add(path)
        if path.is_file() and path.read_bytes() == data:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def sweep(self) -> None:
        """Remove what an earlier build left and this one did not write."""
        for folder in (SOURCE, EXTRA):
            for path in sorted((self.root / folder).rglob("*"), reverse=True):
                if path.is_file() and path not in self.written:
                    path.unlink()
                elif path.is_dir() and not any(path.iterdir()):
                    path.rmdir()


def handwritten(stage: Stage, book: Book, more: str = "") -> None:
    """The pages in docs/, but not the ledger's, which are for forges.

    ``[[Proved]]`` in them is a badge, ``[[00.01]]`` the card of a claim; ``[[more]]``, in the
    contents, are the pages that only exist when there is something on them.
    """
    def filled(match: re.Match) -> str:
        if record := book.records.get(match[1]):
            return f"```{{raw}} html\n{card(record, book, up='')}\n```"
        return label_badge(match[1]) if match[1] in LABELS else badge(match[1], CROSS, "misprint")

    for path in sorted((stage.root / "docs").rglob("*.md")):
        name = path.relative_to(stage.root / "docs")
        if name.parts[0] not in ("ledger", "_build", "_static"):
            text = path.read_text(encoding="utf-8")
            stage.source(name.as_posix(), TOKEN.sub(filled, text.replace("[[more]]", more)))


def chapters(stage: Stage, book: Book) -> list[str]:
    """Every executed notebook: as a page, and as it is, to be downloaded. Their names."""
    address = citing.repository(stage.root)
    names = []
    for path in sorted((stage.root / "notebooks").glob(NOTEBOOKS)):
        notebook = nbformat.read(path, as_version=4)
        stage.extra(f"notebooks/{path.name}", path.read_bytes())
        shown(notebook, book, path.stem, address,
              lambda name, data: stage.extra(f"{places.FIGURES}/{name}", data))
        head(notebook, path.stem, address)
        stage.source(f"{places.CHAPTERS}/{path.name}", nbformat.writes(notebook, version=4))
        names.append(path.stem)
    return names


def head(notebook, chapter: str, address: str) -> None:
    """Put below the title where the chapter can be had and run."""
    links = [f'<a href="../notebooks/{chapter}.ipynb" download>Download the notebook</a>']
    links += [f'<a href="{to}">Open in {name}</a>'
              for name, to in citing.launchers(address, chapter)]
    links.append(f'<a href="../ledger.html?chapter={chapter[:2]}">Its claims in the ledger</a>')
    first = notebook.cells[0]
    title, _, rest = first.source.partition("\n")
    first.source = f'{title}\n\n<p class="at-hand">{" · ".join(links)}</p>\n{rest}'


def clean(root: Path) -> None:
    """Remove everything that a build makes."""
    shutil.rmtree(root / BUILD, ignore_errors=True)
