"""Scores: a notebook is run afresh in its own kernel, then its answers are judged from outside.

What counts are the variables that the notebook ends with, and not what its cells printed, nor
the student's progress file. Code of students runs with the rights of whoever grades: use an
account or a container that has nothing to lose.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import nbformat

from gradproof.exercises import masters, state
from gradproof.exercises.guard import task
from gradproof.kernels import CellFailed, open_kernel
from gradproof.project import UsageError

CELL_SECONDS = 60
MARK = "gradproof-scores:"


def graded(path: Path, seed: int | None = None) -> dict:
    """The report of one notebook: points for each exercise, and what went wrong in its cells."""
    try:
        notebook = nbformat.read(path, as_version=4)
    except FileNotFoundError:
        raise
    except Exception as error:  # nbformat raises of many kinds
        return {"notebook": path.name, "error": f"no notebook: {error}"}
    mark = notebook.metadata.get("gradproof", {})
    number = str(mark.get("assignment") or path.name[:2])
    seed = mark.get("seed") if seed is None else seed
    try:
        master_path = masters.find(number)
    except UsageError as error:
        return {"notebook": path.name, "error": str(error)}
    failures, scores = _run(notebook, master_path, seed)
    master = masters.load(master_path, seed)
    exercises = [_row(exercise, scores.get(exercise.id)) for exercise in master.exercises]
    own = [row for row in exercises if row["kind"] == "proof"]
    judged = [row for row in exercises if row["kind"] != "proof"]
    return {"notebook": path.name, "assignment": master.number, "seed": seed,
            "points": sum(row["points"] for row in judged),
            "possible": sum(row["possible"] for row in judged),
            "to_be_read": [row["id"] for row in own if row["answered"]],
            "to_be_read_possible": sum(row["possible"] for row in own),
            "exercises": exercises, "cells_that_failed": failures}


def _row(exercise, score: dict | None) -> dict:
    score = score or {"answered": False, "passed": False, "score": 0.0, "message": "no answer"}
    proof = exercise.kind == "proof"
    return {"id": exercise.id, "title": exercise.title, "kind": exercise.kind,
            "points": None if proof else round(score["score"] * exercise.points, 2),
            "possible": exercise.points, "passed": score["passed"],
            "answered": score["answered"], "message": score["message"]}


def _run(notebook, master_path: Path, seed: int | None) -> tuple[list[dict], dict]:
    """Run all cells, then judge; the cells that fail are listed and the others still count."""
    failures = []
    with tempfile.TemporaryDirectory(prefix="gp", ignore_cleanup_errors=True) as scratch:
        with open_kernel(scratch) as kernel:
            kernel.client.timeout = CELL_SECONDS
            kernel.client.interrupt_on_timeout = True
            kernel.run(f"import os; os.environ[{state.PLACE!r}] = {scratch!r}")
            for place, cell in enumerate(notebook.cells, 1):
                if cell.cell_type != "code" or not cell.source.strip():
                    continue
                try:
                    kernel.run(cell.source)
                except CellFailed as failure:
                    failures.append({"cell": place, "error": str(failure).splitlines()[-1]})
            return failures, _scores(kernel, master_path, seed, failures)


def _scores(kernel, master_path: Path, seed: int | None, failures: list) -> dict:
    code = ("from gradproof.exercises.grading import collected\n"
            f"print({MARK!r} + collected({str(master_path)!r}, {seed!r}, globals()))")
    kernel.client.timeout = 600
    try:
        outputs = kernel.run(code)
    except CellFailed as failure:
        failures.append({"cell": "scores", "error": str(failure).splitlines()[-1]})
        return {}
    text = "".join(o.get("text", "") for o in outputs)
    return json.loads(text.split(MARK)[-1]) if MARK in text else {}


def collected(path: str, seed: int | None, names: dict) -> str:
    """The scores of the answers in a name space, as JSON; called inside of the kernel."""
    from gradproof.exercises.guard import examined

    scores = {}
    for exercise in masters.load(Path(path), seed).exercises:
        if exercise.name not in names:
            continue
        finding = examined(Path(path), seed, exercise.id, names[exercise.name])
        scores[exercise.id] = {"answered": not finding.blank, "passed": finding.passed,
                               "score": finding.score, "message": finding.message}
    return json.dumps(scores)


def grade_answer(number: str, id: str, answer: object, seed: int | None = None) -> bool:
    """Whether an answer is right in every part: what other graders call.

    Raises AssertionError with the finding, so that a failed test says what is wrong.
    """
    finding = task(masters.find(number), seed, id, answer)
    if not finding.passed and not finding.assess:
        raise AssertionError(" ".join(filter(None, [finding.message, finding.hint])))
    return True


def text(report: dict) -> str:
    """A report for people."""
    if report.get("error"):
        return f"{report['notebook']}: {report['error']}"
    lines = [f"{report['notebook']}: {report['points']:g} of {report['possible']} points"]
    for row in report["exercises"]:
        points = "to be read" if row["points"] is None else f"{row['points']:g}"
        state_ = points if row["answered"] else "no answer"
        lines.append(f"  {row['id']:<20} {state_} of {row['possible']}")
    lines += [f"  cell {f['cell']} failed: {f['error']}" for f in report["cells_that_failed"]]
    return "\n".join(lines)
