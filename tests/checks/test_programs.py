"""Compiled programs of balls: the same as step by step, around exact values, no lost nan."""

from fractions import Fraction

import flint
import pytest

from gradproof.checks.enclosed.boxes import Side, simplest
from gradproof.checks.enclosed.programs import WARM, Program
from gradproof.formulas import FormulaError
from gradproof.formulas.parse import parse_expr
from gradproof.formulas.values import ball

BITS = 96
TEXTS = ["x", "3/7", "x - x", "x*y + x*y", "(x + y)^2*(x + y)^3", "x/(1 + y^2)", "x/3 - y/(-7)",
         "exp(x)*sqrt(1 + y^2)", "sin(x)^2 + cos(y)^4", "max(x, y) - abs(x - y)", "x^(-2)",
         "(2 + x)^(1/3)", "log(3 + x*y) - tanh(x/y)", "sum(k, 1, 4, x^k/k)", "-(-x)",
         "+".join(["x*(1 - y"] * 60) + ")" * 60, "+".join(["x"] * 400)]
BOXES = [(Side(Fraction(1, 3), Fraction(1, 2)), Side(Fraction(-3, 2), Fraction(-1, 5))),
         (Side(-1, 1), Side(0, 1)), (Side(0, Fraction(1, 7)), Side(2, 2))]


def warmed(program, values):
    """The result of the one function that the program became."""
    for _ in range(WARM):
        program(values)
    return program(values)


def same(a, b):
    if not (a.is_finite() and b.is_finite()):
        return a.is_finite() == b.is_finite()
    return a.mid() == b.mid() and a.rad() == b.rad()


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_the_function_does_what_the_steps_do(text):
    formulas = [parse_expr(text), parse_expr(f"({text})*({text}) + 1"), parse_expr("y")]
    with flint.ctx.workprec(BITS):
        for box in BOXES:
            values = [side.ball for side in box]
            program = Program(formulas, ["x", "y"], BITS)
            first = program(values)
            assert all(map(same, first, warmed(program, values)))


@pytest.mark.parametrize("text", TEXTS[:-2])
def test_values_inside_the_box_are_contained(text):
    expr = parse_expr(text)
    with flint.ctx.workprec(BITS):
        program = Program([expr], ["x", "y"], BITS)
        for box in BOXES:
            (whole,) = warmed(program, [side.ball for side in box])
            if not whole.is_finite():
                continue
            for weight in (Fraction(0), Fraction(2, 7), Fraction(1)):
                point = {name: Fraction(str(s.low)) + weight * Fraction(str(s.width))
                         for name, s in zip("xy", box, strict=True)}
                assert ball(expr, point, 300).overlaps(whole)


@pytest.mark.parametrize("text", [
    "tanh(1/x)", "exp(-1/x^2)", "0*(1/x)", "cos(1/x)", "(1/x)^0", "(log(x) - 5)^2", "0/x", "x/x",
    "sqrt(x)*0", "abs(log(x))", "1/(x*x)", "x^(-2)", "max(1/x, 3)", "atan(1/x)", "1/exp(1/x)"])
def test_undefined_somewhere_is_never_finite(text):
    around = [flint.arb(0, 1)]
    with flint.ctx.workprec(BITS):
        program = Program([parse_expr(text)], ["x"], BITS)
        assert not program(around)[0].is_finite()
        assert not warmed(program, around)[0].is_finite()
        assert not program([flint.arb("nan")])[0].is_finite()


def test_squares_are_never_negative_and_products_of_them_neither():
    with flint.ctx.workprec(BITS):
        program = Program([parse_expr("x^2"), parse_expr("x^2*exp(x)*x^4")], ["x"], BITS)
        for values in ([flint.arb(0, 1)], [flint.arb("0.3", "0.7")], [flint.arb(-1, 1)]):
            assert all(v >= 0 for v in warmed(program, values))


def test_halves_keep_the_ends_at_the_precision_of_the_moment():
    side = Side(Fraction(1, 3), Fraction(2, 3))  # made at the usual 53 bits
    with flint.ctx.workprec(200):
        left, right = side.halves()
        assert left.high == right.low == simplest(flint.fmpq(5, 12), flint.fmpq(7, 12))
        assert all(h.ball.contains(e) for h in (left, right) for e in (h.low, h.high))
        point = left.halves()[0].halves()[0]
        assert point._ends[0].rad() < flint.arb(2) ** -190


def test_halves_keep_open_ends_and_signs():
    left, right = Side(-1, 1, True, True).halves()
    assert (left.open_low, left.open_high, right.open_low, right.open_high) == (
        True, False, False, True)
    assert left.ball <= 0 and right.ball >= 0 and left.high == 0


@pytest.mark.parametrize("text", ["dot(x, y)", "hadamard(x, y)", "outer(x, y)"])
def test_what_has_no_ball_is_named(text):
    with pytest.raises(FormulaError, match="no ball evaluation"):
        Program([parse_expr(text)], ["x", "y"], BITS)
