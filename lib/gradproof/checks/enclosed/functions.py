"""A formula with its partial derivatives, compiled for fast and repeated ball evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import flint

from gradproof.checks.enclosed.boxes import Box, balls
from gradproof.checks.enclosed.programs import Program
from gradproof.formulas import Expr, FormulaError
from gradproof.formulas.calculus import derivative


class Function:
    """A formula in ``names`` with its partial derivatives, compiled when first needed."""

    def __init__(self, formula: Expr, names: Sequence[str], bits: int):
        self.formula, self.names, self.bits = formula, tuple(names), bits
        self._partials: dict[int, Function | None] = {}
        self._seen: tuple = (None, None)  # the last box and the value on it
        self._seen_slopes: tuple = (None, None)

    @cached_property
    def _program(self) -> Program:
        return Program([self.formula], self.names, self.bits)

    @cached_property
    def _gradient(self) -> Program | None:
        partials = [self.partial(i) for i in range(len(self.names))]
        if None in partials:
            return None
        return Program([p.formula for p in partials], self.names, self.bits)

    def __call__(self, values: Sequence[flint.arb]) -> flint.arb:
        return self._program(values)[0]

    def gradient(self, values: Sequence[flint.arb]) -> list[flint.arb] | None:
        """Balls of all partial derivatives, or None when the formula has none everywhere."""
        return self._gradient(values) if self._gradient is not None else None

    def on(self, box: Box) -> flint.arb:
        """The value on a box (kept for the next call on the same box)."""
        if self._seen[0] is not box:
            self._seen = box, self(balls(box))
        return self._seen[1]

    def gradient_on(self, box: Box) -> list[flint.arb] | None:
        """The partial derivatives on a box, or None where one has no finite ball."""
        if self._seen_slopes[0] is not box:
            slopes = self.gradient(balls(box))
            finite = slopes is not None and all(s.is_finite() for s in slopes)
            self._seen_slopes = box, slopes if finite else None
        return self._seen_slopes[1]

    def partial(self, i: int) -> Function | None:
        """The derivative by the i-th variable, or None when there is no rule for it."""
        if i not in self._partials:
            try:
                formula = derivative(self.formula, self.names[i])
                self._partials[i] = Function(formula, self.names, self.bits)
            except FormulaError:
                self._partials[i] = None
        return self._partials[i]

    @cached_property
    def negative(self) -> Function:
        """−f."""
        return Function(Expr("neg", (self.formula,)), self.names, self.bits)
