"""The connectors: unique, equal to the closed forms, and their weights exact."""

from fractions import Fraction

import pytest
import sympy as sp

from gradproof.landscapes import connectors
from gradproof.landscapes.connectors import weights

C = connectors()


def test_twelve_conditions_hold_and_none_is_trivial():
    assert len(C.conditions) == 12
    for what, expression, value in C.conditions:
        assert sp.expand(expression - value) == 0, what
    assert {what for what, _, _ in C.conditions} >= {"g1(tau)", "g1''(2*tau)", "g2'(tau)"}


def test_closed_forms():
    L, g, t, x = C.L, C.gamma, C.tau, C.x
    s = (x - t) / t
    p = t * (-2 * g - 2 * g * s + (10 * g - 14 * L) * s**2 + (10 * L - 6 * g) * s**3)
    assert sp.expand(sp.diff(C.g1, x) - p) == 0
    assert sp.expand(C.g1.subs(x, t) + g * t**2) == 0
    assert sp.expand(C.g2 - (L - (L + g) * s**3 * (10 - 15 * s + 6 * s**2))) == 0
    assert sp.expand(C.nu - t**2 * (37 * L + 13 * g) / 6) == 0
    assert sp.expand(C.nu + C.g1.subs(x, 2 * t) - 4 * L * t**2) == 0
    assert (sp.degree(C.g1, x), sp.degree(C.g2, x)) == (4, 5)


def test_other_symbols_and_numbers():
    y, a = sp.symbols("y a")
    g1, g2, nu = C.at(y, a, 1, sp.E)
    assert g2.free_symbols == {y, a} and g1.subs(y, sp.E).equals(-(sp.E**2))
    assert nu == sp.E**2 * (37 * a + 13) / 6


@pytest.mark.parametrize("s", [Fraction(0), Fraction(1, 3), Fraction(1)])
def test_weights_are_the_same_polynomials(s):
    L, g, t = Fraction(7, 3), Fraction(5, 4), Fraction(3, 2)
    expected = C.at(*(sp.Rational(v.numerator, v.denominator) for v in (t * (1 + s), L, g, t)))
    for weight, power, want in zip(weights(), (2, 0, 2), expected, strict=True):
        assert sp.Rational(str(weight(s, L, g) * t**power)) == want
    slope = sp.diff(C.g1, C.x).subs({C.x: t * (1 + s), C.L: L, C.gamma: g, C.tau: t})
    assert sp.Rational(str(weights()[0].derivative()(s, L, g) * t)) == sp.nsimplify(slope)
