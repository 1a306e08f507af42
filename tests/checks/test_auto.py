"""decide(): the procedures in a fixed order, and no procedure for what it cannot read."""

import pytest

import gradproof.checks
from gradproof.checks import decide
from gradproof.checks.auto import fitting, unbounded
from gradproof.formulas import proposition
from gradproof.verdicts import Enclosed, Proved, Refuted, Undecided


@pytest.mark.parametrize(("conclude", "for_all", "assume", "kind"), [
    ("(x + 1)^2 == x^2 + 2*x + 1", ["x"], [], Proved),
    ("x^2 + 1 > 0", ["x"], [], Proved),
    ("sum(k, 1, n, 1/k^2) <= 2 - 1/n", ["n natural"], ["n >= 1"], Proved),
    ("2^n >= n + 1", ["n natural"], [], Proved),
    ("det([[a, b], [c, d]]) == a*d - b*c", ["a, b, c, d"], [], Proved),
    ("A*transpose(A) == transpose(A)*A", ["A matrix(n,n)"], [], Refuted),
    ("posdef([[2, 1], [1, 2]])", [], [], Proved),
    ("posdef([[1, 2], [2, 1]])", [], [], Refuted),
    ("sin(x) <= x", ["x"], ["x >= 0"], Proved),
    ("cos(x) > 0", ["x"], ["0 <= x <= 157/100"], Enclosed),
    ("sqrt(y^2) == y", ["y"], [], Refuted),
    ("x/x == 1", ["x"], [], Undecided),
])
def test_decides(conclude, for_all, assume, kind):
    verdict = decide()(proposition(conclude, for_all=for_all, assume=assume))
    assert isinstance(verdict, kind), verdict


def test_decide_is_a_check_and_no_module():
    assert callable(gradproof.checks.decide)


def test_the_order_is_fixed():
    names = [c.name for c in fitting(proposition("2^n >= n", for_all=["n natural"]))]
    assert names[0] == "signs of factors" and names[-1] == "subdivision" and "induction" in names


def test_induction_is_tried_on_what_bounds_and_exponents_contain():
    statement = proposition("sum(k, 1, n, x^m) == n*x^m", for_all=["x", "n, m, p natural"])
    assert unbounded(statement) == ["n", "m"]
