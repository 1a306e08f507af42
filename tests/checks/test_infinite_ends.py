"""Side conditions under integrals: where the variable lies, finite ends and infinite ones."""

import pytest

from gradproof.checks.conditions import undischarged
from gradproof.formulas import proposition


@pytest.mark.parametrize(("integral", "assume", "missing"), [
    ("integral(x, 1, oo, sqrt(x))", [], ""), ("integral(x, -1, oo, sqrt(x))", [], "x ≥ 0"),
    ("integral(x, 1, oo, 1/x^2)", [], ""), ("integral(x, -oo, -1, 1/x^2)", [], ""),
    ("integral(x, -oo, -1, log(-x))", [], ""), ("integral(x, -oo, 1, sqrt(-x))", [], "−x ≥ 0"),
    ("integral(x, -oo, oo, 1/(1 + x^2))", [], ""), ("integral(x, -oo, oo, 1/x)", [], "x ≠ 0"),
    ("integral(x, a, oo, 1/x)", ["a > 0"], ""), ("integral(x, a, oo, 1/x)", ["a >= 0"], "x ≠ 0"),
    ("integral(x, -oo, a, 1/x)", ["a < 0"], ""), ("integral(x, -oo, a, 1/x)", ["a <= 0"], "x ≠ 0"),
    ("integral(x, 0, 1, sqrt(-x))", [], "−x ≥ 0"),
    ("integral(x, 0, a, sqrt(x))", ["a >= 0"], ""), ("integral(x, 0, a, sqrt(x))", [], "x ≥ 0"),
])
def test_where_the_variable_of_an_integral_lies(integral, assume, missing):
    stated = proposition(f"{integral} >= a - a", for_all=["a"], assume=assume)
    assert undischarged(stated) == ([missing] if missing else [])
