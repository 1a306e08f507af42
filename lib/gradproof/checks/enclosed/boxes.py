"""Boxes with exact rational ends."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import flint
from flint import fmpq


class Side:
    """An interval low ≤ x ≤ high; an open end belongs to it in closure only.

    Ends are exact (flint's fmpq; Fractions and integers are taken too). ``ball`` is a ball that
    contains the interval; one that starts or ends at 0 stays one-sided.
    """

    __slots__ = ("_middle", "ball", "high", "low", "open_high", "open_low")

    def __init__(self, low: fmpq | Fraction | int, high: fmpq | Fraction | int,
                 open_low: bool = False, open_high: bool = False):
        self.low = low if isinstance(low, fmpq) else exact(low)
        self.high = high if isinstance(high, fmpq) else exact(high)
        self.open_low, self.open_high = open_low, open_high
        self.ball = _ball(self.low, self.high)
        self._middle: fmpq | None = None

    @property
    def width(self) -> fmpq:
        return self.high - self.low

    @property
    def middle(self) -> fmpq:
        """The simplest rational in the middle half: 0, 1/2, 1/3 are met where they matter."""
        if self._middle is None:
            quarter = (self.high - self.low) * QUARTER
            self._middle = simplest(self.low + quarter, self.high - quarter)
        return self._middle

    def at(self, value: fmpq) -> Side:
        """The single point ``value``."""
        return Side(value, value)

    def halves(self) -> tuple[Side, Side]:
        """The two sides that meet at `middle`."""
        middle = self.middle
        return (Side(self.low, middle, self.open_low, False),
                Side(middle, self.high, False, self.open_high))


Box = tuple[Side, ...]
ZERO, HALF, QUARTER = fmpq(0), fmpq(1, 2), fmpq(1, 4)


def exact(value: Fraction | int) -> fmpq:
    """The rational number as flint's."""
    return fmpq(value.numerator, value.denominator)


def fraction(value: fmpq) -> Fraction:
    """The rational number as Python's."""
    return Fraction(int(value.p), int(value.q))


def _ball(low: fmpq, high: fmpq) -> flint.arb:
    if low == high:
        return flint.arb(low)
    ball = flint.arb((low + high) * HALF, (high - low) * HALF)
    if low >= ZERO:
        return ball.nonnegative_part()
    return -((-ball).nonnegative_part()) if high <= ZERO else ball


def simplest(low: fmpq, high: fmpq) -> fmpq:
    """The rational of smallest denominator (then numerator) in low ≤ x ≤ high."""
    a, b, c, d = int(low.p), int(low.q), int(high.p), int(high.q)
    if a <= 0 <= c:
        return fmpq(0)
    if c < 0:
        return -simplest(-high, -low)
    p0, q0, p1, q1 = 0, 1, 1, 0  # the last two convergents of the common continued fraction
    while True:
        whole = -(-a // b)
        if whole * d <= c:
            return fmpq(whole * p1 + p0, whole * q1 + q0)
        floor = a // b
        p0, q0, p1, q1 = p1, q1, floor * p1 + p0, floor * q1 + q0
        a, b, c, d = d, c - floor * d, b, a - floor * b


def balls(box: Sequence[Side]) -> list[flint.arb]:
    """The box as a vector of balls."""
    return [side.ball for side in box]


def centre(box: Box) -> list[fmpq]:
    """A point of few digits near the middle of the box."""
    return [side.middle for side in box]


def replaced(box: Box, i: int, side: Side) -> Box:
    """The box with another i-th side."""
    return (*box[:i], side, *box[i + 1:])


def ends(ball: flint.arb) -> tuple[fmpq, fmpq]:
    """Exact rational ends of a finite ball."""
    return _dyadic(ball.lower()), _dyadic(ball.upper())


def _dyadic(number: flint.arb) -> fmpq:
    mantissa, exponent = number.man_exp()
    power = fmpq(2) ** int(exponent)
    return fmpq(mantissa) * power
