"""Contact inequalities with symbolic parameters; sharp constants, strictness, hypotheses."""

import pytest

from gradproof.checks import monotonicity
from gradproof.formulas import FormulaError, proposition
from gradproof.verdicts import Proved, Refuted, Undecided

STEP = ["0 < 2*h*L", "2*h*L < 1", "g > 0", "L > 0"]
KAPPA = "1 - log(1 - 2*h*L)/log(1 + 2*h*g)"


def decided(goal, names, assume, in_, at="0"):
    return monotonicity(in_=in_, at=at)(proposition(goal, for_all=[names], assume=assume))


@pytest.mark.parametrize("goal, names, assume, in_, at, verdict", [
    ("exp(x) >= 1 + x", "x", [], "x", "0", Proved),
    ("exp(x) > 1 + x", "x", [], "x", "0", Refuted),
    ("exp(x) > 1 + x", "x", ["x > 0"], "x", "0", Proved),
    ("exp(x) >= 1 + 1.01*x", "x", ["x >= 0"], "x", "0", Refuted),
    ("exp(x) >= 1 + x + x^2/2", "x", ["x >= 0"], "x", "0", Proved),
    ("exp(x) >= 1 + x + x^2/2", "x", [], "x", "0", Refuted),
    ("log(1 + u) <= u", "u", ["u >= 0"], "u", "0", Proved),
    ("log(1 - u) <= -u", "u", ["0 <= u < 1"], "u", "0", Proved),
    ("log(1 - u) < -u", "u", ["0 <= u < 1"], "u", "0", Refuted),
    ("log(1 - u) < -u", "u", ["0 < u < 1"], "u", "0", Proved),
    ("log(1 + u)/u < 1", "u", ["u > 0"], "u", "0", Proved),
    ("log(x) <= x - 1", "x", ["x > 0"], "x", "1", Proved),
    ("log(x) <= x - 1.01", "x", ["x > 0"], "x", "1", Refuted),
    ("exp(a*x) >= 1 + a*x", "a, x", [], "x", "0", Proved),
    (f"{KAPPA} >= (L + g)/g", "h, L, g", STEP, "h", "0", Proved),
    (f"{KAPPA} > (L + g)/g", "h, L, g", STEP, "h", "0", Proved),
    (f"{KAPPA} >= 1.01*(L + g)/g", "h, L, g", STEP, "h", "0", Refuted),
    ("x*exp(x) >= 1", "x", ["x >= 0", "x <= 0"], "x", "0", Refuted)])
def test_contact(goal, names, assume, in_, at, verdict):
    assert isinstance(decided(goal, names, assume, in_, at), verdict)


@pytest.mark.parametrize("goal, assume, verdict", [
    ("j(q, p) >= 0", ["q > 0", "p > 0"], Proved),
    ("j(q, p) > 0", ["q > 0", "p > q"], Proved),
    ("j(q, p) > 0", ["q > 0", "p >= q"], Refuted),
    ("j(q, p) >= 1/100*(q - p)^2", ["q > 0", "p > 0"], Refuted)])
def test_a_definition_is_read_on_either_side_of_the_point_of_contact(goal, assume, verdict):
    let = {"j(q, p)": "q*log(2*q/(q + p)) + p*log(2*p/(q + p))"}
    stated = proposition(goal, for_all=["q, p"], assume=assume, let=let)
    assert isinstance(monotonicity(in_="p", at="q")(stated), verdict)


def test_holes_in_the_domain_stop_the_argument():
    # between 0 and x ≥ 2 the hypotheses exclude (1, 2): nothing follows from the slope at 0
    assert isinstance(decided("exp(x) >= 1 + x", "x", ["x*(x - 1)*(x - 2) >= 0"], "x"),
                      (Undecided, Proved))
    assert isinstance(decided("1/x >= -1", "x", [], "x"), Undecided)


def test_bad_options_are_named():
    with pytest.raises(FormulaError, match="no parameter"):
        decided("exp(x) >= 1 + x", "x", [], "y")
    with pytest.raises(FormulaError, match="must not contain"):
        decided("exp(x) >= 1 + x", "x", [], "x", "x")
