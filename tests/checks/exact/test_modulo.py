"""Matrix equations under hypotheses: combinations that vanish, and those that only look so."""

import pytest

from gradproof.checks import index_proof
from gradproof.formulas import proposition
from gradproof.verdicts import Proved, Refuted, Undecided

SORTS = ["A matrix(m,n)", "B matrix(m,n)", "R matrix(n,n)"]
ORTHOGONAL = ["transpose(R)*R == identity(n)"]
SAME_NORM = "frob2(A*transpose(R)) == frob2(A)"
GOOD = "dot(transpose(A)*A, h1)"


def decided(conclude, using, assume=ORTHOGONAL, for_all=SORTS):
    return index_proof(using=using)(proposition(conclude, for_all=for_all, assume=assume))


def test_an_orthogonal_factor_keeps_the_norm():
    verdict = decided(SAME_NORM, GOOD)
    assert isinstance(verdict, Proved)
    assert GOOD in verdict.method


def test_several_hypotheses_matrix_goals_and_numbers():
    assert isinstance(decided("A*R == 0*A", "h1*R - B*h2", ["A + B*transpose(R) == 0*A",
                                                           "transpose(R)*R == 0*R"]), Proved)
    assert isinstance(decided("trace(R)^2 == 1", "(trace(R) + 1)*h1", ["trace(R) == 1"]), Proved)


@pytest.mark.parametrize("conclude, using", [
    (SAME_NORM, ""),
    (SAME_NORM, "2*dot(transpose(A)*A, h1)"),
    (SAME_NORM, "-dot(transpose(A)*A, h1)"),
    (SAME_NORM, "dot(transpose(A)*A, h1) + 0*frob2(A)"),
    (SAME_NORM, "frob2(A*transpose(R)) - frob2(A)"),
    (SAME_NORM, "dot(transpose(A)*A, h2)"),
    (SAME_NORM, "trace(h1^0)*frob2(A)"),
    (SAME_NORM, "trace(grad(dot(transpose(A)*A, h1), h1))"),
    ("dot(R, grad(trace(transpose(R)*R), R)) == 2*trace(identity(n))",
     "dot(R, grad(trace(h1), R))"),
])
def test_a_wrong_combination_shows_nothing(conclude, using):
    assert isinstance(decided(conclude, using), Undecided)


def test_a_derivative_of_a_hypothesis_need_not_vanish():
    """d/dx of h = x·x − 1 is 2x, which is not zero where h is."""
    wrong = proposition("2*x == 0*x", for_all=["x vector(n)"], assume=["dot(x, x) == 1"])
    assert not isinstance(index_proof(using="grad(h1, x)")(wrong), Proved)
    scaled = proposition("2*x == 0*x", for_all=["x vector(n)", "c"], assume=["dot(x, x) == 1"])
    assert not isinstance(index_proof(using="grad(h1, x)")(scaled), Proved)


def test_without_the_hypothesis_a_witness_is_found():
    assert isinstance(decided(SAME_NORM, GOOD, assume=[]), Refuted)


def test_with_it_a_false_conclusion_is_refuted_by_a_sparse_example():
    assert isinstance(decided("frob2(R*transpose(A)) == 0", GOOD), Refuted)


def test_hypotheses_that_nothing_satisfies_prove_nothing():
    empty = ["frob2(A) == -1"]
    assert isinstance(decided("frob2(B) == frob2(B) + frob2(A) + 1", "-h1", empty), Undecided)


def test_a_parameter_may_not_have_a_hypothesis_name():
    clash = decided("h1*frob2(A) == 0*frob2(A)", "h1*frob2(A)", ["frob2(B) == 1"], [*SORTS, "h1"])
    assert not isinstance(clash, Proved)
