"""A chapter's master: the exercises of its assignment, read from one Markdown file.

The format is described in notebooks/assignments/masters/README.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from gradproof.exercises import parameters, sections
from gradproof.exercises.fields import read_yaml
from gradproof.exercises.findings import MasterError
from gradproof.project import UsageError

LIBRARY = Path(__file__).resolve().parent
CHECKOUT = LIBRARY.parents[2] / "notebooks" / "assignments" / "masters"
PACKAGED = LIBRARY / "masters_data"  # where the wheel has them
NAME = re.compile(r"(\d\d)-[a-z0-9-]+\.md")
KINDS = ("expression", "matrix", "function", "witness", "certificate", "number", "derivation",
         "proof")
SECTIONS = ("starter", "judge", "solution", "other", "wrong", "hints", "discussion", "rubric",
            "model")
DIFFICULTY = ("", "a first success", "easy", "medium", "hard", "very hard")


@dataclass(frozen=True)
class Wrong:
    """A typical wrong answer and the hint that it earns."""

    code: str
    hint: str


@dataclass(frozen=True)
class Exercise:
    """One exercise with its parameters filled in; codes define the answer under ``name``."""

    id: str
    title: str
    kind: str
    minutes: int
    difficulty: int
    points: int
    claims: tuple[str, ...]
    origin: str
    name: str
    seconds: int
    statement: str
    starter: str
    judge: sections.Block
    solution: str
    other: tuple[str, ...]
    wrong: tuple[Wrong, ...]
    hints: tuple[str, ...]
    discussion: str
    rubric: tuple[tuple[int, str], ...]
    model: str
    setup: str
    values: Mapping[str, str] = field(default_factory=dict)
    place: str = ""


@dataclass(frozen=True)
class Master:
    """An assignment: number, title, introduction, the code of its first cell, exercises."""

    number: str
    stem: str
    title: str
    needs: str
    introduction: str
    setup: str
    exercises: tuple[Exercise, ...]
    seed: int | None = None

    def exercise(self, id: str) -> Exercise:
        """The exercise ``id``. KeyError lists the ids."""
        for exercise in self.exercises:
            if exercise.id == id:
                return exercise
        raise KeyError(f"no exercise {id!r} here; there are "
                       + ", ".join(exercise.id for exercise in self.exercises))


def folder() -> Path:
    """Where the masters are: in the checkout, or in the installed package."""
    return CHECKOUT if CHECKOUT.is_dir() else PACKAGED


def files(at: Path | None = None) -> list[Path]:
    """The files of the masters, in order."""
    at = folder() if at is None else at
    return sorted(path for path in at.glob("*.md") if NAME.fullmatch(path.name))


def find(number: str | int, at: Path | None = None) -> Path:
    """The master of a chapter. UsageError lists the chapters that have one."""
    wanted = str(number).strip().zfill(2)
    found = files(at)
    for path in found:
        if path.name.startswith(f"{wanted}-"):
            return path
    listed = ", ".join(path.name[:2] for path in found) or "none yet"
    raise UsageError(f"no assignment {wanted}; there are {listed}")


def load(path: Path, seed: int | None = None) -> Master:
    """The master in the file ``path``, its parameters chosen by ``seed``.

    Raises MasterError with file, exercise and field.
    """
    return _load(path, seed, path.stat().st_mtime_ns)


@cache
def _load(path: Path, seed: int | None, stamp: int) -> Master:
    return read(path.read_text(encoding="utf-8"), path.name, seed)


def read(text: str, name: str, seed: int | None = None) -> Master:
    """The master written in ``text``; ``name`` is its file's."""
    header, body = sections.front_matter(text, name)
    fields = read_yaml(header, name)
    number, title = fields.plain("assignment").zfill(2), fields.text("title")
    needs, setup = fields.text("needs", ""), fields.text("setup", "import numpy as np")
    fields.finish()
    introduction, parts = sections.split(body, 2)
    introduction = re.sub(r"^# .*\n?", "", introduction).strip()
    exercises = tuple(_exercise(heading, part, name, setup, seed) for heading, part in parts)
    for at, id in enumerate(ids := [exercise.id for exercise in exercises]):
        if id in ids[:at]:
            raise MasterError(f"{name}: {id}: the id is taken twice")
    if not exercises:
        raise MasterError(f"{name}: has no exercise: write ## and a title")
    return Master(number, name.removesuffix(".md"), title, needs, introduction, setup, exercises,
                  seed)


def _exercise(title: str, text: str, file: str, setup: str, seed: int | None) -> Exercise:
    place = f"{file}: {title}"
    above, below = sections.split(text, 3)
    prose, found = sections.blocks(above)
    if prose or not found or found[0].language != "yaml":
        raise MasterError(f"{place}: a ```yaml header must follow the title")
    statement = above.split(f"```yaml\n{found[0].text}\n```", 1)[1].strip()
    fields = read_yaml(found[0].text, place)
    id = fields.text("id")
    fields.place = place = f"{file}: {id}"
    if not re.fullmatch(r"[a-z][a-z0-9-]*", id):
        fields.wrong("id", "small letters, digits and hyphens")
    head = {
        "kind": fields.choice("kind", KINDS, required=True),
        "minutes": fields.whole("minutes", 1, 240),
        "difficulty": fields.whole("difficulty", 1, 5),
        "points": fields.whole("points", 1, 20),
        "claims": fields.list_of_texts("claims"),
        "origin": fields.text("from", ""),
        "name": fields.text("name", id.replace("-", "_")),
        "seconds": fields.whole("seconds", 1, 300, 20),  # of judging one answer
    }
    values = parameters.chosen(_choices(fields), seed, id)
    fields.finish()
    parts = _parts(below, place)
    fill = lambda text: parameters.filled(text, values, place)  # noqa: E731
    sections_filled = {key: fill(value) for key, value in parts.items()}
    return Exercise(id=id, title=title, statement=fill(statement), setup=setup, values=values,
                    place=place, **head, **_read_parts(sections_filled, head["kind"], place))


def _choices(fields) -> dict[str, list[str]]:
    table = fields.raw("parameters", {})
    if not isinstance(table, dict) or not all(isinstance(v, list) and v for v in table.values()):
        fields.wrong("parameters", "must be a table of lists: {eta: [1/8, 1/6]}")
    return {str(name): [str(value) for value in values] for name, values in table.items()}


def _parts(below: list[tuple[str, str]], place: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for heading, text in below:
        key = heading.lower()
        if key not in SECTIONS:
            raise MasterError(f"{place}: no section {heading!r}; there are {', '.join(SECTIONS)}")
        if key in parts:
            raise MasterError(f"{place}: {key}: is there twice")
        parts[key] = text
    return parts


def _read_parts(parts: dict[str, str], kind: str, place: str) -> dict:
    prose = kind == "proof"
    needed = ["starter", "hints", "discussion"]
    needed += ["rubric", "model"] if prose else ["judge", "solution", "other", "wrong"]
    for key in needed:
        if not parts.get(key):
            raise MasterError(f"{place}: {key}: the section is missing or empty")
    other = tuple(block.text for block in _code("other", parts, place))
    wrong = tuple(Wrong(b.text, b.after) for b in _code("wrong", parts, place))
    hints = tuple(sections.numbered(parts["hints"]))
    if not prose and len(other) < 3:
        raise MasterError(f"{place}: other: at least three right answers in another form")
    if any(not entry.hint for entry in wrong) or (not prose and not wrong):
        raise MasterError(f"{place}: wrong: each block of code is followed by its hint")
    if len(hints) < 3:
        raise MasterError(f"{place}: hints: a numbered list of three, each deeper")
    judge = next(iter(_code("judge", parts, place, ("yaml", "python"))),
                 sections.Block("yaml", ""))
    rubric = sections.bulleted(parts.get("rubric", ""))
    return {
        "starter": _one("starter", parts, place),
        "judge": judge,
        "solution": _one("solution", parts, place) if not prose else "",
        "other": other,
        "wrong": wrong,
        "hints": hints,
        "discussion": parts["discussion"],
        "rubric": tuple(_rubric(entry, place) for entry in rubric),
        "model": parts.get("model", ""),
    }


def _code(key: str, parts: dict[str, str], place: str, languages=("python",)):
    found = sections.blocks(parts.get(key, ""))[1]
    for block in found:
        if block.language not in languages:
            raise MasterError(f"{place}: {key}: a block must be ```{' or ```'.join(languages)}, "
                              f"not ```{block.language}")
    return found


def _one(key: str, parts: dict[str, str], place: str) -> str:
    found = _code(key, parts, place)
    if len(found) != 1:
        raise MasterError(f"{place}: {key}: exactly one block ```python, not {len(found)}")
    return found[0].text


def _rubric(entry: str, place: str) -> tuple[int, str]:
    match = re.match(r"\[(\d+)\]\s+(.+)", entry)
    if not match:
        raise MasterError(f"{place}: rubric: each entry is '- [points] what it takes'")
    return int(match[1]), match[2]
