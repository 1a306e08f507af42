"""exp, log and symbolic powers: e^(a+b) = e^a·e^b, log(uv) = log u + log v for u, v > 0.

An exponent is cut into rational multiples of monomials; those of one monomial share the
generator e^(m/q), q their common denominator. aⁿ with a > 0 is e^(n·log a), so that 4ⁿ = (2ⁿ)².
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from flint import fmpq_mpoly

from gradproof.checks.exact.generators import Tower
from gradproof.checks.exact.polynomials import NotPolynomial, Quotient, constant, factors, reduced
from gradproof.checks.exact.radicals import factor_root, root, signed, split
from gradproof.formulas.expr import Expr, call, num
from gradproof.formulas.values import Undefined


def multiples(tower: Tower, value: Quotient) -> Iterator[tuple[Quotient, Fraction]]:
    """(m, c) with value = Σ c·m over monomials m (over the common denominator)."""
    for powers, c in value.num.to_dict().items():
        monomial = tower.field.context.from_dict({powers: 1})
        yield reduced(monomial, value.den), Fraction(int(c.p), int(c.q))


def exponential(tower: Tower, value: Quotient) -> Quotient:
    """e^value."""
    result = tower.field.const(1)
    for monomial, c in multiples(tower, tower.tidy(value)):
        gen = tower.generator(monomial.num) if monomial.den.is_one() else None
        if gen is not None and gen.kind == "log":  # e^(c·log u) = u^c, u > 0
            result = result * factor_root(tower, gen.of[0], c)
            continue
        unit = tower.plan.denominator(("exp", _label(monomial)), c.denominator)
        result = result * _exp_generator(tower, monomial, unit) ** int(c * unit)
    return result


def _exp_generator(tower: Tower, monomial: Quotient, unit: int) -> Quotient:
    argument = monomial * tower.field.const(Fraction(1, unit))
    if constant(argument) == 1:
        term = Expr("const", (), "e")
    else:
        term = _power_term(tower, argument) or call("exp", tower.term(argument))
    return tower.new("exp", _label(argument), term, (argument,), positive=True)


def _power_term(tower: Tower, argument: Quotient) -> Expr | None:
    """e^(m·log u) written u^m; None when the argument has no logarithm."""
    for gen in tower.made.values():
        place = tower.field.names.index(gen.name)
        if gen.kind == "log" and argument.num.degrees()[place] == 1:
            rest = argument / tower.field.gen(gen.name)
            return Expr("pow", (tower.term(gen.of[0]), tower.term(rest)))
    return None


def logarithm(tower: Tower, value: Quotient) -> Quotient:
    """log value, of a product: Σ k·log f over the factors shown positive, and the rest's."""
    if value.is_zero:
        raise Undefined("log 0")
    const, total = tower.field.const, tower.field.const(0)
    known, rest = split(tower, value)
    for base, power in known:
        total = total + const(power) * _log_factor(tower, base)
    number = constant(rest)
    if number is not None and number < 0:
        raise Undefined("the logarithm of a negative number times positive factors")
    return total if number is not None else total + _log_factor(tower, rest)


def _log_factor(tower: Tower, base: Quotient) -> Quotient:
    gen = tower.generator(base.num) if base.den.is_one() else None
    if gen is not None and gen.kind == "exp":
        return gen.of[0]
    if gen is not None and gen.kind == "root":
        inner, degree = gen.of
        return _log_factor(tower, inner) * tower.field.const(Fraction(1, degree))
    return tower.new("log", _label(base), call("log", tower.term(base)), (base,))


def symbolic_power(tower: Tower, base: Quotient, exponent: Quotient) -> Quotient:
    """base^exponent for an exponent with parameters.

    A base shown positive goes through exp and log. For an integer exponent, factors of
    unknown sign get powers of their own. Otherwise the term has a value only where the
    base is positive, and log of the base is a generator.
    """
    if not integral(tower, exponent):
        return exponential(tower, exponent * logarithm(tower, base))
    if base.is_zero:
        raise NotPolynomial("zero to a symbolic power")
    content, parts = factors(base)
    result = tower.field.const(1)
    unknown = []
    for poly, power in parts:
        sign = signed(tower, poly, weak=False)
        content *= sign ** (power % 2) if sign else 1
        if sign:
            one = Quotient(poly * sign, poly * 0 + 1)
            result = result * exponential(
                tower, exponent * tower.field.const(power) * _log_factor(tower, one))
        else:
            unknown.append((poly, power))
    if content != 1:
        result = result * exponential(
            tower, exponent * logarithm(tower, tower.field.const(abs(content))))
    if content < 0:
        result = result * minus_one(tower, exponent)
    for poly, power in unknown:
        result = result * integer_power(tower, poly, exponent, power)
    return result


def integral(tower: Tower, exponent: Quotient) -> bool:
    """Whether ``exponent`` is a polynomial with integer coefficients in integer parameters."""
    degrees = zip(tower.field.names, exponent.num.degrees(), strict=True)
    names = [name for name, degree in degrees if degree > 0]
    return exponent.den.is_one() and all(c.q == 1 for c in exponent.num.coeffs()) and all(
        n in tower.context.integers for n in names)


def minus_one(tower: Tower, exponent: Quotient) -> Quotient:
    """(−1)^exponent: exponents modulo 2, where m² ≡ m; (−1)^m squares to 1."""
    odd: dict[tuple, int] = {}
    for powers, c in exponent.num.to_dict().items():
        flat = tuple(min(p, 1) for p in powers)
        odd[flat] = (odd.get(flat, 0) + int(c.p)) % 2
    result = tower.field.const(1)
    for powers in sorted(k for k, c in odd.items() if c):
        if not any(powers):
            result = -result
            continue
        monomial = Quotient(tower.field.context.from_dict({powers: 1}), exponent.den)
        term = Expr("pow", (num(-1), tower.term(monomial)))
        result = result * tower.new("sign power", _label(monomial), term, (monomial,),
                                    lambda g: [g * g - tower.field.const(1)])
    return result


def integer_power(tower: Tower, poly: fmpq_mpoly, exponent: Quotient, power: int) -> Quotient:
    """(poly^power)^exponent for a base of unknown sign, possibly zero.

    The symbolic part S of the exponent and its shift: poly^(S+c) = poly^(S+c₀)·poly^(c−c₀),
    c₀ the least shift in use. Also at poly = 0, since poly^(S+c₀) then has a value only when
    S + c₀ ≥ 0. Parts of S are separated when all are natural numbers.
    """
    if power < 0:
        return integer_power(tower, poly, exponent, -power).inverse()
    base, ring = Quotient(poly, poly * 0 + 1), tower.field.context
    terms = sorted(exponent.num.to_dict().items())
    shift = sum(int(c.p) for k, c in terms if not any(k))
    free = [(ring.from_dict({k: 1}), int(c.p)) for k, c in terms if any(k)]
    apart = shift >= 0 and all(c > 0 and tower.positive(m, weak=True) for m, c in free)
    if apart or tower.nonzero(poly):
        result = base ** shift
        for monomial, c in free:
            result = result * _shifted_power(tower, base, monomial, 0) ** c
    else:
        symbolic = ring.from_dict({k: c for k, c in terms if any(k)})
        result = _shifted_power(tower, base, symbolic, shift)
    return result ** power


def _shifted_power(tower: Tower, base: Quotient, symbolic: fmpq_mpoly, shift: int) -> Quotient:
    """base^(symbolic + shift) through the least shift in use of this base and symbolic part."""
    least = tower.plan.shift(("power", str(base.num), str(symbolic)), shift)
    return _power_generator(tower, base, symbolic, least) * base ** (shift - least)


def _power_generator(tower: Tower, base: Quotient, symbolic: fmpq_mpoly, least: int) -> Quotient:
    exponent = Quotient(symbolic, symbolic * 0 + 1) + tower.field.const(least)
    term = Expr("pow", (tower.term(base), tower.term(exponent)))
    return tower.new("power", f"({base.num})^({exponent.num})", term, (base, exponent))


def sinh(tower: Tower, value: Quotient) -> Quotient:
    """(e^u − e^(−u))/2."""
    up = exponential(tower, value)
    return (up - up.inverse()) * tower.field.const(Fraction(1, 2))


def cosh(tower: Tower, value: Quotient) -> Quotient:
    """(e^u + e^(−u))/2."""
    up = exponential(tower, value)
    return (up + up.inverse()) * tower.field.const(Fraction(1, 2))


def tanh(tower: Tower, value: Quotient) -> Quotient:
    """(e^2u − 1)/(e^2u + 1)."""
    up, one = exponential(tower, value) ** 2, tower.field.const(1)
    return (up - one) / (up + one)


def _label(value: Quotient) -> str:
    return str(value.num) if value.den.is_one() else f"({value.num})/({value.den})"


__all__ = ["cosh", "exponential", "integral", "logarithm", "multiples", "root", "sinh",
           "symbolic_power", "tanh"]
