"""One notebook kernel, as hermetic as it gets: our interpreter, our environment, no user settings.

`book` writes chapters with it and the strict replay runs them again with it, so that both
see the same Python.
"""

import contextlib
import os
import re
import tempfile
from pathlib import Path

import ipykernel.kernelspec
import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from gradproof.project import kernel_environment

CELL_SECONDS = 600
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class CellFailed(Exception):
    """A cell raised, timed out or killed its kernel; the message is the traceback."""


class OwnInterpreter(KernelSpecManager):
    """Finds one kernel: ipykernel under the interpreter that is running now."""

    def get_kernel_spec(self, kernel_name):
        """Return the specification, whatever kernels are installed on this machine."""
        spec = ipykernel.kernelspec.get_kernel_dict()
        return self.kernel_spec_class(resource_dir=ipykernel.kernelspec.RESOURCES, **spec)


class Kernel:
    """A running kernel; `run` executes one cell after the other."""

    def __init__(self, client):
        self.client = client

    def run(self, source):
        """Execute a cell and return its outputs as nbformat nodes, streams merged in place.

        No tag and no marker has any say. Raises CellFailed; then `.outputs` holds what
        the cell gave before.
        """
        cell = nbformat.v4.new_code_cell(source)
        self.client.nb.cells.append(cell)
        try:
            self.client.execute_cell(cell, len(self.client.nb.cells) - 1)
        except CellExecutionError as error:
            failure = CellFailed(traceback_of(cell) or f"{error.ename}: {error.evalue}")
        except CellTimeoutError:
            failure = CellFailed(f"the cell took more than {CELL_SECONDS} seconds")
        except DeadKernelError:
            failure = CellFailed("the kernel died")
        else:
            return merge_streams(cell.outputs)
        failure.outputs = merge_streams(cell.outputs)
        raise failure


@contextlib.contextmanager
def open_kernel(folder):
    """Start a kernel that works in `folder`, yield it as a Kernel, shut it down."""
    with tempfile.TemporaryDirectory(prefix="gp", ignore_cleanup_errors=True) as scratch:
        client = NotebookClient(
            nbformat.v4.new_notebook(),
            km=manager(scratch),
            timeout=CELL_SECONDS,
            startup_timeout=120,
            record_timing=False,
            coalesce_streams=False,
            shutdown_kernel="immediate",
        )
        environment = kernel_environment(scratch)
        with client.setup_kernel(env=environment, cwd=str(folder), cleanup_kc=True):
            yield Kernel(client)


def manager(scratch):
    """Return the manager of a kernel that talks over files where the system can.

    Two kernels that start at once can be given the same free TCP port; files don't collide.
    """
    return AsyncKernelManager(
        kernel_name="python3",
        kernel_spec_manager=OwnInterpreter(),
        connection_file=str(Path(scratch) / "kernel.json"),
        transport="tcp" if os.name == "nt" else "ipc",
    )


def traceback_of(cell):
    """Return the traceback among the outputs of a cell that raised, without colours."""
    lines = [line for output in cell.outputs for line in output.get("traceback", [])]
    return COLOUR.sub("", "\n".join(lines)).strip()


def merge_streams(outputs):
    """Return the outputs with neighbouring pieces of one stream joined.

    A kernel cuts its text into messages by the clock; the order against pictures stays.
    """
    merged = []
    for output in outputs:
        last = merged[-1] if merged else None
        if last and output.output_type == last.output_type == "stream" and last.name == output.name:
            last.text += output.text
        else:
            merged.append(nbformat.from_dict(output))
    return merged
