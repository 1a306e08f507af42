"""A block passes only what the checks passed, whole, with a control; and says so plainly."""

import json
from math import prod

import pytest

from gradproof import catalogue
from gradproof.catalogue import CatalogueError
from gradproof.checks import agree, core, every, mean, normal_form, signs, subdivision
from gradproof.checks.core import Check
from gradproof.checks.measurement import Measurement
from gradproof.claims import ClaimError, claim
from gradproof.claims.words import forge
from gradproof.verdicts import Proved

SOURCES = '[own]\ntitle = "A text"\nshort = "Text"\nprefix = "own-"\n'
HEAD = """
chapter = "96-blocks"
title = "Blocks"

[[claim]]
id = "96.01"
title = "Above one"
source = "own"
locator = "(1)"
statement = "about $x_{1} < 2$"
"""
PARABOLA = """
[[claim.clause]]
id = "a"
for_all = ["s", "n natural"]
assume = ["n >= 1"]
conclude = "n*s^2 + n >= 1"

[[claim.variant]]
id = "a1"
of = "a"
drop = "n >= 1"
because = "at $n = 0$ nothing is left"
"""
SQUARE = """
[[claim.clause]]
id = "b"
says = "the square"
for_all = ["s"]
conclude = "(s + 1)^2 == s^2 + 2*s + 1"

[[claim.variant]]
id = "b1"
of = "b"
conclude = "(s + 1)^2 == s^2 + 2*s + 2"
"""
CITED = """
[[claim.clause]]
id = "c"
name = "somebody's theorem"
prose = "something deep"
"""
PRINTED = """
[[claim.printed]]
id = "p"
for_all = ["s"]
conclude = "(s + 1)^2 == s^2 + s + 1"
reading = "certain"
because = "the middle term lost its 2"
repair = "clause b"
"""
MEASURED = """
[[claim.clause]]
id = "m"
prose = "the mean is one half"

[[claim.variant]]
id = "m1"
of = "m"
prose = "the mean is three fifths"
"""


@pytest.fixture
def stated(tmp_path):
    """Write a catalogue of one claim made of pieces; return its block."""
    (tmp_path / "sources.toml").write_text(SOURCES, encoding="utf-8")

    def write(*pieces, head=HEAD):
        (tmp_path / "96-blocks.toml").write_text(head + "".join(pieces), encoding="utf-8")
        catalogue.use_folder(tmp_path)
        catalogue.forget()
        return claim("96.01")

    yield write
    catalogue.use_folder(None)
    catalogue.forget()


@pytest.fixture
def shown(monkeypatch):
    """Catch what blocks display; return the list of records."""
    from gradproof.claims import block

    caught = []
    monkeypatch.setattr(block, "show", lambda record, entry: caught.append(record))
    return caught


def uniform(goal):
    return mean(lambda rng, n: rng.random(n), goal, delta=0.02, n=20_000, seed=0, bounds=(0, 1))


def test_a_whole_block_passes(stated, shown):
    with stated(SQUARE, PRINTED) as c:
        c.holds("b", normal_form())
        c.rejects("b1", normal_form())
        c.refutes_printed("p", normal_form())
    (record,) = shown
    assert (record["label"], record["headline"], record["printed"]) == (
        "Proved", "Proved", "false as printed")
    assert record["scope"] == "for all s"
    assert [p["verdict"] for p in record["parts"]] == ["Proved", "Refuted", "Refuted"]
    assert record["catalogue"] == catalogue.claim("96.01").digest
    assert json.loads(json.dumps(record)) == record


def test_the_record_is_the_same_every_time(stated, shown):
    for _ in range(2):
        with stated(SQUARE) as c:
            c.holds("b", normal_form())
            c.rejects("b1", normal_form())
    assert json.dumps(shown[0]) == json.dumps(shown[1])


FAULTY = {
    "a clause is missing": ((PARABOLA, SQUARE), lambda c: (
        c.holds("b", normal_form()), c.rejects("b1", normal_form()), c.rejects("a1", signs())),
        "clause a is not held, cited or left open"),
    "a variant is missing": ((SQUARE,), lambda c: c.holds("b", normal_form()),
                             "variant b1 is not rejected"),
    "a printed form is missing": ((SQUARE, PRINTED), lambda c: (
        c.holds("b", normal_form()), c.rejects("b1", normal_form())),
        "printed form p is not refuted"),
    "nothing at all": ((CITED,), lambda c: None, "clause c is not held"),
    "a clause twice": ((SQUARE,), lambda c: (
        c.holds("b", normal_form()), c.holds("b", normal_form()), c.rejects("b1", normal_form())),
        "clause b is held, cited or left open 2 times"),
    "held and cited": ((SQUARE,), lambda c: (
        c.holds("b", normal_form()), c.cites("b", why="x"), c.rejects("b1", normal_form())),
        "clause b is held, cited or left open 2 times"),
    "no control": ((SQUARE.split("[[claim.variant]]")[0],),
                   lambda c: c.holds("b", normal_form()), "no control"),
    "an open verdict holds nothing": ((SQUARE,), lambda c: (
        c.holds("b", subdivision()), c.rejects("b1", normal_form())), "Undecided"),
    "a false clause holds nothing": ((SQUARE.replace("2*s + 1", "2*s"),), lambda c: (
        c.holds("b", normal_form()), c.rejects("b1", normal_form())), "Refuted"),
    "a true variant is not rejected": ((SQUARE.replace("2*s + 2", "s*2 + 1"),), lambda c: (
        c.holds("b", normal_form()), c.rejects("b1", normal_form())), "rejects b1"),
    "a true print is not refuted": ((SQUARE, PRINTED.replace("s^2 + s + 1", "s^2 + s + s + 1")),
                                    lambda c: (c.holds("b", normal_form()),
                                               c.rejects("b1", normal_form()),
                                               c.refutes_printed("p", normal_form())),
                                    "refutes_printed p"),
    "a control by another check": ((SQUARE,), lambda c: (
        c.holds("b", normal_form()), c.rejects("b1", signs())),
        "not the check that clause b is held by: sign"),
    "corroboration that fails": ((SQUARE,), lambda c: (
        c.holds("b", normal_form()), c.rejects("b1", normal_form()),
        c.agrees(agree(lambda s: s, lambda s: s + 1, [1.0], tolerance=0.1, because="x",
                       statement="s is s + 1"))), "agrees"),
}


@pytest.mark.parametrize("case", FAULTY)
def test_a_faulty_block_raises_and_shows_nothing(stated, shown, case):
    pieces, body, message = FAULTY[case]
    with pytest.raises(ClaimError, match="96.01 Above one: not shown") as caught:
        with stated(*pieces) as c:
            body(c)
    assert message.lower() in str(caught.value).lower()
    assert shown == []


def test_the_options_of_a_control_are_those_of_its_clause(stated, shown):
    with pytest.raises(ClaimError, match="another boxes"):
        with stated(SQUARE.replace("==", ">=").replace("2*s + 1", "2*s").replace(
                'for_all = ["s"]', 'for_all = ["s"]\nassume = ["0 <= s <= 1"]')) as c:
            c.holds("b", subdivision(boxes=100))
            c.rejects("b1", subdivision(boxes=200))


def test_a_measurement_is_no_control_of_a_proof(stated, shown):
    """A refutation by sampling is weaker than the proof of the clause."""
    with pytest.raises(ClaimError, match="refuted as Measured only, while clause m is Proved"):
        with stated(MEASURED) as c:
            c.holds("m", every([(1,)], lambda t: t == 1, second=lambda t: t - 1 == 0))
            c.rejects("m1", uniform(0.6))


def test_a_prose_clause_is_measured(stated, shown):
    with stated(MEASURED) as c:
        c.holds("m", uniform(0.5))
        c.rejects("m1", uniform(0.6))
    assert shown[0]["headline"] == "Measured"
    assert [p["verdict"] for p in shown[0]["parts"]] == ["Sampled", "Refuted"]


def test_a_prose_clause_is_no_matter_for_a_proof(stated, shown):
    with pytest.raises(ClaimError, match="prose"):
        with stated(MEASURED) as c:
            c.holds("m", normal_form())
            c.rejects("m1", uniform(0.6))


def test_the_bodys_own_error_goes_on(stated, shown):
    with pytest.raises(ZeroDivisionError):
        with stated(SQUARE) as c:
            c.holds("b", signs())
            raise ZeroDivisionError
    assert shown == []


def test_the_count_and_what_is_given(stated, shown):
    with stated(SQUARE, PARABOLA, CITED) as c:
        c.holds("b", normal_form())
        c.holds("a", signs())
        c.cites("c", why="1934")
        c.rejects("b1", normal_form())
        c.rejects("a1", signs())
    assert shown[0]["headline"] == "Proved 2 of 3, given somebody's theorem"
    assert shown[0]["scope"] == "for all admissible s and natural n"


def test_what_is_open_is_counted(stated, shown):
    with stated(SQUARE, CITED) as c:
        c.holds("b", normal_form())
        c.leaves_open("c", why="too deep")
        c.rejects("b1", normal_form())
    assert shown[0]["headline"] == "Proved 1 of 2, part c open"


def test_the_weakest_clause_gives_the_label(stated, shown):
    with stated(SQUARE, MEASURED) as c:
        c.holds("b", normal_form())
        c.holds("m", uniform(0.5))
        c.rejects("b1", normal_form())
        c.rejects("m1", uniform(0.6))
    assert shown[0]["label"] == "Measured"
    assert shown[0]["headline"] == "Measured (part b proved)"


def test_corroboration_never_raises_the_label(stated, shown):
    with stated(MEASURED, SQUARE) as c:
        c.holds("m", uniform(0.5))
        c.rejects("m1", uniform(0.6))
        c.agrees(normal_form(), of="b")
        c.leaves_open("b", why="for the sake of this test")
        c.rejects("b1", normal_form())
    assert shown[0]["label"] == "Measured"
    assert shown[0]["parts"][2]["label"] == "Proved"


@pytest.mark.parametrize(("verb", "headline"), [("cites", "Cited"), ("leaves_open", "Open")])
def test_what_is_not_checked_needs_no_control(stated, shown, verb, headline):
    with stated(CITED) as c:
        getattr(c, verb)("c", why="elsewhere")
    assert shown[0]["headline"] == shown[0]["label"] == headline


def test_a_reason_is_asked_for(stated):
    with pytest.raises(ValueError, match="say why"):
        stated(CITED).cites("c", why=" ")


def test_a_human_step_caps_the_headline(stated, shown):
    bridge = HEAD + 'bridge = { kind = "human", text = "limits commute" }\n'
    with stated(SQUARE, head=bridge) as c:
        c.holds("b", normal_form())
        c.rejects("b1", normal_form())
    assert shown[0]["headline"] == "Proved up to: limits commute"
    with stated(SQUARE, CITED, head=bridge) as c:
        c.holds("b", normal_form())
        c.cites("c", why="1934")
        c.rejects("b1", normal_form())
    assert shown[1]["headline"] == (
        "Proved 1 of 2, given somebody's theorem, up to: limits commute")


def test_an_instance_is_called_one_and_its_control_is_the_same_instance(stated, shown):
    with stated(PARABOLA) as c:
        with pytest.raises(ClaimError), stated(PARABOLA) as other:
            other.holds("a", signs(), at={"n": 3})
            other.rejects("a1", signs())  # at n = 3 the variant is true
        c.holds("a", signs(), at={"n": 3})
        c.rejects("a1", signs(), at={"n": 0})
    assert shown[0]["scope"] == "for all admissible s; only for n = 3"


SQUARES = MEASURED.replace("the mean is one half", "squares are squares").replace(
    "the mean is three fifths", "squares are cubes")


def power(p):
    return {"predicate": lambda n, s: s == n**p, "second": lambda n, s: s - prod([n] * p) == 0}


@pytest.mark.parametrize(("number", "second", "label"), [
    (int, True, "Proved"), (int, False, "Measured"), (float, True, "Measured")])
def test_cases_that_were_counted_are_the_scope(stated, shown, number, second, label):
    """One predicate measures; two over exact cases prove, and the control with them."""
    cases = [(n, number(n * n)) for n in range(5)]

    def routes(p):
        return {name: route for name, route in power(p).items() if second or name != "second"}
    with stated(SQUARES) as c:
        c.holds("m", every(cases, **routes(2)))
        c.rejects("m1", every(cases, **routes(3)))
    assert (shown[0]["headline"], shown[0]["scope"]) == (label, "only for 5 instances")
    assert shown[0]["parts"][1]["tier"] == ("Proved" if label == "Proved" else "Consistent")


def test_one_predicate_is_no_control_of_two_routes(stated, shown):
    cases = [(n, n * n) for n in range(5)]
    with pytest.raises(ClaimError, match="refuted as Measured only, while clause m is Proved"):
        with stated(SQUARES) as c:
            c.holds("m", every(cases, **power(2)))
            c.rejects("m1", every(cases, power(3)["predicate"]))


@pytest.mark.parametrize("verb", ["holds", "rejects", "refutes_printed"])
def test_an_unknown_part_is_named(stated, verb):
    with pytest.raises(CatalogueError, match="96.01 has no .*'zz'; there are"):
        getattr(stated(SQUARE), verb)("zz", normal_form())


def test_a_verdict_about_another_statement_is_refused(stated, shown, monkeypatch):
    block = stated(SQUARE, PARABOLA)
    other = catalogue.claim("96.01").clause("b").proposition
    monkeypatch.setattr(Check, "__call__", lambda self, p: core._decide(self, other))
    with pytest.raises(ClaimError, match="another statement"):
        block.holds("a", normal_form())


@pytest.mark.parametrize("own", [
    lambda proposition: True,
    lambda proposition: normal_form()(proposition),
    normal_form,  # not called
    Check("normal form", lambda proposition: core.Accept(Proved, "by fiat")),
    Measurement("mean", "x", lambda: core.Accept(Proved, "by fiat")),
    None])
def test_a_chapter_brings_no_check_of_its_own(stated, own):
    for verb in (stated(SQUARE).holds, stated(SQUARE).rejects):
        with pytest.raises(TypeError, match="is no check: call one of gradproof.checks"):
            verb("b" if verb.__name__ == "holds" else "b1", own)
    with pytest.raises(TypeError, match="is no check"):
        stated(SQUARE).agrees(own)


def test_a_block_is_used_once(stated, shown):
    block = stated(CITED)
    with block:
        block.cites("c", why="x")
    with pytest.raises(RuntimeError, match="used once"):
        with block:
            pass


def test_readings(stated, shown):
    for reading, status in (
            ("certain", "false as printed"), ("doubtful", "possible misprint"),
            ('certain"\nstep = true #"', "holds as printed, but a printed step is false"),
            ('doubtful"\nstep = true #"', "holds as printed; a printed step may be a misprint"),
            ('certain"\nstep = false #"', "false as printed")):
        with stated(SQUARE, PRINTED.replace("certain", reading)) as c:
            c.holds("b", normal_form())
            c.rejects("b1", normal_form())
            c.refutes_printed("p", normal_form())
        assert shown[-1]["printed"] == status
    for field, status in (("restored", "restored from a garbled print"),
                          ("not in the text", "not in the text")):
        with stated(SQUARE, head=HEAD + f'printed_status = "{field}"\n') as c:
            c.holds("b", normal_form())
            c.rejects("b1", normal_form())
        assert shown[-1]["printed"] == status


def pages(stated, capsys):
    from gradproof.claims import show

    entry = catalogue.claim("96.01")
    caught = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gradproof.claims.block.show", lambda record, entry: caught.append(record))
        with claim("96.01") as c:
            c.holds("b", normal_form())
            c.rejects("b1", normal_form())
            c.refutes_printed("p", normal_form())
    return show.plain(caught[0], entry), show.markdown(caught[0], entry)


def test_text_and_markdown(stated, capsys):
    stated(SQUARE, PRINTED)
    plain, markdown = pages(stated, capsys)
    assert plain.splitlines()[0] == "96.01 Above one (1)    Proved · for all s · false as printed"
    assert max(map(len, plain.splitlines())) <= 108
    assert " b  holds      the square: (s + 1)^2 = s^2 + 2·s + 1    normal form in ℚ(s)" in plain
    assert "rejects    part b concluding (s + 1)^2 = s^2 + 2·s + 2" in plain
    assert "false at s = 0: 1 = 2 fails" in plain
    assert "Repair: clause b" in plain
    lines = markdown.splitlines()
    assert lines[0] == "**96.01 Above one** (Text, (1))"
    assert lines[2] == "**Proved** · for all s · false as printed"
    assert r"about $x_{1} \lt 2$" in lines
    assert ("- b **holds** the square: $(s + 1)^{2} = s^{2} + 2 s + 1$ — normal form in ℚ(s)"
            in lines)


@pytest.mark.parametrize(("tex", "safe"), [
    (r"a\,b", "a b"), (r"\{1\}", r"\lbrace 1\rbrace"), ("a < b", r"a \lt b"),
    (r"\mathrm{ab}_{1}", r"\mathrm{ab} _ {1}"), (r"|x|", r"\vert x\vert"),
    (r"\frac{a}{b}", r"\frac{a}{b}"), (r"1 & 2 \\ 3 & 4", r"1 & 2 \cr 3 & 4"), (r"a\ b", r"a\ b")])
def test_formulas_survive_a_forge(tex, safe):
    assert forge(tex) == safe


def test_outside_a_notebook_the_text_is_printed(stated, capsys):
    with stated(CITED) as c:
        c.cites("c", why="1934")
    assert capsys.readouterr().out.startswith("96.01 Above one (1)    Cited\n")


def test_in_a_notebook_three_forms_are_shown(stated, monkeypatch):
    from gradproof.claims import MIME

    caught = []
    monkeypatch.setattr("gradproof.claims.show._in_notebook", lambda: True)
    monkeypatch.setattr("IPython.display.display", lambda data, raw: caught.append((data, raw)))
    with stated(CITED) as c:
        c.cites("c", why="1934")
    ((data, raw),) = caught
    assert raw and sorted(data) == sorted(["text/plain", "text/markdown", MIME])
    assert json.loads(data[MIME])["id"] == "96.01"
    assert "\n" not in data[MIME]
