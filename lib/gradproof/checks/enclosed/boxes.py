"""Boxes with exact rational ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

import flint


@dataclass(frozen=True)
class Side:
    """An interval low ≤ x ≤ high; an open end belongs to it in closure only."""

    low: Fraction
    high: Fraction
    open_low: bool = False
    open_high: bool = False

    @cached_property
    def ball(self) -> flint.arb:
        """A ball that contains the interval (one that starts or ends at 0 stays one-sided)."""
        middle, radius = (self.low + self.high) / 2, (self.high - self.low) / 2
        ball = flint.arb(_fmpq(middle), _fmpq(radius)) if radius else flint.arb(_fmpq(middle))
        if self.low >= 0 and radius:
            return ball.nonnegative_part()
        return -((-ball).nonnegative_part()) if self.high <= 0 and radius else ball

    @property
    def width(self) -> Fraction:
        return self.high - self.low

    @cached_property
    def middle(self) -> Fraction:
        """The simplest rational in the middle half: 0, 1/2, 1/3 are met where they matter."""
        quarter = self.width / 4
        return simplest(self.low + quarter, self.high - quarter)

    def at(self, value: Fraction) -> Side:
        """The single point ``value``."""
        return Side(value, value)

    def halves(self) -> tuple[Side, Side]:
        return (replace(self, high=self.middle, open_high=False),
                replace(self, low=self.middle, open_low=False))


Box = tuple[Side, ...]


def _fmpq(value: Fraction) -> flint.fmpq:
    return flint.fmpq(value.numerator, value.denominator)


def simplest(low: Fraction, high: Fraction) -> Fraction:
    """The rational of smallest denominator (then numerator) in low ≤ x ≤ high."""
    if low <= 0 <= high:
        return Fraction(0)
    if high < 0:
        return -simplest(-high, -low)
    whole = -((-low.numerator) // low.denominator)
    if whole <= high:
        return Fraction(whole)
    floor = low.numerator // low.denominator
    return floor + 1 / simplest(1 / (high - floor), 1 / (low - floor))


def balls(box: Sequence[Side]) -> list[flint.arb]:
    """The box as a vector of balls."""
    return [side.ball for side in box]


def centre(box: Box) -> list[Fraction]:
    """A point of few digits near the middle of the box."""
    return [side.middle if side.width else side.low for side in box]


def replaced(box: Box, i: int, side: Side) -> Box:
    """The box with another i-th side."""
    return (*box[:i], side, *box[i + 1:])


def ends(ball: flint.arb) -> tuple[Fraction, Fraction]:
    """Exact rational ends of a finite ball."""
    return _dyadic(ball.lower()), _dyadic(ball.upper())


def _dyadic(exact: flint.arb) -> Fraction:
    mantissa, exponent = exact.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
