"""What the catalogue holds: claims, their clauses, false variants and printed forms, as data.

A statement is written here once. Everything a block prints and a record stores about it is
computed from these classes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from gradproof.formulas import Proposition

BRIDGES = ("conjunction", "implication", "human")
READINGS = ("certain", "doubtful")
PRINTED = ("as printed", "restored", "not in the text")


class CatalogueError(ValueError):
    """An entry of the catalogue is wrong; the message names file, claim and field."""


@dataclass(frozen=True)
class Clause:
    """One part of a claim: a proposition, ``says`` in words, ``uses`` other claims.

    name: how a headline calls a clause that is cited ("Whitney's extension theorem").
    written: the clause's fields as they stand in the file; an edit is compared with them.
    """

    id: str
    proposition: Proposition
    says: str = ""
    name: str = ""
    uses: tuple[str, ...] = ()
    written: Mapping = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Variant:
    """A false neighbour of clause ``of``: exactly one edit, described by ``edit``."""

    id: str
    of: str
    proposition: Proposition
    edit: tuple[str, str, str]  # kind (without, with, concluding, where), new text, old text
    because: str = ""


@dataclass(frozen=True)
class Printed:
    """The statement as the text prints it, where that is false.

    step: it is not the statement itself, but a displayed step of its proof.
    """

    id: str
    proposition: Proposition
    reading: str
    because: str
    repair: str
    says: str = ""
    step: bool = False


@dataclass(frozen=True)
class Bridge:
    """How the clauses make the statement: all of them, a checked clause, or a human step."""

    kind: str = "conjunction"
    text: str = ""
    clause: str = ""


@dataclass(frozen=True)
class Claim:
    """A statement of one of the texts, with what it takes to check it.

    let: the definitions that its formulas use, as (left, right) text. data: the claim's
    content as plain JSON values; `digest` is its hash, and a signature in ``reviewed`` is
    good only as long as it equals `digest`.
    """

    id: str
    chapter: str
    title: str
    source: str
    locator: str
    statement: str
    clauses: tuple[Clause, ...]
    variants: tuple[Variant, ...] = ()
    printed: tuple[Printed, ...] = ()
    bridge: Bridge = Bridge()
    printed_status: str = "as printed"
    inventory: tuple[str, ...] = ()
    lead: bool = False
    reviewed: str = ""
    let: tuple[tuple[str, str], ...] = ()
    data: Mapping = field(default_factory=dict, repr=False)

    @cached_property
    def digest(self) -> str:
        """Twelve hex digits over everything the claim says; any edit changes them."""
        text = json.dumps(self.data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    @property
    def uses(self) -> tuple[str, ...]:
        """Ids of the claims that some clause rests on, each once, in order."""
        return tuple(dict.fromkeys(other for clause in self.clauses for other in clause.uses))

    def clause(self, id: str) -> Clause:
        """The clause ``id``; KeyError lists those there are."""
        return _named(self.clauses, id, f"{self.id} has no clause")

    def variant(self, id: str) -> Variant:
        """The variant ``id``; KeyError lists those there are."""
        return _named(self.variants, id, f"{self.id} has no variant")

    def printed_form(self, id: str) -> Printed:
        """The printed form ``id``; KeyError lists those there are."""
        return _named(self.printed, id, f"{self.id} has no printed form")


@dataclass(frozen=True)
class Chapter:
    """One file of the catalogue: ``name`` is its stem, NN-topic.

    merged_into: statements of the inventory that another one contains, as (id, other id).
    """

    name: str
    title: str
    claims: tuple[Claim, ...]
    merged_into: tuple[tuple[str, str], ...] = ()

    @property
    def number(self) -> str:
        """The two digits that the ids of its claims begin with."""
        return self.name[:2]


def _named(entries: Iterable, id: str, complaint: str):
    entries = tuple(entries)
    for entry in entries:
        if entry.id == id:
            return entry
    known = ", ".join(entry.id for entry in entries) or "none"
    raise CatalogueError(f"{complaint} {id!r}; there are: {known}")
