"""The kernel against statements whose truth is known: three bars, and each near-miss pair.

No false statement is accepted, no true one refuted, nothing is claimed of what has no value or
no content, and at least 95 % of the true and false statements are decided.
"""

from __future__ import annotations

import pytest

from corpus.judge import corpus, decided, fault, verdict_of

STATEMENTS = corpus()


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda s: s.id)
def test_no_wrong_verdict(statement):
    verdict = verdict_of(statement)
    assert not fault(statement, verdict), f"{statement.reason} The kernel: {verdict}"


def test_enough_is_decided():
    decidable = [s for s in STATEMENTS if s.expected != "undefined"]
    open_ones = [s.id for s in decidable if not decided(verdict_of(s))]
    share = 1 - len(open_ones) / len(decidable)
    assert share >= 0.95, f"{share:.1%} decided; open: {open_ones}"


def test_corpus_is_large_and_paired():
    assert len(STATEMENTS) >= 150
    expected: dict[str, set[str]] = {}
    for statement in STATEMENTS:
        expected.setdefault(statement.pair, set()).add(statement.expected)
    assert [pair for pair, labels in expected.items() if len(labels) < 2] == []
