"""Every fact that the engine holds about square roots, exponentials … is true, and sharp enough.

The facts of many sets of hypotheses are evaluated in balls at points of their domains: none may
be violated. And for each function a statement that needs its sharpest fact.
"""

from fractions import Fraction

import flint
import pytest

from gradproof.checks import domain, signs
from gradproof.checks.exact.facts import Facts
from gradproof.formulas import free_variables, parse_expr, parse_statement, proposition
from gradproof.formulas.expr import call
from gradproof.formulas.values import Undefined, ball

POINTS = [Fraction(n, 6) for n in (-40, -12, -9, -6, -5, -3, -1, 0, 1, 3, 5, 6, 7, 9, 12, 15, 60)]

SETS = [
    # expressions over x (and y), hypotheses
    ("sqrt(x)", ""), ("sqrt(x)", "x >= 1"), ("sqrt(x/(1 + x^2))", "x > 0"),
    ("sqrt(x); sqrt(2*x)", "x > 0"),
    ("sqrt(x); sqrt(y)", "y > x; x > 0"), ("sqrt(x + 1); sqrt(x)", "x >= 0"), ("abs(x)", ""),
    ("abs(x - 1); abs(x)", ""),
    ("abs(x/(1 + x^2))", ""), ("binomial(n, 2)", ""), ("acos(x)", ""), ("asin(x)", "x > 0"),
    ("asin(x); asin(y)", "x < y"), ("exp(x)", ""), ("exp(x)", "x > 0"), ("exp(x)", "x <= 0"),
    ("exp(x)", "x < 0"),
    ("exp(x); exp(y)", "x < y"), ("exp(x); exp(y)", "y <= x"), ("exp(x); exp(2*x)", "x > 0"),
    ("exp(x); exp(-x)", ""),
    ("exp(x/(1 + x^2))", "x > 0"), ("exp(x/(1 + x^2))", "x < 0"), ("log(x)", ""),
    ("log(x)", "x > 1"), ("log(x)", "0 < x; x <= 1"),
    ("log(x); log(y)", "x < y"), ("log((1 + x)/(2 + x))", "x > 0"),
    ("log((3 + x)/(2 + x))", "x > 0"), ("cosh(x)", ""),
    ("sinh(x)", "x > 0"), ("sinh(x); sinh(y)", "x >= y"), ("cosh(x); sinh(x)", ""),
    ("factorial(n)", ""),
    ("sin(x)", ""), ("cos(x)", ""), ("sin(x); cos(x)", ""), ("cos(x); sin(x)", ""),
    ("sign(x)", ""), ("tanh(x)", ""),
    ("tanh(x)", "x > 0"), ("tanh(x); tanh(y)", "x > y"), ("erf(x)", ""), ("erf(x)", "x < 0"),
    ("erf(x); erf(y)", "x < y"), ("atan(x)", "x > 0"),
    ("atan(x)", "x <= 0"), ("atan(x); atan(y)", "x < y"), ("max(x, y)", ""), ("min(x, y)", ""),
    ("max(x, 0); min(x, 0)", ""),
    ("max(x, 1); abs(x)", ""), ("floor(x)", ""), ("ceil(x)", ""), ("floor(x); ceil(x)", ""),
    ("floor(n/2)", ""), ("pi", ""), ("e", ""),
    ("pi; e; exp(1)", ""), ("x^y", "x > 0"), ("x^(1/2)", "x >= 0"), ("x^(1/2)", "x > 0"),
    ("2^x", ""), ("2^n", ""),
    ("sum(k, 1, n, k*x)", "x > 0"), ("sum(k, 0, n, x^k)", "x >= 0"),
    ("prod(k, 1, n, 1 + x)", "x > 0"), ("prod(k, 1, n, x)", "x >= 0"),
    ("sum(k, 1, n, 1/k)", "n >= 1"), ("sum(k, 1, n, k)", ""), ("prod(k, 1, n, k)", ""),
    ("sqrt(2); sqrt(3)", ""),
    ("log(2); log(3)", ""), ("exp(x)*sqrt(x)", "x > 0"), ("sqrt(1 + exp(x))", ""),
    ("log(1 + exp(x))", ""), ("x^2", "x*y > 0; x > 0"),
    ("x", "x/y > 0; y > 0"), ("x", "(x - 1)/(y^2 + 1) >= 0"), ("n", "n > 3"), ("n", "2*n > 5"),
    ("n; x", "n > x"), ("n", "n/2 < 4; n > 1/2"),
]


def points(names, assume):
    stated = proposition("0 <= 1", for_all=[f"{n} natural" if n == "n" else n for n in names],
                         assume=assume)
    found = domain.points(stated, 12)
    if "n" not in names:
        grid = [dict(zip(names, (p, q)[:len(names)], strict=True))
                for p in POINTS for q in (POINTS[3::5] if len(names) > 1 else [0])]
        found += [p for p in grid if domain.satisfies(stated, p)]
    return stated, found


def evaluated(poly, values):
    total = flint.arb(0)
    for exponents, coefficient in poly.to_dict().items():
        term = flint.arb(coefficient)
        for value, power in zip(values, exponents, strict=True):
            for _ in range(int(power)):
                term *= value
        total += term
    return total


def violated(kind, value):
    return {">": value <= 0, ">=": value < 0, "==": value < 0 or value > 0, "!=": value == 0}[kind]


@pytest.mark.parametrize(("sources", "given"), SETS, ids=str)
def test_no_fact_is_false(sources, given):
    expressions = [parse_expr(s) for s in sources.split(";")]
    assume = [g for g in given.split(";") if g]
    statements = [s for g in assume for s in parse_statement(g)]
    used = free_variables(call("", *expressions)).union(
        *(free_variables(side) for s in statements for side in (s.left, s.right)))
    names = [n for n in "xyn" if n in used]
    stated, sample = points(names, assume)
    facts = Facts(stated.hypotheses, expressions, stated.integers)
    assert facts.known or sources == "x^2"
    tested = 0
    with flint.ctx.workprec(128):
        for point in sample:
            try:
                values = [ball(parse_expr(n), point) for n in facts.names if not n.startswith("@")]
                values += [ball(atom, point) for atom in facts.atoms]
            except Undefined:
                continue
            if not all(v.is_finite() for v in values):
                continue
            tested += 1
            for fact in facts.known:
                assert not violated(fact.kind, evaluated(fact.poly, values)), (fact, point)
    assert tested


SHARP = [
    ("x > 0", "x*y > 0; y > 0"), ("x >= 0", "x*y >= 0; y > 0"), ("x < 0", "x*y < 0; y > 0"),
    ("sqrt(x) >= 0", "x >= 0"), ("sqrt(x) > 0", "x > 0"), ("sqrt(x)^2 == x", "x >= 0"),
    ("sqrt(x) >= 1", "x >= 1"),
    ("sqrt(x) > 1", "x > 1"), ("sqrt(x) < 1", "0 <= x; x < 1"),
    ("sqrt(x) < sqrt(y)", "0 <= x; x < y"), ("abs(x) >= x", ""), ("abs(x) >= -x", ""),
    ("abs(x)^2 == x^2", ""), ("exp(x) > 0", ""), ("exp(x) >= 1 + x", ""), ("exp(x) > 1", "x > 0"),
    ("exp(x) < 1", "x < 0"),
    ("exp(x) <= 1", "x <= 0"), ("exp(x) < exp(y)", "x < y"), ("cosh(x) >= 1", ""),
    ("sin(x) <= 1", ""), ("sin(x) >= -1", ""),
    ("cos(x) <= 1", ""), ("sin(x)^2 + cos(x)^2 == 1", ""), ("tanh(x) < 1", ""),
    ("tanh(x) > -1", ""), ("erf(x) < 1", ""), ("erf(x) > -1", ""),
    ("tanh(x) > 0", "x > 0"), ("erf(x) >= 0", "x >= 0"), ("log(x) <= x - 1", "x > 0"),
    ("x*log(x) >= x - 1", "x > 0"), ("log(x) > 0", "x > 1"),
    ("log(x) < 0", "0 < x; x < 1"), ("log(x) < log(y)", "0 < x; x < y"), ("max(x, y) >= x", ""),
    ("max(x, y) >= y", ""), ("min(x, y) <= x", ""),
    ("min(x, y) <= y", ""), ("floor(x) <= x", ""), ("floor(x) > x - 1", ""), ("ceil(x) >= x", ""),
    ("ceil(x) < x + 1", ""), ("acos(x) >= 0", "-1 <= x; x <= 1"),
    ("atan(x) > 0", "x > 0"), ("sinh(x) < 0", "x < 0"), ("asin(x) >= 0", "0 <= x; x <= 1"),
    ("x^y > 0", "x > 0"), ("pi > 3", ""), ("pi < 22/7", ""), ("e > 271/100", ""),
    ("e < 2719/1000", ""), ("pi > 314159/100000", ""), ("pi < 314160/100000", ""),
    ("sum(k, 1, n, k*x) >= 0", "x > 0"), ("prod(k, 1, n, 1 + x) > 0", "x > 0"),
    ("factorial(n) >= 1", ""), ("sign(x) <= 1", ""), ("sign(x) >= -1", ""),
    ("exp(x/(1 + x)) > 1", "x > 0"), ("log((2 + x)/(1 + x)) > 0", "x > 0"),
]


@pytest.mark.parametrize(("goal", "given"), SHARP, ids=str)
def test_facts_are_sharp(goal, given):
    names = [f"{n} natural" if n == "n" else n for n in "xyn"]
    verdict = signs()(proposition(goal, for_all=names, assume=[g for g in given.split(";") if g]))
    assert verdict.passes, verdict
