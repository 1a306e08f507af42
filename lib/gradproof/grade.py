"""`gradproof grade my-work/23-*.ipynb --json`: run notebooks afresh and score their answers."""

from __future__ import annotations

import json
from pathlib import Path

from gradproof.exercises import grading


def add_arguments(parser) -> None:
    """Declare the options of the command."""
    parser.add_argument("notebooks", nargs="+", type=Path, metavar="NOTEBOOK")
    parser.add_argument("--json", action="store_true", help="print the scores as JSON")
    parser.add_argument("--seed", type=int, help="the seed that these notebooks must have; "
                                                 "default: the one they name")


def run(args) -> int:
    """Score the notebooks; return 1 when one of them could not be scored."""
    reports = [grading.graded(path, args.seed) for path in args.notebooks]
    if args.json:
        print(json.dumps(reports, indent=1, ensure_ascii=False))
    else:
        for report in reports:
            print(grading.text(report))
    return 1 if any(report.get("error") for report in reports) else 0
