"""The second route of an integral: mpmath confirms, contradicts, or says nothing."""

import pytest

from gradproof.checks.analysis import seconds
from gradproof.formulas import parse_expr


@pytest.mark.parametrize(("low", "high", "body", "value", "says"), [
    ("0", "1", "x^2", "1/3", True), ("0", "1", "x^2", "1/2", False), ("1", "0", "x", "-1/2", True),
    ("-oo", "0", "exp(x)", "1", True), ("-oo", "0", "exp(x)", "2", False),
    ("0", "oo", "exp(-x)", "1", True), ("0", "oo", "exp(-x)", "-1", False),
    ("-oo", "oo", "exp(-x^2)", "sqrt(pi)", True), ("-1", "1", "1/x", "0", None)])
def test_quadrature(low, high, body, value, says):
    low, high, body, value = map(parse_expr, (low, high, body, value))
    assert seconds.integral("x", low, high, body, (), value, {}) is says
