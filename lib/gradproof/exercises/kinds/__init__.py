"""Judges, one module a kind of answer. A judge has three methods:

    examine(answer)      -> Finding, from the mathematics
    fingerprint(answer)  what two answers have in common when they make the same mistake
    diagnosis(answer)    the name of a known mistake, or ""

All may raise AnswerError for an answer that can't be judged as it stands.
"""

from __future__ import annotations

from functools import cache

from gradproof.exercises.fields import read_yaml
from gradproof.exercises.findings import MasterError
from gradproof.exercises.kinds import (
    certificate,
    derivation,
    expression,
    function,
    matrix,
    number,
    proof,
    witness,
)
from gradproof.exercises.kinds.function import Function
from gradproof.exercises.masters import Exercise
from gradproof.exercises.running import answer, namespace

MODULES = {"expression": expression, "matrix": matrix, "witness": witness, "number": number,
           "certificate": certificate, "derivation": derivation, "proof": proof,
           "function": function}
PYTHON = {"Function": Function}  # what a judge written in Python is built from


def judge(exercise: Exercise):
    """The judge of an exercise. MasterError names the field that is wrong."""
    return _judge(_ByIdentity(exercise))


class _ByIdentity:
    """An exercise as a key of the cache: it has parts that can't be hashed."""

    def __init__(self, exercise: Exercise):
        self.exercise = exercise
        self.key = (exercise.place, tuple(exercise.values.items()), exercise.judge,
                    exercise.solution, exercise.setup, exercise.kind, exercise.rubric)

    def __hash__(self):
        return hash(self.key)

    def __eq__(self, other):
        return self.key == other.key


@cache
def _judge(keyed: _ByIdentity):
    exercise = keyed.exercise
    if exercise.kind == "proof":
        return proof.Proof(exercise.rubric)
    place = f"{exercise.place}: judge"
    solution = answer(exercise, exercise.solution)
    if exercise.judge.language == "python":
        names = namespace(exercise, exercise.judge.text, "judge", {**PYTHON, "solution": solution})
        if not hasattr(names.get("judge"), "examine"):
            raise MasterError(f"{place}: must define judge = Function(…)")
        return names["judge"]
    fields = read_yaml(exercise.judge.text, place)
    if exercise.kind == "function":
        raise MasterError(f"{place}: a function is judged by a ```python block")
    built = MODULES[exercise.kind].read(fields, solution)
    fields.finish()
    return built
