"""What the site writes before Sphinx reads it: links, formulas, captions, addresses, badges."""

from pathlib import Path

import pytest

from gradproof import catalogue, ledger, project
from gradproof.site import badges, citing, front, listing, notebooks, places
from gradproof.site.asciimath import translate
from gradproof.site.docstrings import restructured
from gradproof.site.markup import fold, inline, split_formulas


@pytest.fixture(scope="module")
def book():
    return ledger.read(project.root(Path(__file__)))


def test_statements_are_split_at_their_own_commas_only():
    assert split_formulas(r"a > 0,\ f(x,\ y) = 1,\ b > 0") == ["a > 0", r"f(x,\ y) = 1", "b > 0"]


def test_prose_is_escaped_and_its_formulas_are_not_touched():
    html = inline(r"if <b> & $a<b_i*c_i*d$, *so*")
    assert "&lt;b&gt; &amp;" in html and r"\(a&lt;b_i*c_i*d\)" in html and "<em>so</em>" in html


def test_what_unfolds_is_typeset_later():
    assert 'class="math-later ' in fold("more", inline("$x$"), "evidence")


def test_numbers_of_claims_become_links_but_not_in_code_or_formulas(book):
    text = "See 23.03, `23.03`, $x=23.03$ and 23.031, 99.99."
    found = notebooks.linked(text, book, "00-how-to-read-a-check")
    assert found.count("<a ") == 1
    assert 'href="23-exponential-escape.html#claim-23.03"' in found


def test_a_caption_is_shown_once():
    text = "before\nFigure: Two lines\nthat cross.\nafter\n"
    assert notebooks.without_caption(text, "Two lines that cross.") == "before\nafter\n"
    assert notebooks.without_caption(text, "Another one.") == text


def test_displayed_formulas_stand_by_themselves():
    assert notebooks.spaced("so\n$$a\n=b$$\nand") == "so\n\n$$\na =b\n$$\n\nand"


def test_every_claim_has_an_entry_a_check_and_an_address(book):
    claim = catalogue.claim("23.12")
    entry = citing.bibtex(claim)
    assert entry.startswith("@misc{gradproof-23.12,") and entry.count("{") == entry.count("}")
    assert "url" not in entry and "url = {" in citing.bibtex(claim, "https://example.org/book")
    assert citing.check_line(claim) == "python -m gradproof check 23.12"
    assert places.permanent("23.12") == "claims/23.12.html"


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("", []),
        ("https://example.org/a/b", []),
        ("https://github.com/a/b", ["Binder", "Colab"]),
        ("https://gitlab.com/a/b", ["Binder"]),
    ],
)
def test_launchers_exist_only_where_they_work(address, names):
    assert [name for name, _ in citing.launchers(address, "23-topic")] == names


def test_the_repository_is_configured_in_one_place(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    assert citing.repository(tmp_path) == ""
    (tmp_path / "pyproject.toml").write_text(
        "[project]\nname = 'x'\n[project.urls]\nRepository = 'https://github.com/a/b.git'\n",
        encoding="utf-8")
    assert citing.repository(tmp_path) == "https://github.com/a/b"


def test_misprints_have_badges_in_words(book):
    assert badges.misprints(book.records["23.11"]) == [badges.FALSE]
    assert badges.misprints(book.records["23.06"]) == [badges.DOUBTFUL]
    assert badges.misprints(book.records["23.16"]) == [badges.STEP]
    assert badges.misprints(book.records["23.12"]) == []
    assert "False as printed" in badges.misprint_badges(book.records["23.11"])


def test_the_ledger_has_every_claim_once(book):
    text = listing.page(book)
    assert all(text.count(f'<tr id="{id}"') == 1 for id in book.records)


def test_without_assignments_there_is_no_page(tmp_path):
    assert front.assignments(tmp_path) is None


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("x <- x - eta g_t", r"x \leftarrow x - \eta g _t"),
        ("beta1_t", r"{\beta_{1}}_t"),
        ("sqrt(v + eps)", r"\sqrt{v + \varepsilon }"),
        ("the sum", None),
        ("(a", None),
    ],
)
def test_formulas_of_docstrings(text, tex):
    found = translate(text)
    assert (found and " ".join(found.split())) == tex


def test_a_docstring_keeps_its_words_and_code():
    found = restructured("Descent: x <- x - eta g, with `init` and that.\n\n    net = f(1)\n")
    assert r":math:`x  \leftarrow  x  - \eta  g`" in found and "that." in found
    assert "``init``" in found and ".. code-block:: python" in found
