"""Sphinx settings of the site; `python -m gradproof site` writes its sources and calls Sphinx."""

import hashlib
import shutil
from pathlib import Path

from gradproof import __version__
from gradproof.site import docstrings, typeset

project = "gradproof"
author = "The gradproof authors"
copyright = "the gradproof authors, BSD-3-Clause"
release = __version__
language = "en"

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.mathjax",
]
nb_execution_mode = "off"
nb_merge_streams = True
nb_mime_priority_overrides = [("html", "text/html", 0), ("html", "text/markdown", 100)]
myst_enable_extensions = ["dollarmath"]
myst_update_mathjax = False
mathjax_path = typeset.PLACE
mathjax3_config = typeset.SETTINGS

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_class_signature = "mixed"
autodoc_use_type_comments = False
python_use_unqualified_type_names = True
add_module_names = False
toc_object_entries_show_parents = "hide"

html_theme = "sphinx_book_theme"
html_title = "gradproof"
html_static_path = ["_static"]
html_extra_path = ["_build/extra"]
html_css_files = ["site.css"]
html_js_files = [("site.js", {"defer": "defer"})]
html_show_search_summary = False  # it fetches pages, which browsers refuse from a disk
html_copy_source = False
html_show_sphinx = False
html_last_updated_fmt = None
html_context = {"default_mode": "auto"}
html_theme_options = {
    "navbar_persistent": [],
    "use_download_button": False,
    "use_fullscreen_button": False,
    "use_issues_button": False,
    "home_page_in_toc": True,
    "show_toc_level": 1,
    "article_header_end": ["article-header-buttons"],
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}


def copy_typesetter(app, error):
    """Put MathJax among the site's own files, unless it is there."""
    target = Path(app.outdir) / "_static" / typeset.PLACE
    if error is None and not target.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(typeset.source(), target)


def digest():
    """What the pages depend on besides their sources: with it, no stale page survives."""
    code = sorted(Path(docstrings.__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in code)).hexdigest()


def setup(app):
    """Register what docstrings and the typesetter need."""
    app.add_config_value("site_digest", digest(), "env", str)
    app.set_html_assets_policy("always")  # formulas also stand in HTML, where none are looked for
    app.connect("autodoc-process-docstring", docstrings.process)
    app.connect("build-finished", copy_typesetter)
