"""Matrix identities of fixed size with symbolic entries."""

import pytest

from gradproof.checks import matrix_identity
from gradproof.checks.exact.shapes import SizeError
from gradproof.formulas import proposition
from gradproof.verdicts import Proved, Refuted, Undecided

TRUE = [
    ("det([[a,b],[c,d]]*[[p,q],[r,s]]) == det([[a,b],[c,d]])*det([[p,q],[r,s]])",
     ["a,b,c,d", "p,q,r,s"], []),
    ("transpose([[a,b],[c,d]]*[[p,q],[r,s]]) == transpose([[p,q],[r,s]])*transpose([[a,b],[c,d]])",
     ["a,b,c,d", "p,q,r,s"], []),
    ("trace([[a,b],[c,d]]*[[p,q],[r,s]]) == trace([[p,q],[r,s]]*[[a,b],[c,d]])",
     ["a,b,c,d", "p,q,r,s"], []),
    ("[[a,b],[c,d]]*inv([[a,b],[c,d]]) == identity(2)", ["a,b,c,d"], ["a*d-b*c>0"]),
    ("inv([[a,b],[c,d]]) == [[d,-b],[-c,a]]/(a*d-b*c)", ["a,b,c,d"], ["a*d-b*c != 0"]),
    ("[[a,b],[c,d]]^2 - trace([[a,b],[c,d]])*[[a,b],[c,d]] +"
     " det([[a,b],[c,d]])*identity(2) == 0*identity(2)",
     ["a,b,c,d"], []),
    ("[[cos(t),-sin(t)],[sin(t),cos(t)]]*[[cos(u),-sin(u)],[sin(u),cos(u)]] =="
     " [[cos(t+u),-sin(t+u)],[sin(t+u),cos(t+u)]]",
     ["t", "u"], []),
    ("det(kron([[a,b],[c,d]],identity(2))) == (a*d-b*c)^2", ["a,b,c,d"], []),
    ("det([[1,x,x^2],[1,y,y^2],[1,z,z^2]]) == (y-x)*(z-x)*(z-y)", ["x,y,z"], []),
    ("[[1,x],[0,1]]^3 == [[1,3*x],[0,1]]", ["x"], []),
]

FALSE = [
    ("[[a,b],[c,d]]*[[p,q],[r,s]] == [[p,q],[r,s]]*[[a,b],[c,d]]", ["a,b,c,d", "p,q,r,s"], []),
    ("det([[a,b],[c,d]]+[[p,q],[r,s]]) == det([[a,b],[c,d]])+det([[p,q],[r,s]])",
     ["a,b,c,d", "p,q,r,s"], []),
    ("det(2*[[a,b],[c,d]]) == 2*det([[a,b],[c,d]])", ["a,b,c,d"], []),
    ("[[1,x],[0,1]]^3 == [[1,x^3],[0,1]]", ["x"], []),
    ("[[sin(x)]] == [[x]]", ["x"], []),
    ("[[sin(x),0]] == [[x,0]]", ["x"], []),
]


@pytest.mark.parametrize(("conclude", "for_all", "assume"), TRUE)
def test_proves(conclude, for_all, assume):
    verdict = matrix_identity()(proposition(conclude, for_all=for_all, assume=assume))
    assert isinstance(verdict, Proved), verdict


@pytest.mark.parametrize(("conclude", "for_all", "assume"), FALSE)
def test_refutes(conclude, for_all, assume):
    verdict = matrix_identity()(proposition(conclude, for_all=for_all, assume=assume))
    assert isinstance(verdict, Refuted), verdict


def test_an_inverse_asks_for_its_determinant():
    verdict = matrix_identity()(proposition("[[a,b],[c,d]]*inv([[a,b],[c,d]]) == identity(2)",
                                            for_all=["a,b,c,d"]))
    assert isinstance(verdict, Undecided) and "≠ 0" in verdict.note


@pytest.mark.parametrize("conclude", [
    "[[1,2]] == [[1],[2]]", "[[1,2]]*[[1,2]] == [[1,2]]", "det([[1,2]]) == 1",
    "[[1,2],[3,4]] + 1 == [[2,3],[4,5]]",
])
def test_sizes_that_do_not_fit_are_an_error(conclude):
    with pytest.raises(SizeError):
        matrix_identity()(proposition(conclude))
