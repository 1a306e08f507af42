"""How to cite a claim, and how to check it again."""

from __future__ import annotations

import tomllib
from pathlib import Path

from gradproof import __version__
from gradproof.catalogue import Claim, sources
from gradproof.site import places
from gradproof.site.markup import without_math

AUTHORS, BOOK = "{The gradproof authors}", "gradproof: deep-learning theory, checked"
HOSTS = {"github.com": "gh", "gitlab.com": "gl"}  # what Binder calls them


def check_line(claim: Claim) -> str:
    """The command that decides the claim again."""
    return f"python -m gradproof check {claim.id}"


def bibtex(claim: Claim, address: str = "") -> str:
    """A BibTeX entry of one claim. It has no date: the version says which text was checked."""
    place = f"{sources()[claim.source]['title']}, {claim.locator}"
    fields = {
        "author": AUTHORS,
        "title": f"{{Claim {claim.id}: {_safe(without_math(claim.title))}}}",
        "howpublished": f"{BOOK}, version {__version__}",
        "note": f"checks: {_safe(without_math(place))}; catalogue digest {claim.digest}",
    }
    if address:
        fields["url"] = f"{address}/blob/HEAD/notebooks/{claim.chapter}.ipynb"
    lines = [f"  {key} = {{{value}}}," for key, value in fields.items()]
    return "\n".join([f"@misc{{gradproof-{claim.id},", *lines, "}"])


def _safe(text: str) -> str:
    """Text without what BibTeX or TeX would act on."""
    for sign in "&%#_$":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("{", "(").replace("}", ")").replace("^", r"\^{}")


def repository(root: Path) -> str:
    """The repository's address, from ``[project.urls] Repository``; empty when there is none."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project.get("urls", {}).get("Repository", "").removesuffix(".git").rstrip("/")


def launchers(address: str, chapter: str) -> list[tuple[str, str]]:
    """Where a chapter runs without an installation: (name, address); none without a repository."""
    host, _, name = address.partition("://")[2].partition("/")
    if host not in HOSTS or not name:
        return []
    file = f"notebooks/{chapter}.ipynb"
    owner = name if host == "github.com" else name.replace("/", "%2F")
    found = [("Binder", f"https://mybinder.org/v2/{HOSTS[host]}/{owner}/HEAD?labpath={file}")]
    if host == "github.com":
        found.append(("Colab", f"https://colab.research.google.com/github/{name}/blob/HEAD/{file}"))
    return found


__all__ = ["bibtex", "check_line", "launchers", "places", "repository"]
