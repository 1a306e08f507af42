"""Small parts of the ledger: reviews, files in new folders, entries that cannot be edited."""

from types import SimpleNamespace as Some

import pytest

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
