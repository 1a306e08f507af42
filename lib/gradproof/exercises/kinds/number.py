"""A number, or a number with an error bound: judged against a certified enclosure.

    value: "1 + log(2)/log(3/2)"    the number, as a formula
    within: 0.01                    what the answer may be off by; absent: it must be exact
    bound: true                     the answer is a pair (value, error), error at most `within`
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from gradproof.exercises import answers
from gradproof.exercises.deciding import Setting, same
from gradproof.exercises.fields import Fields
from gradproof.exercises.findings import AnswerError, Finding, right, wrong
from gradproof.exercises.kinds import damages
from gradproof.formulas import FormulaError, parse_expr
from gradproof.formulas.values import ball

BITS = 200


@dataclass(frozen=True)
class Number:
    """The judge of a number. within: None for an exact one."""

    value: str
    within: Fraction | None
    bound: bool

    def examine(self, answer: object) -> Finding:
        """Right when the certified value lies within the allowed distance."""
        mine, error = self._read(answer)
        if self.within is None:
            decision = same(Setting(), mine, self.value)
            return right(grounds=decision.how) if decision.truth else wrong(
                f"That is not the value: {'too small' if self._gap(mine) < 0 else 'too large'}.")
        gap = self._gap(mine)
        if self.bound and error > self.within:
            return wrong(f"An error of {float(error):.3g} is more than the {float(self.within):.3g}"
                         f" that is asked for" + ("; the value itself lies within it."
                                                  if bool(abs(gap) <= _ball(error)) else "."), 0.0)
        allowed = error if self.bound else self.within
        if bool(abs(gap) <= _ball(allowed)) or gap.contains(0) and self._exact(mine):
            return right(grounds="proved")
        side = "too small" if gap < 0 else "too large"
        if not allowed:
            return wrong(f"Your number is {side}, and you claim that it is exact.")
        times = float(abs(gap).mid()) / float(allowed)
        return wrong(f"Your number is {side}: it is off by {times:.3g} times the error that "
                     f"{'you claim' if self.bound else 'is allowed'}.")

    def _exact(self, mine: str) -> bool:
        return same(Setting(), mine, self.value).truth is True

    def _read(self, answer: object) -> tuple[str, Fraction]:
        error = Fraction(0)
        if self.bound:
            if not isinstance(answer, list | tuple) or len(answer) != 2:
                raise AnswerError("the answer is a pair (value, error): (2.71, 0.01)")
            answer, bound = answer
            error = answers.number(_exact(bound))
            if error is None or error < 0:
                raise AnswerError("the error is a number that is not negative, such as 0.01")
        return answers.formula(_exact(answer) if self.within is not None else answer, ()), error

    def _gap(self, mine: str):
        try:
            gap = ball(parse_expr(f"({mine}) - ({self.value})"), {}, BITS)
        except FormulaError as error:
            raise AnswerError(str(error)) from None
        if not gap.is_finite():
            raise AnswerError("this is no finite number")
        return gap

    def fingerprint(self, answer: object):
        """The number to six digits; with a bound, also whether the bound is good enough."""
        mine, error = self._read(answer)
        value = f"{float(ball(parse_expr(mine), {}, BITS).mid()):.6g}"
        return (value, error <= (self.within or 0)) if self.bound else value

    def diagnosis(self, answer: object) -> str:
        """The damage of the value that is as close as was asked for."""
        mine, _ = self._read(answer)
        tolerance = self.within or Fraction(1, 10**12)
        for words, damaged in damages.formulas(self.value):
            try:
                gap = ball(parse_expr(f"({mine}) - ({damaged})"), {}, BITS)
            except FormulaError:
                continue
            if bool(abs(gap) <= _ball(tolerance)) and not bool(
                    abs(self._gap(mine)) <= _ball(tolerance)):
                return words
        return ""


def _exact(answer: object) -> object:
    """A float as the decimal that is shown for it."""
    if type(answer).__module__ == "numpy" and getattr(answer, "ndim", 1) == 0:
        answer = answer.item()
    if isinstance(answer, float):
        if answer != answer or answer in (float("inf"), -float("inf")):
            raise AnswerError(f"{answer} is no number")
        return Fraction(repr(answer))
    return answer


def _ball(value: Fraction):
    return ball(parse_expr(f"({value})"), {}, BITS)


def read(fields: Fields, solution: object) -> Number:
    """The judge written in ``fields``."""
    value, within = fields.plain("value"), fields.plain("within", "")
    bound = fields.flag("bound")
    if bound and not within:
        fields.wrong("within", "is missing: how large may the error be?")
    return Number(value, Fraction(within) if within else None, bound)
