"""A chapter's two files: the text that people edit, and the notebook executed from it.

Both are laid out so that the same text always gives the same bytes.
"""

import hashlib
import os
import re
from pathlib import Path

import jupytext
import nbformat

from gradproof.kernels import CellFailed, open_kernel
from gradproof.replay import form_faults

NAME = re.compile(r"(\d\d)-[a-z0-9-]+\.md")
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "pygments_lexer": "ipython3",
    },
}


class ChapterFailed(Exception):
    """A chapter can't be written; the message names the cell and says why."""


def sources(folder, only=None):
    """Return the texts in `folder`, in order; with `only`, the ones of that number.

    Raises FileNotFoundError if there is none.
    """
    found = sorted(path for path in Path(folder).glob("*.md") if NAME.fullmatch(path.name))
    if only is not None:
        found = [path for path in found if int(NAME.fullmatch(path.name)[1]) == only]
    if not found:
        wanted = "NN-topic.md" if only is None else f"{only:02d}-*.md"
        raise FileNotFoundError(2, "no chapter", str(Path(folder) / wanted))
    return found


def notebook_path(source):
    """Return where the notebook of a text in source/ is stored: one folder up."""
    return source.parent.parent / f"{source.stem}.ipynb"


def read_source(text):
    """Return the notebook of a MyST text, without outputs, its cells named by their content.

    Raises ChapterFailed if the text is no MyST Markdown with code cells.
    """
    try:
        plain = jupytext.reads(text, fmt="md:myst")
    except Exception as error:  # jupytext raises of many kinds
        raise ChapterFailed(f"the text can't be read: {error}") from error
    notebook = nbformat.v4.new_notebook(cells=plain.cells, metadata=METADATA)
    seen = {}
    for cell in notebook.cells:
        digest = hashlib.sha256(f"{cell.cell_type}\n{cell.source}".encode()).hexdigest()[:12]
        seen[digest] = seen.get(digest, 0) + 1
        cell.id = digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"
    return notebook


def execute(notebook, folder, tick=lambda: None):
    """Run the code cells in a fresh kernel and store their outputs; call `tick` after each.

    Raises ChapterFailed at the first cell that raises, and for faults of form: a warning
    on stderr, a marker, an empty cell.
    """
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    with open_kernel(folder) as kernel:
        for number, cell in enumerate(cells, start=1):
            try:
                cell.outputs = kernel.run(cell.source)
            except CellFailed as failure:
                raise ChapterFailed(f"code cell {number} failed\n{failure}") from failure
            cell.execution_count = number
            tick()
    if faults := form_faults(notebook):
        raise ChapterFailed("\n".join(faults))


def write(notebook, path):
    """Store a notebook as deterministic bytes, in one step: whole or not at all."""
    text = nbformat.writes(notebook, version=4).rstrip("\n") + "\n"
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        temporary.write_text(text, encoding="utf-8", newline="\n")
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def pair_faults(text, notebook):
    """Return how a stored notebook departs from its text: cells, sources, metadata, names."""
    wanted = read_source(text)
    faults = []
    if len(wanted.cells) != len(notebook.cells):
        faults.append(f"the text has {len(wanted.cells)} cells, the notebook {len(notebook.cells)}")
    for place, (ours, theirs) in enumerate(zip(wanted.cells, notebook.cells, strict=False), 1):
        for key in ("cell_type", "source", "metadata", "id"):
            if ours[key] != theirs[key]:
                faults.append(f"cell {place}: its {key} is not that of the text")
    if notebook.metadata != wanted.metadata:
        faults.append("the notebook's metadata are not the book's")
    return faults
