"""Break this theorem: a point where the hypotheses hold and the conclusion fails; then a repair.

    conclude: "p(s) >= -4*L*tau"        the false statement; for_all and assume as usual
    repair:                             optional; then the answer is {"at": point, "repair": …}
      kind: hypothesis                  a statement that is assumed in place of `replaces`
      replaces: "L >= gamma/3"          (absent: assumed in addition)
      weakest: "L >= gamma/2"           whoever assumes more than this gets half of the points
    or
      kind: formula                     a formula called `repair` (a constant, a term)
      symbols: ""                       the variables that it may use
      conclude: ["p(s) >= -repair*L*tau"]   what the repaired statement is
      fair: [{says: "…", that: "repair <= 5"}]   and what keeps it from saying too little
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from gradproof.checks.points import holds_at
from gradproof.exercises import answers
from gradproof.exercises.deciding import Setting, shown, shown_point, value_text
from gradproof.exercises.fields import Fields
from gradproof.exercises.findings import AnswerError, Finding, right, wrong
from gradproof.exercises.kinds import repairs
from gradproof.exercises.kinds.settings import read_setting
from gradproof.formulas import Relation
from gradproof.formulas.show import SIGNS, name_text, relation_text
from gradproof.formulas.values import Undefined


@dataclass(frozen=True)
class Witness:
    """The judge of a counterexample, and of the repair of the statement that it breaks."""

    setting: Setting
    conclude: tuple[str, ...]
    repair: repairs.Hypothesis | repairs.Formula | None

    def examine(self, answer: object) -> Finding:
        """The point first: every hypothesis, then the conclusion; then the repair."""
        point, repair = self._parts(answer)
        stage, said = self.tried(point)
        if stage != ("broken",):
            return wrong(said)
        if self.repair is None:
            return right(said, "proved")
        if answers.is_blank(repair):
            return wrong(f"{said} That is half of it: now repair the statement.", 0.5)
        second = self.repair.examine(repair, self.setting, self.conclude)
        score = 0.5 + 0.5 * second.score
        if second.passed:
            return Finding(True, f"{said} {second.message}".strip(), 1.0, grounds=second.grounds)
        return wrong(f"{said} The repair: {second.message}", score)

    def tried(self, point: Mapping[str, Fraction]) -> tuple[tuple, str]:
        """What the point does: (stage, sentence); the stage of a witness is ("broken",)."""
        claim = self.setting.proposition(self.conclude)
        where = shown_point(point)
        try:
            if odd := [n for n in claim.integers if point[n].denominator != 1]:
                return ("sort", odd[0]), f"{name_text(odd[0])} has to be a whole number."
            for k, (hypothesis, written) in enumerate(zip(
                    claim.hypotheses, [*claim.hypotheses[:len(claim.hypotheses)
                    - len(claim.assume)], *claim.assume], strict=True)):
                if holds_at(hypothesis, point) is not True:
                    return ("hypothesis", k), (
                        f"No witness: at {where} the hypothesis {relation_text(written)} "
                        f"does not hold, so the statement promises nothing there.")
            for plain, written in zip(claim.conclusions, claim.conclude, strict=True):
                if holds_at(plain, point) is False:
                    return ("broken",), (f"A witness: at {where} all hypotheses hold, and "
                                         f"{relation_text(written)} fails{_sides(plain, point)}.")
        except Undefined as error:
            return ("undefined",), f"At {where} something is not defined: {error}."
        return ("holds",), (f"No witness: at {where} the statement is true"
                            f"{_sides(claim.conclusions[0], point)}.")

    def _parts(self, answer: object) -> tuple[dict[str, Fraction], object]:
        if not isinstance(answer, Mapping):
            raise AnswerError(f"the answer is a dictionary {self._form()}")
        point, repair = answer, None
        if self.repair is not None:
            if "at" not in answer or set(answer) - {"at", "repair"}:
                raise AnswerError(f"the answer is a dictionary {self._form()}")
            point, repair = answer["at"], answer.get("repair")
        names = self.setting.names
        plain = {answers.tidied(str(name)): value for name, value in dict(point).items()}
        if set(plain) != set(names):
            raise AnswerError(f"the point gives a value to each of {', '.join(names)}")
        return {name: _exact(name, plain[name]) for name in names}, repair

    def _form(self) -> str:
        point = "{" + ", ".join(f'"{name}": …' for name in self.setting.names) + "}"
        return point if self.repair is None else f'{{"at": {point}, "repair": "…"}}'

    def fingerprint(self, answer: object):
        """The point and the repair."""
        point, repair = self._parts(answer)
        return tuple(point.items()), self._repair_print(repair)

    def coarse(self, answer: object):
        """The repair, whatever the witness is; before there is a witness the point alone."""
        point, repair = self._parts(answer)
        broken = self.tried(point)[0] == ("broken",)
        return self._repair_print(repair) if broken else tuple(point.items())

    def _repair_print(self, repair: object):
        if self.repair is None or answers.is_blank(repair):
            return None
        return self.repair.fingerprint(repair, self.setting)

    def diagnosis(self, answer: object) -> str:
        """Nothing beyond what `examine` says: it names the hypothesis or the values."""
        return ""


def _exact(name: str, value: object) -> Fraction:
    if answers.is_blank(value):
        raise AnswerError(f"{name} has no value yet")
    exact = answers.number(value)
    if exact is None:
        raise AnswerError(f"{name} = {value}: give an exact fraction, so that the witness can be "
                          f"checked in exact arithmetic")
    return exact


def _sides(statement, point) -> str:
    if not isinstance(statement, Relation):
        return ""
    sides = [value_text(side, point) for side in (statement.left, statement.right)]
    return f" (it says {sides[0]} {SIGNS[statement.op]} {sides[1]})"


def read(fields: Fields, solution: object) -> Witness:
    """The judge written in ``fields``."""
    setting = read_setting(fields)
    conclude = fields.list_of_texts("conclude")
    if not conclude:
        fields.wrong("conclude", "is missing")
    shown(conclude, setting)
    return Witness(setting, conclude, repairs.read(fields, setting))
