"""Sums of squares: the certificate expands to the target; hints, kernels, what is no sum."""

from fractions import Fraction

import numpy as np
import pytest
from flint import fmpq

from gradproof.checks.exact.polynomials import polynomial
from gradproof.checks.exact.squares import _orthogonal, _rows, _solve, sum_of_squares
from gradproof.formulas import parse_expr


def poly(source):
    return polynomial(parse_expr(source), ["x", "y", "z"])


@pytest.mark.parametrize(("target", "weights", "bases", "found"), [
    ("x^2 + y^2 - 2*x*y", "1", ["x y"], True), ("x^2 + y^2 - 3*x*y", "1", ["x y"], False),
    ("x^4 + y^4 + z^4 - x^2*y^2 - y^2*z^2 - z^2*x^2", "1", ["x^2 y^2 z^2"], True),
    ("(x - 1)^2*(x + 2)^2 + (x - 1)^2*y^2", "1", ["1 x x^2 y x*y"], True),
    ("x^2 - x^3", "x 1-x", ["x 1", "x 1"], True), ("x^3 - x^2", "x 1-x", ["x 1", "x 1"], False),
    ("x - x^2 + 2*(x - 1/2)^2", "x*(1-x) 1", ["1", "1 x"], True)])
def test_certificates_expand_to_the_target(target, weights, bases, found):
    weights = [poly(w) for w in weights.split()]
    bases = [[poly(b) for b in line.split()] for line in bases]
    answer = sum_of_squares(poly(target), weights, bases)
    assert (answer is not None) is found
    if found:
        assert sum((weights[w] * d * q ** 2 for w, d, q in answer[0]), poly("0")) == poly(target)
        assert all(d > 0 for _, d, _ in answer[0])


@pytest.mark.parametrize(("diagonal", "cross"), [((2, 3, 5), 0), ((4, 1, 9), 0), ((2, 2, 1), 1)])
def test_the_hint_is_the_gram_matrix_and_its_least_eigenvalue(diagonal, cross):
    """Over 1, x, y the Gram matrix of a quadratic polynomial is the only one."""
    a, b, c = diagonal
    target, basis = poly(f"{a} + {b}*x^2 + {c}*y^2 + 2*{cross}*x*y"), [poly(s) for s in "1xy"]
    layout = [(0, i, j) for i in range(3) for j in range(i + 1)]
    columns = [basis[i] * basis[j] * (1 if i == j else 2) for _, i, j in layout]
    least, entries = _solve(columns, target, _rows(columns, target), layout, [basis])
    assert entries == pytest.approx([a, 0, b, 0, cross, c], abs=1e-5)
    gram = np.diag(diagonal) + cross * np.array([[0, 0, 0], [0, 0, 1], [0, 1, 0]])
    largest = max(*diagonal, 2 * cross)  # the hint is for coefficients of at most 1
    assert least * largest == pytest.approx(np.linalg.eigvalsh(gram)[0], abs=1e-5)


@pytest.mark.parametrize("kernel", [
    [[0, 1, -1]], [[1, 1, 0]], [[0, 0, 1], [0, 1, 0]], [[0, 1, 2]], [[1, -1, 0], [0, 0, 1]]])
def test_what_is_left_is_orthogonal_to_the_kernel(kernel):
    basis = [poly(s) for s in "xyz"]
    rows = [[Fraction(v) for v in row] for row in kernel]
    left = _orthogonal(rows, basis)
    assert len(left) == 3 - len(kernel)
    for q in left:
        weights = [q.to_dict().get(tuple(int(i == j) for j in range(3)), fmpq(0)) for i in range(3)]
        assert any(weights)
        assert all(sum(w * int(v) for w, v in zip(weights, row, strict=True)) == 0 for row in rows)
