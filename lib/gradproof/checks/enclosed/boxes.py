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

    __slots__ = ("_centre", "_ends", "_middle", "_width", "ball", "high", "low", "open_high",
                 "open_low")

    def __init__(self, low: fmpq | Fraction | int, high: fmpq | Fraction | int,
                 open_low: bool = False, open_high: bool = False):
        low = low if isinstance(low, fmpq) else exact(low)
        high = high if isinstance(high, fmpq) else exact(high)
        first = flint.arb(low)
        self._set(low, high, first, first if low == high else flint.arb(high))
        self.open_low, self.open_high = open_low, open_high
        self._ends = None  # perhaps of another precision than the halves will have

    def _set(self, low: fmpq, high: fmpq, first: flint.arb, last: flint.arb) -> None:
        """first, last: balls of the two ends."""
        self.low, self.high, self.ball = low, high, _hull(first, last)
        self._ends, self._middle, self._centre, self._width = (first, last), None, None, None

    @property
    def width(self) -> fmpq:
        if self._width is None:
            self._width = self.high - self.low
        return self._width

    @property
    def middle(self) -> fmpq:
        """The simplest rational in the middle half: 0, 1/2, 1/3 are met where they matter."""
        if self._middle is None:
            low, high = self.low, self.high
            a, b, c, d = int(low.p), int(low.q), int(high.p), int(high.q)
            a, c = a * d, b * c
            self._middle = _simplest(3 * a + c, a + 3 * c, 4 * b * d)
        return self._middle

    @property
    def centre(self) -> flint.arb:
        """The ball of `middle`."""
        if self._centre is None:
            self._centre = flint.arb(self.middle)
        return self._centre

    def at(self, value: fmpq) -> Side:
        """The single point ``value``."""
        return Side(value, value)

    def halves(self) -> tuple[Side, Side]:
        """The two sides that meet at `middle`."""
        if self._ends is None:
            self._ends = flint.arb(self.low), flint.arb(self.high)
        middle, centre, (first, last) = self.middle, self.centre, self._ends
        left, right = Side.__new__(Side), Side.__new__(Side)
        left._set(self.low, middle, first, centre)
        right._set(middle, self.high, centre, last)
        left.open_low, left.open_high = self.open_low, False
        right.open_low, right.open_high = False, self.open_high
        return left, right


Box = tuple[Side, ...]


def exact(value: Fraction | int) -> fmpq:
    """The rational number as flint's."""
    return fmpq(value.numerator, value.denominator)


def fraction(value: fmpq) -> Fraction:
    """The rational number as Python's."""
    return Fraction(int(value.p), int(value.q))


def _hull(first: flint.arb, last: flint.arb) -> flint.arb:
    if first is last:
        return first
    ball = first.union(last)
    if first >= 0:
        return ball.nonnegative_part()
    return -((-ball).nonnegative_part()) if last <= 0 else ball


def simplest(low: fmpq, high: fmpq) -> fmpq:
    """The rational of smallest denominator (then numerator) in low ≤ x ≤ high."""
    a, b, c, d = int(low.p), int(low.q), int(high.p), int(high.q)
    return _simplest(a * d, b * c, b * d)


def _simplest(a: int, c: int, b: int) -> fmpq:
    """The simplest rational in a/b ≤ x ≤ c/b, where b > 0."""
    if a <= 0 <= c:
        return fmpq(0)
    if c < 0:
        return -_simplest(-c, -a, b)
    d = b
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
