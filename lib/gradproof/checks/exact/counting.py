"""Factorials, binomials, and sums and products with symbolic bounds, by shifts to a base.

(S + c)! = (S + c₀)!·(S + c₀ + 1)⋯(S + c), c₀ the least shift in use; a sum up to S + c is the
sum up to S + c₀ and the terms after it. Sums are linear: what is free of the index comes out.
"""

from __future__ import annotations

from fractions import Fraction
from math import comb
from math import factorial as whole_factorial

from gradproof.checks.exact.exponentials import _label, integral, symbolic_power
from gradproof.checks.exact.generators import Tower
from gradproof.checks.exact.polynomials import (
    BeyondBudget,
    NotPolynomial,
    Quotient,
    constant,
    factors,
)
from gradproof.formulas.expr import Expr, call, free_variables, num, substitute, var
from gradproof.formulas.values import Undefined

MAX_SHIFT = 60  # terms split off a factorial or a sum
MAX_TERMS = 300  # a sum with constant bounds is written out up to here


def separated(tower: Tower, value: Quotient) -> tuple[Quotient, int]:
    """(S, c) with value = S + c, c an integer and S without constant term."""
    c = Fraction(0)
    if value.den.is_one():
        whole = value.num.to_dict().get((0,) * len(tower.field.names))
        c = Fraction(int(whole.p), int(whole.q)) if whole is not None else c
    if c.denominator != 1:
        c = Fraction(c.numerator // c.denominator)
    return value - tower.field.const(c), int(c)


def _gap(tower: Tower, key: tuple, shift: int) -> tuple[int, int]:
    least = tower.plan.shift(key, shift)
    if shift - least > MAX_SHIFT:
        raise BeyondBudget(f"a shift by {shift - least} is beyond {MAX_SHIFT}")
    return least, shift - least


def factorial(tower: Tower, value: Quotient) -> Quotient:
    """value! for integers ≥ 0 (elsewhere it has no value)."""
    number = constant(value)
    if number is not None:
        if number < 0 or number.denominator != 1:
            raise Undefined(f"the factorial of {number}")
        if number > 2_000:
            raise BeyondBudget(f"the factorial of {number}")
        return tower.field.const(whole_factorial(int(number)))
    base, shift = separated(tower, value)
    least, steps = _gap(tower, ("factorial", _label(base)), shift)
    first = base + tower.field.const(least)
    result = tower.new("factorial", _label(first), call("factorial", tower.term(first)), (first,),
                       positive=True)
    for step in range(1, steps + 1):
        result = result * (first + tower.field.const(step))
    return result


def gamma(tower: Tower, value: Quotient) -> Quotient:
    """Γ(value), by Γ(x + 1) = x·Γ(x)."""
    base, shift = separated(tower, value)
    least, steps = _gap(tower, ("gamma", _label(base)), shift)
    first = base + tower.field.const(least)
    result = tower.new("gamma", _label(first), call("gamma_function", tower.term(first)), (first,))
    for step in range(steps):
        result = result * (first + tower.field.const(step))
    return result


def binomial(tower: Tower, n: Quotient, k: Quotient) -> Quotient:
    """C(n, k): n!/(k!(n−k)!) where 0 ≤ k ≤ n is shown; n(n−1)⋯(n−k+1)/k! for constant k."""
    number = constant(k)
    if number is not None and number.denominator == 1 and number <= MAX_SHIFT:
        if number < 0:
            return tower.field.const(0)
        result = tower.field.const(Fraction(1, whole_factorial(int(number))))
        for step in range(int(number)):
            result = result * (n - tower.field.const(step))
        return result
    rest = n - k
    if all(_nonnegative(tower, v) for v in (k, rest)):
        return factorial(tower, n) / (factorial(tower, k) * factorial(tower, rest))
    term = call("binomial", tower.term(n), tower.term(k))
    return tower.new("binomial", f"{_label(n)}, {_label(k)}", term, (n, k))


def _nonnegative(tower: Tower, value: Quotient) -> bool:
    return value.den.is_one() and (value.is_zero or tower.positive(value.num, weak=True))


def big(tower: Tower, expr: Expr) -> Quotient:
    """Σ or Π with bounds in the tower."""
    index, low, high, body = expr.args
    first, last = tower.tidy(tower.of(low)), tower.tidy(tower.of(high))
    length = constant(last - first)
    if length is not None and constant(first) is not None:
        return _written_out(tower, expr, int(constant(first)), int(constant(last)))
    if not (integral(tower, first) and integral(tower, last)):
        raise NotPolynomial(f"the bounds of {expr} are not shown to be integers")
    add = (lambda a, b: a + b) if expr.head == "sum" else (lambda a, b: a * b)
    low_stop, low_steps = _lower_end(tower, expr, first, last)
    base, shift = separated(tower, last)
    key = (expr.head, _label(low_stop), _label(base), str(body))
    least, steps = _gap(tower, key, shift)
    stop = base + tower.field.const(least)
    if steps and not _nonnegative(tower, stop - low_stop + tower.field.const(1)):
        stop, steps = last, 0
    result = _indefinite(tower, expr, low_stop, stop)
    extra = [stop + tower.field.const(i) for i in range(1, steps + 1)]
    extra += [low_stop - tower.field.const(i) for i in range(1, low_steps + 1)]
    for at in extra:
        result = add(result, tower.of(substitute(body, {index.data: tower.term(at)})))
    return result


def _lower_end(tower: Tower, expr: Expr, first: Quotient, last: Quotient) -> tuple[Quotient, int]:
    """The greatest symbolic lower end in use, and how many terms before it are written out."""
    if constant(first) is not None:
        return first, 0
    base, shift = separated(tower, first)
    least, steps = _gap(tower, ("low", expr.head, _label(base), str(expr.args[3])), -shift)
    stop = base - tower.field.const(least)
    if not _nonnegative(tower, last - stop + tower.field.const(1)):
        return first, 0
    return stop, steps


def _written_out(tower: Tower, expr: Expr, first: int, last: int) -> Quotient:
    if last - first >= MAX_TERMS:
        raise BeyondBudget(f"{expr} has more than {MAX_TERMS} terms")
    result = tower.field.const(expr.head == "prod")
    for value in range(first, last + 1):
        term = tower.of(substitute(expr.args[3], {expr.args[0].data: num(value)}))
        result = result + term if expr.head == "sum" else result * term
    return result


def _indefinite(tower: Tower, expr: Expr, first: Quotient, last: Quotient) -> Quotient:
    """The sum or product from first to last as generators over the index's monomials."""
    ends = tower.term(first), tower.term(last)
    with tower.bound(*ends) as name:
        body = tower.tidy(tower.of(substitute(expr.args[3], {expr.args[0].data: var(name)})))
        inner = {n for n in tower.field.names if n == name or n in tower.made
                 and name in free_variables(tower.made[n].term)}
    build = _sum_of if expr.head == "sum" else _product_of
    return build(tower, name, first, last, body, inner)


def _sum_of(tower: Tower, name: str, first: Quotient, last: Quotient, body: Quotient,
            inner: set[str]) -> Quotient:
    one, total = body.num * 0 + 1, tower.field.const(0)
    bottom = Quotient(one, body.den)
    outer_bottom = not _uses(tower, body.den, inner)
    for powers, c in body.num.to_dict().items():
        outside = tuple(0 if n in inner else int(p)
                        for n, p in zip(tower.field.names, powers, strict=True))
        inside = tuple(int(p) - q for p, q in zip(powers, outside, strict=True))
        factor = Quotient(tower.field.context.from_dict({outside: c}), one)
        part = Quotient(tower.field.context.from_dict({inside: 1}), one)
        factor, part = (factor * bottom, part) if outer_bottom else (factor, part * bottom)
        total = total + factor * _generator(tower, "sum", name, first, last, part)
    return total


def _product_of(tower: Tower, name: str, first: Quotient, last: Quotient, body: Quotient,
                inner: set[str]) -> Quotient:
    """Π c·f·g^k = c^length·Πf·(Πg)^k; what is free of the index needs the length shown ≥ 0."""
    length = last - first + tower.field.const(1)
    if body.is_zero or not _nonnegative(tower, length):
        return _generator(tower, "prod", name, first, last, body)
    content, parts = factors(body)
    result = tower.field.const(1)
    outside = tower.field.const(content)
    for poly, power in parts:
        factor = Quotient(poly, poly * 0 + 1)
        if _uses(tower, poly, inner):
            result = result * _generator(tower, "prod", name, first, last, factor) ** power
        else:
            outside = outside * factor ** power
    if constant(outside) == 1:
        return result
    return result * symbolic_power(tower, outside, length)


def _uses(tower: Tower, poly, names: set[str]) -> bool:
    return any(d > 0 and n in names for n, d in zip(tower.field.names, poly.degrees(), strict=True))


def power_sum(tower: Tower, end: Quotient, power: int) -> Quotient:
    """F(end) for the polynomial with F(x) − F(x − 1) = x^power, F(0) = 0 (Faulhaber).

    From (x)^(p+1) − (x−1)^(p+1) = Σ_j C(p+1, j)(−1)^(p−j) x^j, solved for the highest j.
    """
    sums: list[Quotient] = []
    for p in range(power + 1):
        total = end ** (p + 1)
        for j, lower in enumerate(sums):
            total = total - tower.field.const(comb(p + 1, j) * (-1) ** (p - j)) * lower
        sums.append(total * tower.field.const(Fraction(1, p + 1)))
    return sums[power]


def _generator(tower: Tower, head: str, name: str, first: Quotient, last: Quotient,
               body: Quotient) -> Quotient:
    """The generator Σ_{name=first}^{last} body; sums of powers of the index in closed form."""
    length = last - first + tower.field.const(1)
    place = tower.field.gen(name)
    if head == "sum" and body.den.is_one() and _nonnegative(tower, length):
        power = int(body.num.total_degree())
        if power <= MAX_SHIFT and body.num == place.num ** power:
            return power_sum(tower, last, power) - power_sum(
                tower, first - tower.field.const(1), power)
    for gen in [g for g in tower.made.values() if g.kind == head and g.of[0] == name]:
        _, start, stop, other = gen.of
        move = start - first
        if not tower.zero(stop - last - move):
            continue
        moved = body
        if not move.is_zero:
            to = Expr("sub", (var(name), tower.term(move)))
            moved = tower.of(substitute(tower.term(body), {name: to}))
        if tower.zero(other - moved):
            return tower.field.gen(gen.name)
    term = Expr(head, (var(name), *map(tower.term, (first, last, body))))
    key = f"{name} {_label(first)} {_label(last)} {_label(body)}"
    return tower.new(head, key, term, (name, first, last, body))
