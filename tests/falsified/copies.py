"""Copies of the miniature project, and the guards of the test command that look at them."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat

from gradproof import catalogue, chapters, ledger
from gradproof.claims import MIME
from gradproof.claims.record import packed, unpacked
from gradproof.kernels import CellFailed
from gradproof.replay import differences, form_faults

PROJECT = Path(__file__).resolve().parent / "project"
NAME = "97-miniature"
FORGET = """\
for name in [*globals()]:
    if name[0] != "_" and name not in ("In", "Out", "exit", "quit", "open", "get_ipython", "name"):
        del globals()[name]
del name
"""


class Copy:
    """A copy of the miniature project that may be damaged; `save` writes the notebook back."""

    def __init__(self, folder: Path):
        shutil.copytree(PROJECT, folder)
        self.folder = folder
        self.path = folder / "notebooks" / f"{NAME}.ipynb"
        self.text = folder / "notebooks" / "source" / f"{NAME}.md"
        self.catalogue = folder / "catalogue" / f"{NAME}.toml"
        self.notebook = nbformat.read(self.path, as_version=4)

    @property
    def code(self) -> list:
        """The code cells."""
        return [cell for cell in self.notebook.cells if cell.cell_type == "code"]

    def outputs(self, kind: str) -> list:
        """The outputs with text on a stream (``stdout``) or with a MIME type, in order."""
        every = [output for cell in self.code for output in cell.outputs]
        return [o for o in every if o.get("name") == kind or kind in o.get("data", {})]

    def records(self) -> dict[str, dict]:
        """The stored records by claim."""
        found = [unpacked(output.data[MIME]) for output in self.outputs(MIME)]
        return {record["id"]: record for record in found}

    def edit_record(self, id: str, change) -> dict:
        """Apply ``change`` to the stored record of a claim; return the output's data."""
        place = list(self.records()).index(id)
        data = self.outputs(MIME)[place].data
        record = unpacked(data[MIME])
        change(record)
        data[MIME] = packed(record)
        return data

    def edit(self, path: Path, old: str, new: str) -> None:
        """Replace ``old``, which must be there, in a file of the copy."""
        text = path.read_text(encoding="utf-8")
        assert old in text, old
        path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")

    def edit_chapter(self, old: str, new: str) -> None:
        """The same edit in the text and in the notebook's cells; the outputs stay."""
        self.edit(self.text, old, new)
        for cell in self.notebook.cells:
            cell.source = cell.source.replace(old, new)
        self.rename_cells()

    def rename_cells(self) -> None:
        """Give the cells the ids that the text gives them."""
        fresh = chapters.read_source(self.text.read_text(encoding="utf-8"))
        if len(fresh.cells) == len(self.notebook.cells):
            for ours, theirs in zip(self.notebook.cells, fresh.cells, strict=True):
                ours.id = theirs.id

    def save(self) -> None:
        """Store the notebook."""
        chapters.write(self.notebook, self.path)


def form(copy: Copy, kernel) -> list[str]:
    """Counts, markers, tags, stored errors: the first item of the strict replay."""
    return form_faults(copy.notebook)


def pair(copy: Copy, kernel) -> list[str]:
    """Text and notebook have the same cells: the hygiene test."""
    return chapters.pair_faults(copy.text.read_text(encoding="utf-8"), copy.notebook)


def replayed(copy: Copy, kernel) -> list[str]:
    """Every cell run again and every output compared, as the strict replay does.

    One kernel serves all copies: it forgets its names and is told where the copy is.
    """
    kernel.run(FORGET)
    kernel.run(f"import os; os.chdir({str(copy.path.parent)!r}); del os")
    faults = []
    for number, cell in enumerate(copy.code, 1):
        try:
            fresh = kernel.run(cell.source)
        except CellFailed as failure:
            faults.append(f"code cell {number} raised {str(failure).splitlines()[-1]}")
            continue
        for output in fresh:
            if "execution_count" in output:
                output.execution_count = number  # what a kernel of its own would count
        faults += [f"code cell {number}: {found}" for found in differences(cell.outputs, fresh)]
    return faults


def ledgered(copy: Copy, kernel) -> list[str]:
    """`gradproof ledger --check`: records against parts, catalogue, text and stored pages."""
    catalogue.use_folder(copy.folder / "catalogue")
    try:
        return ledger.problems(copy.folder)
    finally:
        catalogue.use_folder(None)


GUARDS = {"form": form, "pair": pair, "replay": replayed, "ledger": ledgered}


def caught(copy: Copy, kernel) -> dict[str, list[str]]:
    """What each guard finds, of those that find anything."""
    found = {name: guard(copy, kernel) for name, guard in GUARDS.items()}
    return {name: faults for name, faults in found.items() if faults}
