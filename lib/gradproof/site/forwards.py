"""Permanent addresses: one small page a claim that leads on to where the claim stands now."""

from __future__ import annotations

from html import escape

from gradproof.ledger.records import Book
from gradproof.site import places
from gradproof.site.markup import without_math

PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Claim {id}</title>
<meta http-equiv="refresh" content="0; url={to}">
<link rel="canonical" href="{to}">
<style>body {{ font-family: sans-serif; margin: 2rem; color-scheme: light dark; }}</style>
</head>
<body>
<main><h1>Claim {id}</h1><p><a href="{to}">{title}</a></p></main>
</body>
</html>
"""


def pages(book: Book) -> dict[str, bytes]:
    """Path on the site -> page."""
    found = {}
    for id in book.records:
        claim = book.claims[id]
        title = escape(without_math(claim.title))
        text = PAGE.format(id=id, to=places.of_claim(claim, "../"), title=title)
        found[places.permanent(id)] = text.encode()
    return found
