"""What a tower of generators has to provide for, found while a formula is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import lcm

from gradproof.formulas import Expr


class Replan(Exception):
    """The plan has grown: read the formula again."""


@dataclass
class Plan:
    """What the generators have to provide for: denominators, least shifts, indices in use."""

    needs: dict[tuple, int] = field(default_factory=dict)
    index: dict[tuple, int] = field(default_factory=dict)
    capacity: int = 12

    def denominator(self, key: tuple, value: int) -> int:
        """The common denominator under ``key``, a multiple of ``value``."""
        return self._grown(key, lcm(self.needs.get(key, 1), value))

    def shift(self, key: tuple, value: int) -> int:
        """The least shift seen under ``key``, at most ``value``."""
        return self._grown(key, min(self.needs.get(key, value), value))

    def _grown(self, key: tuple, value: int) -> int:
        if self.needs.get(key, value) != value:
            self.needs[key] = value
            raise Replan
        self.needs[key] = value
        return value


@dataclass(frozen=True)
class Generator:
    """One generator: ``term`` is the formula it stands for, ``of`` the arguments it was made of."""

    name: str
    kind: str
    term: Expr
    of: tuple = ()
    positive: bool = False
    nonnegative: bool = False
