"""Induction: closed forms, products, inequalities, and where the step or the base breaks."""

import pytest

from gradproof.checks import induction
from gradproof.checks.core import Accept, Unknown
from gradproof.formulas import proposition
from gradproof.verdicts import Proved, Refuted, Undecided

TRUE = [
    ("sum(k,1,n,k) == n*(n+1)/2", ["n natural"], []),
    ("sum(k,1,n,k^2) == n*(n+1)*(2*n+1)/6", ["n natural"], []),
    ("sum(k,1,n,k^3) == sum(k,1,n,k)^2", ["n natural"], []),
    ("sum(k,0,n,r^k) == (r^(n+1)-1)/(r-1)", ["r", "n natural"], ["r != 1"]),
    ("sum(k,0,n,r^k) == (1-r^(n+1))/(1-r)", ["r", "n natural"], ["0<r", "r<1"]),
    ("prod(k,1,n,k) == factorial(n)", ["n natural"], []),
    ("prod(k,2,n,1-1/k^2) == (n+1)/(2*n)", ["n integer"], ["n>=2"]),
    ("sum(k,1,n,1/(k*(k+1))) == n/(n+1)", ["n natural"], []),
    ("sum(j,1,n,sum(k,1,j,k)) == n*(n+1)*(n+2)/6", ["n natural"], []),
    ("sum(k,1,n,k*factorial(k)) == factorial(n+1)-1", ["n natural"], []),
    ("sum(k,1,n,1/k^2) <= 2-1/n", ["n integer"], ["n>=1"]),
    ("2^n >= n+1", ["n natural"], []),
    ("(1+x)^n >= 1+n*x", ["x", "n natural"], ["x>=-1"]),
    ("factorial(n) >= 2^(n-1)", ["n integer"], ["n>=1"]),
    ("2^n > n", ["n natural"], []),
    ("prod(k,1,n,1-eta*lam) == (1-eta*lam)^n", ["eta", "lam", "n natural"], []),
    ("sum(k,1,n,1/sqrt(k)) <= 2*sqrt(n)", ["n integer"], ["n>=1"]),
    ("sum(k,1,n,1/sqrt(k)) >= sqrt(n)", ["n integer"], ["n>=1"]),
    ("prod(k,1,n,(2*k-1)/(2*k)) <= 1/sqrt(2*n+1)", ["n natural"], []),
    ("sum(k,1,n,(-1)^k*k) == ((-1)^n*(2*n+1)-1)/4", ["n natural"], []),
    ("sum(k,1,n,k*x^k) == x*(1-(n+1)*x^n+n*x^(n+1))/(1-x)^2", ["x", "n natural"], ["x!=1"]),
    ("prod(k,1,n,1+a) <= exp(n*a)", ["a", "n natural"], ["a>=0"]),
    ("sum(k,1,n,sin(k*x))*2*sin(x/2) == cos(x/2)-cos((n+1/2)*x)", ["x", "n natural"], []),
    ("4^n >= n^2", ["n natural"], []),
]

# the second needs n ≥ 0: sums below their lower end are empty
FALSE = [
    ("sum(k,1,n,1/sqrt(k)) <= 2*sqrt(n) - 1", ["n integer"], ["n>=0"]),
    ("prod(k,1,n,(2*k-1)/(2*k)) <= 1/sqrt(3*n+2)", ["n natural"], []),
    ("sum(k,1,n,k) == n*(n+1)/2+1", ["n natural"], []),
    ("sum(k,1,n,k) == n*(n-1)/2", ["n natural"], []),
    ("sum(k,1,n,k) == n*(n+1)/2", ["n integer"], []),
    ("sum(k,1,n,k) == n*(n+1)/2", ["n integer"], ["n>=-5"]),
    ("sum(k,1,n,1/k^2) <= 2-2/n", ["n integer"], ["n>=1"]),
    ("2^n > n+1", ["n natural"], []),
    ("2^n >= n^2", ["n natural"], []),
    ("(1+x)^n >= 1+n*x", ["x", "n natural"], ["x>=-4"]),
    ("factorial(n) >= 2^n", ["n natural"], []),
    ("n <= m", ["n natural", "m natural"], ["n<=m+1"]),
]


@pytest.mark.parametrize(("conclude", "for_all", "assume"), TRUE)
def test_accepts(conclude, for_all, assume):
    outcome = induction(on="n").procedure(
        proposition(conclude, for_all=for_all, assume=assume), on="n")
    assert isinstance(outcome, Accept), outcome


@pytest.mark.parametrize(("conclude", "for_all", "assume"), FALSE)
def test_never_accepts_a_near_miss_even_without_the_audit(conclude, for_all, assume):
    outcome = induction(on="n").procedure(
        proposition(conclude, for_all=for_all, assume=assume), on="n")
    assert isinstance(outcome, Unknown), outcome


def test_says_base_and_step():
    verdict = induction(on="n")(proposition(
        "sum(k, 1, n, k*factorial(k)) == factorial(n+1) - 1", for_all=["n natural"]))
    assert isinstance(verdict, Proved)
    assert verdict.method.startswith("induction on n: base n = 0 by normal form in ℚ, step by")


def test_false_from_some_n_on_is_refuted():
    verdict = induction(on="n")(proposition(
        "sum(k, 1, n, k) == n^2", for_all=["n natural"], assume=["n >= 1"]))
    assert isinstance(verdict, Refuted)


@pytest.mark.parametrize(("for_all", "assume", "reason"), [
    (["n"], ["n >= 1"], "no integer parameter"),
    (["n integer"], [], "bounds n from below"),
    (["n integer", "m natural"], ["n >= m"], "no constant"),
    (["n natural"], ["n^2 >= 4"], "no bound of n"),
])
def test_refuses_what_induction_does_not_cover(for_all, assume, reason):
    statement = proposition("sum(k, 1, n, 1/k^2) <= 2", for_all=for_all, assume=assume)
    assert reason in induction(on="n").procedure(statement, on="n").reason


def test_an_upper_bound_is_inherited():
    capped = proposition("2^n >= n + 1", for_all=["n natural", "m natural"], assume=["n <= m"])
    assert isinstance(induction(on="n")(capped), Proved)
    assert isinstance(induction(on="n")(proposition(
        "2^n <= n + 1", for_all=["n natural"], assume=["n <= 2"])), Refuted | Undecided)


@pytest.mark.parametrize(("assume", "low"), [
    ("n >= 3", 3), ("n > 3", 4), ("n > 5/2", 3), ("n >= 5/2", 3), ("n >= -2", 0), ("n > 0", 1),
    ("2 <= n", 2)])
def test_the_base_case_is_the_least_number_allowed(assume, low):
    from gradproof.checks.exact.induction import _range

    stated = proposition("2^n >= n", for_all=["n natural"], assume=[assume])
    assert _range(stated, "n").low == low
