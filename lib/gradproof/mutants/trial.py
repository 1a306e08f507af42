"""Tests in a process of their own, over a copy of the checkout, within a budget of work.

The process is forked from a server that has loaded the libraries (not gradproof), which makes
a trial ten times faster than a fresh interpreter. The budget is processor time where the
system has it (so that a busy machine changes nothing), and the clock as a second fence.
"""

from __future__ import annotations

import ast
import contextlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

PRELOADED = ["pytest", "hypothesis", "sympy", "flint", "numpy", "scipy.optimize", "mpmath",
             "nbformat", "nbclient", "jupytext", "ipykernel", "cosmic_ray", "tqdm"]
OPTIONS = ["-q", "-x", "-p", "no:cacheprovider", "--confcutdir", "tests"]
PER_TEST = 3.0  # seconds of processor time; slower tests take no part
TOO_LONG = "time-out"
MEMORY = 8 << 30


class Ordered:
    """Keeps the given tests, in the given order, and notes the first that fails."""

    def __init__(self, tests: Sequence[str]):
        self.place = {test: n for n, test in enumerate(tests)}
        self.failed = ""

    def pytest_collection_modifyitems(self, items) -> None:
        chosen = [item for item in items if item.nodeid in self.place]
        items[:] = sorted(chosen, key=lambda item: self.place[item.nodeid])

    def pytest_runtest_logreport(self, report) -> None:
        if report.failed and not self.failed:
            self.failed = report.nodeid


class TooSlow(BaseException):
    """A test used up its processor time while the tests were being timed."""


class Timed:
    """Notes for each test that passes its processor time and the functions that it enters."""

    def __init__(self, library: str):
        self.library = library
        self.found: dict[str, dict] = {}
        self.codes: set = set()
        self.started = 0.0

    def pytest_runtest_logstart(self, nodeid) -> None:
        self.codes.clear()
        self.started = worked()
        sys.settrace(self._enter)
        _alarm(PER_TEST * 1.5, self._stop)

    def pytest_runtest_logreport(self, report) -> None:
        if report.when == "call" and report.passed:
            self.found[report.nodeid] = {}
        elif not report.passed:
            self.found.pop(report.nodeid, None)

    def pytest_runtest_logfinish(self, nodeid) -> None:
        sys.settrace(None)
        _alarm(0, self._stop)
        spent = worked() - self.started
        if nodeid in self.found and spent <= PER_TEST:
            places = {(self._below(code), code.co_firstlineno) for code in self.codes
                      if code.co_filename.startswith(self.library)}
            self.found[nodeid] = {"seconds": round(spent, 2), "enters": sorted(places)}
        else:
            self.found.pop(nodeid, None)

    def _enter(self, frame, event, argument) -> None:
        self.codes.add(frame.f_code)

    def _below(self, code) -> str:
        return Path(code.co_filename).relative_to(self.library).as_posix()

    @staticmethod
    def _stop(*_) -> None:
        raise TooSlow


def worked() -> float:
    """Processor seconds of this process and of its children that have ended."""
    return sum(os.times()[:4])


def _alarm(seconds: float, handler) -> None:
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGPROF, handler)
        signal.setitimer(signal.ITIMER_PROF, seconds)


def run_tests(folder: Path, files: Sequence[str], tests: Sequence[str] | None, budget: float):
    """Run tests of the checkout copied to ``folder``; see `_child` for what comes back.

    tests: ids in order, stopping at the first failure; None: all of the files, timed and traced.
    Returns the time-out's name when the budget (seconds) is spent.
    """
    context = server()
    mine, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(theirs, str(folder), files, tests, budget))
    process.start()
    theirs.close()
    answer = None
    with contextlib.suppress(EOFError, OSError):  # the pipe breaks when the child is ended
        if mine.poll(10 * budget + 20):
            answer = mine.recv()
    _end(process)
    return TOO_LONG if answer is None else answer


def server():
    """The multiprocessing context that forks trials from a process with warm libraries."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return context


def _end(process) -> None:
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)  # the trial leads a group of its own
    process.kill()
    process.join()


def _child(pipe, folder: str, files: Sequence[str], tests: Sequence[str] | None,
           budget: float) -> None:
    """Send (exit code, id of the first failed test), or for tests None what `Timed` found."""
    _settle(Path(folder))
    import pytest

    if tests is None:
        plugin = Timed(str(Path(folder, "lib")) + os.sep)
        options = [option for option in OPTIONS if option != "-x"]
    else:
        plugin, options = Ordered(tests), OPTIONS
        if hasattr(signal, "setitimer"):  # the default action ends the process, in C code too
            signal.signal(signal.SIGPROF, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_PROF, budget)
    code = int(pytest.main([*options, *files], plugins=[plugin]))
    pipe.send(plugin.found if tests is None else (code, plugin.failed))


def _settle(folder: Path) -> None:
    """Make this process one that runs in ``folder`` and sees its library only."""
    if hasattr(os, "setsid"):
        os.setsid()
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    os.chdir(folder)
    os.environ |= {"PYTHONPATH": str(folder / "lib"), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    sys.path[:0] = [str(folder / "lib")]
    for name in [n for n in sys.modules if n.partition(".")[0] == "gradproof"]:
        del sys.modules[name]
    void = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(void, stream)


def chosen(module: str, source: str, line: int, timed: Mapping[str, Mapping],
           most: float) -> list[str]:
    """The tests that enter the function around ``line``, quick ones first, ``most`` seconds.

    For a line outside of all functions: the tests that enter any function of the module, with
    the others of the same files; if none does (a module of tables), all tests. The tests that
    mirror the module come first.
    """
    name = module.removeprefix("lib/")
    start = function_at(source, line)
    own = Path(name).stem
    hits = [test for test, facts in timed.items()
            if any(place[0] == name and start in (None, place[1]) for place in facts["enters"])]
    if start is None:
        files = {test.partition("::")[0] for test in hits}
        hits = [test for test in timed if test.partition("::")[0] in files or not files]
    hits.sort(key=lambda t: (own not in Path(t.partition("::")[0]).stem, timed[t]["seconds"], t))
    listed, spent = [], 0.0
    for test in hits:
        spent += timed[test]["seconds"]
        if spent <= most:
            listed.append(test)
    return listed


def function_at(source: str, line: int) -> int | None:
    """The first line (decorators included) of the innermost function around ``line``."""
    starts = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            start = min([node.lineno, *(d.lineno for d in node.decorator_list)])
            if start <= line <= node.end_lineno:
                starts.append(start)
    return max(starts, default=None)
