"""The checkout is clean; and each rule refuses a bad example."""

import subprocess
from pathlib import Path

import nbformat
import pytest

import hygiene_rules as rules
from gradproof import chapters, replay

ROOT = Path(__file__).resolve().parent.parent
BINARY = {".png", ".npz", ".npy", ".gif", ".ico", ".woff2"}
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def git_files(*options):
    """The names of files git knows; the test is skipped outside of a repository."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    command = ["git", "-c", "core.quotepath=off", "ls-files", "-z", *options]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    return [name for name in listed.decode("utf-8").split("\0") if name]


def text_files():
    paths = [ROOT / name for name in git_files()]
    return [path for path in paths if path.is_file() and path.suffix not in BINARY]


def faults_of(paths, rule):
    return [f"{path.relative_to(ROOT)}: {fault}" for path in paths for fault in rule(path)]


def test_git_knows_every_file_of_the_library():
    present = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "lib").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]
    ignored = git_files("--others", "--ignored", "--exclude-standard", "lib")
    assert [name for name in ignored if "__pycache__" not in name] == []
    new = git_files("--others", "--exclude-standard", "lib")  # written, not yet added
    assert rules.untracked([*git_files("lib"), *new], present) == []


def test_text_is_utf8_with_plain_newlines():
    assert faults_of(text_files(), lambda path: rules.encoding_faults(path.read_bytes())) == []


def test_no_file_names_a_machine():
    own = {"hygiene_rules.py", "test_hygiene.py"}
    paths = [path for path in text_files() if path.name not in own]
    read = lambda path: rules.machine_faults(path.read_text(encoding="utf-8"))  # noqa: E731
    assert faults_of(paths, read) == []


def test_every_chapter_has_both_files():
    texts = [path.stem for path in (ROOT / "notebooks" / "source").glob("*.md")]
    assert rules.orphans(texts, [path.stem for path in NOTEBOOKS]) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_chapter(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    text = (path.parent / "source" / f"{path.stem}.md").read_text(encoding="utf-8")
    assert replay.form_faults(notebook) == []
    assert rules.chapter_faults(notebook) == []
    assert rules.size_faults(path.stat().st_size) == []
    assert chapters.pair_faults(text, notebook) == []


@pytest.mark.parametrize(
    "data", [b"a\r\nb\n", b"\xff\n", b"\xef\xbb\xbfa\n", b"a", "ä\n".encode("latin-1")]
)
def test_bad_encoding_is_refused(data):
    assert rules.encoding_faults(data)
    assert rules.encoding_faults("ä ≤ ω\n".encode()) == rules.encoding_faults(b"") == []


@pytest.mark.parametrize("folder", ["work", "home", "tmp", "root", "Users"])
def test_a_machine_is_refused(folder):
    assert rules.machine_faults(f'open("/{folder}/someone/file.txt")')
    assert rules.machine_faults("C:\\Users\\someone")
    assert rules.machine_faults("net/work/ ./tmp/ a /work of b, ~/work/x, lib/home/x") == []


def test_a_bad_chapter_is_refused(chapter):
    assert rules.chapter_faults(chapter)[0].startswith("more code than text")
    prose = nbformat.v4.new_markdown_cell("word " * 200)
    chapter.cells.append(prose)
    assert rules.chapter_faults(chapter) == []
    prose.source += r"\label{eq:1}"
    assert "label" in rules.chapter_faults(chapter)[0]
    prose.source = "word " * 300
    prose.metadata["tags"] = ["nbval-skip"]
    assert "nbval-skip" in rules.chapter_faults(chapter)[0]
    prose.metadata.clear()
    chapter.cells[1].source = "\n".join(["x = 1", ""] * 41)
    assert "41 lines" in rules.chapter_faults(chapter)[0]
    assert rules.size_faults(10**6 + 1) and not rules.size_faults(10**6)


def test_a_pair_out_of_step_is_refused(chapter):
    fixture = ROOT / "tests" / "fixtures" / "small-chapter.md"
    text = fixture.read_text(encoding="utf-8")
    assert chapters.pair_faults(text, chapter) == []
    assert chapters.pair_faults(text.replace("== 10", "== 11"), chapter)
    assert chapters.pair_faults(text.replace("Something with", "Something like"), chapter)
    assert chapters.pair_faults(text + "\nOne more paragraph.\n\n+++\n\nAnd a cell.\n", chapter)
    chapter.cells[1].metadata["tags"] = ["hide-input"]
    assert chapters.pair_faults(text, chapter)


def test_files_that_do_not_match_are_refused():
    assert rules.untracked(["lib/a.py"], ["lib/a.py"]) == []
    assert rules.untracked([], ["lib/a.py"]) and rules.untracked(["lib/a.py"], [])
    assert rules.orphans(["01-a"], ["01-a"]) == []
    assert rules.orphans([], ["01-a"]) and rules.orphans(["01-a"], [])
