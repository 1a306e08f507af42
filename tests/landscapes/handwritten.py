"""The octopus written down again by hand, from closed forms, for one mpmath point.

Nothing is imported from the package: this is the oracle.  Regions are tested box by box as in
(7.5), in the order i = 1..d+1, so on common faces the *earlier* formula is used.
"""

from mpmath import mpf


def g1(x, L, g, t):
    s = (x - t) / t
    cubic = (10 * g - 14 * L) * s**3 / 3
    return t**2 * (-g - 2 * g * s - g * s**2 + cubic + (5 * L - 3 * g) * s**4 / 2)


def g2(x, L, g, t):
    s = (x - t) / t
    return L - (L + g) * s**3 * (10 - 15 * s + 6 * s**2)


def box(x, t):
    """The first i with x in the i-th box of (7.5), counted from 1; None outside."""
    d = len(x)
    for i in range(1, d + 2):
        passed = all(2 * t <= v <= 6 * t for v in x[: i - 1])
        front = i == d + 1 or 0 <= x[i - 1] <= 2 * t
        if passed and front and all(0 <= v <= t for v in x[i:]):
            return i
    return None


def octopus(x, L, g, t):
    """f at a list of mpf."""
    x, L, g, t = [abs(v) for v in x], mpf(L), mpf(g), mpf(t)
    i, d, nu = box(x, t), len(x), t**2 * (37 * L + 13 * g) / 6
    if i is None:
        raise ValueError("outside")
    total = sum(L * (v - 4 * t) ** 2 for v in x[: i - 1]) - (i - 1) * nu
    if i == d + 1:
        return total
    if x[i - 1] <= t:
        return total - g * x[i - 1] ** 2 + sum(L * v**2 for v in x[i:])
    total += g1(x[i - 1], L, g, t)
    if i < d:
        total += g2(x[i - 1], L, g, t) * x[i] ** 2
    return total + sum(L * v**2 for v in x[i + 1 :])
