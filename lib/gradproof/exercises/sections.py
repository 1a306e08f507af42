"""A master's Markdown cut into pieces: front matter, exercises, sections, fenced blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gradproof.exercises.findings import MasterError

FENCE = re.compile(r"(`{3,}|~{3,})\s*(\S*)\s*$")


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its text, and the prose up to the next block."""

    language: str
    text: str
    after: str = ""


def front_matter(text: str, place: str) -> tuple[str, str]:
    """The YAML between the two lines ``---`` and the rest."""
    match = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    if not match:
        raise MasterError(f"{place}: must begin with a header between two lines ---")
    return match[1], text[match.end():]


def split(text: str, level: int) -> tuple[str, list[tuple[str, str]]]:
    """The text before the first heading of this level, and pairs (heading, text below it).

    Lines inside of fenced blocks are no headings.
    """
    mark, fence = "#" * level + " ", ""
    pieces: list[tuple[str, list[str]]] = [("", [])]
    for line in text.split("\n"):
        if match := FENCE.match(line):
            fence = "" if fence and line.startswith(fence) else fence or match[1]
        if not fence and line.startswith(mark):
            pieces.append((line[len(mark):].strip(), []))
        else:
            pieces[-1][1].append(line)
    first, *rest = [(heading, "\n".join(lines).strip()) for heading, lines in pieces]
    return first[1], rest


def blocks(text: str) -> tuple[str, list[Block]]:
    """The prose before the first fenced block, and the blocks with the prose after each."""
    before, found = [], []
    fence, language, inside = "", "", []
    after: list[str] = before
    for line in text.split("\n"):
        match = FENCE.match(line)
        if not fence and match:
            fence, language, inside = match[1], match[2], []
        elif fence and line.rstrip() == fence:
            after = []
            found.append((language, "\n".join(inside), after))
            fence = ""
        elif fence:
            inside.append(line)
        else:
            after.append(line)
    return "\n".join(before).strip(), [
        Block(kind, code, "\n".join(prose).strip()) for kind, code, prose in found]


def numbered(text: str) -> list[str]:
    """The entries of a numbered list, joined lines kept."""
    parts = re.split(r"^\d+\.\s+", text, flags=re.MULTILINE)
    return [re.sub(r"\n {2,3}", "\n", part).strip() for part in parts[1:]]


def bulleted(text: str) -> list[str]:
    """The entries of a bulleted list."""
    return [" ".join(part.split()) for part in re.split(r"^- ", text, flags=re.MULTILINE)[1:]]
