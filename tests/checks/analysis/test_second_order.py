"""Every function's expansion to second order at several centres, and at infinity.

lim (f(c + h) − f(c) − f′(c)h)/h² = f″(c)/2, with the derivatives written by hand; and the same
with a wrong constant, which nobody may accept.
"""

import pytest

from gradproof.checks import limit
from gradproof.formulas import proposition
from gradproof.verdicts import Proved

# function of h, value, first and second derivative at h = 0
EXPANSIONS = [
    ("exp(1 + h)", "e", "e", "e"), ("exp(-h^2)", "1", "0", "-2"),
    ("exp(h/(1 + h))", "1", "1", "-1"),
    ("log(2 + h)", "log(2)", "1/2", "-1/4"), ("log(1 - h)", "0", "-1", "-1"),
    ("sqrt(4 + h)", "2", "1/4", "-1/32"), ("sqrt(1 + h^2)", "1", "0", "1"),
    ("(1 + h)^(5/3)", "1", "5/3", "10/9"), ("(1 + h)^-2", "1", "-2", "6"),
    ("(2 + h)^3", "8", "12", "12"), ("2^h", "1", "log(2)", "log(2)^2"),
    ("sin(h)", "0", "1", "0"), ("sin(pi/6 + h)", "1/2", "cos(pi/6)", "-1/2"),
    ("sin(1 + 2*h)", "sin(1)", "2*cos(1)", "-4*sin(1)"),
    ("cos(h)", "1", "0", "-1"), ("cos(1 + h)", "cos(1)", "-sin(1)", "-cos(1)"),
    ("tan(h)", "0", "1", "0"),
    ("atan(h)", "0", "1", "0"), ("atan(1 + h)", "pi/4", "1/2", "-1/2"),
    ("atan(2 + h)", "atan(2)", "1/5", "-4/25"), ("atan(h - 3)", "-atan(3)", "1/10", "6/100"),
    ("asin(h)", "0", "1", "0"), ("asin(1/2 + h)", "asin(1/2)", "2/sqrt(3)", "4/(3*sqrt(3))"),
    ("acos(h)", "pi/2", "-1", "0"), ("acos(h - 1/2)", "acos(-1/2)", "-2/sqrt(3)", "4/(3*sqrt(3))"),
    ("sinh(h)", "0", "1", "0"), ("cosh(h)", "1", "0", "1"),
    ("sinh(1 + h)", "sinh(1)", "cosh(1)", "sinh(1)"),
    ("cosh(2 + h)", "cosh(2)", "sinh(2)", "cosh(2)"), ("tanh(h)", "0", "1", "0"),
    ("tanh(1 + h)", "tanh(1)", "1 - tanh(1)^2", "-2*tanh(1)*(1 - tanh(1)^2)"),
    ("erf(h)", "0", "2/sqrt(pi)", "0"),
    ("erf(1 + h)", "erf(1)", "2/sqrt(pi)*exp(-1)", "-4/sqrt(pi)*exp(-1)"),
    ("abs(1 + h)", "1", "1", "0"),
    ("abs(h - 2)", "2", "-1", "0"),
    ("1/(3 + h)", "1/3", "-1/9", "2/27"), ("(1 + h)/(1 - 2*h)", "1", "3", "12"),
    ("sin(h)*exp(h)", "0", "1", "2"), ("log(cos(h))", "0", "0", "-1"),
    ("exp(sin(h))", "1", "1", "1"),
    ("log(1 + exp(h))", "log(2)", "1/2", "1/4"), ("h*atan(h)", "0", "0", "2"),
    ("max(1 + h, 0)", "1", "1", "0"), ("min(1 + h, 5)", "1", "1", "0"),
]


def quotient(f, value, first, second):
    return f"limit(h, 0, ({f} - {value} - ({first})*h)/h^2) == ({second})/2"


@pytest.mark.parametrize("case", EXPANSIONS, ids=lambda c: c[0])
def test_second_order(case):
    f, value, first, second = case
    assert not isinstance(limit()(proposition(quotient(f, value, first, f"{second} + 1/50"))),
                          Proved)
    verdict = limit()(proposition(quotient(*case)))
    assert isinstance(verdict, Proved), verdict


@pytest.mark.parametrize(("f", "point", "value", "wrong"), [
    ("atan(x)", "oo", "pi/2", "-pi/2"), ("atan(-x)", "oo", "-pi/2", "pi/2"),
    ("tanh(x)", "oo", "1", "-1"),
    ("x*(pi/2 - atan(x))", "oo", "1", "-1"), ("x^3*(atan(1/x) - 1/x)", "oo", "-1/3", "1/3"),
    ("exp(-x)*sinh(x)", "oo", "1/2", "1"),
    ("exp(-x)*cosh(x)", "oo", "1/2", "1"), ("log(1 + exp(x)) - x", "oo", "0", "1"),
    ("x*log(1 + 1/x)", "oo", "1", "0"), ("x^2*(1 - cos(1/x))", "oo", "1/2", "1"),
    ("log(x^2 + x) - 2*log(x)", "oo", "0", "1"), ("sqrt(x^2 + 3*x) - x", "oo", "3/2", "3"),
    ("(x + 1)^(1/3) - x^(1/3)", "oo", "0", "1"),
    ("x^(2/3)*((x + 1)^(1/3) - x^(1/3))", "oo", "1/3", "1/2"),
    ("x/exp(x)", "oo", "0", "1"), ("log(x)/x", "oo", "0", "1"),

    ("x^(1/x)", "oo", "1", "0"), ("(1 + 2/x)^(3*x)", "oo", "exp(6)", "exp(5)"),
    ("(2*x^2 + 1)/(x^2 - x)", "oo", "2", "1"), ("(x^2 + 1)/(x^3 - x)", "oo", "0", "1"),
    ("2^x/3^x", "oo", "0", "1"), ("x^10/2^x", "oo", "0", "1"), ("atan(x)", "-oo", "-pi/2", "pi/2"),
    ("sqrt(x^2 + x) + x", "-oo", "-1/2", "1/2"), ("x*exp(x)", "-oo", "0", "1"),
    ("(1 + 1/x)^x", "-oo", "e", "1/e"), ("abs(x)/x", "-oo", "-1", "1"),
    ("tanh(x/2)", "-oo", "-1", "1"),
    ("erf(x)", "oo", "1", "-1"), ("sin(x)/x^2", "oo", "0", "1"), ("acos(1/x)", "oo", "pi/2", "0"),
    ("max(x, 0)/x", "oo", "1", "0"), ("asin((x - 1)/(2*x))", "oo", "asin(1/2)", "0"),
])
def test_at_infinity(f, point, value, wrong):
    statement = "limit(x, {}, {}) == {}"
    assert not limit()(proposition(statement.format(point, f, wrong))).passes
    verdict = limit()(proposition(statement.format(point, f, value)))
    assert verdict.passes, verdict


@pytest.mark.parametrize("statement", [
    "limit(x, oo, sin(x)) == 0", "limit(x, 0, sin(1/x)) == 0", "limit(x, 0, 1/x) == oo",
    "limit(x, 0, abs(x)/x) == 1", "limit(x, oo, x*sin(x)) == oo", "limit(x, 0, exp(1/x)) == 0",
    "limit(x, oo, cos(x)^2) == 1/2", "limit(x, 0, atan(1/x)) == pi/2", "limit(x, 0, log(x)) == -oo",
    "limit(x, oo, x - x^2) == oo", "limit(x, oo, exp(-x)) == oo", "limit(x, oo, (-1)^x) == 1"])
def test_what_has_no_such_limit(statement):
    assert not limit()(proposition(statement)).passes
