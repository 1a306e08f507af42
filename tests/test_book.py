"""The book: the same bytes every time, whole chapters or none, errors that say where."""

import argparse
from pathlib import Path

import pytest

from gradproof import book, chapters, project

TEXT = (Path(__file__).parent / "fixtures" / "small-chapter.md").read_text(encoding="utf-8")


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A checkout of one chapter; the generators are left out."""
    (tmp_path / "lib" / "gradproof").mkdir(parents=True)
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "notebooks" / "source").mkdir(parents=True)
    (tmp_path / "notebooks" / "source" / "98-small.md").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(book, "GENERATED", ())
    monkeypatch.setattr(book, "is_written", lambda name: False)
    monkeypatch.setattr(book, "summary", lambda: "1 claim: 1 Proved")
    return tmp_path


def run(only=None):
    return book.run(argparse.Namespace(only=only))


def test_the_same_text_gives_the_same_bytes(checkout, capsys):
    path = checkout / "notebooks" / "98-small.ipynb"
    assert run() == 0
    first = path.read_bytes()
    assert "1 claim: 1 Proved; 1 chapter executed; " in capsys.readouterr().out
    assert run(only=98) == 0
    assert path.read_bytes() == first
    assert b"\r" not in first and first.endswith(b"}\n")
    assert [file.name for file in path.parent.iterdir() if file.is_file()] == [path.name]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("total == 10", "total == 11", "code cell 4 failed\n---"),
        ("total / 4", 'import warnings\nwarnings.warn("careful")', "careful"),
    ],
)
def test_a_failing_chapter_leaves_the_notebook_as_it_was(checkout, capsys, old, new, message):
    path = checkout / "notebooks" / "98-small.ipynb"
    path.write_text("as it was", encoding="utf-8")
    text = checkout / "notebooks" / "source" / "98-small.md"
    text.write_text(TEXT.replace(old, new), encoding="utf-8")
    assert run() == 1
    printed = capsys.readouterr().out
    assert "98-small.md: " in printed and message in printed
    assert path.read_text(encoding="utf-8") == "as it was"


def test_the_site_is_built_at_the_end_of_the_whole_book_only(checkout, monkeypatch):
    built = []
    monkeypatch.setattr(book, "is_written", lambda name: name == "site")
    monkeypatch.setattr(book, "build_site", lambda: built.append(1) or 0)
    assert run(only=98) == 0 and built == []
    assert run() == 0 and built == [1]


def test_generators_run_after_the_chapters(checkout, monkeypatch, capsys):
    calls = []

    class Generator:
        add_arguments = staticmethod(lambda parser: parser.add_argument("--check"))
        run = staticmethod(lambda args: calls.append(args.check) or 1)

    monkeypatch.setattr(book, "GENERATED", ("ledger", "errata"))
    monkeypatch.setattr(book, "is_written", lambda name: name == "ledger")
    monkeypatch.setattr(book.importlib, "import_module", lambda name: Generator)
    assert run() == 1 and calls == [None]
    assert "1 claim: 1 Proved; 1 chapter executed; " in capsys.readouterr().out


def test_no_such_chapter(checkout):
    with pytest.raises(FileNotFoundError):
        run(only=5)


def test_cells_are_named_by_their_content():
    ids = [cell.id for cell in chapters.read_source(TEXT).cells]
    later = [cell.id for cell in chapters.read_source(TEXT.replace("total / 4", "total")).cells]
    assert ids[:-1] == later[:-1] and ids[-1] != later[-1]
    twice = TEXT + TEXT[TEXT.rindex("```{code-cell}") :]
    doubled = [cell.id for cell in chapters.read_source(twice).cells]
    assert doubled[:-1] == ids and doubled[-1] == ids[-1] + "-2"


def test_a_kernel_sees_nothing_of_our_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("SOME_SECRET", "x")
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    monkeypatch.setenv("OMP_NUM_THREADS", "8")
    environment = project.kernel_environment(tmp_path)
    assert "SOME_SECRET" not in environment
    assert environment["PYTHONHASHSEED"] == "0" and environment["OMP_NUM_THREADS"] == "1"
