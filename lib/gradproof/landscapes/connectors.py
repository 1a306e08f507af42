"""The polynomials that glue the octopus together, solved from their boundary conditions.

Between two quadratic saddle regions lies a buffer, tau <= x <= 2 tau, where the landscape is
g(x, y) = g1(x) + g2(x) y^2.  Value, slope and curvature must match on both sides: twelve linear
conditions.  They determine the five coefficients of g1, the six of g2 and the drop nu from one
saddle to the next, so none of these is typed in anywhere: `connectors` solves for them.

Source: *Gradient Descent for Non-convex Problems in Modern Machine Learning*, Lemma 7.4.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import sympy


@dataclass(frozen=True)
class Connectors:
    """g1, g2 (expressions in x) and nu, with the symbols and the conditions that fix them.

    `conditions` lists twelve triples (what, expression, required value): once the unknowns are
    put in, expression equals value identically in L, gamma and tau.
    """

    x: sympy.Symbol
    L: sympy.Symbol
    gamma: sympy.Symbol
    tau: sympy.Symbol
    g1: sympy.Expr
    g2: sympy.Expr
    nu: sympy.Expr
    conditions: tuple[tuple[str, sympy.Expr, sympy.Expr], ...]

    def at(self, x: Any, L: Any, gamma: Any, tau: Any) -> tuple[Any, Any, Any]:
        """(g1, g2, nu) with your own symbols or numbers in place of x, L, gamma and tau."""
        swap = {self.x: x, self.L: L, self.gamma: gamma, self.tau: tau}
        return tuple(e.subs(swap, simultaneous=True) for e in (self.g1, self.g2, self.nu))


@lru_cache(maxsize=1)
def connectors() -> Connectors:
    """Solve the twelve boundary conditions; the symbols L, gamma, tau and x are positive."""
    import sympy as sp

    x, L, gamma, tau = sp.symbols("x L gamma tau", positive=True)
    a, b, nu = sp.symbols("a:5"), sp.symbols("b:6"), sp.Symbol("nu")
    g1 = sum(c * x**n for n, c in enumerate(a))
    g2 = sum(c * x**n for n, c in enumerate(b))
    left, right = tau, 2 * tau
    required = (
        ("g1", g1, left, 0, -gamma * tau**2),  # from -gamma x^2
        ("g1", g1, left, 1, -2 * gamma * tau),
        ("g1", g1, left, 2, -2 * gamma),
        ("g1", g1, right, 0, L * (right - 4 * tau) ** 2 - nu),  # to L (x - 4 tau)^2 - nu
        ("g1", g1, right, 1, 2 * L * (right - 4 * tau)),
        ("g1", g1, right, 2, 2 * L),
        ("g2", g2, left, 0, L),  # from L y^2
        ("g2", g2, left, 1, 0),
        ("g2", g2, left, 2, 0),
        ("g2", g2, right, 0, -gamma),  # to -gamma y^2
        ("g2", g2, right, 1, 0),
        ("g2", g2, right, 2, 0),
    )
    equations = [sp.diff(g, x, n).subs(x, end) - want for _, g, end, n, want in required]
    (solution,) = sp.linsolve(equations, (*a, *b, nu))
    found = dict(zip((*a, *b, nu), solution, strict=True))
    solved = {"g1": sp.expand(g1.subs(found)), "g2": sp.expand(g2.subs(found))}
    drop = sp.factor(found[nu])
    conditions = tuple(
        (
            f"{name}{chr(39) * n}({end})",
            sp.diff(solved[name], x, n).subs(x, end),
            sp.sympify(want).subs(nu, drop),
        )
        for name, _, end, n, want in required
    )
    return Connectors(x, L, gamma, tau, solved["g1"], solved["g2"], drop, conditions)


class Weights(NamedTuple):
    """A polynomial in s = (x - tau)/tau with coefficients (p L + q gamma)/denominator.

    Everything is an integer, so that floats, fractions, mpmath and SymPy numbers can use it.
    """

    pairs: tuple[tuple[int, int], ...]
    denominator: int

    def coefficients(self, L: Any, gamma: Any) -> list[Any]:
        """The numerators p L + q gamma, lowest power of s first."""
        return [p * L + q * gamma for p, q in self.pairs]

    def derivative(self) -> Weights:
        return Weights(
            tuple((n * p, n * q) for n, (p, q) in enumerate(self.pairs))[1:], self.denominator
        )

    def __call__(self, s: Any, L: Any, gamma: Any) -> Any:
        """Horner's rule; s, L and gamma may be arrays, fractions, mpmath or SymPy numbers."""
        numerators = self.coefficients(L, gamma)
        total = numerators[-1]
        for numerator in reversed(numerators[:-1]):
            total = total * s + numerator
        return total if self.denominator == 1 else total / self.denominator


@lru_cache(maxsize=1)
def weights() -> tuple[Weights, Weights, Weights]:
    """(g1/tau^2, g2, nu/tau^2) as `Weights` in s, read off the solution of `connectors`."""
    import sympy as sp

    c, s = connectors(), sp.Symbol("s")

    def in_s(expression: sp.Expr, power: int) -> Weights:
        shifted = sp.expand(expression.subs(c.x, c.tau * (1 + s)) / c.tau**power)
        coefficients = sp.Poly(shifted, s).all_coeffs()[::-1]
        pairs = [(e.coeff(c.L), e.coeff(c.gamma)) for e in map(sp.expand, coefficients)]
        denominator = sp.ilcm(*(v.q for pair in pairs for v in pair))
        return Weights(
            tuple((int(p * denominator), int(q * denominator)) for p, q in pairs),
            int(denominator),
        )

    return in_s(c.g1, 2), in_s(c.g2, 0), in_s(c.nu, 2)
