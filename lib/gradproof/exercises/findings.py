"""What a judge says of an answer, and the two errors of this layer."""

from __future__ import annotations

from dataclasses import dataclass


class MasterError(ValueError):
    """A master can't be read; the message names file, exercise and field."""


class AnswerError(ValueError):
    """An answer that can't be judged as it stands; the message tells the student what to change."""


@dataclass(frozen=True)
class Finding:
    """The judgement of one answer.

    passed: right in every part. message: what was found, sentences for the student.
    score: share of the points, 0 to 1. honest: a well-formed attempt, which opens the solution.
    blank: nothing was written yet. grounds: how a right answer was decided.
    hint: what a recognised mistake has earned. assess: points are for the student to give.
    """

    passed: bool
    message: str
    score: float = 0.0
    honest: bool = True
    blank: bool = False
    grounds: str = ""
    hint: str = ""
    assess: bool = False


def right(message: str = "", grounds: str = "") -> Finding:
    """The finding of an answer that is right in every part."""
    return Finding(True, message, 1.0, grounds=grounds)


def wrong(message: str, score: float = 0.0) -> Finding:
    """The finding of a well-formed answer that is not (wholly) right."""
    return Finding(False, message, score)


def malformed(message: str) -> Finding:
    """The finding of an answer that can't be judged as it stands."""
    return Finding(False, message, honest=False)


def blank(message: str) -> Finding:
    """The finding of a starter that nobody has touched."""
    return Finding(False, message, honest=False, blank=True)
