"""The line of a claim: label, count, scope, printed status, from the parts alone."""

from types import SimpleNamespace as Some

import pytest

from gradproof.claims.summary import headline, label, misprints, of_verb, printed_status, scope

VERBS = ["holds", "agrees", "rejects", "refutes_printed", "cites", "leaves_open"]


def part(verb="holds", clause="a", label="Proved", for_all=(), fixed=None, text="x > 0", **more):
    return {"verb": verb, "clause": clause, "label": label, **more,
            "proposition": {"for_all": [list(p) for p in for_all], "fixed": fixed or {},
            "text": text,
                            "prose": more.get("prose", "")}}


def entry(kind="conjunction", names=None, status="as printed"):
    return Some(bridge=Some(kind=kind, text="limits commute"), printed_status=status,
                clause=lambda id: Some(name=(names or {}).get(id, "")))


def test_parts_by_verb():
    parts = [part(verb) for verb in VERBS]
    for verb in VERBS:
        assert of_verb(parts, verb) == [part(verb)]
    assert [p["verb"] for p in of_verb(parts, "cites", "holds")] == ["holds", "cites"]
    assert of_verb(parts) == []


@pytest.mark.parametrize(("labels", "weakest"), [
    ("Proved", "Proved"), ("Proved Derived", "Derived"), ("Derived Measured Proved", "Measured"),
    ("Measured Measured", "Measured")])
def test_the_label_is_the_weakest_of_what_is_held(labels, weakest):
    held = [part(label=name) for name in labels.split()]
    assert label(held) == weakest
    others = [part(v, label="Measured") for v in VERBS if v != "holds"]
    assert label([*held, *others]) == weakest


def test_the_label_of_what_is_not_held():
    assert label([part("cites", label="Cited")]) == "Cited"
    assert label([part("leaves_open", label="Open"), part("cites", label="Cited")]) == "Open"
    assert label([part("rejects", label="False")]) == "Cited"


@pytest.mark.parametrize(("parts", "line"), [
    ([part()], "Proved"), ([part(), part(clause="b")], "Proved"),
    ([part(), part("rejects", "v", "False"), part("agrees", "")], "Proved"),
    ([part(), part("cites", "b", "Cited")], "Proved 1 of 2, given part b (cited)"),
    ([part(), part("cites", "n", "Cited")], "Proved 1 of 2, given Whitney's theorem"),
    ([part(), part("cites", "n"), part("cites", "b")],
     "Proved 1 of 3, given Whitney's theorem and part b (cited)"),
    ([part(), part("leaves_open", "b")], "Proved 1 of 2, part b open"),
    ([part(), part("leaves_open", "b"), part("leaves_open", "c")],
    "Proved 1 of 3, parts b, c open"),
    ([part(), part("cites", "b"), part("leaves_open", "c")],
     "Proved 1 of 3, given part b (cited), part c open"),
    ([part(label="Derived"), part(clause="b")], "Derived (part b proved)"),
    ([part(label="Measured"), part(clause="b"), part(clause="c")], "Measured (parts b, c proved)"),
    ([part(label="Measured"), part(clause="b", label="Derived")], "Measured (part b derived)"),
    ([part(label="Measured"), part(clause="b", label="Derived"), part(clause="c")],
     "Measured (part c proved; part b derived)"),
    ([part(label="Derived"), part(clause="b"), part("cites", "c")],
     "Derived 2 of 3 (part b proved), given part c (cited)"),
    ([part("cites", "a")], "Cited"), ([part("leaves_open", "a"), part("cites", "b")], "Open"),
])
def test_headlines(parts, line):
    names = {"n": "Whitney's theorem"}
    assert headline(parts, entry(names=names)) == line
    capped = headline(parts, entry("human", names))
    comma = "," if " " in line else ""
    assert capped == (f"{line}{comma} up to: limits commute" if line not in ("Cited", "Open")
                      else line)


def test_a_comma_parts_the_count_from_the_human_step():
    assert headline([part()], entry("human")) == "Proved up to: limits commute"
    assert headline([part(), part("cites", "b")], entry("human")) == (
        "Proved 1 of 2, given part b (cited), up to: limits commute")
    assert headline([part(label="Derived"), part(clause="b")], entry("human")) == (
        "Derived (part b proved), up to: limits commute")


def test_labels_are_compared_as_texts():
    """Labels that were read from a file are no shared objects."""
    read = lambda name: "".join(list(name))  # noqa: E731
    held = [part(label=read("Derived"), clause="a"), part(label=read("Derived"), clause="b"),
            part(label=read("Proved"), clause="c")]
    assert headline(held, entry()) == "Derived (part c proved)"


def test_other_bridges_cap_nothing():
    for kind in ("conjunction", "implication", "a", "z"):
        assert headline([part()], entry(kind)) == "Proved"


R, Z, N = "real", "integer", "natural"


@pytest.mark.parametrize(("parts", "line"), [
    ([part()], ""), ([part(for_all=[("L", R)])], "for all L"),
    ([part(for_all=[("L", R), ("gamma", R)])], "for all L, γ"),
    ([part(for_all=[("L", R), ("n", N), ("k", Z), ("m", N)])],
     "for all L and whole k and natural n, m"),
    ([part(for_all=[("L", R)], text="L > 0 ⊢ L^2 > 0")], "for all admissible L"),
    ([part(text="1 > 0 ⊢ 2 > 0")], ""),
    ([part(for_all=[("n", N)]), part(clause="b", for_all=[("x", R), ("n", N)])],
     "for all x and natural n"),
    ([part(for_all=[("n", N)]), part(clause="b", for_all=[("n", R)])], "for all natural n"),
    ([part(fixed={"d": "4"})], "only for d = 4"),
    ([part(fixed={"d": "4"}, for_all=[("x", R)])], "for all x; only for d = 4"),
    ([part(fixed={"d": "4"}), part(clause="b", fixed={"d": "4"})], "only for d = 4"),
    ([part(fixed={"d": "4"}), part(clause="b")], "only for d = 4 in part a"),
    ([part(fixed={"d": "4"}), part(clause="b", fixed={"d": "5"})],
     "only for d = 4 in part a, d = 5 in part b"),
    ([part(fixed={"d": "4"}), part(clause="b", fixed={"d": "4"}), part(clause="c")],
     "only for d = 4 in parts a, b"),
    ([part(fixed={"gamma": "1", "d": "4"})], "only for γ = 1, d = 4"),
    ([part(for_all=[("x", R)]), part("rejects", "v", for_all=[("y", R)], fixed={"d": "1"}),
      part("cites", "b", for_all=[("z", R)])], "for all x"),
    ([part("cites", for_all=[("z", R)]), part("leaves_open", "b", for_all=[("w", R)])],
     "for all z, w"),
    ([part("agrees", for_all=[("z", R)])], ""),
    ([part(prose="it holds (120 instances)")], "only for 120 instances"),
    ([part(prose="it holds (1 instance)"), part(clause="b")], "only for 1 instance in part a"),
    ([part(prose="(3 instances) of it")], ""), ([part(prose="it holds (x instances)")], ""),
    ([part(for_all=[("A", "matrix(m,n)"), ("t", R)]),
      part(clause="b", for_all=[("x", "vector(n)")])],
     "for all t and matrices and vectors A, x of all sizes"),
    ([part(for_all=[("A", "matrix(2,3)"), ("x", "vector(3)")])],
     "for all matrices and vectors A, x"),
    ([part(prose="a (2 instances)", fixed={"d": "4"})], "only for d = 4, 2 instances"),
])
def test_scopes(parts, line):
    assert scope(parts) == line


HELD, OPEN = [part()], [part(), part("leaves_open", "b")]
CERTAIN, DOUBTFUL, STEP, MAYBE = (
    part("refutes_printed", reading=reading, step=step)
    for step in (False, True) for reading in ("certain", "doubtful"))


@pytest.mark.parametrize(("parts", "status", "line"), [
    (HELD, "as printed", "holds as printed"), (OPEN, "as printed", ""),
    ([part("cites")], "as printed", ""), ([], "as printed", ""),
    ([part(), part("cites", "b")], "as printed", "holds as printed"),
    (HELD, "restored", "restored from a garbled print"),
    (HELD, "not in the text", "not in the text"),
    ([*HELD, CERTAIN], "as printed", "false as printed"),
    ([*HELD, DOUBTFUL], "as printed", "possible misprint"),
    ([*HELD, DOUBTFUL, CERTAIN], "as printed", "false as printed"),
    ([*HELD, CERTAIN], "restored", "false as printed"),
    ([*HELD, part("rejects", reading="certain")], "as printed", "holds as printed"),
    ([*HELD, STEP], "as printed", "holds as printed, but a printed step is false"),
    ([*HELD, STEP, STEP], "as printed", "holds as printed, but a printed step is false"),
    ([*HELD, MAYBE], "as printed", "holds as printed; a printed step may be a misprint"),
    ([*HELD, MAYBE, STEP], "as printed", "holds as printed, but a printed step is false"),
    ([*HELD, STEP, CERTAIN], "as printed", "false as printed"),
    ([*HELD, CERTAIN, MAYBE], "as printed", "false as printed"),
    ([*HELD, STEP, DOUBTFUL], "as printed", "possible misprint"),
    ([*HELD, MAYBE, DOUBTFUL], "as printed", "possible misprint"),
    ([*HELD, STEP], "restored", "restored from a garbled print, but a printed step is false"),
    ([*HELD, MAYBE], "not in the text", "not in the text; a printed step may be a misprint"),
    ([*OPEN, STEP], "as printed", "a printed step is false"),
    ([part("cites"), MAYBE], "as printed", "a printed step may be a misprint"),
])
def test_printed_status(parts, status, line):
    assert printed_status(parts, entry(status=status)) == line


def test_misprints_of_the_statement_and_of_steps():
    parts = [*HELD, CERTAIN, MAYBE, STEP, DOUBTFUL, part("rejects", reading="certain", step=True)]
    assert misprints(parts, "certain") == [CERTAIN]
    assert misprints(parts, "doubtful") == [DOUBTFUL]
    assert misprints(parts, "certain", step=True) == [STEP]
    assert misprints(parts, "doubtful", step=True) == [MAYBE]
