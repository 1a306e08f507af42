"""What is generated from a master: the student's notebook, the solutions, the printable sheet."""

from __future__ import annotations

import hashlib
import textwrap
from pathlib import Path

import nbformat

from gradproof import catalogue
from gradproof.chapters import METADATA
from gradproof.exercises.masters import DIFFICULTY, Exercise, Master
from gradproof.formulas import FormulaError

HOW = """**How this works.** Replace the dots in a cell and run it: `hw.check` judges your \
answer by the mathematics, so any equivalent form will do. `hw.hint("…")` goes deeper each \
time, and `hw.solution("…")` opens after an honest attempt. Formulas are texts such as \
`"L*x^2/2"` (`*` for products, `^` for powers, Greek letters by name or as they are) or SymPy \
expressions. Your points are kept in `my-work/`."""
COPY = "Make your own copy of this notebook there with `python -m gradproof start {number}`."


def student(master: Master, copy: bool = False) -> nbformat.NotebookNode:
    """The notebook that a student works in: statements, starters, checks; no outputs.

    copy: whether it will lie in my-work/, and not in the collection.
    """
    cells = _opening(master, "Assignment", "../notebooks" if copy else "..")
    for number, exercise in enumerate(master.exercises, 1):
        cells.append(("markdown", f"{heading(exercise, number)}\n\n{exercise.statement}"))
        cells.append(("code", f"{exercise.starter}\n\n{check_line(exercise)}"))
    cells.append(("code", "hw.progress()"))
    return notebook(cells, master)


def solutions(master: Master) -> nbformat.NotebookNode:
    """The solutions: every starter replaced by its solution, with hints, discussion, rubric."""
    cells = _opening(master, "Solutions", "../..")
    for number, exercise in enumerate(master.exercises, 1):
        cells.append(("markdown", f"{heading(exercise, number)}\n\n{exercise.statement}"))
        if exercise.kind == "proof":
            code = f'{exercise.name} = r"""\n{_wrapped(exercise.model)}\n"""'
        else:
            code = exercise.solution
        cells.append(("code", f"{code}\n\n{check_line(exercise)}"))
        cells.append(("markdown", _after(exercise)))
    cells.append(("code", "hw.progress()"))
    return notebook(cells, master)


def sheet(master: Master) -> str:
    """The assignment to be printed: statements without code."""
    minutes = sum(exercise.minutes for exercise in master.exercises)
    total = sum(exercise.points for exercise in master.exercises)
    parts = [f"# {master.number} · {master.title}", "",
             f"*{len(master.exercises)} exercises, {minutes} minutes, {total} points."
             + (f" You need: {_small(master.needs)}" if master.needs else "") + "*", "",
             master.introduction, ""]
    for number, exercise in enumerate(master.exercises, 1):
        parts += [heading(exercise, number), "", exercise.statement, ""]
    return "\n".join(parts).rstrip("\n") + "\n"


def heading(exercise: Exercise, number: int) -> str:
    """Title, time, difficulty in words, points, claims, where it is from."""
    facts = [f"{exercise.minutes} minutes", DIFFICULTY[exercise.difficulty],
             f"{exercise.points} point{'s' * (exercise.points > 1)}"]
    if exercise.claims:
        facts.append(("claim " if len(exercise.claims) == 1 else "claims ")
                     + ", ".join(exercise.claims))
    if exercise.origin:
        facts.append(f"from {exercise.origin}")
    return f"## {number} · {exercise.title}\n\n*{' · '.join(facts)}*"


def check_line(exercise: Exercise) -> str:
    """The line of code that has an answer judged."""
    return f'hw.check("{exercise.id}", {exercise.name})'


def _opening(master: Master, kind: str, up: str) -> list[tuple[str, str]]:
    seed = "" if master.seed is None else f", seed={master.seed}"
    minutes = sum(exercise.minutes for exercise in master.exercises)
    title = f"# {kind} {master.number} · {master.title}"
    links = f"The chapter: [{master.stem}]({up}/{master.stem}.ipynb)."
    needs = f"You need: {_small(master.needs)}" if master.needs else ""
    facts = f"*{len(master.exercises)} exercises, about {minutes} minutes.* {needs} {links}"
    how = f"{HOW} {COPY.format(number=master.number)}" if up == ".." else HOW
    begin = f'{master.setup}\n\nfrom gradproof.exercises import assignment\n\n' \
            f'hw = assignment("{master.number}"{seed})'
    return [("markdown", "\n\n".join([title, facts, master.introduction,
                                      how])), ("code", begin)]


def _small(text: str) -> str:
    return text[:1].lower() + text[1:] if text[:2] != text[:2].upper() else text


def _wrapped(text: str) -> str:
    return "\n".join(textwrap.fill(line, 96, break_long_words=False, break_on_hyphens=False)
                     for line in text.split("\n"))


def _after(exercise: Exercise) -> str:
    hints = "\n".join(f"{k}. {hint}" for k, hint in enumerate(exercise.hints, 1))
    parts = [f"**Discussion.** {exercise.discussion}", f"**Hints.**\n\n{hints}"]
    if exercise.rubric:
        rubric = "\n".join(f"- ({p} point{'s' * (p > 1)}) {text}" for p, text in exercise.rubric)
        parts.insert(1, f"**Rubric.**\n\n{rubric}")
    if exercise.wrong:
        listed = "\n".join(f"- {' '.join(w.hint.split())}" for w in exercise.wrong)
        parts.append(f"**Usual mistakes, and what they are told.**\n\n{listed}")
    return "\n\n".join(parts)


def notebook(cells: list[tuple[str, str]], master: Master) -> nbformat.NotebookNode:
    """The cells as a notebook whose bytes depend on nothing but their text."""
    made, seen = [], {}
    for kind, source in cells:
        digest = hashlib.sha256(f"{kind}\n{source}".encode()).hexdigest()[:12]
        seen[digest] = seen.get(digest, 0) + 1
        new = nbformat.v4.new_markdown_cell if kind == "markdown" else nbformat.v4.new_code_cell
        made.append(new(source, id=digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"))
    mark = {"gradproof": {"assignment": master.number, "seed": master.seed}}
    return nbformat.v4.new_notebook(cells=made, metadata={**METADATA, **mark})


def text_of(made: nbformat.NotebookNode) -> str:
    """The bytes of a notebook file, as text."""
    return nbformat.writes(made, version=4).rstrip("\n") + "\n"


def outputs(master: Master, folder: Path) -> dict[Path, str]:
    """Everything that is generated from a master: path -> text."""
    return {
        folder / f"{master.stem}.ipynb": text_of(student(master)),
        folder / "solutions" / f"{master.stem}.ipynb": text_of(solutions(master)),
        folder / "sheets" / f"{master.stem}.md": sheet(master),
    }


def claim_faults(master: Master) -> list[str]:
    """Claims that the exercises name and the catalogue has not."""
    faults = []
    for exercise in master.exercises:
        for id in exercise.claims:
            try:
                catalogue.claim(id)
            except (catalogue.CatalogueError, FormulaError) as error:
                faults.append(f"{exercise.place}: claims: {error}")
    return faults
