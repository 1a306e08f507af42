"""Signs of numbers: by balls, and open where there is no ball."""

import pytest

from gradproof.checks.analysis.tree import Known
from gradproof.formulas import parse_expr, proposition


@pytest.mark.parametrize(("number", "positive", "nonzero"), [
    ("exp(1) - 2", True, True), ("2 - exp(1)", False, True), ("exp(1) - e", False, False),
    ("1/(e - e)", False, False),
    ("integral(x, 0, oo, exp(-x))", False, False)])  # balls need finite ends
def test_signs_of_numbers(number, positive, nonzero):
    known, expr = Known(proposition("1 >= 0")), parse_expr(number)
    assert known.positive(expr) is positive and known.nonzero(expr) is nonzero
