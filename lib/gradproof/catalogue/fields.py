"""Reading the fields of a TOML table so that errors name their place and typos are caught."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

from gradproof.catalogue.model import CatalogueError

_REQUIRED = object()


class Fields:
    """A table with its place ("23-escape.toml: 23.12: clause b"); remembers what was read."""

    def __init__(self, table: Mapping, place: str):
        self.table = table
        self.place = place
        self.seen: set[str] = set()

    def wrong(self, field: str, problem: str) -> NoReturn:
        """Raise CatalogueError for ``field``."""
        raise CatalogueError(f"{self.place}: {field}: {problem}")

    def _take(self, field: str, default):
        self.seen.add(field)
        if field not in self.table and default is _REQUIRED:
            self.wrong(field, "is missing")
        return self.table.get(field, default)

    def text(self, field: str, default=_REQUIRED) -> str:
        """A string; one that is written must not be empty."""
        value = self._take(field, default)
        if not isinstance(value, str):
            self.wrong(field, f"must be text, not {value!r}")
        if field in self.table and not value.strip():
            self.wrong(field, "is empty")
        return value.strip()

    def choice(self, field: str, allowed: tuple[str, ...], required: bool = False) -> str:
        """One of ``allowed``; the first one by default."""
        value = self.text(field, _REQUIRED if required else allowed[0])
        if value not in allowed:
            self.wrong(field, f"{value!r} is none of {', '.join(allowed)}")
        return value

    def flag(self, field: str) -> bool:
        """true or false (the default)."""
        value = self._take(field, False)
        if not isinstance(value, bool):
            self.wrong(field, f"must be true or false, not {value!r}")
        return value

    def list_of_texts(self, field: str) -> tuple[str, ...]:
        """A list of strings; a single string counts as a list of one; absent is empty."""
        value = self._take(field, [])
        value = [value] if isinstance(value, str) else value
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            self.wrong(field, f"must be a list of texts, not {value!r}")
        return tuple(v.strip() for v in value)

    def texts_by_name(self, field: str) -> dict[str, str]:
        """A table of strings; absent is empty."""
        value = self._take(field, {})
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            self.wrong(field, "must be a table of texts")
        return dict(value)

    def tables(self, field: str, named: str) -> list[Fields]:
        """The tables of ``[[field]]``, each with a place that has its ``named`` in it."""
        value = self._take(field, [])
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            self.wrong(field, "must be a list of tables: write [[...]]")
        prefix = "" if field == "claim" else f"{field} "
        return [Fields(v, f"{self.place}: {prefix}{v.get(named, f'number {n}')}")
                for n, v in enumerate(value, 1)]

    def inner(self, field: str) -> Fields | None:
        """The table under ``field``, or None."""
        value = self._take(field, None)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.wrong(field, "must be a table")
        return Fields(value, f"{self.place}: {field}")

    def raw(self, field: str, default=None):
        """The value as it is."""
        return self._take(field, default)

    def finish(self) -> None:
        """Raise CatalogueError if the table has a field that nobody asked for."""
        if unknown := [field for field in self.table if field not in self.seen]:
            self.wrong(unknown[0], f"unknown field; there are {', '.join(sorted(self.seen))}")
