"""`gradproof lint`: ruff over the code, the tests and the notebooks."""

import subprocess
import sys

from gradproof import project


def add_arguments(parser):
    """Declare the options of the command."""
    parser.add_argument("--fix", action="store_true", help="repair what ruff can repair")


def run(args):
    """Run ruff from the checkout's root; return its exit code."""
    command = [sys.executable, "-m", "ruff", "check", "--quiet", "--output-format", "concise", "."]
    if args.fix:
        command.append("--fix")
    code = subprocess.call(command, cwd=project.root())
    print("ruff: nothing to report" if code == 0 else f"ruff: exit code {code}", flush=True)
    return code
