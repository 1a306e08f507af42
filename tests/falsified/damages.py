"""One way at a time to damage the miniature chapter: name -> (damage, guards that catch it).

A damage changes a `Copy` in place. Where an author could do the same with both the text and
the notebook, the damage does it with both, so that their comparison can't be what catches it.
"""

from __future__ import annotations

import base64

import nbformat

from gradproof import catalogue, plots
from gradproof.claims import MIME, show
from gradproof.claims.record import unpacked

CONTROL = '    c.rejects("b1", signs())\n'
CLAUSE = '    c.holds("b", signs())\n'
BLOCK = '''

with claim("97.05") as c:
    c.holds("a", limit())
    c.leaves_open("b", why="nobody needs it here")
    c.rejects("a1", limit())'''


def number(copy):
    stream = copy.outputs("stdout")[0]
    stream.text = stream.text.replace("25", "26")


def last_digit(copy):
    for output in copy.outputs(MIME):
        for kind in ("text/plain", "text/markdown"):
            output.data[kind] = output.data[kind].replace("0.4959", "0.4958")


def latex(copy):
    output = copy.outputs("text/latex")[0]
    output.data["text/latex"] = output.data["text/latex"].replace("+ 1", "- 1")


def markdown(copy):
    output = copy.outputs(MIME)[0]
    output.data["text/markdown"] = output.data["text/markdown"].replace(r"\ge 2", r"\ge 3")


def output_deleted(copy):
    cell = next(cell for cell in copy.code if len(cell.outputs) == 2)
    del cell.outputs[0]


def picture(copy):
    figure, axes = plots.figure(height=2.5)
    axes.plot([0, 1, 2, 3, 4], [1, 4, 5, 4, 1], marker="o")
    data = copy.outputs("image/png")[0].data
    data["image/png"] = base64.b64encode(plots.png(figure)).decode() + "\n"


def caption(copy):
    stream = copy.outputs("stdout")[-1]
    stream.text = stream.text.replace("touches 1", "touches 2")


def cleared(copy):
    for cell in copy.code:
        cell.outputs, cell.execution_count = [], None


def one_cell_cleared(copy):
    copy.code[1].outputs, copy.code[1].execution_count = [], None


def marker(copy):
    copy.edit_chapter("numbers = range(1, 8)", "# NBVAL_SKIP\nassert 1 == 2\nnumbers = range(1, 8)")


def ignore_marker(copy):
    copy.edit_chapter("numbers = range(1, 8)",
                      "# NBVAL_IGNORE_OUTPUT\nnumbers = range(1, 7)")


def tag(copy):
    copy.edit(copy.text, "```{code-cell} ipython3\nnumbers = range(1, 8)",
              '```{code-cell} ipython3\n:tags: [raises-exception]\n\nassert 1 == 2\n'
              "numbers = range(1, 8)")
    copy.code[1].source = "assert 1 == 2\n" + copy.code[1].source
    copy.code[1].metadata["tags"] = ["raises-exception"]
    copy.rename_cells()


def called_proved(record):
    record["label"] = record["headline"] = "Proved"


def proved_throughout(record):
    called_proved(record)
    for part in record["parts"]:
        if part["verb"] == "holds":
            part |= {"verdict": "Proved", "label": "Proved"}
        else:
            part["tier"] = "Proved"


def higher_tier(copy):
    copy.edit_record("97.03", called_proved)


def higher_tier_throughout(copy):
    """The whole bundle is changed, text and all, as if the claim had been proved."""
    data = copy.edit_record("97.03", proved_throughout)
    catalogue.use_folder(copy.folder / "catalogue")
    try:
        claim, record = catalogue.claim("97.03"), unpacked(data[MIME])
        data |= {"text/plain": show.plain(record, claim),
                 "text/markdown": show.markdown(record, claim)}
    finally:
        catalogue.use_folder(None)


def without(record, *ids):
    record["parts"] = [part for part in record["parts"] if part["clause"] not in ids]


def control_of_the_record(copy):
    copy.edit_record("97.01", lambda record: without(record, "b1"))


def control_of_the_block(copy):
    copy.edit_chapter(CONTROL, "")


def control_everywhere(copy):
    """The variant leaves the catalogue too; the record stays as it was."""
    control_of_the_block(copy)
    text = copy.catalogue.read_text(encoding="utf-8")
    start = text.index('[[claim.variant]]\nid = "b1"')
    end = text.index("[[claim.variant]]", start + 1)
    copy.catalogue.write_text(text[:start] + text[end:], encoding="utf-8")


def clause_of_the_block(copy):
    copy.edit_chapter(CLAUSE, "")
    copy.edit_chapter(CONTROL, "")


def clause_of_the_record(copy):
    copy.edit_record("97.01", lambda record: without(record, "b", "b1"))


def clause_of_the_catalogue(copy):
    copy.edit(copy.catalogue, 'id = "b"\nprose = "the sum of the first $n$ odd numbers is $n^2$, '
              'in double precision"\n', 'id = "b"\nprose = "nothing"\n')


def block(copy):
    """From the text, the cell and the outputs, as if it had never been there."""
    copy.edit_chapter(BLOCK, "")
    for cell in copy.code:
        cell.outputs = [output for output in cell.outputs
                        if '"id":"97.05"' not in output.get("data", {}).get(MIME, "")]


def block_and_claim(copy):
    """From the catalogue as well: only the stored ledger still knows of it."""
    block(copy)
    text = copy.catalogue.read_text(encoding="utf-8")
    start = text.index('[[claim]]\nid = "97.05"')
    copy.catalogue.write_text(text[:start], encoding="utf-8")


def cells_swapped(copy):
    """Two cells change places in the text as well; each keeps its outputs and its count."""
    cells = copy.notebook.cells
    first, second = (cells.index(copy.code[k]) for k in (1, 2))
    one, other = cells[first].source, cells[second].source
    text = copy.text.read_text(encoding="utf-8")
    text = text.replace(one, "<one>").replace(other, one).replace("<one>", other)
    copy.text.write_text(text, encoding="utf-8")
    cells[first], cells[second] = cells[second], cells[first]
    copy.rename_cells()


def used_before_made(copy):
    """The cell that draws numbers is moved behind its use, and the counts are made to fit."""
    cells = copy.notebook.cells
    moved = copy.code[1]
    source = f"```{{code-cell}} ipython3\n{moved.source}\n```\n\n"
    text = copy.text.read_text(encoding="utf-8")
    copy.text.write_text(text.replace(source, "") + "\n" + source, encoding="utf-8")
    cells.remove(moved)
    cells.append(moved)
    for count, cell in enumerate(copy.code, 1):
        cell.execution_count = count
        for output in cell.outputs:
            if "execution_count" in output:
                output.execution_count = count
    copy.rename_cells()


def formula(copy):
    """A true formula in place of another: nothing fails, but the page says something else."""
    copy.edit(copy.catalogue, 'conclude = "q(s) >= 2"', 'conclude = "q(s) >= 3/2"')


def definition(copy):
    copy.edit(copy.catalogue, '"q(s)" = "s^2 - 4*s + 5"', '"q(s)" = "s^2 - 4*s + 7"')


def signature(copy):
    text = copy.catalogue.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("reviewed"))
    copy.edit(copy.catalogue, line + "\n", "")


def doubled(copy):
    copy.code[2].outputs.append(nbformat.from_dict(copy.code[2].outputs[0]))


def stored_page(copy):
    copy.edit(copy.folder / "LEDGER.md", "5 claims", "6 claims")


DAMAGES = {
    "a stored number changed": (number, {"replay"}),
    "a last digit changed": (last_digit, {"replay", "ledger"}),
    "stored LaTeX changed": (latex, {"replay"}),
    "a formula in stored Markdown changed": (markdown, {"replay", "ledger"}),
    "an output deleted": (output_deleted, {"replay"}),
    "a picture replaced": (picture, {"replay"}),
    "a caption changed": (caption, {"replay"}),
    "outputs and counts cleared": (cleared, {"form", "replay", "ledger"}),
    "outputs and count of one cell cleared": (one_cell_cleared, {"form", "replay"}),
    "a skip marker over a false assertion": (marker, {"form", "replay"}),
    "an ignore marker over another output": (ignore_marker, {"form", "replay"}),
    "a tag over a false assertion": (tag, {"form", "replay"}),
    "a record edited to a higher tier": (higher_tier, {"replay", "ledger"}),
    "a bundle edited to a higher tier": (higher_tier_throughout, {"replay", "ledger"}),
    "a control removed from the record": (control_of_the_record, {"replay", "ledger"}),
    "a control removed from the block": (control_of_the_block, {"replay"}),
    "a control removed from block and catalogue": (control_everywhere, {"replay", "ledger"}),
    "a clause removed from the block": (clause_of_the_block, {"replay"}),
    "a clause removed from the record": (clause_of_the_record, {"replay", "ledger"}),
    "a clause changed in the catalogue": (clause_of_the_catalogue, {"replay", "ledger"}),
    "a block removed": (block, {"ledger"}),
    "a block and its claim removed": (block_and_claim, {"ledger"}),
    "cells out of order": (cells_swapped, {"form"}),
    "cells out of order, counts made to fit": (used_before_made, {"replay"}),
    "a catalogue formula changed": (formula, {"replay", "ledger"}),
    "a catalogue definition changed": (definition, {"replay", "ledger"}),
    "a signature removed": (signature, {"ledger"}),
    "a block shown twice": (doubled, {"replay", "ledger"}),
    "a generated page edited": (stored_page, {"ledger"}),
}
