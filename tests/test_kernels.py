"""One kernel, driven through what a chapter may do: order of outputs, failure, death."""

import pytest

from gradproof.kernels import CellFailed, open_kernel


@pytest.fixture(scope="module")
def kernel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("notebooks")
    with open_kernel(folder) as running:
        yield running


def shape(outputs):
    """Kind and text of each output, in order."""
    return [(o.output_type, o.get("text") or o.data["text/plain"]) for o in outputs]


def test_outputs_keep_their_order(kernel):
    source = "print('a')\nprint('b')\ndisplay(1)\nprint('c', flush=True)\nprint('d')\n2"
    kinds = ["stream", "display_data", "stream", "execute_result"]
    assert shape(kernel.run(source)) == list(
        zip(kinds, ["a\nb\n", "1", "c\nd\n", "2"], strict=True)
    )


def test_no_settings_of_the_user(kernel):
    source = """
import os, sys, matplotlib, IPython
assert matplotlib.matplotlib_fname().startswith(matplotlib.get_data_path())
assert hash("a") == int(__import__("subprocess").run(
    [sys.executable, "-c", "print(hash('a'))"], capture_output=True).stdout)
sys.flags.hash_randomization, os.environ["OMP_NUM_THREADS"], os.environ["TZ"]
"""
    assert shape(kernel.run(source)) == [("execute_result", "(0, '1', 'UTC')")]


def test_a_cell_that_raises_says_where(kernel):
    with pytest.raises(CellFailed, match=r"(?s)line 2\n.*ZeroDivisionError") as failure:
        kernel.run("print('before')\n1 / 0")
    assert "\x1b" not in str(failure.value)
    assert failure.value.outputs[0].text == "before\n"
    assert shape(kernel.run("'still here'")) == [("execute_result", "'still here'")]


def test_a_kernel_that_dies(tmp_path):
    with open_kernel(tmp_path) as doomed:
        for source in ("import os; os._exit(3)", "1"):
            with pytest.raises(CellFailed, match="died"):
                doomed.run(source)
