"""A proof in prose: no program judges it. It is kept, and the student compares with a rubric."""

from __future__ import annotations

from dataclasses import dataclass

from gradproof.exercises.findings import AnswerError, Finding

WORDS = 25


@dataclass(frozen=True)
class Proof:
    """Asks for a text of some length, then for the student's own assessment."""

    rubric: tuple[tuple[int, str], ...]

    def examine(self, answer: object) -> Finding:
        """Never right or wrong: the rubric is shown."""
        if not isinstance(answer, str):
            raise AnswerError('a proof is a text: write it between """ and """')
        if (count := len(answer.split())) < WORDS:
            raise AnswerError(f"{count} words are a remark, not yet a proof; say why each step "
                              f"holds")
        return Finding(False, "No program can judge a proof in words, so you do: read yours "
                       "against the rubric, then the model.", assess=True)

    def fingerprint(self, answer: object):
        """Nothing that two proofs share."""
        return object()

    def diagnosis(self, answer: object) -> str:
        """None."""
        return ""
