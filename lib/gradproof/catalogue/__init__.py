"""The statements, one TOML file a chapter, as the texts make them and as they are checked.

    claim("23.12")      one claim, by its id
    chapters()          every chapter, in order
    sources()           the texts by key: title, authors, ids in the inventory

Read once a process. `use_folder` points the catalogue elsewhere (tests, another project).
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from gradproof.catalogue.model import (
    Bridge,
    CatalogueError,
    Chapter,
    Claim,
    Clause,
    Printed,
    Variant,
)
from gradproof.catalogue.reading import read_chapter

__all__ = ["Bridge", "CatalogueError", "Chapter", "Claim", "Clause", "Printed", "Variant",
           "chapters", "claim", "folder", "forget", "read_folder", "sources", "use_folder"]

HERE = Path(__file__).resolve().parent
_place = [HERE]


def folder() -> Path:
    """Where the catalogue is read from."""
    return _place[0]


def use_folder(path: str | Path | None) -> None:
    """Read the catalogue from ``path`` from now on, in this process; None: from the package."""
    at = HERE if path is None else Path(path).resolve()
    if not (at / "sources.toml").is_file():
        raise CatalogueError(f"no catalogue in {at.name}/: sources.toml is missing")
    _place[0] = at


def forget() -> None:
    """Read the files again at the next call (after an edit)."""
    for cached in (read_folder, _chapter, _sources):
        cached.cache_clear()


def sources() -> dict[str, dict]:
    """Key -> {"title", "short", "prefix"} of each text, in order."""
    return _sources(folder())


def chapters() -> tuple[Chapter, ...]:
    """Every chapter of the catalogue, in order. CatalogueError names what is wrong."""
    return read_folder(folder())


def claim(id: str) -> Claim:
    """The claim ``id``. CatalogueError when there is none, or its chapter cannot be read."""
    at = folder()
    files = sorted(at.glob(f"{str(id)[:2]}-*.toml"))
    for path in files:
        for entry in _chapter(path, at).claims:
            if entry.id == id:
                return entry
    known = [c.id for path in files for c in _chapter(path, at).claims]
    raise CatalogueError(f"no claim {id!r} in the catalogue; "
                         f"the chapter has {', '.join(known) or 'no file'}")


@cache
def read_folder(at: Path) -> tuple[Chapter, ...]:
    """The chapters in the folder ``at``; claim ids are distinct and ``uses`` names only claims."""
    found = tuple(_chapter(path, at) for path in sorted(at.glob("[0-9][0-9]-*.toml")))
    known = [c.id for chapter in found for c in chapter.claims]
    for chapter in found:
        for entry in chapter.claims:
            if known.count(entry.id) > 1:
                raise CatalogueError(f"{chapter.name}.toml: {entry.id}: the id is taken twice")
            for other in entry.uses:
                if other not in known:
                    raise CatalogueError(f"{chapter.name}.toml: {entry.id}: uses: no claim {other}")
    return found


@cache
def _chapter(path: Path, at: Path) -> Chapter:
    return read_chapter(path, _sources(at))


@cache
def _sources(at: Path) -> dict[str, dict]:
    path = at / "sources.toml"
    if not path.is_file():
        raise CatalogueError(f"{path.name} is missing in {at.name}/")
    return tomllib.loads(path.read_text(encoding="utf-8"))
