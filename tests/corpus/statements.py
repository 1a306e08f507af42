"""The corpus: statements with a label derived by hand, read from the TOML files beside this one.

A file has a ``kind``, a default ``check`` and ``pair`` tables. A pair's own keys (``for_all``,
``assume``, ``conclude``, ``let``, ``examples``, ``check``, ``options``) are shared by its
statements; each statement is a table whose name begins with its label: ``true``, ``restated``
(true as well, in other words), ``false`` or ``undefined`` (no value, no domain, no content, or
beyond the budget: nobody may claim anything), and which has a ``reason``. ``witness`` of a
false statement is a point that a reader can check; ``irrational = true`` says that there is none
with rational coordinates.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
LABELS = {"true": "true", "restated": "true", "false": "false", "undefined": "undefined"}
SHARED = ("for_all", "assume", "conclude", "let", "examples", "check", "options")
KEYS = {*SHARED, "reason", "witness", "irrational"}


@dataclass(frozen=True)
class Statement:
    """One labelled statement; ``expected`` is true, false or undefined."""

    id: str
    kind: str
    pair: str
    expected: str
    reason: str
    conclude: str | list[str]
    check: str
    options: dict = field(default_factory=dict)
    for_all: list[str] = field(default_factory=list)
    assume: list[str] = field(default_factory=list)
    let: dict[str, str] = field(default_factory=dict)
    examples: list[dict[str, str]] = field(default_factory=list)
    witness: dict[str, str] | None = None
    irrational: bool = False

    @property
    def formula(self) -> bool:
        """Whether the conclusions are relations between formulas in real numbers."""
        goals = [self.conclude] if isinstance(self.conclude, str) else self.conclude
        texts, marks = [*goals, *self.let.values()], ("[", "roots(", "roots_open(")
        return (all(any(op in goal for op in "<=>") for goal in goals)
                and not any("(" in entry for entry in self.for_all)
                and not any(mark in text for text in texts for mark in marks))

    def proposition(self):
        """The statement as the kernel's proposition."""
        from gradproof.formulas import proposition

        return proposition(self.conclude, for_all=self.for_all, assume=self.assume, let=self.let,
                           examples=self.examples)


def load() -> list[Statement]:
    """Every statement, in file order. ValueError names a table that is malformed."""
    found: list[Statement] = []
    for path in sorted(HERE.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for pair in data.pop("pair"):
            found += _statements(path, data, pair)
    ids = [s.id for s in found]
    if len(set(ids)) != len(ids):
        raise ValueError(f"an id occurs twice: {sorted(i for i in ids if ids.count(i) > 1)}")
    return found


def _statements(path: Path, data: dict, pair: dict):
    shared = {"check": data.get("check"), **{k: pair[k] for k in SHARED if k in pair}}
    cases = {k: v for k, v in pair.items() if k not in (*SHARED, "id")}
    for name, case in cases.items():
        label = LABELS.get(name.split("_")[0])
        if label is None or not case.get("reason") or not set(case) <= KEYS:
            raise ValueError(f"{path.name}, {pair['id']}, {name}: label, reason or a key is wrong")
        yield Statement(id=f"{pair['id']}/{name}", kind=data["kind"], pair=pair["id"],
                        expected=label, **{**shared, **case})
