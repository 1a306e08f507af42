"""Positivity on one box: values, slopes, and growth away from an excluded end."""

import flint
import pytest

from gradproof.checks.enclosed.bounds import positive
from gradproof.checks.enclosed.boxes import Side
from gradproof.checks.enclosed.functions import Function
from gradproof.formulas import parse_expr

BITS = 96


def shown(source, side, strict, orders):
    with flint.ctx.workprec(BITS):
        return positive(Function(parse_expr(source), ["x"], BITS), (side,), strict, orders)


# positive inside of (0, 1), zero at one end, and the order of derivatives that it takes
ZERO_AT = [("x", 0, 2), ("exp(x) - 1", 0, 2), ("exp(x) - 1 - x", 0, 3), ("x^3", 0, 4),
           ("1 - x", 1, 2), ("1 - exp(x - 1)", 1, 2), ("2 - x - exp(x - 1)", 1, 2),
           ("exp(1 - x) - 2 + x", 1, 3), ("(1 - x)^3", 1, 4)]


@pytest.mark.parametrize(("source", "end", "orders"), ZERO_AT)
def test_a_zero_at_an_excluded_end(source, end, orders):
    without = Side(0, 1, open_low=end == 0, open_high=end == 1)
    assert shown(source, without, True, orders)
    assert not shown(source, without, True, orders - 1)
    assert not shown(source, Side(0, 1), True, orders)  # with the end it is false
    other = Side(0, 1, open_low=end == 1, open_high=end == 0)
    assert not shown(source, other, True, orders)
    assert not shown(f"-({source})", without, True, orders)
