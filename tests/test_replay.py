"""A damaged notebook is caught: one damage at a time, against outputs of a real kernel."""

import base64
import copy
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import numpy as np
import pytest

from gradproof import chapters, project
from gradproof.replay import differences, form_faults, picture_differences, replay

CLAIM = "application/vnd.gradproof.claim+json"


def codes(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def curve(function, width=1.5, **settings):
    """A PNG of a curve, in base64."""
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context(settings):
        figure = Figure(figsize=(6, 4), dpi=72)
        axes = figure.add_subplot()
        x = np.linspace(0, 6, 200)
        axes.plot(x, function(x), linewidth=width)
        axes.set_title("a curve")
        file = io.BytesIO()
        figure.savefig(file, format="png")
    return base64.b64encode(file.getvalue()).decode()


def number(cells):
    cells[0].outputs[0].text = "the sum is 11\n"


def last_digit(cells):
    cells[3].outputs[0].data["text/plain"] = "np.float64(2.5000000000000004)"


def latex(cells):
    cells[1].outputs[0].data["text/latex"] = "$x^2 - 1$"


def html(cells):
    cells[1].outputs[1].data["text/html"] = "<i>bold</i>"


def record(cells):
    cells[1].outputs[2].data[CLAIM]["label"] = "Measured"


def record_of_another_type(cells):
    cells[1].outputs[2].data[CLAIM]["parts"] = True


def record_lost(cells):
    del cells[1].outputs[2].data[CLAIM]


def record_extended(cells):
    cells[1].outputs[2].data[CLAIM]["more"] = None


def output_deleted(cells):
    del cells[1].outputs[0]


def output_added(cells):
    cells[3].outputs.append(nbformat.v4.new_output("stream", text="more\n"))


def outputs_swapped(cells):
    cells[1].outputs.reverse()


def caption_before_picture(cells):
    cells[2].outputs.reverse()


def caption(cells):
    cells[2].outputs[1].text = cells[2].outputs[1].text.replace("3.14", "3.15")


def picture(cells):
    cells[2].outputs[0].data["image/png"] = curve(np.cos)


def picture_broken(cells):
    cells[2].outputs[0].data["image/png"] = "AAAA"


def picture_lost(cells):
    del cells[2].outputs[0].data["image/png"]


def stream_renamed(cells):
    cells[0].outputs[0].name = "stderr"


@pytest.mark.parametrize(
    "damage",
    [
        number, last_digit, latex, html, record, record_of_another_type, record_lost,
        record_extended, output_deleted, output_added, outputs_swapped, caption_before_picture,
        caption, picture, picture_broken, picture_lost, stream_renamed,
    ],
)  # fmt: skip
def test_damaged_output_differs(executed, chapter, damage):
    damage(codes(chapter))
    pairs = zip(codes(chapter), codes(executed), strict=True)
    assert sum(bool(differences(stored.outputs, fresh.outputs)) for stored, fresh in pairs) == 1


def cleared(cells):
    for cell in cells:
        cell.outputs, cell.execution_count = [], None


def one_count_cleared(cells):
    cells[2].execution_count = None


def count_edited(cells):
    cells[2].execution_count = 7


def result_renumbered(cells):
    cells[3].outputs[0].execution_count = 3


def marker(cells):
    cells[0].source = "# NBVAL_IGNORE_OUTPUT\n" + cells[0].source


def skip_marker(cells):
    cells[0].source += "\n#nbval_skip"


def magic(cells):
    cells[0].source = "%%capture\n" + cells[0].source


def skip_tag(cells):
    cells[0].metadata["tags"] = ["nbval-skip"]


def raising_tag(cells):
    cells[0].metadata["tags"] = ["raises-exception"]


def execution_tag(cells):
    cells[0].metadata["tags"] = ["skip-execution"]


def warning(cells):
    cells[0].outputs.append(nbformat.v4.new_output("stream", name="stderr", text="careful"))


def error(cells):
    cells[0].outputs = [nbformat.v4.new_output("error", ename="E", evalue="", traceback=[])]


def vector_picture(cells):
    cells[2].outputs[0].data["image/svg+xml"] = "<svg/>"


def no_cells(cells):
    for cell in cells:
        cell.cell_type = "markdown"


@pytest.mark.parametrize(
    "damage",
    [
        cleared, one_count_cleared, count_edited, result_renumbered, marker, skip_marker, magic,
        skip_tag, raising_tag, execution_tag, warning, error, vector_picture, no_cells,
    ],
)  # fmt: skip
def test_damaged_form_is_refused(chapter, damage):
    assert form_faults(chapter) == []
    damage(codes(chapter))
    assert form_faults(chapter)


def test_pieces_of_a_stream_are_one_text():
    whole = [nbformat.v4.new_output("stream", text="one\ntwo\n")]
    pieces = [nbformat.v4.new_output("stream", text=text) for text in ("one\n", "two\n")]
    assert differences(whole, pieces) == []


@pytest.mark.parametrize(
    "other",
    [
        curve(np.cos),
        curve(lambda x: np.sin(1.1 * x)),
        curve(lambda x: -np.sin(x)),
        curve(np.sin, **{"axes.prop_cycle": "cycler('color', ['g'])"}),
        curve(np.sin, **{"axes.facecolor": "0.8"}),
        curve(np.sin, **{"savefig.bbox": "tight", "savefig.pad_inches": 2}),
    ],
)
def test_another_picture_differs(other):
    assert picture_differences(curve(np.sin), other)


def test_thin_curves_are_told_apart():
    assert picture_differences(curve(np.sin, width=0.8), curve(np.cos, width=0.8))


@pytest.mark.parametrize(
    "settings",
    [{"font.family": "DejaVu Serif"}, {"text.hinting": "none"}, {"text.antialiased": False}],
)
def test_another_rendering_of_letters_does_not_matter(settings):
    assert picture_differences(curve(np.sin), curve(np.sin, **settings)) == []


def test_replay_of_a_false_assertion_under_a_marker(chapter, tmp_path):
    cell = codes(chapter)[3]
    cell.source = "# NBVAL_SKIP\n" + cell.source.replace("== 10", "== 11")
    cell.metadata["tags"] = ["raises-exception", "nbval-skip", "skip-execution"]
    faults = replay(chapter, tmp_path)
    assert any("AssertionError" in fault for fault in faults)
    assert any("NBVAL_" in fault for fault in faults)


def test_the_pytest_command(chapter, tmp_path):
    """The real command: a good notebook passes, a wrong one and a shuffled one fail."""
    chapters.write(chapter, tmp_path / "good.ipynb")
    shuffled = copy.deepcopy(chapter)
    shuffled.cells.reverse()
    for count, cell in enumerate(codes(shuffled), start=1):
        cell.execution_count = count
    chapters.write(shuffled, tmp_path / "shuffled.ipynb")
    caption(codes(chapter))
    chapters.write(chapter, tmp_path / "caption.ipynb")
    lines = pytest_lines(tmp_path, "good.ipynb", "caption.ipynb", "shuffled.ipynb")
    failed = {re.search(r"(\w+)\.ipynb::([a-z0-9 ]+)", line)[0].strip() for line in lines}
    wrong = {name.removesuffix("::form") for name in failed}
    assert "caption.ipynb::cell 3" in wrong and "shuffled.ipynb::cell 1" in wrong
    assert not any(name.startswith("good") for name in wrong)
    assert sum(name.startswith("caption") for name in wrong) == 1


def pytest_lines(folder, *names):
    """Run the strict replay in a process of its own; return the lines of its failures."""
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    library = str(Path(project.__file__).parent.parent)
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "gradproof.nbstrict", "-q", "-rf", *names],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": library, "NO_COLOR": "1"},
        capture_output=True,
        encoding="utf-8",
    )
    assert result.returncode == 1, result.stdout + result.stderr
    return [line for line in result.stdout.splitlines() if line.startswith("FAILED")]
