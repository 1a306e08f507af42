"""The command line: a table of commands, clear errors, exit codes."""

import subprocess
import sys
import types

import pytest

from gradproof import __main__ as line
from gradproof import lint, project, suite


@pytest.fixture
def command(monkeypatch):
    """Offer a command `count` that returns its argument as exit code."""
    module = types.ModuleType("count")
    module.add_arguments = lambda parser: parser.add_argument("code", type=int)
    module.run = lambda args: args.code
    monkeypatch.setitem(sys.modules, "gradproof.count", module)
    monkeypatch.setitem(line.COMMANDS, "count", ("gradproof.count", "count"))
    return module


def complaint(capsys):
    """The one line on stderr."""
    text = capsys.readouterr().err
    assert text.startswith("gradproof: ") and text.count("\n") == 1
    return text


def test_exit_code_is_that_of_the_command(command):
    assert line.main(["count", "0"]) == 0
    assert line.main(["count", "3"]) == 3


def test_unknown_command(capsys):
    assert line.main(["bok"]) == 2
    assert "no command 'bok'" in complaint(capsys)


def test_unwritten_command(capsys, monkeypatch):
    monkeypatch.setitem(line.COMMANDS, "later", ("gradproof.later", "later"))
    assert line.main(["later"]) == 2
    assert "not written yet" in complaint(capsys)


def test_usage_error_and_missing_file_are_one_line(command, capsys):
    def usage(args):
        raise project.UsageError("that is not a claim")

    def missing(args):
        open("no-such-file", encoding="utf-8")

    command.run = usage
    assert line.main(["count", "1"]) == 2
    assert "that is not a claim" in complaint(capsys)
    command.run = missing
    assert line.main(["count", "1"]) == 2
    assert "no such file: no-such-file" in complaint(capsys)


def test_no_command_prints_the_table(capsys):
    assert line.main([]) == 2
    assert line.main(["--help"]) == 0
    printed = capsys.readouterr().out
    assert all(f"  {name} " in printed for name in line.COMMANDS)


def test_nothing_heavy_is_imported_for_help():
    code = "import sys, gradproof.__main__; print('numpy' in sys.modules, 'sympy' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert result.stdout.split() == ["False", "False"]


@pytest.mark.parametrize(("linted", "tested"), [(0, 0), (1, 0), (0, 1)])
def test_test_runs_both_and_passes_options_through(monkeypatch, linted, tested):
    calls = []

    def call(command, **options):
        calls.append(command[2:])
        return {"ruff": linted, "pytest": tested}[command[2]]

    monkeypatch.setattr(lint.subprocess, "call", call)
    assert line.main(["test", "--", "-k", "name"]) == (linted or tested)
    ruff, tests = calls
    assert ruff[:2] == ["ruff", "check"]
    assert tests[:5] == ["pytest", "-n", "2", "--dist", "loadscope"]
    assert tests[-2:] == ["-k", "name"]


def test_root_is_found_from_below_and_refused_outside(tmp_path, monkeypatch):
    (tmp_path / "lib" / "gradproof").mkdir(parents=True)
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert project.root(tmp_path / "a" / "b") == tmp_path.resolve()
    monkeypatch.setattr(project, "__file__", str(tmp_path / "elsewhere" / "x" / "project.py"))
    (tmp_path / "pyproject.toml").unlink()
    with pytest.raises(project.UsageError, match="checkout"):
        project.root(tmp_path / "a")


def test_workers_keep_to_one_thread_each():
    assert suite.environment()["OMP_NUM_THREADS"] == "1"
