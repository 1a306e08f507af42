"""`gradproof test`: lint, then all tests and the strict replay of all chapters in one run."""

import argparse
import os
import subprocess
import sys

from gradproof import lint, project


def add_arguments(parser):
    """Declare the options of the command: all of pytest's."""
    parser.usage = "gradproof test [-- pytest options and paths]"
    parser.add_argument("pytest", nargs=argparse.REMAINDER, help="passed to pytest, after --")


def run(args):
    """Run both; return 0 if both pass. pytest speaks last, so that its closing line shows."""
    options = args.pytest[1:] if args.pytest[:1] == ["--"] else args.pytest
    linted = lint.run(argparse.Namespace(fix=False))
    tested = subprocess.call(command(options), cwd=project.root(), env=environment())
    return tested or linted


def command(options):
    """Return the call of pytest: two workers, each notebook and each module on one of them."""
    workers = ["-n", "2", "--dist", "loadscope", "--durations", "5"]
    return [sys.executable, "-m", "pytest", *workers, *options]


def environment():
    """Return ours, with one thread a worker, so that two workers keep to two cores."""
    return os.environ | project.ONE_THREAD | {"PYTHONUTF8": "1"}
