"""Finitely many exact instances: equal, different, refused, none."""

from fractions import Fraction
from math import comb

import numpy as np
import pytest
import sympy

from gradproof.checks.core import KernelError
from gradproof.checks.exact.instances import every, instances
from gradproof.formulas import Proposition
from gradproof.verdicts import Proved, Refuted, Undecided


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


def test_every():
    assert type(every([2, 3, 5], lambda p: all(p % k for k in range(2, p)),
                      statement="primes")()) is Proved
    assert every([2, 9], lambda p: all(p % k for k in range(2, p)),
                 statement="primes")().witness == {"case": "9"}
    assert type(every([], lambda p: True, statement="x")()) is Undecided
    with pytest.raises(TypeError, match="True or False"):
        every([1], lambda p: np.bool_(True), statement="x")()
    with pytest.raises(KernelError):
        every([(1, 2)], lambda a, b: a < b, second=lambda a, b: a > b, statement="x")()
