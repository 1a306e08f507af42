"""An answer -> a finding, with the hint that its mistake has earned."""

from __future__ import annotations

from dataclasses import replace

from gradproof.exercises import kinds, running
from gradproof.exercises.answers import is_blank
from gradproof.exercises.findings import AnswerError, Finding, blank, malformed
from gradproof.exercises.masters import Exercise

OPEN = {
    "expression": 'a formula as text, such as "x^2/2"',
    "matrix": 'a formula as text, such as "transpose(A)*B"',
    "function": "the body of the function",
    "witness": "exact numbers, such as 1 or \"2/5\"",
    "certificate": "your formulas, as text",
    "number": "a number",
    "derivation": "your steps, one text each",
    "proof": "your proof, as text",
}


def feedback(exercise: Exercise, answer: object) -> Finding:
    """Judge an answer: the kind's judge first, then the mistake's name, for wrong ones."""
    judge = kinds.judge(exercise)
    if getattr(judge, "blank", is_blank)(answer) and not _half(exercise, answer):
        return blank(f"Nothing to check yet: in place of the dots write {OPEN[exercise.kind]}.")
    try:
        finding = judge.examine(answer)
    except AnswerError as error:
        finding = malformed(_sentence(str(error)))
    if finding.passed or finding.blank or finding.assess:
        return finding
    return replace(finding, hint=_listed(exercise, judge, answer) or _named(judge, answer))


def _half(exercise: Exercise, answer: object) -> bool:
    """A witness without its repair is an answer."""
    return exercise.kind == "witness" and isinstance(answer, dict) and not is_blank(
        answer.get("at", ...))


def _listed(exercise: Exercise, judge, answer: object) -> str:
    """The hint of the listed wrong answer that makes the same mistake."""
    for fingerprint in [judge.fingerprint, *([judge.coarse] if hasattr(judge, "coarse") else [])]:
        mine = _quietly(fingerprint, answer)
        if mine is None:
            continue
        for entry in exercise.wrong:
            theirs = _quietly(fingerprint, running.answer(exercise, entry.code, "wrong"))
            if theirs is not None and mine == theirs:
                return entry.hint
    return ""


def _named(judge, answer: object) -> str:
    return _quietly(judge.diagnosis, answer) or ""


def _quietly(method, answer: object):
    """What a method says, or None for an answer that it can't read."""
    try:
        return method(answer)
    except AnswerError:
        return None


def _sentence(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")
