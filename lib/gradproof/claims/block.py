"""The block: five verbs and a sixth for what stays open, and the rules for leaving it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gradproof import catalogue
from gradproof.claims.faults import faults
from gradproof.claims.parts import Part, proposition_of
from gradproof.claims.record import record
from gradproof.claims.show import show
from gradproof.formulas import Proposition
from gradproof.verdicts import Verdict

Decide = Callable[..., Verdict]


class ClaimError(AssertionError):
    """A part of the block did not pass, or a part is missing; the message lists them."""


def claim(id: str) -> Claim:
    """The block of the catalogue's claim ``id``. CatalogueError when there is no such claim."""
    return Claim(catalogue.claim(id))


class Claim:
    """A block: use it in a ``with`` statement; nothing is shown unless everything passed."""

    def __init__(self, entry: catalogue.Claim):
        self._entry = entry
        self._parts: list[Part] = []

    def holds(self, clause: str, check: Decide, *, at: Mapping | None = None) -> None:
        """Clause ``clause`` is true: ``check`` decides it and chooses the label.

        at: values that fix parameters ({"d": 4}); the claim then speaks of that instance only.
        """
        stated = self._entry.clause(clause).proposition
        self._decide("holds", clause, check, stated.at(**at) if at else stated, at=at)

    def agrees(self, check: Decide, *, of: str = "") -> None:
        """Corroboration by a route that shares no code with the checks above.

        A measurement says itself what it compared; another check decides the clause ``of``
        once more. It must pass, and it never raises the label.
        """
        stated = self._entry.clause(of).proposition if of else None
        verdict = _verdict(check, stated, "agrees")
        self._parts.append(Part("agrees", of, verdict.proposition, verdict))

    def rejects(self, variant: str, check: Decide, *, at: Mapping | None = None) -> None:
        """The false neighbour ``variant`` is refuted by the check that held its clause.

        at: values that fix parameters, as in `holds`; whoever held the clause at an instance
        need not repeat them.
        """
        stated = self._entry.variant(variant)
        at = at or self._fixed(stated.of)
        self._decide("rejects", variant, check, stated.proposition.at(**at) if at
                     else stated.proposition, at=at)

    def refutes_printed(self, printed: str, check: Decide, *, at: Mapping | None = None) -> None:
        """The statement as the text prints it is false; the catalogue has reading and repair."""
        stated = self._entry.printed_form(printed).proposition
        self._decide("refutes_printed", printed, check, stated.at(**at) if at else stated, at=at)

    def cites(self, clause: str, why: str) -> None:
        """Clause ``clause`` is taken from elsewhere, unchecked; every user of it inherits that."""
        self._assume("cites", clause, why)

    def leaves_open(self, clause: str, why: str) -> None:
        """Clause ``clause`` is not settled here."""
        self._assume("leaves_open", clause, why)

    def _assume(self, verb: str, clause: str, why: str) -> None:
        if not why.strip():
            raise ValueError(f"{verb}({clause!r}): say why")
        stated = self._entry.clause(clause).proposition
        self._parts.append(Part(verb, clause, stated, None, why=why.strip()))

    def _decide(self, verb: str, id: str, check: Decide, stated: Proposition, at) -> None:
        verdict = _verdict(check, stated, f"{verb}({id!r})")
        if not _about(verdict.proposition, stated):
            raise ClaimError(f"{self._entry.id}: {verb}({id!r}): the verdict is about another "
                             f"statement, {proposition_of(verdict.proposition)}")
        self._parts.append(Part(verb, id, verdict.proposition, verdict, check, dict(at or {})))

    def _fixed(self, clause: str) -> Mapping:
        return next((p.at for p in self._parts if p.verb == "holds" and p.id == clause), {})

    def __enter__(self) -> Claim:
        if self._parts:
            raise RuntimeError(f"{self._entry.id}: a block is used once; call claim() again")
        return self

    def __exit__(self, kind, error, trace) -> None:
        if error is not None:
            return  # the body's own error goes on as it is
        if found := faults(self._entry, self._parts):
            title = f"{self._entry.id} {self._entry.title}: not shown"
            raise ClaimError("\n".join([title, *found]))
        show(record(self._entry, self._parts), self._entry)


def _verdict(check: Decide, stated: Proposition | None, place: str) -> Verdict:
    """The check's verdict. TypeError for a check that is not one of gradproof.checks.

    A chapter that brought its own procedure would choose its own label.
    """
    work = getattr(check, "procedure", None) or getattr(check, "run", None)
    if not (_of_checks(type(check)) and _of_checks(work)):
        raise TypeError(f"{place}: {check!r} is no check: call one of gradproof.checks, "
                        "such as normal_form()")
    return check(stated)


def _of_checks(thing) -> bool:
    return (getattr(thing, "__module__", None) or "").startswith("gradproof.checks.")


def _about(decided: Proposition, stated: Proposition) -> bool:
    """Whether a verdict's proposition is the one stated; prose may be narrowed to instances."""
    if stated.formal:
        return decided == stated
    return not decided.formal and decided.prose.startswith(stated.prose)
