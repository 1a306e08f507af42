"""Normal forms: true identities of every kind, and near misses that hold on part of the domain."""

import pytest

from gradproof.checks import normal_form
from gradproof.checks.core import Accept, Unknown
from gradproof.formulas import proposition
from gradproof.verdicts import Proved, Refuted, Undecided

TRUE = [
    ("sqrt(x+2*sqrt(x)+1) == 1+sqrt(x)", ["x"], ["x>=0"]),
    ("sqrt(-x)*sqrt(-y)==sqrt(x*y)", ["x", "y"], ["x<=0", "y<=0"]),
    ("prod(k,1,n,2*k) == 2^n*prod(k,1,n,k)", ["n natural"], []),
    ("sum(k,0,n-1,1/(k+1)) == sum(j,1,n,1/j)", ["n natural"], []),
    ("sum(k,n+1,2*n+2,1/k) == sum(k,n,2*n,1/k)-1/n+1/(2*n+1)+1/(2*n+2)", ["n natural"], ["n>=1"]),
    ("sum(k,1,n,3) == 3*n", ["n natural"], []),
    ("exp(a+b) == exp(a)*exp(b)", ["a", "b"], []),
    ("exp(x/2)*exp(x/3) == exp(5*x/6)", ["x"], []),
    ("cosh(x)^2 - sinh(x)^2 == 1", ["x"], []),
    ("tanh(2*x) == 2*tanh(x)/(1+tanh(x)^2)", ["x"], []),
    ("e^x == exp(x)", ["x"], []),
    ("2^(n+1) == 2*2^n", ["n natural"], []),
    ("4^n == (2^n)^2", ["n natural"], []),
    ("6^n == 2^n*3^n", ["n"], []),
    ("a^(n+1) == a*a^n", ["a", "n natural"], []),
    ("(a*b)^n == a^n*b^n", ["a", "b", "n natural"], []),
    ("(-1)^(2*n+1) == -1", ["n natural"], []),
    ("((-1)^n)^2 == 1", ["n natural"], []),
    ("(-2)^n == (-1)^n*2^n", ["n natural"], []),
    ("sin(x)^2+cos(x)^2 == 1", ["x"], []),
    ("sin(x+y) == sin(x)*cos(y)+cos(x)*sin(y)", ["x", "y"], []),
    ("sin(2*x) == 2*sin(x)*cos(x)", ["x"], []),
    ("cos(x/2)^2 == (1+cos(x))/2", ["x"], []),
    ("cos(pi/3) == 1/2", [], []),
    ("sin(x+pi) == -sin(x)", ["x"], []),
    ("cos(pi/12) == (sqrt(6)+sqrt(2))/4", [], []),
    ("cos(pi/5) == (1+sqrt(5))/4", [], []),
    ("sqrt(x)*sqrt(y) == sqrt(x*y)", ["x", "y"], ["x>=0", "y>=0"]),
    ("sqrt(y^2) == y", ["y"], ["y>=0"]),
    ("sqrt(y^2) == abs(y)", ["y"], []),
    ("sqrt(8) == 2*sqrt(2)", [], []),
    ("sqrt(2)*sqrt(3) == sqrt(6)", [], []),
    ("1/(sqrt(2)-1) == sqrt(2)+1", [], []),
    ("sqrt(3+2*sqrt(2))^2 == 3+2*sqrt(2)", [], []),
    ("sqrt(3+2*sqrt(2)) == 1+sqrt(2)", [], []),
    ("r^3 == 2*r", ["r"], ["r^2 == 2", "r>0"]),
    ("r^2 == 2", ["r"], ["r^4 == 4", "r>0"]),
    ("x^3+y^3 == 7", ["x", "y"], ["x+y==1", "x*y==-2"]),
    ("log(x*y) == log(x)+log(y)", ["x", "y"], ["x>0", "y>0"]),
    ("log(exp(x)) == x", ["x"], []),
    ("exp(log(x)/2) == sqrt(x)", ["x"], ["x>0"]),
    ("log(x^3) == 3*log(x)", ["x"], ["x>0"]),
    ("log(8) == 3*log(2)", [], []),
    ("abs(x)^2 == x^2", ["x"], []),
    ("abs(x*y) == abs(x)*abs(y)", ["x", "y"], []),
    ("abs(x) == -x", ["x"], ["x<=0"]),
    ("factorial(n+1) == (n+1)*factorial(n)", ["n natural"], []),
    ("binomial(n+1,k+1) == binomial(n,k)+binomial(n,k+1)", ["n natural", "k natural"], ["k<=n-1"]),
    ("binomial(n,2) == n*(n-1)/2", ["n natural"], []),
    ("sum(k,1,n+1,k) == sum(k,1,n,k)+n+1", ["n natural"], []),
    ("sum(k,1,n,a*k) == a*sum(j,1,n,j)", ["n natural", "a"], []),
    ("max(x,y)+min(x,y) == x+y", ["x", "y"], []),
    ("x^(1/2)*x^(1/3) == x^(5/6)", ["x"], ["x>0"]),
    ("sin(asin(x)) == x", ["x"], ["-1<=x<=1"]),
    ("cos(atan(x)) == 1/sqrt(1+x^2)", ["x"], []),
    ("(1-eta)^(n+1) == (1-eta)*(1-eta)^n", ["eta", "n natural"], []),
    ("exp(-x)/(1+exp(-x)) == 1 - 1/(1+exp(-x))", ["x"], []),
    ("log(1+exp(x)) == x+log(1+exp(-x))", ["x"], []),
    ("a^x*a^y == a^(x+y)", ["a", "x", "y"], ["a>0"]),
    ("log(a^x) == x*log(a)", ["a", "x"], ["a>0"]),
    ("tan(x)*cos(x) == sin(x)", ["x"], ["0<=x<=1"]),
    ("sin(x)^4-cos(x)^4 == -cos(2*x)", ["x"], []),
    ("sqrt(x+2*sqrt(x)+1) == sqrt(x)+1", ["x"], ["x>=0"]),
    ("(a^n)^2 == a^(2*n)", ["a", "n natural"], []),
    ("a^(n-1)*a == a^n", ["a", "n integer"], ["n>=1"]),
    ("e == exp(1)", [], []),
    ("sqrt(exp(x)) == exp(x/2)", ["x"], []),
    ("acos(-x) == pi - acos(x)", ["x"], ["-1<=x<=1"]),
]

# true somewhere (positive numbers, integers, one branch) and false somewhere else
FALSE = [
    ("sqrt(a*x)*0 + sqrt(x^2) == x", ["a", "x"], ["a>=0", "a*x>=0"]),
    ("sum(k,1,n,3) == 3*n", ["n integer"], []),
    ("sqrt(y^2) == y", ["y"], []),
    ("sqrt(x*y) == sqrt(x)*sqrt(y)", ["x", "y"], ["x*y>=0"]),
    ("log(x^2) == 2*log(x)", ["x"], []),
    ("exp(a*b) == exp(a)*exp(b)", ["a", "b"], []),
    ("(-1)^n == 1", ["n natural"], []),
    ("4^n == 2^(n+1)", ["n natural"], []),
    ("r == 2", ["r"], ["r^2==4"]),
    ("abs(x) == x", ["x"], ["x>=-1"]),
    ("(a^x)^2 == a^(2*x+1)", ["a", "x"], ["a>0"]),
    ("sum(k,1,n,k) == n*(n+2)/2", ["n natural"], []),
    ("cos(pi/5) == (1-sqrt(5))/4", [], []),
    ("sum(k,3,n+1,k) == sum(k,3,n,k)+n+1", ["n natural"], []),
    ("180*acos(7823207/7823209)/pi == 0", [], []),
    ("sin(2*x)==2*sin(x)", ["x"], []),
    ("log(8)==2*log(2)", [], []),
    ("sqrt(x^2*y) == x*sqrt(y)", ["x", "y"], ["y>=0"]),
    ("sqrt(x/y) == sqrt(x)/sqrt(y)", ["x", "y"], ["x/y>=0", "y!=0"]),
    ("log(x/y) == log(x)-log(y)", ["x", "y"], ["x/y>0", "y!=0"]),
    ("sqrt(x*y) == sqrt(-x)*sqrt(-y)", ["x", "y"], ["x*y>=0"]),
    ("(x^2)^(1/2) == x", ["x"], ["x!=0"]),
    ("(x^2)^a == x^(2*a)", ["x", "a"], ["x!=0"]),
    ("(x^2)^n == x^(2*n)", ["x", "n"], ["x>=-1"]),
    ("abs(x-y) == abs(x)-abs(y)", ["x", "y"], ["x>=y"]),
    ("(-1)^n == cos(pi*n)", ["n"], []),
    ("sin(pi*n) == 0", ["n"], []),
    ("asin(sin(x)) == x", ["x"], []),
    ("acos(cos(x)) == x", ["x"], ["x>=0"]),
    ("atan(tan(x)) == x", ["x"], ["0<=x<=3"]),
    ("x == 1", ["x"], ["x^2==x"]),
    ("x == y", ["x", "y"], ["x^2==y^2", "x>=0"]),
    ("x == y", ["x", "y"], ["x^3==y^3"]),
    ("x == y", ["x", "y"], ["0*x==0*y"]),
    ("sum(k,1,n,1) == n", ["n integer"], []),
    ("sum(k,1,n+1,k) == sum(k,1,n,k)+n+1", ["n integer"], []),
    ("sum(k,n,m,1) == m-n+1", ["n integer", "m integer"], []),
    ("prod(k,1,n,2) == 2^n", ["n integer"], []),
    ("binomial(n,k) == binomial(n,n-k)", ["n natural", "k natural"], []),
    ("binomial(n+1,k+1) == binomial(n,k)+binomial(n,k+1)", ["n integer", "k integer"], ["n>=0"]),
    ("binomial(n,k)*k == n*binomial(n-1,k-1)", ["n natural", "k natural"], []),
    ("0^n == 0", ["n natural"], []),
    ("a^n*a^m == a^(n*m)", ["a", "n natural", "m natural"], []),
    ("(a^n)^m == a^(n+m)", ["a", "n natural", "m natural"], ["a>0"]),
    ("(-1)^(n^2) == (-1)^(n+1)", ["n integer"], []),
    ("(-1)^(n*(n+1)) == -1", ["n integer"], []),
    ("exp(x)^y == exp(x+y)", ["x", "y"], []),
    ("log(x^2)/2 == log(x)", ["x"], ["x!=0"]),
    ("max(x,y) == x", ["x", "y"], ["x>=y-1"]),
    ("max(x,y)^2 == max(x^2,y^2)", ["x", "y"], []),
    ("sign(x)*abs(x) == x+1", ["x"], []),
    ("sqrt(1-sin(x)^2) == cos(x)", ["x"], []),
    ("tanh(x+y) == tanh(x)+tanh(y)", ["x", "y"], []),
    ("prod(k,1,n,1-1/(k+1)) == 1/(n+2)", ["n natural"], []),
    ("sum(k,1,n,k) == n*(n+1)/2 + prod(k,0,5,n-k)", ["n natural"], []),
    ("sqrt(x^2) == x", ["x", "n natural"], ["n*x>=0"]),
    ("sin(n*pi/2)^2 == 0", ["n integer"], []),
    ("cos(2*pi/5) == (1-sqrt(5))/4", [], []),
    ("floor(x+1/2) == floor(x)", ["x"], []),
    ("floor(-x) == -floor(x)", ["x"], []),
    ("erf(-x) == erf(x)", ["x"], []),
    ("sum(k,1,n,x^k) == x*(x^n-1)/(x-1)+1", ["x", "n natural"], ["x>1"]),
    ("sum(k,1,n,sum(j,1,k,j)) == sum(j,1,n,sum(k,1,j,k))+n*0+1", ["n natural"], []),
    ("sum(k,1,n,sum(j,1,n,k/j)) == sum(k,1,n,sum(j,1,n,j/k)) + n", ["n natural"], []),
    ("x/y == x/y + (x-x)/0", ["x", "y"], ["y>0"]),
    ("gamma_function(x+1) == (x+1)*gamma_function(x)", ["x"], ["x>0"]),
]

CONSTANTS = [
    "cos(pi/5) == (1 + sqrt(5))/4",
    "sqrt(5 + 2*sqrt(6)) == sqrt(2) + sqrt(3)",
    "sqrt(5 - 2*sqrt(6)) == sqrt(3) - sqrt(2)",
    "4*atan(1/5) - atan(1/239) == pi/4",
    "atan(1) + atan(2) + atan(3) == pi",
    "(2 + sqrt(5))^(1/3) - (sqrt(5) - 2)^(1/3) == 1",
    "sin(pi/7)*sin(2*pi/7)*sin(3*pi/7) == sqrt(7)/8",
]
NO_CONSTANTS = [
    "4*atan(1/5) - atan(1/239) == pi/4 + 2*pi",
    "sqrt(5 + 2*sqrt(6)) == sqrt(2) + sqrt(3) + 1/10^40",
    "sqrt(5 - 2*sqrt(6)) == sqrt(2) - sqrt(3)",
    "180*acos(7823207/7823209)/pi == 0",
    "cos(pi/5) == (1 - sqrt(5))/4",
]


@pytest.mark.parametrize(("conclude", "for_all", "assume"), TRUE)
def test_accepts(conclude, for_all, assume):
    outcome = procedure(conclude, for_all, assume)
    assert isinstance(outcome, Accept), outcome


@pytest.mark.parametrize(("conclude", "for_all", "assume"), FALSE)
def test_never_accepts_a_near_miss_even_without_the_audit(conclude, for_all, assume):
    """The procedure alone, not saved by the points at which the pipeline evaluates."""
    assert isinstance(procedure(conclude, for_all, assume), Unknown)


def procedure(conclude, for_all, assume):
    """What the procedure says without the pipeline around it."""
    return normal_form().procedure(proposition(conclude, for_all=for_all, assume=assume))


@pytest.mark.parametrize("conclude", CONSTANTS)
def test_constants_beyond_the_tower(conclude):
    assert normal_form()(proposition(conclude)).passes


@pytest.mark.parametrize("conclude", NO_CONSTANTS)
def test_constants_that_are_close_or_on_another_branch(conclude):
    assert isinstance(procedure(conclude, [], []), Unknown)
    assert isinstance(normal_form()(proposition(conclude)), Refuted)


@pytest.mark.parametrize(("conclude", "assume", "kind"), [
    ("x/x == 1", [], Undecided), ("x/x == 1", ["x > 0"], Proved),
    ("sqrt(y^2) == y", [], Refuted), ("sqrt(y^2) == y", ["y >= 0"], Proved),
    ("(x^2 - 1)/(x - 1) == x + 1", [], Undecided),
    ("(x^2 - 1)/(x - 1) == x + 1", ["x != 1"], Proved),
    ("1/(1/x) == x", [], Undecided), ("exp(log(x)) == x", [], Undecided),
])
def test_the_pipeline_asks_for_the_domain(conclude, assume, kind):
    names = sorted({"x", "y"} & set(conclude))
    verdict = normal_form()(proposition(conclude, for_all=names, assume=assume))
    assert isinstance(verdict, kind), verdict


def test_says_in_which_field():
    plain = normal_form()(proposition("(x + y)^2 == x^2 + 2*x*y + y^2", for_all=["x, y"]))
    assert plain.method == "normal form in ℚ(x, y)"
    assert plain.certificate == {"conclusions": [{"kind": "rational identity"}]}
    tower = normal_form()(proposition("sqrt(x)*sqrt(x) == x", for_all=["x"], assume=["x >= 0"]))
    assert tower.method == "normal form in ℚ(x)[sqrt(x)]" and tower.certificate is None
    modulo = normal_form()(proposition("r^4 == 4", for_all=["r"], assume=["r^2 == 2"],
                                       examples=[]))
    assert isinstance(modulo, Undecided)  # no rational point satisfies r² = 2


def test_equations_only_and_budgets():
    assert "equations only" in procedure("x^2 >= 0", ["x"], []).reason
    assert "budget" in procedure("(x+y+z+1)^3000 == 0", ["x,y,z"], []).reason


def test_matrices_are_no_commuting_numbers():
    commuting = proposition("A*B == B*A", for_all=["A, B matrix(n,n)"])
    assert isinstance(normal_form().procedure(commuting), Unknown)
    assert isinstance(normal_form()(commuting), Undecided)
