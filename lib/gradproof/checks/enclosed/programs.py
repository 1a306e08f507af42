"""Formulas compiled for fast and repeated ball evaluation.

Formulas become a list of steps in which equal subformulas are computed once and constants
beforehand. After a few calls the steps are made one Python function, which does the same
arithmetic without the list. The result contains what `formulas.values.ball` contains (a square
is x·x cut at 0, quicker and a little wider): a value that is not finite means "possibly undefined"
and stays so, whatever is done with it afterwards.
"""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Callable, Sequence

import flint

from gradproof.formulas import Expr, FormulaError
from gradproof.formulas.expr import BINDERS, free_variables, num
from gradproof.formulas.values import BALL_FUNCTIONS, Undefined, ball, whole_power

WARM = 12  # so many calls go step by step: compiling costs as much
DEPTH = 30  # of nested expressions, well inside Python's limits
NAN = flint.arb("nan")
_LEAVES = ("num", "const")
_METHODS = ("sqrt", "exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "asin", "acos",
            "atan", "erf")  # the grammar's names for methods of a ball


def _product(a: flint.arb, b: flint.arb) -> flint.arb:
    """a·b of two factors that are never negative: the ball of the product may reach below 0."""
    return (a * b).nonnegative_part()


_BINARY = {"add": operator.add, "sub": operator.sub, "mul": operator.mul}
_NEVER_NEGATIVE = ("exp", "sqrt", "abs", "cosh")


def _quotient(a: flint.arb, b: flint.arb) -> flint.arb:
    result = a / b
    return result if result.is_finite() else NAN


def _whole(power: Expr) -> bool:
    return power.head == "num" and power.data.denominator == 1 and abs(power.data) <= 5000


def _finite(function: Callable) -> Callable:
    """``function`` of two balls, nan unless both and the result are finite."""
    def applied(x: flint.arb, y: flint.arb) -> flint.arb:
        if not (x.is_finite() and y.is_finite()):
            return NAN
        try:
            result = function(x, y)
        except Undefined:
            return NAN
        return result if result.is_finite() else NAN
    return applied


def _finite_unary(name: str) -> Callable:
    function = getattr(flint.arb, name) if name in _METHODS else BALL_FUNCTIONS[name]

    def applied(x: flint.arb) -> flint.arb:
        if not x.is_finite():
            return NAN
        try:
            result = function(x)
        except Undefined:
            return NAN
        return result if result.is_finite() else NAN
    return applied


def _square(x: flint.arb) -> flint.arb:
    return (x * x).nonnegative_part()


# steps that are one expression of Python; every other one is a call of its function
_TEXTS = {operator.add: "({} + {})", operator.sub: "({} - {})", operator.mul: "({} * {})",
          operator.truediv: "({} / {})", operator.neg: "(-{})",
          _product: "({} * {}).nonnegative_part()"}


class Program:
    """Several formulas in the variables ``names``, evaluated together on balls.

    Raises FormulaError for a construct without a ball evaluation, when it is compiled.
    """

    def __init__(self, formulas: Sequence[Expr], names: Sequence[str], bits: int):
        self.bits = bits
        self.names = tuple(names)
        self._start: list[flint.arb | None] = [NAN] + [None] * len(self.names)  # slot 0: nothing
        self._slots: dict[tuple, int] = {}  # (head, data, slots of the children) -> slot
        self._steps: list[tuple[Callable, int, int, int]] = []
        self._never_negative: set[int] = set()
        self._calls, self._fast = 0, None
        with flint.ctx.workprec(bits):
            self._outputs = [self._slot(f) for f in formulas]

    def __call__(self, start: Sequence[flint.arb]) -> list[flint.arb]:
        """Balls of the formulas' values; call it inside ``flint.ctx.workprec(bits)``."""
        if self._fast is not None:
            return self._fast(*start)
        self._calls += 1
        if self._calls == WARM:
            self._fast = self._compiled()
        return self._stepwise(start)

    def _stepwise(self, start: Sequence[flint.arb]) -> list[flint.arb]:
        values = self._start.copy()
        values[1:len(start) + 1] = start
        for function, at, a, b in self._steps:
            values[at] = function(values[a], values[b]) if b else function(values[a])
        return [values[i] for i in self._outputs]

    def _compiled(self) -> Callable[..., list[flint.arb]]:
        """The steps as one function of the variables. Its text holds slots, never a formula."""
        uses = Counter([*self._outputs, *(i for _, _, a, b in self._steps for i in (a, b))])
        texts, depth, lines = {}, Counter(), []
        space = {f"v{i}": value for i, value in enumerate(self._start) if value is not None}
        for function, at, a, b in self._steps:
            operands = [texts.get(i, f"v{i}") for i in (a, b) if i]
            text = _TEXTS.get(function)
            if text is None:
                space[f"f{at}"] = function
                text = f"f{at}(" + ", ".join("{}" for _ in operands) + ")"
            depth[at] = 1 + max(depth[a], depth[b])
            texts[at] = text.format(*operands)
            if uses[at] > 1 or depth[at] > DEPTH:
                lines.append(f"    v{at} = {texts.pop(at)}")
                depth[at] = 0
        names = ", ".join(f"v{i + 1}" for i in range(len(self.names)))
        results = ", ".join(texts.get(i, f"v{i}") for i in self._outputs)
        exec("\n".join([f"def fast({names}):", *lines, f"    return [{results}]"]), space)
        return space["fast"]

    def _slot(self, expr: Expr) -> int:
        head, args = expr.head, expr.args
        if head == "var":
            if expr.data not in self.names:
                raise FormulaError(f"no bounds given for {expr.data}")
            return 1 + self.names.index(expr.data)
        if head in BINDERS or head in ("matrix", "row"):
            key = (expr,)
        elif head == "pow" and _whole(args[1]):
            key = (head, int(args[1].data), self._slot(args[0]))
        else:
            key = (head, expr.data, *map(self._slot, args))
        if key not in self._slots:
            self._slots[key] = self._new(expr, key)
            if self._is_never_negative(key):
                self._never_negative.add(self._slots[key])
        return self._slots[key]

    def _is_never_negative(self, key: tuple) -> bool:
        head = key[0]
        if head == "num":
            return key[1] >= 0
        if head == "pow" and len(key) == 3:
            return key[1] % 2 == 0
        if head in ("add", "mul"):
            return all(slot in self._never_negative for slot in key[2:])
        return head == "call" and key[1] in _NEVER_NEGATIVE

    def _add(self, value: flint.arb | None) -> int:
        self._start.append(value)
        return len(self._start) - 1

    def _step(self, function: Callable, a: int, b: int = 0) -> int:
        known = [self._start[i] for i in (a, b) if i]
        if all(k is not None for k in known):  # all of it is constant: done once and for all
            return self._add(function(*known))
        at = self._add(None)
        self._steps.append((function, at, a, b))
        return at

    def _new(self, expr: Expr, key: tuple) -> int:
        head, data, slots = expr.head, expr.data, key[2:]
        if head in _LEAVES:
            return self._add(self._constant(expr))
        if head == "mul" and all(slot in self._never_negative for slot in slots):
            return self._step(_product, *slots)
        if head in _BINARY:
            return self._step(_BINARY[head], *slots)
        if head == "neg":
            return self._step(operator.neg, *slots)
        if head == "div":
            return self._step(self._division(slots[1]), *slots)
        if head == "pow" and len(slots) == 1:
            return self._power(slots[0], key[1])
        if head == "pow":
            return self._step(_finite(lambda a, b: (b * a.log()).exp()), *slots)
        if head == "call" and data in BALL_FUNCTIONS and len(slots) == 1:
            return self._step(_finite_unary(data), *slots)
        if head == "call" and data in BALL_FUNCTIONS and len(slots) == 2:
            return self._step(_finite(BALL_FUNCTIONS[data]), *slots)
        if not free_variables(expr):
            return self._add(self._constant(expr))
        return self._whole(expr)

    def _constant(self, expr: Expr) -> flint.arb:
        try:
            value = ball(expr, {}, self.bits)
        except Undefined:
            return NAN
        return value if value.is_finite() else NAN

    def _division(self, below: int) -> Callable:
        """Plain division where the divisor is a constant that is certainly not zero."""
        constant = self._start[below]
        safe = constant is not None and constant.is_finite() and not constant.contains(0)
        return operator.truediv if safe else _quotient

    def _power(self, base: int, n: int) -> int:
        at = self._step(_square if abs(n) == 2 else lambda x: whole_power(x, abs(n)), base)
        return at if n >= 0 else self._step(_quotient, self._slot(num(1)), at)

    def _whole(self, expr: Expr) -> int:
        """A sum, product or integral, evaluated in one piece by `formulas.values.ball`."""
        names = sorted(free_variables(expr))
        for name in names:
            if name not in self.names:
                raise FormulaError(f"no bounds given for {name}")
        if expr.head not in ("sum", "prod", "integral"):
            raise FormulaError(f"no ball evaluation for {expr}")
        bits, slots = self.bits, [1 + self.names.index(n) for n in names]

        def collected(seen: object, value: flint.arb) -> tuple:
            return (*seen, value) if isinstance(seen, tuple) else (seen, value)

        def evaluated(values: object) -> flint.arb:
            each = values if isinstance(values, tuple) else (values,)
            try:
                result = ball(expr, dict(zip(names, each, strict=True)), bits)
            except Undefined:
                return NAN
            return result if result.is_finite() else NAN

        at = slots[0]
        for other in slots[1:]:
            at = self._step(collected, at, other)
        return self._step(evaluated, at)
