"""Small parts of the ledger: reviews, files in new folders, entries that cannot be edited."""

from types import SimpleNamespace as Some

import pytest

from gradproof import ledger
from gradproof.catalogue.model import Claim as Statement
from gradproof.catalogue.model import Clause
from gradproof.claims.record import formulas
from gradproof.formulas import proposition
from gradproof.ledger import rules
from gradproof.ledger.files import deliver
from gradproof.ledger.records import Book, Entry


@pytest.mark.parametrize(("reviewed", "digest", "said"), [
    ("", "m", "1: not reviewed"), ("a", "m", "1: edited since it was reviewed"),
    ("z", "m", "1: edited since it was reviewed"), ("m", "".join(["m"]), None)])
def test_a_signature_is_good_for_one_digest(reviewed, digest, said):
    book = Some(claims={"1": Some(id="1", reviewed=reviewed, digest=digest)})
    assert rules.unreviewed(book) == ([said] if said else [])


def test_files_are_written_into_new_folders(tmp_path):
    files = {"docs/ledger/deep/a.md": "# A\n"}
    assert deliver(files, tmp_path, check=False) == ["docs/ledger/deep/a.md: is missing"]
    assert (tmp_path / "docs/ledger/deep/a.md").read_text(encoding="utf-8") == "# A\n"
    assert deliver(files, tmp_path, check=True) == []


def test_entries_and_books_cannot_be_edited():
    entry = Entry({"id": "1"}, "97-x", 1)
    assert entry.id == "1" and Entry({}, "97-x", 1).id == "a record without id"
    with pytest.raises(AttributeError):
        entry.cell = 2
    with pytest.raises(AttributeError):
        Book((), ()).entries = (entry,)


@pytest.mark.parametrize("fault", ["", "1: not reviewed"])
def test_a_generator_says_what_it_wrote_unless_something_is_wrong(monkeypatch, tmp_path, capsys,
                                                                  fault):
    monkeypatch.setattr(ledger, "read", lambda root: Book((), ()))
    monkeypatch.setattr(ledger, "faults", lambda *args: [])
    monkeypatch.setattr(ledger, "unreviewed", lambda book: [fault] if fault else [])
    monkeypatch.setattr(ledger, "summary_of", lambda book: "all is well")
    files = lambda book: {"A.md": "# A\n"}  # noqa: E731
    assert ledger.command("ledger", files, False, tmp_path, owner=True) == int(bool(fault))
    shown = capsys.readouterr().out
    assert ("ledger: all is well" in shown) == (not fault) and fault in shown
    assert ledger.command("errata", files, False, tmp_path) == 0
    assert "errata: A.md" in capsys.readouterr().out


def test_an_instance_is_compared_with_the_instance_of_the_catalogue():
    general = proposition("n*s^2 >= 0", for_all=["s", "n natural"])
    claim = Statement("96.01", "96-x", "T", "own", "(1)", "s", (Clause("a", general),))
    for recorded in (general, general.at(n=3), general.at(n=3, s="1/2")):
        part = {"verb": "holds", "clause": "a", **formulas(recorded)}
        assert rules._catalogue_fault(part, claim) == ""
    other = {"verb": "holds", "clause": "a", **formulas(proposition("n >= 0", for_all=["n natural"],
                                                                    assume=["n > 1"]))}
    assert rules._catalogue_fault(other, claim) == "the recorded proposition is not the catalogue's"
