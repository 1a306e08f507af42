"""The pipeline around every procedure: nothing vacuous passes, nothing is refuted unseen."""

from fractions import Fraction

import pytest

from gradproof.checks import conditions, core, falsify
from gradproof.checks.core import Accept, Check, KernelError, Unknown, Witness, check, refuted
from gradproof.formulas import Proposition, parse_statement, proposition
from gradproof.verdicts import Derived, Enclosed, Proved, Refuted, Sampled, Undecided

F = Fraction


def saying(*outcomes, tensors=False):
    """A check whose procedure gives these outcomes, one after the other; it notes its calls."""
    calls = []

    def procedure(single, **options):
        calls.append((single, options))
        return outcomes[(len(calls) - 1) % len(outcomes)]

    made = Check("a name", procedure, {"effort": 3}, tensors)
    return made, calls


def yes(tier=Proved, method="a method", note="", **more):
    return Accept(tier, method, note, **more)


def judged(goal, *outcomes, **parts):
    made, calls = saying(*(outcomes or (yes(),)))
    return made(proposition(goal, **parts)), calls


# what is not even looked at


@pytest.mark.parametrize(("goal", "parts", "why"), [
    ("x == x", {"for_all": ["x"]}, "both sides are the same formula"),
    ("x^2 + 1 >= x^2 + 1", {"for_all": ["x"]}, "both sides are the same formula"),
    ("x < x", {"for_all": ["x"]}, "both sides are the same formula"),
    (["x^2 >= 0", "x == x"], {"for_all": ["x"]}, "both sides are the same formula"),
    ("p(x) == x^2", {"for_all": ["x"], "let": {"p(s)": "s^2"}}, "both sides are the same formula"),
    ("diff(x, x^2) == 2*x", {"for_all": ["x"]}, "both sides are the same formula"),
    ("x > 0", {"for_all": ["x"], "assume": ["x > 0"]}, "the conclusion is among the hypotheses"),
    ("n >= 0", {"for_all": ["n natural"]}, "the conclusion is among the hypotheses"),
    ("0 < x < 1", {"for_all": ["x"], "assume": ["0 < x < 1"]}, "among the hypotheses"),
    ("posdef([[x]])", {"for_all": ["x"], "assume": ["posdef([[x]])"]}, "among the hypotheses"),
    ("x < 3", {"for_all": ["x"], "assume": ["x > 1", "x < 0"]},
    "no point was found that satisfies"),
    ("1 < 2", {"assume": ["1 > 2"]}, "no point was found that satisfies the hypotheses"),
])
def test_nothing_passes_vacuously(goal, parts, why):
    verdict, calls = judged(goal, **parts)
    assert isinstance(verdict, Undecided) and why in verdict.note and not calls
    assert verdict.method == "a name"


def test_one_new_conclusion_is_enough_to_look():
    verdict, calls = judged("0 < x < 2", for_all=["x"], assume=["0 < x < 1"])
    assert isinstance(verdict, Proved) and len(calls) == 2


def test_prose_is_no_matter_for_a_procedure():
    made, calls = saying(yes())
    verdict = made(Proposition(prose="something deep"))
    assert isinstance(verdict, Undecided) and "stated in prose" in verdict.note and not calls


# the audit of the unevaluated source


def test_a_false_statement_is_refuted_whatever_the_procedure_says():
    for outcome in (yes(), Unknown("lazy")):
        verdict, calls = judged("x^2 >= x", outcome, for_all=["x"], assume=["0 <= x <= 1"])
        assert isinstance(verdict, Refuted) and not calls
        assert verdict.witness == {"x": "1/2"} and verdict.tier is Proved
        assert verdict.note == "x = 1/2: 1/4 ≥ 1/2 fails" and verdict.method == "a name"


def test_the_audit_meets_every_conclusion():
    verdict, calls = judged(["x >= 0", "x <= 3", "x >= 3"], for_all=["x"], assume=["0 <= x <= 1"])
    assert isinstance(verdict, Refuted) and "≥ 3 fails" in verdict.note and not calls


def test_the_audit_uses_the_examples():
    parts = {"for_all": ["x, y"], "assume": ["x^2 + y^2 == 1", "x*y > 0"],
             "examples": [{"x": "3/5", "y": "4/5"}]}
    assert isinstance(judged("x >= 0", **parts)[0], Proved)
    verdict, _ = judged("x >= 4/5", **parts)
    assert isinstance(verdict, Refuted) and verdict.witness == {"x": "3/5", "y": "4/5"}


def test_a_point_without_a_value_stops_everything():
    verdict, calls = judged("x/x == 1", for_all=["x"], assume=["0 <= x <= 1"])
    assert isinstance(verdict, Undecided) and not calls
    assert verdict.note.startswith("possibly undefined: ") and "division by zero" in verdict.note


def test_the_audit_takes_the_stated_number_of_points(monkeypatch):
    asked = []
    real = core.domain.points
    monkeypatch.setattr(core.domain, "points", lambda p, n: asked.append(n) or real(p, n))
    judged("x^2 >= 0", for_all=["x"])
    assert asked == [core.AUDIT_POINTS] and core.AUDIT_POINTS >= 24


# what the procedure is given, and what is made of its outcomes


def test_a_procedure_sees_one_conclusion_at_a_time():
    parts = {"for_all": ["x"], "assume": ["x >= 2"]}
    verdict, calls = judged(["x > 1", "x != 0"], **parts)
    assert [str(p.conclusions[0]) for p, _ in calls] == ["x > 1", "x ≠ 0"]
    assert all(len(p.conclude) == 1 and len(p.hypotheses) == 1 for p, _ in calls)
    assert all(options == {"effort": 3} for _, options in calls)
    assert verdict.proposition == proposition(["x > 1", "x != 0"], **parts)


def test_the_weakest_tier_and_all_methods_and_notes():
    outcomes = yes(Proved, "m", "n1"), yes(Derived, "o", "n2"), yes(Enclosed, "m", "n1")
    verdict, _ = judged(["x > 1", "x > 0", "x != 0"], *outcomes, for_all=["x"], assume=["x >= 2"])
    assert type(verdict) is Derived
    assert (verdict.method, verdict.note) == ("m; o", "n1; n2")
    verdict, _ = judged("x > 1", yes(Enclosed), for_all=["x"], assume=["x >= 2"])
    assert type(verdict) is Enclosed and verdict.note == ""


def test_certificates_are_kept_if_every_part_has_one():
    one, two = yes(certificate={"a": 1}), yes(certificate={"b": 2})
    parts = {"for_all": ["x"], "assume": ["x >= 2"]}
    verdict, _ = judged(["x > 1", "x > 0"], one, two, **parts)
    assert verdict.certificate == {"conclusions": [{"a": 1}, {"b": 2}]}
    assert judged(["x > 1", "x > 0"], one, yes(), **parts)[0].certificate is None
    assert judged("x > 1", yes(), **parts)[0].certificate is None


def test_what_is_unknown_is_open_with_all_reasons(monkeypatch):
    monkeypatch.setattr(falsify, "search", lambda p: None)
    outcomes = Unknown("one"), yes(), Unknown("two"), Unknown("one")
    verdict, _ = judged(["x > 1", "x > 0", "x != 0", "x != 1"], *outcomes, for_all=["x"],
                        assume=["x >= 2"])
    assert isinstance(verdict, Undecided)
    assert (verdict.method, verdict.note) == ("a name", "one; two")


def test_a_witness_is_searched_for_where_the_procedure_gave_up(monkeypatch):
    searched = []

    def search(p):
        searched.append(p)
        return p.conclusions[0], {"x": F(1, 1000)}

    monkeypatch.setattr(falsify, "search", search)
    goal, parts = "x >= 1/999", {"for_all": ["x"], "assume": ["0 <= x"]}
    monkeypatch.setattr(core.domain, "points", lambda p, n: [{"x": F(3)}])
    verdict, _ = judged(goal, Unknown("too hard"), **parts)
    assert isinstance(verdict, Refuted) and searched == [proposition(goal, **parts)]
    assert verdict.method == "a name"
    searched.clear()
    assert isinstance(judged("x >= -1", yes(), **parts)[0], Proved) and not searched


def test_side_conditions_are_asked_of_those_who_did_not_show_them(monkeypatch):
    asked = []
    monkeypatch.setattr(conditions, "undischarged",
                        lambda p: asked.append(p) or ["x ≠ 0", "y > 0"])
    parts = {"for_all": ["x"], "assume": ["x >= 2"]}
    verdict, _ = judged(["x > 1", "x > 0"], yes(defined=True), yes(), **parts)
    assert isinstance(verdict, Undecided) and asked == [proposition(["x > 1", "x > 0"], **parts)]
    assert verdict.note == "not shown on the whole domain: x ≠ 0, y > 0"
    asked.clear()
    assert isinstance(judged("x > 1", yes(defined=True), **parts)[0], Proved) and not asked
    monkeypatch.setattr(conditions, "undischarged", lambda p: [])
    assert isinstance(judged("x > 1", yes(), **parts)[0], Proved)


def test_side_conditions_for_real():
    verdict, _ = judged("1/x^2 > 0", for_all=["x"], assume=["-1 <= x <= 1", "x^2 > 1/1000"])
    assert isinstance(verdict, Proved)
    verdict, _ = judged("1/(x^2 - 2) != 0", for_all=["x"], assume=["0 <= x <= 2"])
    assert isinstance(verdict, Undecided) and "not shown on the whole domain" in verdict.note


# witnesses


def test_a_witness_is_believed_after_it_was_evaluated_again():
    goal, parts = "x^2 >= 2/7", {"for_all": ["x"], "assume": ["x >= 1/2"]}
    statement, = parse_statement(goal)
    made, _ = saying(Witness({"x": F(1, 2)}, method="by hand"))
    verdict = core._from_witness(made, proposition(goal, **parts), statement,
                                 Witness({"x": F(1, 2)}, method="by hand"))
    assert isinstance(verdict, Refuted) and verdict.method == "by hand"
    for bad in ({"x": F(1, 3)}, {"x": F(1)}):  # outside of the domain; no violation
        verdict = core._from_witness(made, proposition(goal, **parts), statement, Witness(bad))
        assert isinstance(verdict, Undecided) and "is no witness" in verdict.note
        assert verdict.method == "a name"


@pytest.mark.parametrize("first", [yes(), Unknown("no"), Witness({"x": F(5)})])
def test_a_witness_of_a_later_conclusion_counts(monkeypatch, first):
    monkeypatch.setattr(core.domain, "points", lambda p, n: [{"x": F(9)}])
    outcomes = first, Witness({"x": F(2)})
    verdict, _ = judged(["x >= 2", "x > 2"], *outcomes, for_all=["x"], assume=["x >= 1 + 1"])
    no_witness = isinstance(first, Witness)  # 5 violates nothing
    assert isinstance(verdict, Undecided if no_witness else Refuted)


def test_a_found_witness_has_its_own_tier_and_words():
    outcome = Witness({"x": F(1, 2), "n": 3}, found="the limit is 2", tier=Sampled, method="limits")
    verdict, _ = judged("x >= 1/4", outcome, for_all=["x"], assume=["x > 1/3"])
    assert isinstance(verdict, Refuted) and verdict.tier is Sampled
    assert (verdict.method, verdict.note) == ("limits", "the limit is 2")
    assert verdict.witness == {"x": "1/2", "n": "3"}
    plain, _ = judged("x >= 1/4", Witness(found="two roots"), for_all=["x"], assume=["x > 1/3"])
    assert (plain.tier, plain.method, plain.witness) == (Proved, "a name", {})


def violated(goal, point, **parts):
    p = proposition(goal, **parts)
    return refuted(p, p.conclusions[0], {k: F(v) for k, v in point.items()}, "m")


def test_rational_violations_are_exact_and_irrational_ones_enclosed():
    verdict = violated("x > 2", {"x": "3/2"}, for_all=["x"], assume=["x <= 3/2"])
    assert (verdict.tier, verdict.note) == (Proved, "x = 0: 0 > 2 fails")
    verdict = violated("x > 2", {"x": "3/2"}, for_all=["x"], assume=["x == 3/2"])
    assert (verdict.tier, verdict.note) == (Proved, "x = 3/2: 3/2 > 2 fails")
    verdict = violated("exp(x) <= 2", {"x": "1"}, for_all=["x"], assume=["x >= 1"])
    assert (verdict.tier, verdict.note) == (Enclosed, "x = 1: 2.71828 ≤ 2 fails")
    assert verdict.witness == {"x": "1"} and verdict.method == "m"


def test_sides_alike_to_six_digits_are_told_apart():
    verdict = violated("sqrt(10^120 + 1) <= 10^60", {})
    assert verdict.note == "the statement itself: left − right = 5e-61 ≤ 0 fails"
    verdict = violated("exp(10^-60) <= 1", {})
    assert isinstance(verdict, Refuted) and "left − right = 1e-60 ≤ 0 fails" in verdict.note


def test_no_witness_without_certainty():
    for goal, point in (("x >= 1", {"x": "2"}), ("sqrt(x)^2 < x", {"x": "2"}),
                        ("x >= 1", {"x": "-1"})):
        verdict = violated(goal, point, for_all=["x"], assume=["x >= 0"])
        assert isinstance(verdict, Undecided) and verdict.note == f"x = {point['x']} is no witness"


def test_two_routes_that_contradict_each_other_are_a_bug_of_the_kernel(monkeypatch):
    monkeypatch.setattr(core, "by_balls", lambda statement, point: True)
    with pytest.raises(KernelError, match="two evaluations of x > 2 disagree at x = 0"):
        violated("x > 2", {"x": "1"}, for_all=["x"])


def test_the_second_opinion_on_balls_is_mpmaths(monkeypatch):
    from mpmath import mpf

    monkeypatch.setattr(core, "floating", lambda side, point, digits: mpf(1))
    with pytest.raises(KernelError, match="disagree"):
        violated("exp(x) <= 2", {"x": "1"}, for_all=["x"])
    monkeypatch.setattr(core, "floating", lambda side, point, digits: mpf(digits == 250))
    assert core.DIGITS == 250
    with pytest.raises(KernelError):
        violated("exp(x) == 2", {"x": "1"}, for_all=["x"])


def test_a_violated_predicate_is_exact_if_its_terms_are():
    verdict = violated("posdef([[1, x], [x, 1]])", {"x": "2"}, for_all=["x"])
    assert (verdict.tier, verdict.note) == (Proved, "x = 1: posdef fails")
    verdict = violated("lambda_min([[1, x], [x, 1]]) > 0", {"x": "2"}, for_all=["x"])
    assert (verdict.tier, verdict.note) == (Proved, "x = 1: λ_min([[1, x], [x, 1]]) > 0 fails")
    verdict = violated("posdef([[1, exp(x)], [exp(x), 1]])", {"x": "2"}, for_all=["x"])
    assert verdict.tier is Enclosed


@pytest.mark.parametrize(("source", "rational"), [
    ("x^2 + y/3 > 1", True), ("posdef([[x, 1], [1, y]])", True), ("abs(x) > floor(y)", True),
    ("x^y > 1", False), ("x^(1/2) > 1", False), ("x > sqrt(2)", False), ("exp(x) > 1", False),
    ("pi > x", False), ("x > e", False), ("x > integral(t, 0, 1, t)", False),
    ("posdef([[pi, 1], [1, y]])", False), ("x^-2 > 1", False), ("x^3 > 2", True)])
def test_rational_terms(source, rational):
    assert core._has_rational_terms(*parse_statement(source)) is rational


@pytest.mark.parametrize("number", ["0", "1", "-3/4", "1024", "0.1", "-1e-30", "123456789.5"])
def test_mpmath_numbers_as_exact_constants(number):
    from mpmath import mpf

    value = mpf(number) if "/" not in number else mpf(-3) / 4
    found = core._as_number(value).data
    assert mpf(found.numerator) / found.denominator == value and isinstance(found, Fraction)


# matrices of general size


def test_a_check_of_numbers_does_not_read_matrices_of_any_size():
    p = proposition("transpose(transpose(A)) == A", for_all=["A matrix(m,n)"])
    made, calls = saying(yes())
    verdict = made(p)
    assert isinstance(verdict, Undecided) and not calls and verdict.method == "a name"
    assert "this check reads numbers only" in verdict.note
    made, calls = saying(yes(Enclosed, note="n"), tensors=True)
    verdict = made(p)
    assert type(verdict) is Enclosed and len(calls) == 1 and calls[0][1] == {"effort": 3}


def test_outcomes_about_matrices_of_any_size():
    p = proposition(["transpose(transpose(A)) == A", "A == transpose(A)"],
                    for_all=["A matrix(n,n)"])
    found = Witness({"n": 2}, found="entries differ", tier=Proved)
    verdict = saying(yes(), found, tensors=True)[0](p)
    assert isinstance(verdict, Refuted) and verdict.note == "entries differ"
    verdict = saying(Unknown("a"), Unknown("b"), tensors=True)[0](p)
    assert isinstance(verdict, Undecided) and verdict.note == "a; b"
    verdict = saying(Unknown("a"), yes(), tensors=True)[0](p)
    assert isinstance(verdict, Undecided) and (verdict.method, verdict.note) == ("a name", "a")
    same = proposition("A == A", for_all=["A matrix(n,n)"])
    assert isinstance(saying(yes(), tensors=True)[0](same), Undecided)


# the factory


def test_the_decorator_makes_a_factory_of_checks():
    @check("nothing much")
    def idle(p, depth=1):
        """Decides nothing."""
        return Unknown(f"depth {depth}")

    made = idle(depth=2)
    assert isinstance(made, Check) and (made.name, made.options) == ("nothing much", {"depth": 2})
    assert made.tensors is False and check("t", tensors=True)(idle)().tensors is True
    assert (idle.__name__, idle.__doc__) == ("idle", "Decides nothing.")
    verdict = made(proposition("sin(x)^2 <= 1 + x^4", for_all=["x"]))
    assert isinstance(verdict, Undecided) and verdict.note == "depth 2"
    with pytest.raises(AttributeError):
        made.name = "another"


def test_defaults_of_outcomes():
    assert (Accept(Proved, "m").note, Accept(Proved, "m").certificate) == ("", None)
    assert Accept(Proved, "m").defined is False
    empty = Witness()
    assert (empty.point, empty.found, empty.tier, empty.method) == ({}, "", Proved, "")
    for outcome in (Accept(Proved, "m"), empty, Unknown("r")):
        with pytest.raises(AttributeError):
            outcome.note = outcome.found = outcome.reason = "x"
