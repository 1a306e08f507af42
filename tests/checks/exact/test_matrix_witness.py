"""Points for matrices of general size: the hypotheses hold there, or there are none."""

import pytest

from gradproof.checks.exact.matrix_witness import points
from gradproof.formulas import proposition


@pytest.mark.parametrize(("hypothesis", "some"), [
    ("x > 0", True), ("1/x > 0", True), ("A == transpose(A)", True), ("x > x + 1", False),
    ("1/(x - x) > 0", False), ("sqrt(x) > 1", False),  # without an exact value
    ("frob2(A) > exp(1)", False)])
def test_points_satisfy_the_hypotheses(hypothesis, some):
    stated = proposition("trace(A) == 0", for_all=["A matrix(n,n)", "x real"], assume=[hypothesis])
    assert bool(list(points(stated, 8))) is some
