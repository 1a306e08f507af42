"""Gröbner bases: of the same ideal, and reduced."""

import pytest
from flint import Ordering

from gradproof.checks.exact.ideals import groebner
from gradproof.checks.exact.polynomials import Field
from gradproof.formulas import parse_expr

FIELD = Field(["x", "y", "z"], Ordering.lex)


def polys(*sources):
    return [FIELD.of(parse_expr(s)).num for s in sources]


@pytest.mark.parametrize(("given", "basis"), [
    (("x*y - 1", "x^2 - y"), ("x - y^2", "y^3 - 1")),
    (("x + y + z", "x*y + y*z + z*x", "x*y*z - 1"), ("x + y + z", "y^2 + y*z + z^2", "z^3 - 1")),
    (("x - y", "x - z"), ("x - z", "y - z")), (("2*x", "3*x - 1"), ("1",))])
def test_reduced_bases(given, basis):
    found = groebner(polys(*given), FIELD)
    monic = sorted(str(p / p.leading_coefficient()) for p in found)
    assert monic == sorted(map(str, polys(*basis)))
