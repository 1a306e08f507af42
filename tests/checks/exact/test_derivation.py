"""The verifier of derivations refuses what does not show what it says."""

import pytest
from flint import fmpq

from gradproof.checks.exact.derivation import Refused, verify
from gradproof.checks.exact.facts import Fact, facts_of
from gradproof.formulas import proposition


def facts():
    return facts_of(proposition("x >= 0", for_all=["x"], assume=["x >= 0"]))


def test_a_lemma_is_verified_before_it_is_used():
    given = facts()
    (x,) = given.gens
    true = given.extended(Fact(x, ">=", ("lemma", ("fact", 0))))
    assert verify(("fact", len(true.known) - 1), true) == (x, ">=")
    for poly, kind, node in ((x - 1, ">=", ("fact", 0)), (x, ">", ("fact", 0)),
                             (-x, ">=", ("square", x)), (x * 0 - 1, ">", ("number", fmpq(1)))):
        false = given.extended(Fact(poly, kind, ("lemma", node)))
        with pytest.raises(Refused, match="shows something else"):
            verify(("fact", len(false.known) - 1), false)
