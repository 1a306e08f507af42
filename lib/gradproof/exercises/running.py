"""Codes of a master run in a name space of their own."""

from __future__ import annotations

from typing import Any

from gradproof.exercises.findings import MasterError
from gradproof.exercises.masters import Exercise


def namespace(exercise: Exercise, code: str, part: str, extra: dict | None = None) -> dict:
    """The names that ``code`` defines after the assignment's setup.

    part: which section it is, for messages. Raises MasterError when it raises.
    """
    names: dict[str, Any] = {"__name__": f"exercise_{exercise.name}", **(extra or {})}
    try:
        exec(compile(exercise.setup, "<setup>", "exec"), names)
        exec(compile(code, f"<{exercise.place}: {part}>", "exec"), names)
    except Exception as error:
        raise MasterError(f"{exercise.place}: {part}: {type(error).__name__}: {error}") from error
    return names


def answer(exercise: Exercise, code: str, part: str = "solution") -> Any:
    """The answer that ``code`` defines under the exercise's name."""
    names = namespace(exercise, code, part)
    if exercise.name not in names:
        raise MasterError(f"{exercise.place}: {part}: defines no `{exercise.name}`")
    return names[exercise.name]
