"""Matrix identities of general size: index proofs, near misses, sizes that do not fit."""

import pytest

from gradproof.checks import index_proof
from gradproof.checks.exact import matrix_values
from gradproof.checks.exact.matrix_witness import points
from gradproof.checks.exact.shapes import SizeError
from gradproof.checks.exact.tensors import Term, canonical, contracted
from gradproof.formulas import FormulaError, proposition
from gradproof.verdicts import Proved, Refuted, Undecided

TRUE = [
    ("grad(frob2(U*V-Y),U) == 2*(U*V-Y)*transpose(V)",
     ["U matrix(m,r)", "V matrix(r,n)", "Y matrix(m,n)"]),
    ("grad(frob2(U*V-Y),V) == 2*transpose(U)*(U*V-Y)",
     ["U matrix(m,r)", "V matrix(r,n)", "Y matrix(m,n)"]),
    ("grad(frob2(A*W*B+C),W) == 2*transpose(A)*(A*W*B+C)*transpose(B)",
     ["A matrix(p,m)", "W matrix(m,n)", "B matrix(n,q)", "C matrix(p,q)"]),
    ("trace(A*B*C) == trace(C*A*B)", ["A matrix(m,n)", "B matrix(n,k)", "C matrix(k,m)"]),
    ("grad(transpose(x)*A*x,x) == (A+transpose(A))*x", ["A matrix(n,n)", "x vector(n)"]),
    ("transpose(A*B) == transpose(B)*transpose(A)", ["A matrix(m,n)", "B matrix(n,k)"]),
    ("grad(transpose(x)*S*x,x) == 2*S*x", ["S symmetric(n)", "x vector(n)"]),
    ("trace(identity(n)) == n", ["x vector(n)"]),
    ("frob2(A) == trace(transpose(A)*A)", ["A matrix(m,n)"]),
    ("dot(x,A*y) == dot(transpose(A)*x,y)", ["A matrix(m,n)", "x vector(m)", "y vector(n)"]),
    ("trace((A*transpose(A))^3) == trace((transpose(A)*A)^3)", ["A matrix(m,n)"]),
    ("outer(x,y)*z == dot(y,z)*x", ["x vector(m)", "y, z vector(n)"]),
    ("dot(ones(n),ones(n)) == n", ["x vector(n)"]),
    ("identity(n)*A == A", ["A matrix(n,n)"]), ("A*identity(n) == A", ["A matrix(m,n)"]),
    ("A^0 == identity(n)", ["A matrix(n,n)"]), ("A^0*x == x", ["A matrix(n,n)", "x vector(n)"]),
    ("(A+B)^2 == A^2+A*B+B*A+B^2", ["A, B matrix(n,n)"]),
    ("grad(trace(A*X*B*transpose(X)),X) == transpose(A)*X*transpose(B)+A*X*B",
     ["A matrix(m,m)", "X matrix(m,n)", "B matrix(n,n)"]),
    ("grad(frob2(W*x-y)/2 + lam/2*frob2(W), W) == outer(W*x-y,x)+lam*W",
     ["W matrix(m,n)", "x vector(n)", "y vector(m)", "lam"]),
    ("frob2(transpose(A)*A) == trace(A*transpose(A)*A*transpose(A))", ["A matrix(m,n)"]),
    ("dot(grad(frob2(U*V-Y),U),U) == dot(grad(frob2(U*V-Y),V),V)",
     ["U matrix(m,r)", "V matrix(r,n)", "Y matrix(m,n)"]),
    ("transpose(U)*grad(frob2(U*V-Y),U) == grad(frob2(U*V-Y),V)*transpose(V)",
     ["U matrix(m,r)", "V matrix(r,n)", "Y matrix(m,n)"]),
]

FALSE = [
    ("grad(frob2(U*V-Y),U) == (U*V-Y)*transpose(V)",
     ["U matrix(m,r)", "V matrix(r,n)", "Y matrix(m,n)"]),
    ("grad(frob2(A*W*B+C),W) == 2*transpose(A)*(A*W*B+C)*B",
     ["A matrix(p,m)", "W matrix(m,n)", "B matrix(n,n)", "C matrix(p,n)"]),
    ("grad(transpose(x)*A*x,x) == 2*A*x", ["A matrix(n,n)", "x vector(n)"]),
    ("A*B == B*A", ["A, B matrix(n,n)"]),
    ("(A+B)^2 == A^2+2*A*B+B^2", ["A, B matrix(n,n)"]),
    ("trace(A*B*C) == trace(A*C*B)", ["A, B, C matrix(n,n)"]),
    ("trace(A*B) == trace(A)*trace(B)", ["A, B matrix(n,n)"]),
    ("frob2(A*B) == frob2(A)*frob2(B)", ["A, B matrix(n,n)"]),
    ("hadamard(A,B)*x == A*(B*x)", ["A, B matrix(n,n)", "x vector(n)"]),
    ("U*transpose(U) == transpose(U)*U", ["U matrix(n,n)"]),
    ("A == transpose(A)", ["A matrix(n,n)"]),
    ("A^0 == outer(ones(n),ones(n))", ["A matrix(n,n)"]), ("A^0 == A", ["A matrix(n,n)"]),
]

MISFITS = [
    ("grad(frob2(U*V-Y),U) == 2*(U*V-Y)*V", ["U matrix(m,r)", "V matrix(r,n)", "Y matrix(m,n)"]),
    ("A*B==B*A", ["A matrix(m,n)", "B matrix(n,m)"]),
    ("A == transpose(A)", ["A matrix(m,n)"]),
]


@pytest.mark.parametrize(("conclude", "for_all"), TRUE)
def test_proves_for_all_sizes(conclude, for_all):
    verdict = index_proof()(proposition(conclude, for_all=for_all))
    assert isinstance(verdict, Proved), verdict


@pytest.mark.parametrize(("conclude", "for_all"), FALSE)
def test_refutes_with_matrices(conclude, for_all):
    verdict = index_proof()(proposition(conclude, for_all=for_all))
    assert isinstance(verdict, Refuted) and "[[" in verdict.note, verdict


@pytest.mark.parametrize(("conclude", "for_all"), MISFITS)
def test_sizes_that_do_not_fit_are_an_error(conclude, for_all):
    with pytest.raises(SizeError, match="sizes do not fit"):
        index_proof()(proposition(conclude, for_all=for_all))


def test_scope_names_the_sizes():
    verdict = index_proof()(proposition("transpose(A*B) == transpose(B)*transpose(A)",
                                        for_all=["A matrix(m,n)", "B matrix(n,k)"]))
    assert verdict.proposition.scope() == "for all A, B, all sizes m, n, k"
    assert "for all sizes m, n, k" in verdict.method


@pytest.mark.parametrize("entry", ["A matrix(m)", "x vector(m,n)", "A matrix(0,n)"])
def test_sorts_are_checked(entry):
    with pytest.raises(FormulaError):
        proposition("trace(A) == 0", for_all=[entry])


def test_unsupported_and_empty_are_undecided():
    assert isinstance(index_proof()(proposition(
        "exp(A) == A", for_all=["A matrix(n,n)"])), Undecided)
    assert isinstance(index_proof()(proposition(
        "A*A == A", for_all=["A matrix(n,n)"], assume=["trace(A) == n + 1/2"])), Undecided)


def test_a_symmetric_matrix_has_no_free_entries_to_differentiate_by():
    verdict = index_proof()(proposition("grad(trace(S), S) == identity(n)",
                                        for_all=["S symmetric(n)"]))
    assert isinstance(verdict, Undecided)


def test_points_include_sizes_that_differ():
    statement = proposition("frob2(A) == 0", for_all=["A matrix(m,n)"])
    shapes = {(p["A"].nrows(), p["A"].ncols()) for p in points(statement)}
    assert any(m < n for m, n in shapes) and any(m > n for m, n in shapes)


def test_canonical_names_do_not_depend_on_the_order_of_dummies():
    one = Term(1, (("A", (1, 2)), ("A", (2, 3)), ("A", (3, 1))), {1: "n", 2: "n", 3: "n"})
    two = Term(1, (("A", (3, 2)), ("A", (1, 3)), ("A", (2, 1))), {1: "n", 2: "n", 3: "n"})
    other = Term(1, (("A", (1, 2)), ("A", (3, 2)), ("A", (3, 1))), {1: "n", 2: "n", 3: "n"})
    plain = frozenset()
    assert canonical(one, plain) == canonical(two, plain) != canonical(other, plain)
    assert canonical(one, frozenset({"A"})) == canonical(other, frozenset({"A"}))


def test_contraction_counts_free_dummies():
    assert contracted(Term(2, (("δ", (1, 1)),), {1: "n"})).factors == (("n", ()),)
    assert contracted(Term(2, (("δ", (1, 2)),), {1: "3", 2: "3"})).coefficient == 6


def test_slope_by_values_needs_no_product_rule():
    samples = [t ** 4 - 3 * t ** 2 + 5 * t + 1 for t in range(5)]
    assert matrix_values.slope_at_zero([matrix_values.fmpq(s) for s in samples]) == 5
