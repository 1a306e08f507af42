"""Zeros and minima that certainly exist, in a box or a ball, without knowing them exactly.

    unique_zero([f1, …], [x, …], [[a1, b1], …])   exactly one zero in the closed box
    no_zero([f1, …], [x, …], [[a1, b1], …])       none
    unique_minimum(f, [x, …], [c, …], rho)        in the open ball |x − c| < ρ exactly one
                                                  stationary point, a strict minimum
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import flint
import numpy as np

from gradproof.checks.core import Accept, Outcome, Unknown, Witness, check
from gradproof.checks.enclosed.boxes import Box, Side, balls
from gradproof.checks.enclosed.functions import Program
from gradproof.checks.enclosed.newton import System, zeros_in
from gradproof.checks.matrices.inertia import ball_posdef
from gradproof.checks.roots import free_variables_of
from gradproof.formulas import Expr, FormulaError, Predicate, Proposition
from gradproof.formulas.calculus import derivative
from gradproof.formulas.expr import text_of
from gradproof.formulas.values import Undefined, ball
from gradproof.verdicts import Enclosed

SHARES = (Fraction(99, 100), Fraction(9, 10), Fraction(3, 4), Fraction(1, 2), Fraction(1, 4),
          Fraction(1, 10), Fraction(1, 100))  # of the smallest eigenvalue at the centre


@check("Krawczyk's operator")
def krawczyk(proposition: Proposition, *, bits: int = 128, boxes: int = 2_000) -> Outcome:
    """``unique_zero`` and ``no_zero`` of as many equations as unknowns, without parameters.

    K(X) = c − C f(c) + (1 − C·J(X))(X − c) inside the interior of X: one zero, and only one.
    Budgets: bits, boxes of the subdivision that narrows X down.
    """
    goal = proposition.conclusions[0]
    if not isinstance(goal, Predicate) or goal.expr.data not in ("unique_zero", "no_zero"):
        return Unknown("krawczyk() decides unique_zero and no_zero only")
    if free_variables_of(goal):
        return Unknown("parameters are not supported here: fix them")
    try:
        system, box = _system(goal.expr, bits)
        with flint.ctx.workprec(bits):
            found, text = zeros_in(system, box, boxes)
    except (FormulaError, Undefined) as error:
        return Unknown(str(error))
    if found is None:
        return Unknown(text)
    method = "Krawczyk's operator in ball arithmetic"
    if found == (1 if goal.expr.data == "unique_zero" else 0):
        return Accept(Enclosed, method, f"{text}, {bits} bits", defined=True)
    return Witness(found=text, tier=Enclosed, method=method)


def _system(expr: Expr, bits: int) -> tuple[System, Box]:
    if len(expr.args) != 3 or expr.args[0].head != "row" or expr.args[1].head != "row":
        raise FormulaError(f"write {expr.data}([f1, f2], [x, y], [[a1, b1], [a2, b2]])")
    equations, unknowns, table = expr.args
    names = [v.data for v in unknowns.args]
    if len(equations.args) != len(names) or table.head != "matrix" or len(table.args) != len(names):
        raise FormulaError(f"{expr.data} needs as many equations and intervals as unknowns")
    sides = []
    for row in table.args:
        if len(row.args) != 2:
            raise FormulaError(f"{text_of(row)} is no interval: write [low, high]")
        low, high = (_exact(end) for end in row.args)
        if low >= high:
            raise FormulaError(f"the interval {text_of(row)} has no interior")
        sides.append(Side(low, high))
    return System(equations.args, names, bits), tuple(sides)


def _exact(expr: Expr) -> Fraction:
    """A rational constant; Raises FormulaError for another one."""
    from gradproof.formulas.values import NotRational, rational

    try:
        return rational(expr, {})
    except NotRational as error:
        raise FormulaError(f"{text_of(expr)} has to be rational here") from error


@check("strong convexity")
def strong_minimum(proposition: Proposition, *, bits: int = 128) -> Outcome:
    """``unique_minimum(f, [x, …], [c, …], rho)`` from ∇²f ⪰ m on the box around the ball and
    |∇f(c)| < mρ: f is strongly convex and grows outwards on the sphere."""
    goal = proposition.conclusions[0]
    if not isinstance(goal, Predicate) or goal.expr.data != "unique_minimum":
        return Unknown("strong_minimum() decides unique_minimum only")
    if free_variables_of(goal):
        return Unknown("parameters are not supported here: fix them")
    try:
        f, names, centre, rho = _problem(goal.expr)
        with flint.ctx.workprec(bits):
            return _strong(f, names, centre, rho, bits)
    except (FormulaError, Undefined) as error:
        return Unknown(str(error))


def _problem(expr: Expr) -> tuple[Expr, list[str], list[Fraction], Fraction]:
    if len(expr.args) != 4 or expr.args[1].head != "row" or expr.args[2].head != "row":
        raise FormulaError("write unique_minimum(f, [x, y], [c1, c2], rho)")
    f, unknowns, point, radius = expr.args
    names, centre = [v.data for v in unknowns.args], [_exact(c) for c in point.args]
    if len(names) != len(centre):
        raise FormulaError("the centre needs as many coordinates as there are unknowns")
    rho = _exact(radius)
    if rho <= 0:
        raise FormulaError("the radius has to be positive")
    return f, names, centre, rho


def _strong(f: Expr, names: list[str], centre: list[Fraction], rho: Fraction,
            bits: int) -> Outcome:
    gradient = [derivative(f, name) for name in names]
    at_centre = [ball(g, dict(zip(names, centre, strict=True)), bits) for g in gradient]
    size = sum((g * g for g in at_centre), flint.arb(0)).nonnegative_part().sqrt()
    if not size.is_finite():
        return Unknown("possibly undefined at the centre")
    box = tuple(Side(c - rho, c + rho) for c in centre)
    everywhere = Program([f, *gradient], names, bits)(balls(box))
    curvature = None
    if all(v.is_finite() for v in everywhere):
        curvature = _curvature(gradient, names, box, bits)
    if curvature is None:
        return Unknown("no positive lower bound of the Hessian was found around the ball")
    if not size < flint.arb(_fmpq(curvature * rho)):
        found, _ = zeros_in(System(gradient, names, bits), box, 500)
        if found == 0:
            return Witness(found="the gradient has no zero in the box around the ball",
                           tier=Enclosed)
        return Unknown(f"|∇f(c)| = {float(size.upper()):.3g} is not below "
                       f"mρ = {float(curvature * rho):.3g}, m = {float(curvature):.3g}")
    return Accept(Enclosed, "strong convexity against a small gradient",
                  f"∇²f ⪰ m = {float(curvature):.3g} on the ball, |∇f(c)| ≈ "
                  f"{float(size.mid()):.3g} < mρ ≈ {float(curvature * rho):.3g}, "
                  f"ρ = {rho}, {bits} bits",
                  defined=True)


def _fmpq(value: Fraction) -> flint.fmpq:
    return flint.fmpq(value.numerator, value.denominator)


def _curvature(gradient: Sequence[Expr], names: list[str], box: Box,
               bits: int) -> Fraction | None:
    """m > 0 with ∇²f ⪰ m·1 on the box around the ball (guessed in floats, shown in balls)."""
    n = len(names)
    hessian = Program([derivative(g, name) for g in gradient for name in names], names, bits)
    wide = hessian(balls(box))
    middle = hessian(balls(tuple(Side(*2 * ((s.low + s.high) / 2,)) for s in box)))
    if not all(h.is_finite() for h in (*wide, *middle)):
        return None
    guess = np.linalg.eigvalsh(np.array([float(h.mid()) for h in middle]).reshape(n, n))[0]
    if not guess > 0:
        return None
    for share in SHARES:
        m = Fraction(float(f"{float(guess) * float(share):.3g}"))
        table = [[wide[i * n + j] - (flint.arb(_fmpq(m)) if i == j else 0) for j in range(n)]
                 for i in range(n)]
        if m > 0 and ball_posdef(table):
            return m
    return None
