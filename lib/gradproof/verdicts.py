"""Layer 1: verdicts. A verdict carries the proposition that it decides; its type is its tier.

Verdicts are issued by `gradproof.checks` alone: constructing one elsewhere raises TypeError,
so that no author chooses a label. (This stops carelessness, not malice: Python has no walls.)
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import InitVar, dataclass, field
from typing import ClassVar

from gradproof.formulas import Proposition

_SEAL = object()
_ISSUERS = "gradproof.checks."


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a check says of a proposition.

    method: how it was decided, for a reader ("normal form in ℚ(L, γ)"). note: the figures
    that belong to it (residual, bits, boxes, witness). certificate: data from which
    `gradproof recheck` can verify it again, or None.
    """

    proposition: Proposition
    method: str
    note: str = ""
    certificate: Mapping | None = field(default=None, repr=False)
    seal: InitVar[object] = None

    label: ClassVar[str] = "Open"
    rank: ClassVar[int] = 0  # the headline of a claim is the smallest rank among its parts
    passes: ClassVar[bool] = False

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise TypeError(
                f"a {type(self).__name__} verdict is issued by a check, not constructed: "
                f"call one of gradproof.checks on the proposition"
            )

    def __str__(self) -> str:
        """Label, proposition, method and note on one line."""
        grounds = f"{self.method}; {self.note}" if self.note else self.method
        return f"{self.label}: {self.proposition.text()}   [{grounds}]"


class Proved(Verdict):
    """Decided by an exact procedure, for every value that the hypotheses allow."""

    label, rank, passes = "Proved", 40, True


class Enclosed(Verdict):
    """Decided by ball arithmetic with subdivision: as rigorous as Proved, larger trusted base."""

    label, rank, passes = "Proved", 35, True


class Derived(Verdict):
    """Computer algebra said so and one step, named in the note, could not be verified."""

    label, rank, passes = "Derived", 30, True


class Consistent(Verdict):
    """Floating point agrees within a justified tolerance; the note has the residual."""

    label, rank, passes = "Measured", 20, True


class Sampled(Verdict):
    """Monte Carlo passed an equivalence test fixed beforehand; the note has n and the interval."""

    label, rank, passes = "Measured", 20, True


@dataclass(frozen=True, kw_only=True)
class Refuted(Verdict):
    """False: the witness satisfies the hypotheses and violates the conclusion.

    witness: parameter values as text. tier: the verdict type whose rigour the refutation has
    (Proved: exact, Enclosed: certified balls, Consistent or Sampled: measured).
    """

    witness: Mapping[str, str] = field(default_factory=dict)
    tier: type[Verdict] = Proved

    label: ClassVar[str] = "False"
    rank: ClassVar[int] = 0


class Undecided(Verdict):
    """Nothing is claimed: the method says what was tried, the note why it was not enough."""

    label, rank, passes = "Open", 0, False


def issue(kind: type[Verdict], proposition: Proposition, method: str, **details) -> Verdict:
    """Construct a verdict; only code of `gradproof.checks` may call this.

    Raises TypeError when called from anywhere else.
    """
    caller = sys._getframe(1).f_globals.get("__name__", "")
    if not caller.startswith(_ISSUERS):
        raise TypeError(f"verdicts are issued by gradproof.checks, not by {caller or 'this code'}")
    return kind(proposition=proposition, method=method, seal=_SEAL, **details)
