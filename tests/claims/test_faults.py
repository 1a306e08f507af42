"""What keeps a block from being left, rule by rule, with every verb."""

from types import SimpleNamespace as Some

import pytest

from gradproof.checks import normal_form, signs, subdivision
from gradproof.claims.faults import faults
from gradproof.claims.parts import SIGNIFICANCE, Part, proposition_of
from gradproof.formulas import proposition
from gradproof.verdicts import Consistent, Derived, Enclosed, Proved, Refuted, Sampled, Undecided

VERBS = ["holds", "agrees", "rejects", "refutes_printed", "cites", "leaves_open"]
GOAL = proposition("x^2 >= 0", for_all=["x"])


def verdict(kind, method="m", note="", tier=None):
    """A stand-in with the class of a real verdict (which only checks can make)."""
    made = object.__new__(kind)
    values = {"proposition": GOAL, "method": method, "note": note, "certificate": None}
    if kind is Refuted:
        values |= {"witness": {}, "tier": tier or Proved}
    made.__dict__.update(values)
    return made


def part(verb, id="a", kind=Proved, check=None, **more):
    if verb in ("cites", "leaves_open"):
        return Part(verb, id, GOAL, None, why="why")
    if kind is Proved and verb in ("rejects", "refutes_printed"):
        kind = Refuted
    return Part(verb, id, GOAL, verdict(kind, **more), check)


def entry(clauses="a", variants=(("v", "a"),), printed=""):
    made = [Some(id=id, of=of) for id, of in variants]
    return Some(clauses=[Some(id=c) for c in clauses.split()], variants=made,
                printed=[Some(id=p) for p in printed.split()],
                variant=lambda id: next((v for v in made if v.id == id), Some(of="")))


CHECK = normal_form()
WHOLE = [part("holds", check=CHECK), part("rejects", "v", check=CHECK)]


def test_a_whole_block_has_no_faults():
    assert faults(entry(), WHOLE) == []
    assert faults(entry(printed="p"), [*WHOLE, part("refutes_printed", "p")]) == []
    assert faults(entry("a b c"), [*WHOLE, part("cites", "b"), part("leaves_open", "c")]) == []
    assert faults(entry(), [*WHOLE, part("agrees", "")]) == []


@pytest.mark.parametrize("kind",
                         [Proved, Enclosed, Derived, Consistent, Sampled, Refuted, Undecided])
@pytest.mark.parametrize("verb", ["holds", "agrees", "rejects", "refutes_printed"])
def test_what_passes(kind, verb):
    """Assertions must pass, controls and printed forms must be refuted."""
    stated = entry("b", [("v", "b")] if verb == "rejects" else [],
                   "v" if verb == "refutes_printed" else "")
    tested = Part(verb, "v", GOAL, verdict(kind, "method", "note"))
    found = [f for f in faults(stated, [part("cites", "b"), tested]) if f.startswith(f"  {verb}")]
    good = kind is Refuted if verb in ("rejects", "refutes_printed") else kind.passes
    expected = f"  {verb} v: x^2 ≥ 0\n    {kind.__name__}: note"
    assert found == ([] if good else [expected])


def test_a_fault_shows_the_method_where_there_is_no_note():
    found = faults(entry(), [part("holds", kind=Undecided), *WHOLE[1:]])
    assert found == ["  holds a: x^2 ≥ 0\n    Undecided: m"]
    found = faults(entry(), [*WHOLE, Part("agrees", "", GOAL, verdict(Undecided))])
    assert found == ["  agrees: x^2 ≥ 0\n    Undecided: m"]


def test_every_part_is_looked_at():
    bad = [Part("agrees", "", GOAL, verdict(Undecided)), part("cites", "b"),
           Part("agrees", "", GOAL, verdict(Refuted))]
    assert len(faults(entry("a b"), [*WHOLE, *bad])) == 2


@pytest.mark.parametrize("verb", VERBS)
def test_which_verbs_settle_a_clause(verb):
    found = faults(entry("c", []), [part(verb, "c")])
    assert ("  clause c is not held, cited or left open" in found) == (
        verb not in ("holds", "cites", "leaves_open"))


@pytest.mark.parametrize("verb", VERBS)
def test_which_verb_rejects_a_variant(verb):
    stated = entry("a", [("v", "a")])
    found = faults(stated, [part("cites", "a"), part(verb, "v")])
    assert ("  variant v is not rejected" in found) == (verb != "rejects")


@pytest.mark.parametrize("verb", VERBS)
def test_which_verb_refutes_a_printed_form(verb):
    found = faults(entry("a", [], "v"), [part("cites", "a"), part(verb, "v")])
    assert ("  printed form v is not refuted" in found) == (verb != "refutes_printed")


@pytest.mark.parametrize("verb", VERBS)
def test_what_asks_for_a_control(verb):
    found = faults(entry("v", []), [part(verb, "v")])
    assert any("no control" in f for f in found) == (verb == "holds")


def test_a_control_is_one_of_a_clause_that_is_held():
    of_cited = entry("a b", [("v", "b")])
    found = faults(of_cited, [part("holds", "a"), part("cites", "b"), part("rejects", "v")])
    assert found == ["  no control: a claim with a checked clause rejects at least one false "
                     "variant of it"]
    other = entry("a b", [("v", "b"), ("w", "a")])
    assert faults(other, [part("holds", "a"), part("cites", "b"), part("rejects", "v"),
                          part("rejects", "w")]) == []


def test_each_once():
    for times in (1, 2, 3):
        parts = [*[part("holds", check=CHECK)] * times, WHOLE[1]]
        expected = [f"  clause a is held, cited or left open {times} times"] if times > 1 else []
        assert faults(entry(), parts) == expected
    doubled = faults(entry(), [*WHOLE, WHOLE[1]])
    assert doubled == ["  variant v is rejected 2 times"]
    found = faults(entry("a b c", [("v", "a"), ("w", "a")], "p q"), [])
    assert found == [
        "  clause a is not held, cited or left open", "  clause b is not held, cited or left open",
        "  clause c is not held, cited or left open", "  variant v is not rejected",
        "  variant w is not rejected", "  printed form p is not refuted",
        "  printed form q is not refuted"]


# controls by the same check, at the clause's tier


def controlled(clause_check, variant_check, kind=Proved, tier=Proved):
    return faults(entry(), [part("holds", kind=kind, check=clause_check),
                            part("rejects", "v", check=variant_check, tier=tier)])


def test_a_control_goes_through_the_same_check():
    assert controlled(normal_form(), normal_form()) == []
    assert controlled(signs(), normal_form()) == [
        f"  rejects v: not the check that clause a is held by: {normal_form().name} instead of "
        f"{signs().name}"]
    assert len(controlled(normal_form(), signs())) == 1


@pytest.mark.parametrize(("ours", "theirs", "changed"), [
    ({}, {}, ""), ({"boxes": 5}, {"boxes": 5}, ""), ({"boxes": 5}, {"boxes": 6}, "boxes"),
    ({"boxes": 6}, {"boxes": 5}, "boxes"), ({"boxes": 5}, {}, "boxes"), ({}, {"boxes": 5}, "boxes"),
    ({"boxes": None}, {}, "boxes"), ({}, {"boxes": None}, "boxes"),
    ({"z": 1, "a": 2}, {"z": 2, "a": 1}, "a, z"), ({"a": 1}, {"b": 1}, "a, b"),
    ({"a": 1000.5}, {"a": float("1000.5")}, ""), ({"a": [1, 2]}, {"a": [1, 2]}, ""),
    ({"a": 1}, {"a": 1.0}, "a"), ({"a": True}, {"a": 1}, "a")])
def test_a_control_has_the_same_options(ours, theirs, changed):
    make = lambda options: Some(name="balls", options=options)  # noqa: E731
    found = controlled(make(ours), make(theirs))
    expected = f"  rejects v: not the check that clause a is held by: another {changed}"
    assert found == ([expected] if changed else [])


def test_options_without_a_faithful_text_are_compared_by_identity():
    class Mute:
        def __repr__(self):
            return f"mute {next(counter)}"

    counter = iter(range(100))
    one = Mute()
    make = lambda option: Some(name="balls", options={"key": option})  # noqa: E731
    assert controlled(make(one), make(one)) == []
    assert len(controlled(make(one), make(Mute()))) == 1


def test_functions_as_checks_have_their_names():
    def first(p):
        return None

    def second(p):
        return None

    assert controlled(first, first) == []
    (found,) = controlled(first, second)
    assert "second instead of" in found and found.endswith("first")
    (found,) = controlled(first, Some())
    assert ": a check instead of" in found
    assert controlled(Some(name="", options={}), Some(name="", options={})) == []
    long = "a name that is no shared object"
    assert controlled(Some(name=long), Some(name="".join(list(long)))) == []


STRENGTH = [(Proved, 4), (Enclosed, 4), (Derived, 3), (Consistent, 2), (Sampled, 2)]


@pytest.mark.parametrize(("kind", "strong"), STRENGTH)
@pytest.mark.parametrize(("tier", "tier_strong"), STRENGTH)
def test_a_control_is_as_rigorous_as_its_clause(kind, strong, tier, tier_strong):
    found = controlled(CHECK, CHECK, kind, tier)
    expected = (f"  rejects v: refuted as {tier.label} only, while clause a is {kind.label}")
    assert found == ([expected] if tier_strong < strong else [])


def test_controls_of_what_is_not_held_are_not_compared():
    stated = entry("a b", [("u", "a"), ("v", "b"), ("w", "b")])
    parts = [part("cites", "a"), part("holds", "b", check=signs()),
             part("rejects", "u", check=signs()), part("rejects", "v", check=signs()),
             part("rejects", "w", check=subdivision())]
    (found,) = faults(stated, parts)  # the last one is still looked at
    assert found.startswith("  rejects w: not the check that clause b is held by")
    open_clause = [part("holds", kind=Undecided, check=signs()), part("rejects", "v", check=CHECK)]
    assert len(faults(entry(), open_clause)) == 1
    unrefuted = [part("holds", check=signs()), Part("rejects", "v", GOAL, verdict(Proved), CHECK)]
    assert len(faults(entry(), unrefuted)) == 1


def test_other_verbs_are_no_controls():
    """Only `rejects` is compared with its clause, wherever it stands among the parts."""
    other = subdivision()
    for verb in ("agrees", "refutes_printed"):
        kind = Refuted if verb == "refutes_printed" else Proved
        stray = part(verb, "v", kind=kind, check=other)
        found = faults(entry(printed="v" if kind is Refuted else ""), [stray, *WHOLE])
        assert found == []
        bad = part("rejects", "v", check=other)
        found = faults(entry(printed="v" if kind is Refuted else ""), [stray, WHOLE[0], bad])
        assert len(found) == 1


# parts


def test_significance_is_the_order_of_labels():
    assert sorted(SIGNIFICANCE, key=SIGNIFICANCE.get) == [
        "Open", "Cited", "Measured", "Derived", "Proved"]
    assert list(SIGNIFICANCE.values()) == [0, 1, 2, 3, 4]


def test_a_part_is_a_value_whatever_its_check():
    one = Part("holds", "a", GOAL, None, check=signs())
    assert one == Part("holds", "a", GOAL, None, check=normal_form())
    assert one != Part("holds", "b", GOAL, None) and (one.at, one.why) == ({}, "")
    with pytest.raises(AttributeError):
        one.verb = "cites"


def test_an_instance_is_named_in_messages():
    general = proposition("x + n >= x", for_all=["x", "n natural"])
    assert proposition_of(general) == "x + n ≥ x"
    assert proposition_of(general.at(n=2, x="1/2")) == "1/2 + 2 ≥ 1/2  (at n = 2, x = 1/2)"
