r"""Docstrings as the API pages show them: reStructuredText in which formulas are typeset.

Docstrings are written for the terminal: ``x <- x - eta g``, names in single backticks, indented
lines for displayed formulas or code. Prose keeps its words; runs of mathematics in it, and
indented lines that are no Python, go through `asciimath`.
"""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterable

from gradproof.site.asciimath import is_formula, is_piece, translate

MARKED = re.compile(
    r"(``[^`]+``|`[^`]+`|\*\*[^*\s][^*]*\*\*|(?<![\w^(*])\*[A-Za-z][^*]*[^*\s]\*(?![\w*]))")
ESCAPED = re.compile(r"([\\*`|_])")
COLUMNS = re.compile(r"\s{2,}")
ARTICLES = {"a", "A", "I"}
OPERATORS = ("=", "<", ">", "-", "+", "<=", ">=", "<-")
ALIGNED = re.compile(r"\S {3,}\S")
ENDS = ",.;:"


def process(app, what, name, obj, options, lines: list[str]) -> None:
    """Sphinx's hook: rewrite the lines of one docstring in place."""
    lines[:] = restructured("\n".join(lines)).splitlines() + [""]


def restructured(text: str) -> str:
    """A whole docstring, already without its own indentation."""
    blocks = re.split(r"\n\s*\n", text.strip("\n"))
    return "\n\n".join(piece for block in blocks for piece in _block(block) if piece)


def _block(block: str) -> Iterable[str]:
    lines = block.splitlines()
    if any(ALIGNED.search(line) for line in lines) and not _is_python(textwrap.dedent(block)):
        yield "\n".join(map(_line, lines))
        return
    begin = next((k for k, line in enumerate(lines) if line.startswith("  ")), len(lines))
    end = next((k for k, line in enumerate(lines[begin:], begin) if not line.startswith("  ")),
               len(lines))
    if begin:
        yield from _prose(lines[:begin])
    if begin < end:
        yield _indented(textwrap.dedent("\n".join(lines[begin:end])))
    if end < len(lines):
        yield from _block("\n".join(lines[end:]))


def _prose(lines: list[str]) -> Iterable[str]:
    """A paragraph; bullets keep their lines."""
    if any(line.startswith(("- ", "* ")) for line in lines):
        yield "\n".join(f"* {prose(line[2:])}" if line.startswith(("- ", "* "))
                        else f"  {prose(line.strip())}" for line in lines)
    else:
        yield prose(" ".join(line.strip() for line in lines))


def _indented(text: str) -> str:
    if _is_python(text):
        return ".. code-block:: python\n\n" + textwrap.indent(text, "   ")
    return "\n".join(map(_line, text.splitlines()))


def _is_python(text: str) -> bool:
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return False
    return any(isinstance(node, ast.Call | ast.Import | ast.ImportFrom) for node in ast.walk(tree))


def _line(line: str) -> str:
    """A line of a line block: its columns as formulas where they are, as words elsewhere."""
    indent = len(line) - len(line.lstrip())
    columns = [_column(column) for column in COLUMNS.split(line.strip())]
    return "| " + " " * indent + " \N{EM SPACE}".join(columns)


def _column(text: str) -> str:
    bare = text.rstrip(ENDS)
    if is_formula(bare, words=True):
        return math(bare, words=True) + text[len(bare):]
    return prose(text)


def math(text: str, words: bool = False) -> str:
    """A formula in reStructuredText."""
    return f":math:`{translate(text, words)}`"


def prose(text: str) -> str:
    """Words with names in backticks, emphasis and formulas."""
    pieces = MARKED.split(text)
    for k, piece in enumerate(pieces):
        if k % 2 == 0:
            pieces[k] = _words(piece)
        elif piece.startswith("`"):
            pieces[k] = f"``{piece.strip('`')}``"
    return _joined(pieces)


def _joined(pieces: list[str]) -> str:
    """Markup next to a letter needs a separator that is not seen."""
    text = ""
    for piece in filter(None, pieces):
        sides = (text[-1:], piece[0])
        if any(a and a in "`*" and b.isalnum() for a, b in (sides, sides[::-1])):
            text += "\\ "
        text += piece
    return text


def _words(text: str) -> str:
    """Plain words, in which the longest runs of mathematics are found and typeset."""
    words = re.split(r"(\s+)", text)
    found, at = [], 0
    while at < len(words):
        opened = ""
        end, length = _run(words, at)
        if not end and words[at].startswith("(") and len(words[at]) > 1:
            opened, words[at] = "(", words[at][1:]
            end, length = _run(words, at)
        if end:
            run = "".join(words[at:end])
            found.append(opened + math(run[:length]) + ESCAPED.sub(r"\\\1", run[length:]))
            at = end
        else:
            found.append(opened + ESCAPED.sub(r"\\\1", words[at]))
            at += 1
    return "".join(found)


def _run(words: list[str], at: int) -> tuple[int, int]:
    """The longest formula that begins at a word: its last word's end, its length; else (0, 0)."""
    best = (0, 0)
    for end in range(at + 1, len(words) + 1):
        word = words[end - 1]
        if not word or word.isspace():
            if end == at + 1:
                break
            continue
        bare = "..." if word.startswith("...") else word.rstrip(ENDS)
        before = words[end - 3] if end >= at + 3 else ""
        following = words[end + 1] if end + 1 < len(words) else ""
        if bare in ARTICLES and not (following.startswith(OPERATORS) or before in OPERATORS):
            break
        if not bare or not is_piece(bare):
            break
        best = _length("".join(words[at:end]), end) or best
        if word[-1] in ".;:" and not word.endswith("..."):
            break
    return best


def _length(run: str, end: int) -> tuple[int, int] | None:
    """The formula at the beginning of a run: all but punctuation and brackets never opened."""
    bare = run.rstrip(ENDS)
    while bare.endswith(")") and bare.count(")") > bare.count("("):
        bare = bare[:-1].rstrip(ENDS)
    if bare and bare[-1] not in "=<>+-*/,^_" and is_formula(bare):
        return end, len(bare)
    return None
