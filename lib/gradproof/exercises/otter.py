"""An assignment in otter-grader's local format: a notebook, and a folder of tests."""

from __future__ import annotations

from pathlib import Path

from gradproof.exercises import building
from gradproof.exercises.masters import Exercise, Master

TEST = '''\
OK_FORMAT = True

test = {{
    "name": {id!r},
    "points": {points},
    "suites": [
        {{
            "cases": [
                {{
                    "code": {code!r},
                    "hidden": False,
                    "locked": False,
                }}
            ],
            "scored": True,
            "setup": "",
            "teardown": "",
            "type": "doctest",
        }}
    ],
}}
'''


def export(master: Master, folder: Path) -> None:
    """Write the notebook and one test for each exercise that a program can judge."""
    (folder / "tests").mkdir(parents=True, exist_ok=True)
    notebook = building.text_of(_notebook(master))
    (folder / f"{master.stem}.ipynb").write_text(notebook, encoding="utf-8", newline="\n")
    for exercise in master.exercises:
        if exercise.kind != "proof":
            path = folder / "tests" / f"{exercise.name}.py"
            path.write_text(test(master, exercise), encoding="utf-8", newline="\n")


def test(master: Master, exercise: Exercise) -> str:
    """The source of one test file."""
    seed = "" if master.seed is None else f", seed={master.seed}"
    code = (">>> from gradproof.exercises.grading import grade_answer\n"
            f">>> grade_answer({master.number!r}, {exercise.id!r}, {exercise.name}{seed})\nTrue")
    return TEST.format(id=exercise.name, points=exercise.points, code=code)


def _notebook(master: Master):
    cells = [("markdown", f"# Assignment {master.number} · {master.title}\n\n"
              f"{master.introduction}"),
             ("code", f'{master.setup}\n\nimport otter\n\n'
              f'grader = otter.Notebook("{master.stem}.ipynb")')]
    for number, exercise in enumerate(master.exercises, 1):
        cells.append(("markdown", f"{building.heading(exercise, number)}\n\n"
                      f"{exercise.statement}"))
        cells.append(("code", exercise.starter))
        if exercise.kind != "proof":
            cells.append(("code", f'grader.check("{exercise.name}")'))
    return building.notebook([*cells, ("code", "grader.check_all()")], master)
