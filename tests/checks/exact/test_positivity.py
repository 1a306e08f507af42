"""Certificates of positivity: found for what is true, refused when they are tampered with."""

import pytest
from flint import fmpq

from gradproof.checks import positivity
from gradproof.checks.core import Witness
from gradproof.checks.exact.derivation import Refused, verify
from gradproof.checks.exact.facts import facts_of
from gradproof.checks.exact.positivity import certified
from gradproof.formulas import Expr, proposition
from gradproof.verdicts import Proved, Refuted, Undecided

SLOPE = "(g/2)*(1-s)*(2-s) + (L-g/2)*s*(7-5*s) >= 0"
PQ = {"p(s)": "-2*g - 2*g*s + (10*g-14*L)*s^2 + (10*L-6*g)*s^3",
      "q(s, y)": "-30*(L+g)*s^2*(1-s)^2*y^2"}
BOX = ["0 <= s <= 1", "0 <= y <= 1", "L >= g", "g > 0"]
ORTHANT = ["x >= 0", "y >= 0", "z >= 0"]
MOTZKIN = "x^4*y^2 + x^2*y^4 - 3*x^2*y^2"

PAIRS = [  # true, false, parameters, hypotheses of both
    ("p(s) + q(s, y) > -(22/3)*L", "p(s) + q(s, y) > -7*L", "s, y, L, g", BOX),
    ("p(s) > -(25/6)*L", "p(s) > -4*L", "s, y, L, g", BOX),
    (f"{MOTZKIN} + 1 >= 0", f"{MOTZKIN} + 0.99 >= 0", "x, y", []),
    (f"{MOTZKIN} + 1 >= 0", f"{MOTZKIN} + 1 > 0", "x, y", []),
    ("(a+b)^2 >= 4*a*b", "(a+b)^2 >= 4.01*a*b", "a, b", []),
    ("(a+b)^2 > 4*a*b - 1", "(a+b)^2 > 4*a*b", "a, b", []),
    ("x^3 + y^3 + z^3 >= 3*x*y*z", "x^3 + y^3 + z^3 >= 3.01*x*y*z", "x, y, z", ORTHANT),
    ("x*y + y*z + z*x <= 1/3", "x*y + y*z + z*x <= 0.33", "x, y, z", [*ORTHANT, "x+y+z == 1"]),
    ("x + y <= 2", "x + y <= 1.99", "x, y", ["x^2 + y^2 <= 2"]),
    ("(3*x-1)^2*(1+y) + (2*y-1)^2 >= 0", "(3*x-1)^2*(1+y) + (2*y-1)^2 > 0", "x, y",
     ["0 <= x <= 1", "0 <= y <= 1"]),
    ("x^4 + y^4 + z^4 + 1 >= 4*x*y*z", "x^4 + y^4 + z^4 + 1 > 4*x*y*z", "x, y, z", []),
    ("a/b + b/a >= 2", "a/b + b/a > 2", "a, b", ["a > 0", "b > 0"]),
    ("(1-h*g)^2 < 1", "(1-h*g)^2 < 0.99", "h, g, L", ["L > 0", "0 < h", "h < 2/L", "0 < g <= L"]),
    ("sqrt(x*y) <= (x+y)/2", "sqrt(x*y) <= (x+y)/2.01", "x, y", ["x >= 0", "y >= 0"]),
    ("sqrt(x^2+y^2) <= x + y", "sqrt(x^2+y^2) < x + y", "x, y", ["x >= 0", "y >= 0"]),
    ("max(x, y) >= (x+y)/2", "max(x, y) > (x+y)/2", "x, y", []),
]


@pytest.mark.parametrize(("true", "false", "names", "assume"), PAIRS)
def test_pairs(true, false, names, assume):
    for conclude, kind in ((true, Proved), (false, Refuted)):
        given = proposition(conclude, for_all=[names], assume=assume, let=PQ)
        assert isinstance(positivity()(given), kind), conclude


def test_dropped_hypotheses_are_noticed():
    full = ["0 <= s <= 1", "L >= g/2", "g > 0"]
    assert isinstance(positivity()(proposition(SLOPE, for_all=["s, L, g"], assume=full)), Proved)
    for i in range(3):
        rest = full[:i] + full[i + 1:]
        verdict = positivity()(proposition(SLOPE, for_all=["s, L, g"], assume=rest))
        assert not isinstance(verdict, Proved) or i == 2  # L ≥ g/2 is scale-free: see below
    free = proposition(SLOPE, for_all=["s, L, g"], assume=full[:2])
    assert isinstance(positivity()(free), Refuted)  # g < 0


def test_equations_are_left_alone():
    verdict = positivity()(proposition("x + y == y + x", for_all=["x, y"]))
    assert isinstance(verdict, Undecided)


def _problem(conclude, names, assume):
    given = proposition(conclude, for_all=[names], assume=assume)
    facts, goal = facts_of(given), given.conclusions[0]
    gap = facts.read(Expr("sub", (goal.left, goal.right)))
    return facts, goal, gap


def test_same_certificate_every_time():
    found = [certified(gap, goal, facts) for facts, goal, gap in
             (_problem("x^4 + y^4 - x^2*y^2 + x*y + 1 > 0", "x, y", []) for _ in range(2))]
    assert str(found[0]) == str(found[1])


@pytest.mark.parametrize("node", [
    ("number", fmpq(-1)), ("number", fmpq(0)), ("nonzero", 0), ("zero", 0, None), ("sum", []),
    ("product", []), ("fact", 1), ("fact", 2),
])
def test_wrong_steps_are_refused(node):
    facts, _, _ = _problem("x > 0", "x, y, z", ["x >= 0", "y == 0", "z != 0"])
    node = ("zero", 0, facts.gens[0]) if node[0] == "zero" else node
    with pytest.raises(Refused):
        verify(node, facts)


def test_multipliers_and_cases_are_checked():
    facts, _, gap = _problem("x > 0", "x", ["x >= 0"])
    x = gap.num
    for node in (("cancel", x, ("fact", 0), ("product", [("fact", 0)] * 2)),
                 ("cancel", x, ("number", fmpq(2)), ("fact", 0)),
                 ("case", x, x - 1, ("fact", 0), ("square", x)),
                 ("compare", x, ("fact", 0), ("fact", 0)),
                 ("blend", ("number", fmpq(1)), [("fact", 0)], [("fact", 0)]),
                 ("sturm", x, ">"), ("sturm", -x, ">=")):
        with pytest.raises(Refused):
            verify(node, facts)
    assert verify(("product", [("fact", 0), ("number", fmpq(3))]), facts) == (3 * x, ">=")
    assert verify(("sum", [("fact", 0), ("number", fmpq(3))]), facts) == (x + 3, ">")


ESCAPE = ["gamma > 0", "eta > 0", "n >= 0", "tau >= e", "0 < x <= 1",
          "n*log(1+2*eta*gamma) + log(x) > log(tau)"]
DESCENT = ["L >= gamma", "gamma > 0", "eta > 0", "2*eta*L < 1", "0 <= t1 <= t2", "0 < x <= 1",
           "(t2-t1)*log(1+2*eta*gamma) + t1*log(1-2*eta*L) + log(x) >= 0"]
LOGARITHMS = [  # by log u ≤ u − 1, with a multiplier
    ("n > 1/(2*eta*gamma)", ESCAPE, Proved),
    ("n > 1/(eta*gamma)", ESCAPE, Refuted),
    ("n > 1/(2*eta*gamma)", [h.replace("tau >= e", "tau >= 2") for h in ESCAPE], Refuted),
    ("gamma*t2 >= (L+gamma)*t1", DESCENT, Proved),
    ("gamma*t2 > (L+gamma)*t1", DESCENT, Refuted),
    ("gamma*t2 >= (L+gamma)*t1", [h.replace("x <= 1", "x <= 3") for h in DESCENT], Refuted),
]


@pytest.mark.parametrize(("conclude", "assume", "kind"), LOGARITHMS)
def test_logarithms_of_steps(conclude, assume, kind):
    names = ["n", "x", "tau"] if "n >= 0" in assume else ["L", "t1", "t2", "x"]
    points = [{"n": "2", "x": "1", "tau": tau, "gamma": "1/2", "eta": eta}
              for tau, eta in (("3", "1"), ("2", "1/2"))] if "n" in names else []
    given = proposition(conclude, for_all=[*names, "gamma", "eta"], assume=assume, examples=points)
    assert isinstance(positivity()(given), kind)


@pytest.mark.parametrize(("conclude", "assume", "kind"), [
    ("log(x) >= 1", ["x >= e"], Proved), ("log(x) > 1", ["x > e"], Proved),
    ("log(x) > 1", ["x >= e"], Undecided), ("log(x) <= 1", ["e >= x", "x > 0"], Proved),
    ("log(x) >= 1", ["x >= e - 1/100"], Refuted),
])
def test_logarithm_beside_e(conclude, assume, kind):
    assert isinstance(positivity()(proposition(conclude, for_all=["x"], assume=assume)), kind)


def test_a_linear_program_has_a_budget(monkeypatch):
    monkeypatch.setattr("gradproof.checks.exact.combine.MAX_PIVOTS", 0)
    given = proposition("x*y <= 1/2 + x*z", for_all=["x", "y", "z"],
                        assume=["0 <= x <= 1", "0 <= y <= 1", "1/2 <= z <= 1"])
    assert not isinstance(positivity()(given), Refuted)


def test_positivity_looks_for_a_witness_before_it_works_hard():
    outcome = positivity().procedure(proposition("x^2 >= x", for_all=["x"]))
    assert isinstance(outcome, Witness) and 0 < outcome.point["x"] < 1
