"""Finitely many exact instances: equal, different, refused, none."""

from fractions import Fraction
from math import comb, factorial

import numpy as np
import pytest
import sympy

from gradproof.checks.core import KernelError
from gradproof.checks.exact.instances import every, instances
from gradproof.formulas import Proposition
from gradproof.verdicts import Consistent, Proved, Refuted, Undecided


def by_recursion(n):
    return 1 if n == 0 else 2 * by_recursion(n - 1)


def by_binomials(n):
    return sum(comb(n, k) for k in range(n + 1))


def decide(cases, left, right):
    return instances(cases, left, right, statement="the two counts agree")()


def test_equal_instances_are_proved_and_counted():
    verdict = decide(range(8), by_recursion, by_binomials)
    assert type(verdict) is Proved
    assert verdict.proposition.prose == "the two counts agree (8 instances)"


def test_a_universal_clause_shrinks_to_its_instances():
    clause = Proposition(for_all=(("n", "natural"),), prose="the two counts agree for every n")
    verdict = instances(range(3), by_recursion, by_binomials)(clause)
    assert verdict.proposition.for_all == () and "3 instances" in verdict.proposition.prose


def test_one_wrong_case_refutes():
    verdict = decide(range(8), by_recursion, lambda n: by_binomials(n) + (n == 7))
    assert type(verdict) is Refuted and verdict.witness == {"case": "7"} and verdict.tier is Proved


def test_nothing_to_check():
    assert type(decide([], by_recursion, by_binomials)) is Undecided
    assert type(decide(range(3), by_recursion, by_recursion)) is Undecided


@pytest.mark.parametrize("value", [0.5, np.float64(1), np.int64(1), True, sympy.Float(1), None,
                                   sympy.nan, sympy.zoo, sympy.Symbol("x"), sympy.oo, [1, 2.0]])
def test_inexact_values_are_refused(value):
    with pytest.raises(TypeError, match="exact"):
        decide([1], lambda n: value, lambda n: 1)


def test_algebraic_numbers_and_matrices():
    root = sympy.sqrt(5 + 2 * sympy.sqrt(6))
    assert type(decide([1], lambda n: root, lambda n: sympy.sqrt(2) + sympy.sqrt(3))) is Proved
    near = sympy.Rational(31462643699, 10**10)
    assert type(decide([1], lambda n: root, lambda n: near)) is Refuted
    square = sympy.Matrix([[1, 2], [3, 4]])
    assert type(decide([1], lambda n: square, lambda n: [[1, 2], [3, 4]])) is Proved
    assert type(decide([1], lambda n: square, lambda n: [[1, 3], [2, 4]])) is Refuted
    assert type(decide([1], lambda n: [1], lambda n: [1, 1])) is Refuted


def test_transcendental_numbers_that_differ_in_form_stay_open():
    third = Fraction(1, 3)
    assert type(decide([1], lambda n: sympy.sin(third) ** 2,
                       lambda n: 1 - sympy.cos(third) ** 2)) is Undecided


def by_division(p):
    return all(p % k for k in range(2, p))


def by_wilson(p):
    return (factorial(p - 1) + 1) % p == 0


def primes(cases, predicate=by_division, second=None):
    return every(cases, predicate, second=second, statement="primes")()


def test_a_yes_alone_is_a_measurement():
    verdict = primes([2, 3, 5])
    assert type(verdict) is Consistent and verdict.label == "Measured"
    assert verdict.method == "case by case, 3 instances"
    assert verdict.proposition.prose == "primes (3 instances)"


def test_two_routes_over_exact_cases_are_a_proof_of_these():
    verdict = primes([2, 3, 5], second=by_wilson)
    assert type(verdict) is Proved
    assert verdict.method == "exact arithmetic, two routes, 3 instances"
    assert verdict.proposition.prose == "primes (3 instances)"


EXACT = [1, Fraction(1, 2), "text", True, sympy.sqrt(2), sympy.pi, (1, (2, Fraction(1, 3))),
         [[1, 2], [3]], {"case": 1}, {"case": (1, sympy.Rational(1, 2))}]
INEXACT = [0.5, 1.0, np.float64(1), np.int64(1), 1j, None, object(), sympy.Float(1),
           sympy.sqrt(2) + sympy.Float(1), sympy.Symbol("x"), (1, (2, 0.5)),
           [[1, 2], [3.0]], {"case": 0.5}, {"case": (1, np.int64(2))}, np.array([1, 2]), {1, 2}]


def two_routes(cases, answer=True):
    return every(cases, lambda *case, **named: answer,
                 second=lambda *case, **named: not (not answer), statement="whatever")()


@pytest.mark.parametrize("case", EXACT, ids=repr)
def test_cases_that_are_exact(case):
    verdict = two_routes([1, case])
    assert type(verdict) is Proved and "two routes" in verdict.method
    assert two_routes([case], answer=False).tier is Proved
    assert type(every([case], lambda *c, **n: True, statement="x")()) is Consistent


@pytest.mark.parametrize("case", INEXACT, ids=lambda case: type(case).__name__)
def test_one_inexact_case_makes_two_routes_a_measurement(case):
    verdict = two_routes([1, case])
    assert type(verdict) is Consistent and verdict.method == "case by case, 2 instances"
    assert two_routes([case, 1], answer=False).tier is Consistent


def test_the_near_miss_of_every_is_refuted_by_its_case():
    alone, both = primes([2, 9]), primes([2, 9], second=by_wilson)
    for verdict, tier in ((alone, Consistent), (both, Proved)):
        assert type(verdict) is Refuted and verdict.tier is tier
        assert verdict.witness == {"case": "9"} and verdict.note == "fails for case = 9"


def test_routes_that_disagree_are_no_verdict():
    """A test to the base 2 alone agrees with Wilson's theorem up to 340."""
    def to_base_two(p):
        return p == 2 or pow(2, p - 1, p) == 1

    assert type(primes([2, 3, 337], second=to_base_two)) is Proved
    with pytest.raises(KernelError, match="two routes of a predicate disagree at case = 341"):
        primes([2, 3, 341], second=to_base_two)
    with pytest.raises(KernelError, match="disagree"):
        primes([2, 341], to_base_two, by_division)
    with pytest.raises(KernelError):
        every([(1, 2)], lambda a, b: a < b, second=lambda a, b: a > b, statement="x")()


def test_every_that_shows_nothing():
    assert type(primes([])) is type(primes([], second=by_wilson)) is Undecided
    same = primes([2, 3], second=by_division)
    assert type(same) is Undecided and "same function" in same.note


@pytest.mark.parametrize("answer", [np.bool_(True), 1, 0, None, "yes", sympy.true])
def test_a_predicate_says_true_or_false(answer):
    with pytest.raises(TypeError, match="True or False"):
        primes([1], lambda p: answer)
    with pytest.raises(TypeError, match="True or False"):
        primes([1], lambda p: True, lambda p: answer)
