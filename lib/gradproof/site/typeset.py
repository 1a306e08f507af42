"""MathJax as the site ships it: one file of the package sphinx-mathjax-offline.

MathJax 3.2.2, Apache License 2.0. Formulas become SVG, so that no fonts are loaded.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

PACKAGE, FILE = "sphinx-mathjax-offline", "tex-svg-full.js"
PLACE = "mathjax/tex-svg-full.js"  # on the site, below _static
SETTINGS = {
    "options": {
        "enableMenu": False,  # it would load further files, and make every formula a tab stop
        "processHtmlClass": "math",
        "ignoreHtmlClass": ".*",
    },
    "svg": {"fontCache": "global"},
    "tex": {"packages": {"[-]": ["noundefined", "autoload", "require"]}},
}


def source() -> Path:
    """Where the file is. FileNotFoundError says what to install."""
    try:
        found = [path for path in files(PACKAGE) or () if path.name == FILE]
    except PackageNotFoundError:
        found = []
    if not found:
        raise FileNotFoundError(2, "install the extra `site`, which has", PACKAGE)
    return Path(found[0].locate())
