"""The picture on the front page: the puzzle of chapter 23, taken from the executed notebook."""

from __future__ import annotations

import base64
from pathlib import Path

import nbformat

CHAPTER, PICTURE = "notebooks/23-exponential-escape.ipynb", "docs/puzzle.png"


def picture(root: Path) -> bytes:
    """The first PNG that the chapter shows. ValueError when it shows none."""
    for cell in nbformat.read(root / CHAPTER, as_version=4).cells:
        for output in cell.get("outputs", []):
            if png := output.get("data", {}).get("image/png"):
                return base64.b64decode(png)
    raise ValueError(f"{CHAPTER} shows no picture: execute it first")


def write(root: Path) -> None:
    """Store the picture where README.md looks for it."""
    path = root / PICTURE
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(picture(root))
