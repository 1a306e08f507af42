"""Words on the page: Markdown where there is a notebook, plain text elsewhere."""

from __future__ import annotations

import sys
import textwrap

WIDTH = 92


def show(markdown: str) -> None:
    """Display Markdown, with the same text as its plain form."""
    if "IPython" in sys.modules:
        from IPython import get_ipython
        from IPython.display import display

        if get_ipython() is not None:
            display({"text/markdown": markdown, "text/plain": plain(markdown)}, raw=True)
            return
    print(plain(markdown))


def plain(markdown: str) -> str:
    """The text without bold marks, wrapped; indented blocks, tables and lists stay."""
    lines, fenced = [], False
    for line in markdown.replace("**", "").split("\n"):
        if line.startswith("```"):
            fenced = not fenced
            continue
        if fenced or line.startswith(("|", "    ")):
            lines.append(("    " if fenced else "") + line)
            continue
        indent = "  " if line.startswith(("- ", "1. ", "2. ", "3. ")) else ""
        lines += textwrap.wrap(line, WIDTH, subsequent_indent=indent, break_long_words=False,
                               break_on_hyphens=False) or [""]
    return "\n".join(lines)


def points(value: float) -> str:
    """Points without a needless decimal."""
    return f"{value:g}" if abs(value * 2 - round(value * 2)) < 1e-9 else f"{value:.1f}"
