"""`gradproof coverage`: which statements of the four texts' inventory are settled so far."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from gradproof import catalogue, project
from gradproof.catalogue import CatalogueError, sources
from gradproof.claims.words import Marked
from gradproof.ledger import command, read
from gradproof.ledger.files import page, table
from gradproof.ledger.pages import FOLDER, anchor
from gradproof.ledger.records import Book

SNAPSHOT = "inventory.toml"
NUMBERS = r"\d+(?:[-–]\d+)?(?:(?:\s*,\s*|\s*&\s*|\s+and\s+)\d+(?:[-–]\d+)?)*"
LINES = re.compile(  # line numbers of an extraction that nobody else has
    rf"[;,]?\s*\(?\b(?:(?:compare|near|used at|at)\s+)?lines?\s+{NUMBERS}\)?"
    r"|\s*\(\d{4}(?:-\d{4})?\)|,? (?:used at|near|proof) \d{4}[\d, -]*(?:and [\d-]+)?\s*(?:on\b)?")


def add_arguments(parser) -> None:
    """Declare the options of the command."""
    parser.add_argument("--check", action="store_true", help="write nothing; fail if it is stale")
    parser.add_argument("--snapshot", metavar="FOLDER", type=Path,
                        help="first read the inventory's YAML files again and store their ids")


def run(args) -> int:
    """Write docs/ledger/coverage.md, or compare it; 1 if anything is wrong."""
    if args.snapshot:
        (catalogue.folder() / SNAPSHOT).write_text(snapshot(args.snapshot), encoding="utf-8",
                                                   newline="\n")
    root = project.root()
    try:
        wrong = faults(read(root), inventory())
    except (CatalogueError, OSError) as error:
        wrong = [str(error)]
    for fault in wrong:
        print(f"coverage: {fault}")
    return command("coverage", files, args.check, root) if not wrong else 1


def inventory(path: Path | None = None) -> dict[str, list[dict]]:
    """Chapter -> its statements, each with id, title, source (key) and where."""
    text = (path or catalogue.folder() / SNAPSHOT).read_text(encoding="utf-8")
    return {name: table["statements"] for name, table in tomllib.loads(text).items()}


def snapshot(folder: Path) -> str:
    """The TOML text that keeps what coverage needs of the inventory's YAML files."""
    import json

    import yaml

    lines = ["# Ids, titles and places of the inventory's statements; `gradproof coverage "
             "--snapshot` writes it."]
    for path in sorted(Path(folder).glob("[0-9][0-9]-*.yaml")):
        lines += ["", f"[{path.stem}]", "statements = ["]
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            where = LINES.sub("", str(entry["where"])).strip(" ;,")
            fields = (("id", entry["id"]), ("title", entry["title"]), ("where", where))
            shown = ", ".join(f"{key} = {json.dumps(' '.join(value.split()), ensure_ascii=False)}"
                              for key, value in fields)
            lines.append(f"  {{ {shown} }},")
        lines.append("]")
    return "\n".join(lines) + "\n"


def source_of(id: str) -> str:
    """The key of the text that an id of the inventory belongs to."""
    for key, source in sources().items():
        if id.startswith(source["prefix"]):
            return key
    raise CatalogueError(f"{id}: no text of sources.toml has this prefix")


def settled(book: Book, listed: Mapping[str, list[dict]]) -> dict[str, list[str]]:
    """Id -> the claims that settle it; for a merged id those of the one it went into."""
    found: dict[str, list[str]] = {s["id"]: [] for own in listed.values() for s in own}
    for id in book.records:
        for statement in book.claims[id].inventory:
            found.setdefault(statement, []).append(id)
    for one, other in merged(book).items():
        found[one] = found.get(one) or found.get(other, [])
    return found


def merged(book: Book) -> dict[str, str]:
    """Statements that were found to be part of another one: id -> that one's id."""
    return {one: other for chapter in book.chapters for one, other in chapter.merged_into}


def faults(book: Book, listed: Mapping[str, list[dict]]) -> list[str]:
    """Ids of claims or merges that the inventory doesn't have, doubled ids, an empty inventory."""
    ids = [s["id"] for own in listed.values() for s in own]
    found = [] if ids else [f"{SNAPSHOT} is empty"]
    found += [f"{id}: twice in {SNAPSHOT}" for id in dict.fromkeys(ids) if ids.count(id) > 1]
    for claim in book.claims.values():
        found += [f"{claim.id}: the inventory has no {id}" for id in claim.inventory
                  if id not in ids]
    for one, other in merged(book).items():
        found += [f"merged_into: the inventory has no {id}" for id in (one, other) if id not in ids]
        if other in merged(book):
            found.append(f"merged_into: {one} went into {other}, which went elsewhere itself")
    return found


def files(book: Book) -> dict[str, str]:
    """docs/ledger/coverage.md: path -> text."""
    listed = inventory()
    by, into = settled(book, listed), merged(book)
    every = [s for own in listed.values() for s in own]
    chapters = [[name, *_counts(own, by, into)] for name, own in listed.items()]
    texts = [[source["title"], *_counts([s for s in every if source_of(s["id"]) == key], by, into)]
             for key, source in sources().items()]
    heads = ["statements", "covered", "merged", "not yet"]
    begun = {chapter.name for chapter in book.chapters}
    details = [block for name, own in listed.items() if name in begun
               for block in (f"## {name}", "\n".join(_line(s, by, into, book) for s in own))]
    total, covered, within, _ = _counts(every, by, into)
    return {f"{FOLDER}/coverage.md": page(
        "coverage", "# Coverage",
        f"**{covered + within} of {total} statements** of the inventory are settled, {within} of "
        "them as part of another one. Settled means: recorded in a chapter with its label, which "
        "can also be Cited or Open. Chapters not begun are counted, not listed.",
        "## By chapter", table(["chapter", *heads], chapters),
        "## By text", table(["text", *heads], texts), *details)}


def _counts(own: list[dict], by: Mapping, into: Mapping) -> list[int]:
    done = [s["id"] for s in own if by.get(s["id"])]
    within = sum(id in into for id in done)
    return [len(own), len(done) - within, within, len(own) - len(done)]


def _line(statement: Mapping, by: Mapping, into: Mapping, book: Book) -> str:
    id = statement["id"]
    links = ", ".join(f"[{claim}]({book.claims[claim].chapter}.md#{anchor(book.records[claim])})"
                      for claim in by[id])
    within = f" (within `{into[id]}`)" if id in into else ""
    return f"- `{id}` {Marked.words(statement['title'])}: {links or '**not yet**'}{within}"
