"""What counts as the same writing of a formula."""

import pytest

from gradproof.exercises.forms import form
from gradproof.formulas import parse_expr


def same_form(one, two):
    return form(parse_expr(one)) == form(parse_expr(two))


@pytest.mark.parametrize(("one", "two"), [
    ("(q + p)/4 - (q - p)^2/(4*(q + p))", "(p + q)/4 - (p - q)^2/(4*(p + q))"),
    ("(1 - t)^4", "(-1 + t)^4"),
])
def test_an_even_power_does_not_see_the_sign_of_a_difference(one, two):
    assert same_form(one, two)


@pytest.mark.parametrize(("one", "two"), [
    ("(q - p)^3", "(p - q)^3"),
    ("(q - p)^2", "(q + p)^2"),
    ("(q - p)^2", "(q - p)^4"),
    ("(q - p)^(1/2)", "(p - q)^(1/2)"),
    ("(q - p)^n", "(p - q)^n"),
])
def test_other_powers_do(one, two):
    assert not same_form(one, two)
