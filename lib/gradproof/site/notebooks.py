"""A chapter's executed notebook as the site shows it: cards, figures, folded code.

Nothing is executed and no output is made up: claims are shown from the records that the cells
stored, pictures and printed text as they are.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable, Mapping
from html import escape

from nbformat import NotebookNode

from gradproof.claims import MIME
from gradproof.claims.record import unpacked
from gradproof.ledger.records import Book
from gradproof.site import places
from gradproof.site.cards import card
from gradproof.site.markup import fold, tag

CAPTION = "Figure:"
PROTECTED = re.compile(  # where no claim is linked: code, formulas, links, tags
    r"(```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$|\[[^\]]*\]\([^)]*\)|<[^>]*>)", re.DOTALL)
CLAIM = re.compile(r"(?<![\d.])\d\d\.\d\d[a-z]?(?![\d%])(?!\.\d)")
DISPLAY = re.compile(r"[ \t]*\n?[ \t]*(\$\$.+?\$\$)[ \t]*\n?", re.DOTALL)
FOLDED = {"block": "How it was checked: the code", "picture": "The code of this picture",
          "imports": "What this chapter imports"}


def shown(notebook: NotebookNode, book: Book, chapter: str, address: str = "",
          save: Callable[[str, bytes], None] = lambda name, data: None) -> NotebookNode:
    """The notebook for the site. ``save(name, data)`` stores a picture in the folder figures."""
    draw = _Pictures(chapter, save)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = linked(spaced(cell.source), book, chapter)
            continue
        kind = _kind(cell)
        cell.outputs = list(_outputs(cell.outputs, book, address, draw))
        if kind:  # the code stands below what it shows, and unfolds
            cell.outputs.append(_html(fold(FOLDED[kind], highlighted(cell.source), "code")))
            cell.metadata["tags"] = [*cell.metadata.get("tags", []), "remove-input"]
    return notebook


def highlighted(source: str) -> str:
    """Code as Sphinx itself shows it."""
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import PythonLexer

    code = highlight(source, PythonLexer(), HtmlFormatter())
    return tag("div", code, class_="highlight-ipython3 notranslate")


def _kind(cell: Mapping) -> str:
    """What a cell is for: a block of claims, a picture, imports; or nothing to fold."""
    data = [set(output.get("data", {})) for output in cell["outputs"]]
    if any(MIME in keys for keys in data):
        return "block"
    if any("image/png" in keys for keys in data):
        return "picture"
    lines = [line for line in cell["source"].splitlines() if line and line[0] not in " #)"]
    imports = all(line.startswith(("import ", "from ")) for line in lines)
    return "imports" if imports and not data and lines else ""


class _Pictures:
    """Numbers the pictures of a chapter and stores them as files."""

    def __init__(self, chapter: str, save: Callable[[str, bytes], None]):
        self.chapter, self.save, self.number = chapter, save, 0

    def figure(self, output: Mapping) -> tuple[str, str]:
        """The picture as HTML, and its caption."""
        self.number += 1
        name = f"{self.chapter}-{self.number}.png"
        data = base64.b64decode(output["data"]["image/png"])
        self.save(name, data)
        caption = output.get("metadata", {}).get("image/png", {}).get("alt", "")
        width, height = (int.from_bytes(data[k:k + 4], "big") for k in (16, 20))
        image = tag("img", "", src=f"../{places.FIGURES}/{name}", alt=caption,
                    width=str(width), height=str(height)).removesuffix("</img>")
        # the alternative text is the caption: read aloud once, seen once
        below = tag("figcaption", escape(caption), aria_hidden="true") if caption else ""
        return tag("figure", image + below, class_="picture"), caption


def _outputs(outputs: Iterable[Mapping], book: Book, address: str,
             draw: _Pictures) -> Iterable[NotebookNode]:
    caption = ""
    for output in outputs:
        data = output.get("data", {})
        if MIME in data:
            record = book.records.get(unpacked(data[MIME])["id"])
            yield _html(card(record, book, address)) if record else output
        elif "image/png" in data:
            figure, caption = draw.figure(output)
            yield _html(figure)
        elif output["output_type"] == "stream":
            if text := without_caption(output["text"], caption).strip("\n"):
                yield NotebookNode(output | {"text": text + "\n"})
        else:
            yield output


def _html(text: str) -> NotebookNode:
    return NotebookNode(output_type="display_data", metadata={}, data={"text/html": text})


def without_caption(text: str, caption: str) -> str:
    """Printed text without the lines that repeat a figure's caption."""
    begin = text.find(CAPTION)
    if begin < 0 or not caption:
        return text
    words = r"\s+".join(map(re.escape, [CAPTION, *caption.split()]))
    return re.sub(rf"^{words}\n?", "", text, count=1, flags=re.MULTILINE)


def spaced(text: str) -> str:
    """Markdown with every displayed formula in a paragraph of its own."""
    pieces = re.split(r"(```.*?```)", text, flags=re.DOTALL)
    return "".join(piece if piece.startswith("```") else DISPLAY.sub(_display, piece)
                   for piece in pieces)


def _display(match: re.Match) -> str:
    formula = " ".join(match[1][2:-2].split())
    return f"\n\n$$\n{formula}\n$$\n\n"


def linked(text: str, book: Book, chapter: str) -> str:
    """Prose in which every number of a claim leads to it."""
    def link(match: re.Match) -> str:
        claim = book.claims.get(match[0])
        if claim is None or match[0] not in book.records:
            return match[0]
        page = "" if claim.chapter == chapter else f"{claim.chapter}.html"
        return f'<a class="to-claim" href="{page}#{places.anchor(claim.id)}">{claim.id}</a>'

    pieces = PROTECTED.split(text)
    for k in range(0, len(pieces), 2):
        pieces[k] = CLAIM.sub(link, pieces[k])
    return "".join(pieces)
