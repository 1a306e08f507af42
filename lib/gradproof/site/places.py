"""Where things are on the site: one rule each for pages, anchors and permanent addresses."""

from __future__ import annotations

import re

from gradproof.catalogue import Claim

CHAPTERS, CLAIMS, FIGURES = "chapters", "claims", "figures"
CLAIM_ID = re.compile(r"\d\d\.\d\d[a-z]?")


def anchor(id: str) -> str:
    """The anchor of a claim in its chapter: it never changes."""
    return f"claim-{id}"


def erratum(id: str, clause: str) -> str:
    """The anchor of a printed form on the page of errata."""
    return f"erratum-{id}-{clause}"


def of_claim(claim: Claim, up: str = "") -> str:
    """The address of a claim; ``up`` leads from the page to the site's root, as ``../``."""
    return f"{up}{CHAPTERS}/{claim.chapter}.html#{anchor(claim.id)}"


def permanent(id: str) -> str:
    """An address that survives a chapter's renaming: a page that leads on to the claim."""
    return f"{CLAIMS}/{id}.html"
