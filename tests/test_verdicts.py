"""Verdicts: types are tiers, and nobody but a check issues one."""

import pytest

from gradproof import verdicts
from gradproof.checks import normal_form
from gradproof.formulas import proposition
from gradproof.verdicts import (
    Consistent,
    Derived,
    Enclosed,
    Proved,
    Refuted,
    Sampled,
    Undecided,
    Verdict,
    issue,
)

SQUARE = proposition("(x + 1)^2 == x^2 + 2*x + 1", for_all=["x"])


def issued(name="gradproof.checks.anything", kind=Proved, *rest, **details):
    """What `issue` gives to code of a module called ``name``."""
    space = {"__name__": name, "issue": issue, "args": (kind, SQUARE, *(rest or ("a method",))),
             "details": details}
    exec("verdict = issue(*args, **details)", space)
    return space["verdict"]


@pytest.mark.parametrize(("kind", "label", "rank", "passes"), [
    (Verdict, "Open", 0, False), (Proved, "Proved", 40, True), (Enclosed, "Proved", 35, True),
    (Derived, "Derived", 30, True), (Consistent, "Measured", 20, True),
    (Sampled, "Measured", 20, True), (Refuted, "False", 0, False), (Undecided, "Open", 0, False)])
def test_labels_ranks_and_passing(kind, label, rank, passes):
    assert (kind.label, kind.rank, kind.passes) == (label, rank, passes)
    verdict = issued(kind=kind)
    assert type(verdict) is kind and (verdict.label, verdict.passes) == (label, passes)


def test_neither_false_nor_open_passes_and_measured_is_weakest():
    assert [k.passes for k in (Refuted, Undecided, Verdict)] == [False] * 3
    assert Proved.rank > Enclosed.rank > Derived.rank > Sampled.rank == Consistent.rank > 0


@pytest.mark.parametrize("kind", [Verdict, Proved, Enclosed, Derived, Consistent, Sampled, Refuted,
                                  Undecided])
@pytest.mark.parametrize("seal", [None, object(), True, 0, "seal"])
def test_a_verdict_is_not_constructed(kind, seal):
    with pytest.raises(TypeError, match=f"a {kind.__name__} verdict is issued by a check, not"):
        kind(proposition=SQUARE, method="because I say so", seal=seal)
    with pytest.raises(TypeError, match="call one of gradproof.checks on the proposition"):
        kind(proposition=SQUARE, method="because I say so")


def test_a_seal_that_equals_everything_opens_nothing():
    class Flatterer:
        def __eq__(self, other):
            return True

        __hash__ = None

    with pytest.raises(TypeError, match="is issued by a check"):
        Proved(proposition=SQUARE, method="because I say so", seal=Flatterer())


@pytest.mark.parametrize("name", [
    "gradproof.checks", "gradproof.claims.block", "gradproof.checksum", "__main__", "",
    "a_chapter", "gradproof.verdicts", "my.gradproof.checks.own"])
def test_only_checks_issue(name):
    with pytest.raises(TypeError, match="issued by gradproof.checks, not by "):
        issued(name)


def test_this_module_cannot_issue():
    with pytest.raises(TypeError, match=f"not by {__name__}"):
        issue(Proved, SQUARE, "a method")
    with pytest.raises(TypeError, match="not by this code"):
        issued("")


def test_what_a_check_issues():
    verdict = issued("gradproof.checks.deep.inside", Enclosed, "balls", note="7 boxes",
                     certificate={"boxes": 7})
    assert (verdict.proposition, verdict.method, verdict.note) == (SQUARE, "balls", "7 boxes")
    assert verdict.certificate == {"boxes": 7}
    plain = issued()
    assert (plain.note, plain.certificate) == ("", None)
    assert "certificate" not in repr(verdict) and "seal" not in repr(verdict)


def test_what_a_refutation_carries():
    plain = issued(kind=Refuted)
    assert (plain.witness, plain.tier) == ({}, Proved)
    other = issued("gradproof.checks.a", Refuted, "m", witness={"x": "1/2"}, tier=Sampled)
    assert (other.witness, other.tier) == ({"x": "1/2"}, Sampled)
    assert plain != other and plain.witness is not issued(kind=Refuted).witness


def test_on_one_line():
    formula = "(x + 1)^2 = x^2 + 2·x + 1"
    assert str(issued()) == f"Proved: {formula}   [a method]"
    assert str(issued(note="3 bits")) == f"Proved: {formula}   [a method; 3 bits]"
    assert str(issued(kind=Undecided, note="why")) == f"Open: {formula}   [a method; why]"


def test_verdicts_are_values():
    assert issued() == issued() and issued() != issued(note="other")
    assert issued() != issued(kind=Enclosed)
    for kind in (Proved, Refuted):
        with pytest.raises(AttributeError):
            issued(kind=kind).note = "edited"
    with pytest.raises(TypeError):
        Proved(SQUARE, "a method")  # by keyword only
    with pytest.raises(TypeError, match="positional"):
        Refuted(SQUARE, "a method")


def test_a_check_issues_for_its_own_proposition():
    verdict = normal_form()(SQUARE)
    assert isinstance(verdict, Proved) and verdict.proposition is SQUARE
    assert "_SEAL" in vars(verdicts) and "_SEAL" not in getattr(verdicts, "__all__", [])
