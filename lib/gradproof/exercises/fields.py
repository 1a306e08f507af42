"""Fields of a YAML header whose errors are MasterErrors that name file, exercise and field."""

from __future__ import annotations

from typing import NoReturn

import yaml

from gradproof.catalogue import fields
from gradproof.exercises.findings import MasterError

_REQUIRED = object()


class Fields(fields.Fields):
    """As the catalogue's fields, with numbers; texts may be written as YAML numbers."""

    def wrong(self, field: str, problem: str) -> NoReturn:
        """Raise MasterError for ``field``."""
        raise MasterError(f"{self.place}: {field}: {problem}")

    def whole(self, field: str, low: int, high: int, default=_REQUIRED) -> int:
        """An integer between ``low`` and ``high``."""
        value = self._take(field, fields._REQUIRED if default is _REQUIRED else default)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            self.wrong(field, f"must be a whole number from {low} to {high}, not {value!r}")
        return value

    def tables(self, field: str, named: str) -> list[Fields]:
        """The tables listed under ``field``, whose errors are MasterErrors too."""
        try:
            return [Fields(inner.table, inner.place) for inner in super().tables(field, named)]
        except AttributeError:
            self.wrong(field, "must be a list of tables")

    def plain(self, field: str, default=_REQUIRED) -> str:
        """A text or a number, as text."""
        value = self._take(field, fields._REQUIRED if default is _REQUIRED else default)
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            self.wrong(field, f"must be text or a number, not {value!r}")
        return str(value)

    def points(self, field: str) -> tuple[dict[str, str], ...]:
        """A list of points ``{s: 1/2, L: 1}``, values as text."""
        value = self._take(field, [])
        if not isinstance(value, list) or not all(isinstance(p, dict) for p in value):
            self.wrong(field, "must be a list of points {s: 1/2, L: 1}")
        return tuple({str(k): str(v) for k, v in point.items()} for point in value)

    def goals(self, field: str) -> tuple[tuple[str, str], ...]:
        """A list of statements, each plain or ``{says: …, that: …}``: pairs (says, statement)."""
        value = self._take(field, [])
        found = []
        for entry in [value] if isinstance(value, str) else value:
            if isinstance(entry, str):
                entry = {"says": "", "that": entry}
            if not isinstance(entry, dict) or set(entry) != {"says", "that"}:
                self.wrong(field, "each entry is a statement, or has says: and that:")
            found.append((str(entry["says"]), str(entry["that"])))
        return tuple(found)


def read_yaml(text: str, place: str) -> Fields:
    """The table written in ``text``. MasterError where it is no YAML table."""
    try:
        table = yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        raise MasterError(f"{place}: no YAML: {' '.join(str(error).split())}") from None
    if not isinstance(table, dict):
        raise MasterError(f"{place}: must be a table of fields, not {type(table).__name__}")
    return Fields(table, place)
