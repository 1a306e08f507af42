"""The strict replay as a pytest plugin: `pytest -p gradproof.nbstrict chapter.ipynb`.

The one module that touches nbval, which is hardly maintained. It takes from it how
notebooks and cells become pytest items. nbval's own execution and comparison are not used:
they skip pictures, pass over a cell whose count is cleared, don't count executions,
disregard the order of outputs and obey markers in comments and tags.
"""

import contextlib

import nbformat
import pytest
from nbval.plugin import IPyNbCell, IPyNbFile

from gradproof.kernels import open_kernel
from gradproof.replay import form_faults, replay_cell

OPTIONS = ("nbval", "nbval_lax", "nbval_sanitize_with", "sanitize_with")


def pytest_configure(config):
    """Refuse nbval's own switches: they would replay the chapters by its lax rules."""
    for option in OPTIONS:
        if getattr(config.option, option, None):
            raise pytest.UsageError(f"gradproof replays strictly; leave out --{option}")


def pytest_collect_file(file_path, parent):
    """Collect the chapters in notebooks/, and any notebook that the call names."""
    if file_path.suffix != ".ipynb":
        return None
    chapters = parent.config.rootpath / "notebooks"
    if file_path.parent == chapters or parent.session.isinitpath(file_path):
        return StrictFile.from_parent(parent, path=file_path)
    return None


class StrictFile(IPyNbFile):
    """A notebook: one kernel, an item for its form and one for each code cell."""

    kernel = None
    closing = None

    def collect(self):
        """Yield the items in order; none is left out, whatever the cell says."""
        self.nb = nbformat.read(self.path, as_version=4)
        yield FormItem.from_parent(self, name="form")
        cells = [cell for cell in self.nb.cells if cell.cell_type == "code"]
        for number, cell in enumerate(cells, start=1):
            name = f"cell {number}"
            yield StrictCell.from_parent(self, name=name, cell_num=number, cell=cell, options={})

    def setup(self):
        """Start the kernel, in the notebook's folder."""
        self.closing = contextlib.ExitStack()
        self.kernel = self.closing.enter_context(open_kernel(self.path.parent))

    def teardown(self):
        """Shut the kernel down."""
        if self.closing:
            self.closing.close()


class StrictFailure(Exception):
    """A stored notebook is not what it must be; the message says where and how."""


def explain(item, excinfo, style=None):
    """Return the message of a StrictFailure without our traceback; of others, all of it."""
    if isinstance(excinfo.value, StrictFailure):
        return str(excinfo.value)
    return pytest.Item.repr_failure(item, excinfo, style)


class FormItem(pytest.Item):
    """What can be seen without running: counts, markers, stored errors and warnings."""

    repr_failure = explain

    def runtest(self):
        """Raise StrictFailure, which lists the faults, if there are any."""
        if faults := form_faults(self.parent.nb):
            raise StrictFailure("\n".join(faults))

    def reportinfo(self):
        """Return where the item is, for the report."""
        return self.path, 0, f"{self.path.name}: form"


class StrictCell(IPyNbCell):
    """A code cell: run in its notebook's kernel, every output compared."""

    repr_failure = explain

    def setup(self):
        """Leave out nbval's: it expects failures after a time-out."""

    def runtest(self):
        """Raise StrictFailure with all differences, if there are any."""
        if found := replay_cell(self.parent.kernel, self.cell):
            head = "the stored outputs are not what the code gives"
            raise StrictFailure("\n".join([head, indent(self.cell.source), *found]))

    def reportinfo(self):
        """Return where the item is, for the report."""
        return self.path, 0, f"{self.path.name}: code cell {self.cell_num}"


def indent(source):
    """Return the source, set off from the text around it."""
    return "\n".join(f"    {line}" for line in source.splitlines())
