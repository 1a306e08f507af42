"""A student's progress: a JSON file in my-work/, written whole or not at all."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from gradproof import project

FOLDER = "my-work"
PLACE = "GRADPROOF_PROGRESS"  # a folder to use instead: for graders and tests


@dataclass
class Record:
    """What happened to one exercise. points: those that were earned before the solution."""

    attempts: int = 0
    honest: int = 0
    hints: int = 0
    points: float = 0.0
    solved: bool = False
    opened: bool = False  # the solution
    assessed: float | None = None  # points that the student gave their own proof


@dataclass
class Progress:
    """The records of an assignment, by exercise."""

    path: Path
    seed: int | None = None
    records: dict[str, Record] = field(default_factory=dict)

    def record(self, id: str) -> Record:
        """The record of an exercise, new if there is none."""
        return self.records.setdefault(id, Record())

    def save(self) -> None:
        """Write all records in one step; a folder that can't be written to loses nothing else."""
        data = {"seed": self.seed, "exercises": {k: asdict(v) for k, v in self.records.items()}}
        temporary = self.path.with_name(f".{self.path.name}.{os.getpid()}.tmp")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
            os.replace(temporary, self.path)
        except OSError as error:
            print(f"(Your progress could not be saved: {error})")
        finally:
            temporary.unlink(missing_ok=True)


def folder() -> Path:
    """my-work/ beside the notebook: the working folder if that is it, else the checkout's."""
    if place := os.environ.get(PLACE):
        return Path(place)
    here = Path.cwd()
    if here.name == FOLDER:
        return here
    try:
        return project.root(here) / FOLDER
    except project.UsageError:
        return here / FOLDER


def load(stem: str, seed: int | None) -> Progress:
    """The progress in an assignment; a damaged file is put aside, not overwritten."""
    name = stem if seed is None else f"{stem}.seed-{seed}"
    path = folder() / f"{name}.progress.json"
    progress = Progress(path, seed)
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        known = Record.__dataclass_fields__
        for id, entry in data["exercises"].items():
            progress.records[id] = Record(**{k: v for k, v in entry.items() if k in known})
    except FileNotFoundError:
        pass
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        aside = path.with_suffix(".damaged")
        os.replace(path, aside)
        print(f"(The file of your progress was damaged; it is kept as {aside.name}.)")
    return progress
