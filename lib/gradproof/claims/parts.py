"""A part of a block: a verb, the clause that it is about, and the verdict on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from gradproof.formulas import Proposition
from gradproof.verdicts import Verdict

SIGNIFICANCE = {"Open": 0, "Cited": 1, "Measured": 2, "Derived": 3, "Proved": 4}


@dataclass(frozen=True)
class Part:
    """verb: a method's name of the block. id: the clause, variant or printed form; "" for agrees.

    verdict: None for what is cited or left open; then ``why`` says why.
    """

    verb: str
    id: str
    proposition: Proposition
    verdict: Verdict | None
    check: Callable | None = field(default=None, compare=False)
    at: Mapping = field(default_factory=dict)
    why: str = ""


def proposition_of(proposition: Proposition) -> str:
    """A proposition on one line, its instance included, for a message."""
    fixed = ", ".join(f"{name} = {value}" for name, value in proposition.fixed)
    return proposition.text() + (f"  (at {fixed})" if fixed else "")
