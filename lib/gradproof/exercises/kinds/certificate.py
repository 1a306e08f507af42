"""A certificate with several parts, each a formula; the kernel checks what it certifies.

    parts: {A: "L, gamma", B: "L, gamma"}   the formulas and the variables that each may use
    conclude: [{says: …, that: …}]          what must hold of them
or, for a polynomial that is nonnegative because it is a sum of squares,
    squares: "x^4 + …"                      the answer is a list of pairs (weight >= 0, formula)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gradproof.exercises import answers
from gradproof.exercises.deciding import Setting, difference, said, same, shown, truth, weakest
from gradproof.exercises.fields import Fields
from gradproof.exercises.findings import AnswerError, Finding, right, wrong
from gradproof.exercises.kinds import damages
from gradproof.exercises.kinds.settings import read_setting


@dataclass(frozen=True)
class Certificate:
    """The judge of named formulas."""

    setting: Setting
    parts: Mapping[str, tuple[str, ...]]
    goals: tuple[tuple[str, str], ...]
    reference: Mapping[str, str]

    def examine(self, answer: object) -> Finding:
        """Right when the kernel decides every goal; the first that fails is named."""
        let, methods = self._let(answer), []
        for done, (says, goal) in enumerate(self.goals):
            decision = truth(self.setting.proposition(goal, let))
            meant = says or shown([goal], self.setting, let)
            if decision.truth is None:
                return wrong(f"Neither proved nor refuted: {meant} ({decision.how}).")
            if not decision.truth:
                return wrong(f"This part fails: {meant}. {said(decision)}",
                             0.5 * done / len(self.goals))
            methods.append(decision.how)
        return right(grounds=weakest(methods))

    def _let(self, answer: object) -> dict[str, str]:
        if not isinstance(answer, Mapping) or set(answer) != set(self.parts):
            listed = ", ".join(f'"{name}": "…"' for name in self.parts)
            raise AnswerError(f"the answer is a dictionary {{{listed}}}")
        return {name: self._part(name, answer[name]) for name in self.parts}

    def _part(self, name: str, value: object) -> str:
        try:
            return answers.formula(value, self.parts[name])
        except AnswerError as error:
            raise AnswerError(f"part {name}: {error}") from None

    def fingerprint(self, answer: object):
        """The values of all parts at exact points."""
        let = self._let(answer)
        return tuple(tuple(self.setting.values(let[name])) for name in self.parts)

    def diagnosis(self, answer: object) -> str:
        """The damage of one part of the reference that gives this answer's part."""
        mine = dict(zip(self.parts, self.fingerprint(answer), strict=True))
        theirs = {n: tuple(self.setting.values(self.reference[n])) for n in self.parts}
        off = [name for name in self.parts if mine[name] != theirs[name]]
        if len(off) == 1:
            for words, damaged in damages.formulas(self.reference[off[0]]):
                if tuple(self.setting.values(damaged)) == mine[off[0]]:
                    return f"{off[0]}: {words}"
        if len(off) == 2 and [mine[n] for n in off] == [theirs[n] for n in off[::-1]]:
            return f"{off[0]} and {off[1]} are exchanged."
        return ""


@dataclass(frozen=True)
class Squares:
    """The judge of a sum of squares with weights."""

    setting: Setting
    target: str

    def examine(self, answer: object) -> Finding:
        """Right when Σ weight·formula² is the polynomial and no weight is negative."""
        total, pairs = self._sum(answer)
        for weight, _ in pairs:
            if weight < 0:
                return wrong(f"The weight {weight} is negative: then the sum shows nothing.")
        decision = same(self.setting, total, self.target)
        if decision.truth:
            return right(grounds=decision.how)
        where = difference(self.setting, total, self.target, None, decision.point)
        return wrong(f"The weighted squares do not add up to the polynomial. {where}")

    def _sum(self, answer: object):
        if not isinstance(answer, list | tuple):
            raise AnswerError('the answer is a list of pairs: [(2, "x - y"), (1, "y")]')
        pairs = []
        for entry in answer:
            if not isinstance(entry, list | tuple) or len(entry) != 2:
                raise AnswerError('each entry is a pair (weight, formula): (2, "x - y")')
            weight = answers.number(entry[0])
            if weight is None:
                raise AnswerError("weights are fractions: move roots into the formula")
            pairs.append((weight, answers.formula(entry[1], self.setting.names)))
        return " + ".join(f"({w})*({q})^2" for w, q in pairs), pairs

    def fingerprint(self, answer: object):
        """Values of the sum, and the signs of the weights."""
        total, pairs = self._sum(answer)
        return tuple(self.setting.values(total)), all(w >= 0 for w, _ in pairs)

    def diagnosis(self, answer: object) -> str:
        """Multiples of the polynomial are recognised."""
        mine = self.fingerprint(answer)[0]
        for words, damaged in damages.formulas(self.target):
            if tuple(self.setting.values(damaged)) == mine:
                return words
        return ""


def read(fields: Fields, solution: object) -> Certificate | Squares:
    """The judge written in ``fields``."""
    setting = read_setting(fields)
    if target := fields.text("squares", ""):
        return Squares(setting, target)
    table = fields.raw("parts", {})
    if not isinstance(table, dict) or not table:
        fields.wrong("parts", 'must be a table: {A: "L, gamma", B: "L"}')
    parts = {str(name): tuple(str(v or "").replace(",", " ").split())
             for name, v in table.items()}
    goals = fields.goals("conclude")
    if not goals:
        fields.wrong("conclude", "is missing")
    if not isinstance(solution, Mapping) or set(solution) != set(parts):
        fields.wrong("parts", "are not those of the solution")
    reference = {name: answers.formula(solution[name], parts[name]) for name in parts}
    return Certificate(setting, parts, goals, reference)
