"""HTML from records and prose: words are escaped, formulas left to the site's typesetter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from html import escape

from gradproof.claims.words import Plain
from gradproof.formulas import FormulaError, parse_expr, parse_statement
from gradproof.formulas.show import statements_tex
from gradproof.formulas.show import tex as expression_tex

MATH = re.compile(r"\$([^$]+)\$")
BRACKETS = {"{": 1, "}": -1, "(": 1, ")": -1, "[": 1, "]": -1}


def math(tex: str, display: bool = False) -> str:
    """A formula as Sphinx itself writes it: the typesetter looks for this class."""
    tex = escape(tex.strip(), quote=False)
    if display:
        return f'<div class="math notranslate nohighlight">\\[{tex}\\]</div>'
    return f'<span class="math notranslate nohighlight">\\({tex}\\)</span>'


@cache
def _markdown():
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    def renderer(tex: str, options: Mapping) -> str:
        return math(tex, options.get("display_mode", False))

    parser = MarkdownIt("commonmark", {"html": False})
    return parser.use(dollarmath_plugin, renderer=renderer, double_inline=True)


def inline(text: str) -> str:
    """One line of Markdown with TeX, as HTML."""
    return _markdown().renderInline(" ".join(text.split()))


def blocks(text: str) -> str:
    """Paragraphs of Markdown with TeX, as HTML."""
    return _markdown().render(text)


def without_math(text: str) -> str:
    """Prose for places that typeset nothing: a title in a reference, words to search in."""
    return MATH.sub(lambda m: m[1].replace("\\", ""), " ".join(text.split()))


def split_formulas(tex: str) -> list[str]:
    r"""A list of statements at the commas between them: ``a > 0,\ b > 0`` are two.

    Each is then typeset by itself, so that a line can break between them.
    """
    pieces, depth, begin, at = [], 0, 0, 0
    while at < len(tex):
        depth += BRACKETS.get(tex[at], 0)
        if depth == 0 and tex.startswith(",\\ ", at):
            pieces.append(tex[begin:at])
            begin = at = at + 3
            continue
        at += 2 if tex[at] == "\\" else 1
    return [piece.strip() for piece in [*pieces, tex[begin:]] if piece.strip()]


def formulas(tex: str) -> str:
    """A list of statements, typeset one by one."""
    return ", ".join(math(piece) for piece in split_formulas(tex))


class Html:
    """Formulas and words for a page: what `claims.words.Marked` is for a forge."""

    @staticmethod
    def formula(part: Mapping) -> str:
        """A part's proposition."""
        goal = formulas(part["goal"]) if part["goal"] else inline(part["proposition"]["prose"])
        return f"if {formulas(part['given'])}, then {goal}" if part["given"] else goal

    @staticmethod
    def statement(source: str) -> str:
        """A statement or definition written in the grammar."""
        left, sign, right = source.partition(" = ")
        try:
            if sign:
                sides = (expression_tex(parse_expr(side)) for side in (left, right))
                return math(" = ".join(sides))
            return formulas(statements_tex(parse_statement(source)))
        except FormulaError:
            return escape(Plain.statement(source), quote=False)

    @staticmethod
    def words(text: str) -> str:
        """Words that a check wrote."""
        return escape(text, quote=False)

    @staticmethod
    def prose(text: str) -> str:
        """Words of the catalogue: Markdown with TeX."""
        return inline(text)


def tag(name: str, content: str, **attributes: str) -> str:
    """An element; ``class_`` is the attribute class, other underscores become hyphens."""
    given = "".join(f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
                    for key, value in attributes.items())
    return f"<{name}{given}>{content}</{name}>"


def fold(summary: str, content: str, kind: str) -> str:
    """A part of the page that unfolds; its formulas are typeset when it does."""
    content = content.replace('class="math ', 'class="math-later ')
    return f'<details class="fold {kind}"><summary>{summary}</summary>\n{content}\n</details>'

