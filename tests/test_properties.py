"""Laws that hold for every formula, on examples that Hypothesis draws the same way everywhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gradproof.checks import normal_form, signs
from gradproof.checks.domain import points
from gradproof.checks.points import holds_at, satisfies
from gradproof.formulas import Expr, FormulaError, num, parse_expr, proposition, substitute, var
from gradproof.formulas.calculus import derivative
from gradproof.formulas.expr import from_json, to_json
from gradproof.formulas.values import Undefined, ball, floating, rational
from gradproof.verdicts import Proved, Refuted

NAMES = ("x", "y", "z")
few = settings(derandomize=True, deadline=None, max_examples=60)
fewer = settings(derandomize=True, deadline=None, max_examples=25)

fractions = st.builds(Fraction, st.integers(-20, 20), st.integers(1, 12))
small = st.builds(Fraction, st.integers(-4, 4), st.integers(1, 3))
leaves = st.one_of(st.sampled_from(NAMES).map(var), small.map(num))
binary = st.sampled_from(("add", "sub", "mul", "div"))


def _grown(children):
    return st.one_of(
        st.builds(lambda h, a, b: Expr(h, (a, b)), binary, children, children),
        st.builds(lambda a: Expr("neg", (a,)), children),
        st.builds(lambda a, k: Expr("pow", (a, num(k))), children, st.integers(0, 3)))


expressions = st.recursive(leaves, _grown, max_leaves=8)
polynomials = st.recursive(leaves, lambda c: st.one_of(
    st.builds(lambda h, a, b: Expr(h, (a, b)), st.sampled_from(("add", "sub", "mul")), c, c),
    st.builds(lambda a: Expr("neg", (a,)), c)), max_leaves=8)
places = st.fixed_dictionaries(dict.fromkeys(NAMES, fractions))


def source(expr: Expr) -> str:
    """``expr`` as the grammar reads it, every bracket written."""
    head, args = expr.head, expr.args
    if head == "num":
        return f"({expr.data})" if expr.data >= 0 else f"(-({-expr.data}))"
    if head == "var":
        return expr.data
    if head == "neg":
        return f"(-{source(args[0])})"
    sign = {"add": "+", "sub": "-", "mul": "*", "div": "/", "pow": "^"}[head]
    return f"({source(args[0])} {sign} {source(args[1])})"


def value(expr, place):
    """The exact value; the example is dropped where there is none."""
    try:
        return rational(expr, place)
    except Undefined:
        assume(False)


@few
@given(expressions)
def test_json_round_trip(expr):
    assert from_json(json.loads(json.dumps(to_json(expr)))) == expr


@few
@given(expressions, places)
def test_parsing_keeps_the_value(expr, place):
    expected = value(expr, place)
    assert rational(parse_expr(source(expr)), place) == expected


@few
@given(expressions, places)
def test_three_evaluators_agree(expr, place):
    exact = value(expr, place)
    enclosed = ball(expr, place)
    assert enclosed.is_finite() and enclosed.contains(ball(num(exact), {}).mid()) or \
        enclosed.overlaps(ball(num(exact), {}))
    assert abs(floating(expr, place) - floating(num(exact), {})) <= 1e-30 * (1 + abs(exact))


@few
@given(expressions, places)
def test_a_value_without_denominator_is_no_number(expr, place):
    broken = Expr("mul", (num(0), Expr("div", (expr, num(0)))))
    with pytest.raises(Undefined):
        rational(broken, place)
    assert not ball(broken, place).is_finite()


@few
@given(expressions, places)
def test_derivative_is_the_limit_of_secants(expr, place):
    """For a rational function the secant's error is of order h: at a tenth of h, a tenth."""
    slope = value(derivative(expr, "x"), place)
    here = value(expr, place)
    gaps = []
    for h in (Fraction(1, 10**12), Fraction(1, 10**15)):
        there = value(expr, {**place, "x": place["x"] + h})
        gaps.append(abs((there - here) / h - slope))
    assert gaps[1] <= gaps[0] / 100 or gaps[1] < Fraction(1, 10**12)


@few
@given(expressions, places, places)
def test_substitution_is_composition(expr, place, other):
    inner = {"x": Expr("sub", (var("y"), var("z"))), "y": Expr("mul", (var("x"), var("z")))}
    moved = {**place, "x": place["y"] - place["z"], "y": place["x"] * place["z"]}
    expected = value(expr, moved)
    assert rational(substitute(expr, inner), place) == expected


@few
@given(polynomials, st.integers(0, 4), fractions)
def test_substitution_does_not_capture(body, top, x):
    summed = Expr("sum", (var("y"), num(0), num(top), body))
    free = substitute(summed, {"x": var("y"), "z": num(1)})
    expected = sum(rational(body, {"x": x, "y": Fraction(k), "z": Fraction(1)})
                   for k in range(top + 1))
    assert rational(free, {"y": x}) == expected


def test_a_derivative_does_not_capture():
    for inner in ({"x": var("y")}, {"y": parse_expr("x^2")}):
        try:
            moved = substitute(parse_expr("diff(x, x*y)"), inner)
        except FormulaError:
            continue  # refusing is as good
        at = {"x": Fraction(3), "y": Fraction(5)}
        with pytest.raises(Exception, match="."):
            rational(moved, at)


def _claim(left, sign, right, **hypotheses):
    return proposition(f"{left} {sign} {right}", for_all=["x, y, z"], **hypotheses)


@fewer
@given(polynomials, polynomials)
def test_rearranged_identities_are_proved(p, q):
    one = f"({source(p)} + {source(q)})^2"
    two = f"{source(q)}^2 + 2*{source(q)}*{source(p)} + {source(p)}*{source(p)}"
    assert isinstance(normal_form()(_claim(one, "==", two)), Proved)


@fewer
@given(polynomials, st.sampled_from(("1/1000000007", "x", "x*(x - 1)*y", "(x - y)^4", "z^5/10^9")))
def test_perturbed_identities_are_never_proved(p, bit):
    one = f"{source(p)}*({source(p)} + 1)"
    verdict = normal_form()(_claim(one, "==", f"{source(p)}^2 + {source(p)} + {bit}"))
    assert not verdict.passes


@fewer
@given(polynomials, polynomials, places)
def test_sums_of_squares_are_never_refuted(p, q, place):
    square = f"{source(p)}^2 + {source(q)}^2"
    verdict = signs()(_claim(square, ">=", "0"))
    assert not isinstance(verdict, Refuted)
    strict = signs()(_claim(square, ">", "0"))
    if strict.passes:
        assert rational(parse_expr(square), place) > 0


SIGNED = ("x > 0", "y >= 0", "x >= y", "z <= 1", "x + y <= 2", "z != 0", "y < z", "x*y >= 1")


@fewer
@given(polynomials, st.sampled_from((">", ">=", "<", "<=", "!=")),
       st.lists(st.sampled_from(SIGNED), max_size=3, unique=True), st.lists(places, max_size=30))
def test_proved_inequalities_hold(p, op, given_, sample):
    claim = _claim(source(p), op, "0", assume=given_)
    if signs()(claim).passes:
        for place in sample:
            if satisfies(claim, place):
                assert holds_at(claim.conclusions[0], place) is True


@few
@given(st.lists(st.sampled_from((*SIGNED, "x^2 <= 2", "0 < z < 1", "2*x - y == 1")), max_size=4,
                unique=True))
def test_points_of_the_domain_satisfy_the_hypotheses(given_):
    claim = _claim("x", "<=", "x + 1", assume=given_)
    found = points(claim, 8)
    for point in found:
        for hypothesis in claim.hypotheses:
            assert holds_at(hypothesis, point) is True
    assert found == points(claim, 8)
    assert len({tuple(sorted(p.items())) for p in found}) == len(found)


def test_floats_and_double_names_are_refused():
    with pytest.raises(FormulaError):
        num(0.1)
    with pytest.raises(FormulaError):
        proposition("x == x + 1", for_all=["x", "x integer"])
    assert parse_expr("0.1").data == Fraction(1, 10)


STEP = 9  # every ninth statement of the corpus
SCRIPT = """
import json, random, sys
from corpus.judge import corpus, verdict_of
statements = list(corpus())[::int(sys.argv[1])]
random.Random(1).shuffle(statements)
print(json.dumps({s.id: str([type(v).__name__, v and v.method, v and v.note])
                  for s in statements for v in [verdict_of(s)]}))
"""


def test_same_verdict_in_every_process():
    """Another hash seed, a fresh process, another order: type, method and note stay the same."""
    from corpus.judge import corpus, verdict_of

    here = {s.id: str([type(v).__name__, v and v.method, v and v.note])
            for s in corpus()[::STEP] for v in [verdict_of(s)]}
    root = Path(__file__).parent
    paths = [str(root), str(root.parent / "lib")]
    run = subprocess.run([sys.executable, "-c", SCRIPT, str(STEP)], capture_output=True, text=True,
                         encoding="utf-8", env={**os.environ, "PYTHONHASHSEED": "4242",
                                                "PYTHONIOENCODING": "utf-8",
                                                "PYTHONPATH": os.pathsep.join(paths)})
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == here
    assert len(here) >= 60
