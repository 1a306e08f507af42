"""`gradproof check 23.12`: decide one claim again, from its chapter's text."""

from __future__ import annotations

import re
import time
from pathlib import Path

from gradproof import catalogue, chapters, project
from gradproof.claims import MIME
from gradproof.claims.record import unpacked
from gradproof.kernels import CellFailed, open_kernel
from gradproof.project import UsageError


def add_arguments(parser) -> None:
    """Declare the options of the command."""
    parser.add_argument("id", metavar="ID", help="the claim, such as 23.12")


def run(args) -> int:
    """Run the chapter up to the claim's block and print it; 1 if it is not shown."""
    try:
        claim = catalogue.claim(args.id)
    except catalogue.CatalogueError as error:
        raise UsageError(str(error)) from None
    text = project.root() / "notebooks" / "source" / f"{claim.chapter}.md"
    cells = cells_up_to(text.read_text(encoding="utf-8"), claim.id)
    begin = time.perf_counter()
    try:
        outputs = outputs_of(cells, text.parent.parent)
    except CellFailed as failure:
        print(f"{claim.id} is not shown:\n{failure}")
        return 1
    bundles = [output["data"] for output in outputs if MIME in output.get("data", {})]
    shown = [data["text/plain"] for data in bundles if unpacked(data[MIME])["id"] == claim.id]
    for block in shown:
        print(block)
    seconds = time.perf_counter() - begin
    print(f"\nDecided again in a fresh kernel by the first {len(cells)} code cells of {text.name} "
          f"({seconds:.0f} s). Nothing was stored.")
    return 0 if len(shown) == 1 else 1


def cells_up_to(text: str, id: str) -> list[str]:
    """The code cells of a chapter's text, up to the one that has the block of claim ``id``."""
    block = re.compile(rf"""claim\(\s*["']{re.escape(id)}["']\s*\)""")
    cells = [cell.source for cell in chapters.read_source(text).cells if cell.cell_type == "code"]
    for number, source in enumerate(cells, 1):
        if block.search(source):
            return cells[:number]
    raise UsageError(f'no cell of the chapter has claim("{id}")')


def outputs_of(cells: list[str], folder: Path) -> list:
    """The outputs of the last cell, after all were run in a fresh kernel. Raises CellFailed."""
    outputs: list = []
    with open_kernel(folder) as kernel:
        for source in cells:
            outputs = kernel.run(source)
    return outputs
