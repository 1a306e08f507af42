"""Transport of finite masses in exact fractions: plans, prices, and the line.

A *plan* moves mu (m masses) to nu (n masses): plan[i][j] >= 0, row i adds up to mu[i], column j
to nu[j].  *Prices* f (m,) and g (n,) are feasible for a cost when f[i] - g[j] <= cost[i][j].
Then  sum f mu - sum g nu <= cost of the plan,  and equality proves both best.

Everything is Python's `Fraction` (or int); floats are refused, since they are no certificate.
Source: *Lecture Notes for CIE6128: Understanding Deep Learning from a Theoretical Perspective*,
section 7.3 (the Wasserstein distance and its dual).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

Number = int | Fraction
Table = Sequence[Sequence[Number]]


def exact(name: str, numbers: Sequence[Number]) -> list[Fraction]:
    """The numbers as fractions; TypeError, naming the argument, for anything but int, Fraction."""
    for x in numbers:
        if type(x) not in (int, Fraction):
            raise TypeError(f"{name} holds {x!r}: give ints or Fractions")
    return [Fraction(x) for x in numbers]


def is_plan(plan: Table, mu: Sequence[Number], nu: Sequence[Number]) -> bool:
    """Whether ``plan`` is nonnegative with row sums ``mu`` and column sums ``nu``."""
    rows = [exact("plan", row) for row in plan]
    if len(rows) != len(mu) or any(len(row) != len(nu) for row in rows):
        raise ValueError(f"the plan must have {len(mu)} rows and {len(nu)} columns")
    return (
        all(x >= 0 for row in rows for x in row)
        and [sum(row) for row in rows] == exact("mu", mu)
        and [sum(column) for column in zip(*rows, strict=True)] == exact("nu", nu)
    )


def plan_cost(plan: Table, cost: Table) -> Fraction:
    """sum_ij plan[i][j] cost[i][j]."""
    pairs = zip(plan, cost, strict=True)
    return sum((x * c for a, b in pairs for x, c in zip(a, exact("cost", b), strict=True)),
               Fraction(0))  # fmt: skip


def is_feasible(f: Sequence[Number], g: Sequence[Number], cost: Table) -> bool:
    """Whether f[i] - g[j] <= cost[i][j] for all i, j."""
    f, g = exact("f", f), exact("g", g)
    return all(
        a - b <= c
        for a, row in zip(f, cost, strict=True)
        for b, c in zip(g, exact("cost", row), strict=True)
    )


def dual_value(
    f: Sequence[Number], g: Sequence[Number], mu: Sequence[Number], nu: Sequence[Number]
) -> Fraction:
    """sum_i f[i] mu[i] - sum_j g[j] nu[j]."""
    gain = zip(exact("f", f), exact("mu", mu), strict=True)
    loss = zip(exact("g", g), exact("nu", nu), strict=True)
    return sum((a * b for a, b in gain), Fraction(0)) - sum((a * b for a, b in loss), Fraction(0))


def _surplus(x: Sequence[Number], mu: Sequence[Number], nu: Sequence[Number]) -> list[Fraction]:
    """F_mu - F_nu on each gap between the increasing points x."""
    x = exact("x", x)
    if any(b <= a for a, b in zip(x, x[1:], strict=False)):
        raise ValueError("x must be strictly increasing")
    differences = [a - b for a, b in zip(exact("mu", mu), exact("nu", nu), strict=True)]
    if len(differences) != len(x) or sum(differences) != 0:
        raise ValueError("mu and nu must give every point of x a mass and have equal totals")
    return [sum(differences[: k + 1], Fraction(0)) for k in range(len(x) - 1)]


def area_between(x: Sequence[Number], mu: Sequence[Number], nu: Sequence[Number]) -> Fraction:
    """The area between the distribution functions, sum_k |F_mu - F_nu|(x_k) (x_{k+1} - x_k)."""
    gaps = [b - a for a, b in zip(x, x[1:], strict=False)]
    return sum((abs(s) * w for s, w in zip(_surplus(x, mu, nu), gaps, strict=True)), Fraction(0))


def staircase(x: Sequence[Number], mu: Sequence[Number], nu: Sequence[Number]) -> list[Fraction]:
    """The values at x of a best 1-Lipschitz critic: slope -sign(F_mu - F_nu) on each gap."""
    heights = [Fraction(0)]
    for s, a, b in zip(_surplus(x, mu, nu), x, x[1:], strict=False):
        heights.append(heights[-1] - ((s > 0) - (s < 0)) * (Fraction(b) - a))
    return heights


def monotone_plan(mu: Sequence[Number], nu: Sequence[Number]) -> list[list[Fraction]]:
    """The plan that moves mass in order, from left to right (the north-west corner rule)."""
    left, right = exact("mu", mu), exact("nu", nu)
    if sum(left) != sum(right):
        raise ValueError("mu and nu must have equal totals")
    plan = [[Fraction(0)] * len(right) for _ in left]
    i = j = 0
    while i < len(left) and j < len(right):
        moved = min(left[i], right[j])
        plan[i][j] += moved
        left[i] -= moved
        right[j] -= moved
        if left[i] == 0:
            i += 1
        else:
            j += 1
    return plan
