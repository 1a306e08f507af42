"""What the kernel says of a corpus statement, and whether it may."""

from __future__ import annotations

from functools import cache

import gradproof.checks
from corpus import measured
from corpus.statements import Statement, load
from gradproof.formulas import FormulaError
from gradproof.verdicts import Refuted, Undecided, Verdict


def check_of(statement: Statement):
    """The check that the statement names, with its options."""
    factory = getattr(gradproof.checks, statement.check)
    return factory(**statement.options)


def judged(statement: Statement | measured.Measured) -> Verdict:
    """The kernel's verdict, computed now."""
    if isinstance(statement, measured.Measured):
        return statement.run()
    return check_of(statement)(statement.proposition())


@cache
def corpus() -> tuple[Statement | measured.Measured, ...]:
    """All statements: those of the data files, then the measured ones."""
    return (*load(), *measured.STATEMENTS)


@cache
def _by_id(identity: str) -> Verdict | None:
    try:
        return judged(next(s for s in corpus() if s.id == identity))
    except FormulaError:
        return None


def verdict_of(statement: Statement | measured.Measured) -> Verdict | None:
    """The kernel's verdict, computed once a process; None where it refuses to read the formula."""
    return _by_id(statement.id)


def decided(verdict: Verdict | None) -> bool:
    """Whether the kernel claims anything."""
    return verdict is not None and not isinstance(verdict, Undecided)


def fault(statement: Statement | measured.Measured, verdict: Verdict | None) -> str:
    """What is wrong with ``verdict``; empty when it is right or says nothing."""
    if statement.expected == "undefined":
        return "claims what has no value or content" if decided(verdict) else ""
    if verdict is None:
        return "refuses to read a well-formed statement"
    if statement.expected == "true":
        return "refutes a true statement" if isinstance(verdict, Refuted) else ""
    return "accepts a false statement" if verdict.passes else ""
