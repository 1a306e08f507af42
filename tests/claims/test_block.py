"""The verbs one at a time: what is decided, what is recorded, what is refused."""

import pytest

from gradproof.catalogue.model import Bridge, Clause, Printed, Variant
from gradproof.catalogue.model import Claim as Entry
from gradproof.checks import normal_form, signs
from gradproof.claims import block
from gradproof.claims.block import Claim, ClaimError
from gradproof.claims.record import record, stated
from gradproof.formulas import Proposition, proposition

GENERAL = proposition("n*s^2 + n >= 1", for_all=["s", "n natural"], assume=["n >= 1"])
SQUARE = proposition("(s + 1)^2 == s^2 + 2*s + 1", for_all=["s"])
OFF = proposition("(s + 1)^2 == s^2 + 2*s + 2", for_all=["s"])
WEAK = proposition("n*s^2 + n >= 1", for_all=["s", "n natural"])
WORDS = Proposition(prose="it works")
ENTRY = Entry(
    "96.01", "96-blocks", "Above one", "own", "(1)", "about squares",
    (Clause("a", GENERAL), Clause("b", SQUARE), Clause("w", WORDS)),
    (Variant("a1", "a", WEAK, ("without", "", "n >= 1")),
     Variant("b1", "b", OFF, ("concluding", "…", "…"), "why not")),
    (Printed("p", OFF, "certain", "lost", "clause b"),))


@pytest.fixture
def made():
    return Claim(ENTRY)


class Recorder:
    """A check that notes what it is asked; its answer may be about something else."""

    __module__ = "gradproof.checks.recorder"

    def __init__(self, answer=None):
        self.asked, self.answer = [], answer

    def run(self, given):
        return given

    run.__module__ = "gradproof.checks.recorder"

    def __call__(self, given):
        self.asked.append(given)
        return normal_form()(self.answer or given or SQUARE)


def test_each_verb_decides_its_own_statement(made):
    asked = Recorder()
    made.holds("b", asked)
    made.rejects("b1", asked)
    made.refutes_printed("p", asked)
    made.agrees(asked, of="a")
    made.agrees(asked)
    assert asked.asked == [SQUARE, OFF, OFF, GENERAL, None]
    assert [(p.verb, p.id) for p in made._parts] == [
        ("holds", "b"), ("rejects", "b1"), ("refutes_printed", "p"), ("agrees", "a"),
        ("agrees", "")]
    assert [p.proposition for p in made._parts] == [SQUARE, OFF, OFF, GENERAL, SQUARE]
    assert all(p.check is asked for p in made._parts[:3])


@pytest.mark.parametrize(("verb", "id"), [("holds", "a"), ("rejects", "a1")])
def test_instances_are_decided_as_such(made, verb, id):
    asked = Recorder()
    getattr(made, verb)(id, asked, at={"n": 3})
    (part,) = made._parts
    assert asked.asked == [(GENERAL if verb == "holds" else WEAK).at(n=3)]
    assert part.at == {"n": 3} and part.proposition.fixed == (("n", 3),)
    made.holds("b", asked)
    assert made._parts[-1].at == {}


def test_a_printed_form_at_an_instance(made):
    asked = Recorder()
    made.refutes_printed("p", asked, at={"s": 2})
    assert asked.asked == [OFF.at(s=2)] and made._parts[0].at == {"s": 2}


def test_a_control_takes_the_instance_of_its_own_clause(made):
    asked = Recorder()
    made._assume("cites", "a", "no instance here")
    made.rejects("a1", asked, at={"n": 5})  # of a variant: not where a clause was held
    made.holds("b", asked, at={"s": 7})
    made.rejects("a1", asked)
    assert asked.asked[-1] == WEAK
    made.holds("a", asked, at={"n": 3})
    made.rejects("a1", asked)
    assert asked.asked[-1] == WEAK.at(n=3)
    made.rejects("a1", asked, at={"n": 0})
    assert asked.asked[-1] == WEAK.at(n=0)
    made.rejects("b1", asked)
    assert asked.asked[-1] == OFF.at(s=7)


def test_the_clause_is_found_by_its_id_wherever_it_stands():
    """Ids before and after it in the alphabet, other verbs with the same id."""
    entry = Entry("96.02", "96-blocks", "T", "own", "(1)", "s",
                  (Clause("a", GENERAL), Clause("m", GENERAL), Clause("z", GENERAL)),
                  (Variant("m1", "m", WEAK, ("without", "", "n >= 1")),
                   Variant("m", "m", WEAK, ("without", "", "n >= 1"))),
                  (Printed("m", WEAK, "certain", "b", "r"),))
    made, asked = Claim(entry), Recorder()
    made.refutes_printed("m", asked, at={"n": 8})
    made.rejects("m", asked, at={"n": 9})
    for clause, value in (("a", 1), ("z", 2), ("m", 3)):
        made.holds(clause, asked, at={"n": value})
    made.rejects("m1", asked)
    assert asked.asked[-1] == WEAK.at(n=3)


def test_another_statement_is_refused(made):
    for answer in (OFF, SQUARE.at(s=1)):
        with pytest.raises(ClaimError, match=r"96.01: holds\('b'\): the verdict is about another"):
            made.holds("b", Recorder(answer))
    with pytest.raises(ClaimError, match=r"another statement, .* \(at s = 1\)"):
        made.holds("b", Recorder(SQUARE.at(s=1)))
    made.holds("b", Recorder(proposition("(s + 1)^2 == s^2 + 2*s + 1", for_all=["s"])))
    assert len(made._parts) == 1  # an equal statement need not be the same object


@pytest.mark.parametrize(("answer", "fits"), [
    (Proposition(prose="it works"), True), (Proposition(prose="it works (3 instances)"), True),
    (Proposition(prose="it fails"), False), (Proposition(prose="it"), False), (SQUARE, False)])
def test_prose_may_be_narrowed_and_nothing_else(made, answer, fits):
    if fits:
        made.holds("w", Recorder(answer))
        assert made._parts[0].proposition == answer
    else:
        with pytest.raises(ClaimError, match="another statement"):
            made.holds("w", Recorder(answer))


def test_prose_is_not_held_by_a_formula_that_begins_alike():
    assert not block._about(SQUARE, WORDS)
    assert not block._about(Proposition(prose=SQUARE.text()), SQUARE)


@pytest.mark.parametrize("verb", ["holds", "rejects", "refutes_printed"])
def test_instances_are_named_and_not_given_in_passing(made, verb):
    id = {"holds": "a", "rejects": "a1", "refutes_printed": "p"}[verb]
    with pytest.raises(TypeError, match="positional"):
        getattr(made, verb)(id, Recorder(), {"n": 3})
    with pytest.raises(TypeError, match="positional"):
        made.agrees(Recorder(), "a")
    getattr(made, verb)(check=Recorder(), **{
        {"holds": "clause", "rejects": "variant", "refutes_printed": "printed"}[verb]: id})
    made.agrees(check=Recorder())


@pytest.mark.parametrize("own", [lambda p: normal_form()(p), True, None, Recorder().run, object()])
def test_a_chapters_own_procedure_is_no_check(made, own):
    with pytest.raises(TypeError, match="is no check: call one of gradproof.checks"):
        made.holds("b", own)
    with pytest.raises(TypeError, match="agrees: .* is no check"):
        made.agrees(own)


def test_a_check_with_a_foreign_procedure_is_no_check(made):
    from dataclasses import replace

    with pytest.raises(TypeError, match=r"holds\('b'\): .* is no check"):
        made.holds("b", replace(normal_form(), procedure=lambda p: None))
    for name in ("gradproof.checksum", "gradproof.checks", "chapter", "my.gradproof.checks.x"):
        foreign = type("Foreign", (Recorder,), {"__module__": name})()
        with pytest.raises(TypeError, match="is no check"):
            made.holds("b", foreign)


@pytest.mark.parametrize("verb", ["cites", "leaves_open"])
def test_what_is_not_decided_has_its_reason(made, verb):
    getattr(made, verb)("b", "  by Whitney ")
    (part,) = made._parts
    assert (part.verb, part.id, part.why, part.verdict) == (verb, "b", "by Whitney", None)
    assert part.proposition == SQUARE
    for empty in ("", "  "):
        with pytest.raises(ValueError, match=rf"{verb}\('b'\): say why"):
            getattr(made, verb)("b", empty)


def test_leaving_shows_the_record_and_the_entry(made, monkeypatch):
    shown = []
    monkeypatch.setattr(block, "show", lambda *args: shown.append(args))
    entered = made.__enter__()
    assert entered is made
    made.holds("b", normal_form())
    with pytest.raises(ClaimError) as caught:
        made.__exit__(None, None, None)
    lines = str(caught.value).splitlines()
    assert lines[0] == "96.01 Above one: not shown" and len(lines) == 6 and not shown
    made.rejects("b1", normal_form())
    made.holds("a", signs())
    made.rejects("a1", signs())
    made.refutes_printed("p", normal_form())
    made.cites("w", "elsewhere")
    assert made.__exit__(None, None, None) is None
    assert shown == [(record(ENTRY, made._parts), ENTRY)]


def test_an_error_in_the_body_goes_on_and_nothing_is_shown(made, monkeypatch):
    monkeypatch.setattr(block, "show", lambda *args: pytest.fail("shown"))
    assert made.__exit__(ValueError, ValueError("own"), None) is None


def test_the_statement_of_a_part():
    assert stated(ENTRY, "rejects", "a1") is WEAK and stated(ENTRY, "refutes_printed", "p") is OFF
    for verb in ("holds", "agrees", "cites", "leaves_open"):
        assert stated(ENTRY, verb, "b") is SQUARE
    twins = Entry("96.03", "c", "T", "own", "(1)", "s", (Clause("x", SQUARE),),
                  (Variant("x", "x", OFF, ("concluding", "", "")),),
                  (Printed("x", WEAK, "certain", "", ""),), Bridge())
    found = [stated(twins, v, "x") for v in ("rejects", "refutes_printed", "holds", "agrees",
                                             "cites", "leaves_open", "xyz")]
    assert found == [OFF, WEAK, *[SQUARE] * 5]
