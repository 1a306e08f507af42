"""The mutation runner on a tiny library: one mutant killed, one that survives, one time-out."""

import json
import subprocess
from pathlib import Path

import pytest

from gradproof import mutants, project
from gradproof.__main__ import main
from gradproof.mutants import trial
from gradproof.mutants.listing import Mutant, difference, meaning, sample
from gradproof.mutants.report import kind, outcome_counts
from gradproof.mutants.trees import Store, copy_tree, tree_digest

pytest.importorskip("cosmic_ray")

MODULE = "lib/gradproof/tiny.py"
SOURCE = '''"""A tiny module."""

LIMIT = 3


def small(x: int | None) -> bool:
    """Whether x < LIMIT."""
    return x < LIMIT


def count_down(n):
    while n > 0:
        n = n - 1
    return n


def lonely():
    return 1
'''
TESTS = '''
from gradproof.tiny import count_down, small


def test_small():
    assert small(2) and not small(4)


def test_count_down():
    assert count_down(3) == 0


def test_that_fails():
    assert False
'''
SETTINGS = '''
bar = 0.5
seconds = 5
slack = 1
seconds_a_file = 20
tests = ["tests/test_*.py"]

[[group]]
name = "tiny"
modules = ["lib/gradproof/tiny.py"]
mutants = "all"
'''


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A checkout of a library with one module, known to git."""
    root = tmp_path_factory.mktemp("checkout")
    files = {MODULE: SOURCE, "lib/gradproof/__init__.py": "", "tests/test_tiny.py": TESTS,
             mutants.SETTINGS: SETTINGS, "pyproject.toml": "", ".gitignore": "/build/\n",
             "sources/long.txt": "not needed"}
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    return root


@pytest.fixture(scope="module")
def tree(checkout):
    """A copy of it with its tests timed."""
    trial.PRELOADED = ["pytest"]  # all that a tiny library needs
    copy = copy_tree(checkout, checkout / "build" / "copy")
    found = trial.run_tests(copy, ["tests/test_tiny.py"], None, 20)
    return mutants.Tree(copy, {"seconds": 5, "slack": 1}, found, tree_digest(copy))


def mutant(before, after, line=8):
    return Mutant(MODULE, "Some", line, before, after, 1, SOURCE.replace(before, after))


def test_tests_are_timed_and_traced(tree):
    assert sorted(tree.timed) == ["tests/test_tiny.py::test_count_down",
                                  "tests/test_tiny.py::test_small"]
    assert tree.timed["tests/test_tiny.py::test_small"]["enters"] == [("gradproof/tiny.py", 6)]


@pytest.mark.parametrize(("before", "after", "line", "answer"), [
    ("x < LIMIT\n", "x > LIMIT\n", 8, "killed by tests/test_tiny.py::test_small"),
    ("x < LIMIT\n", "x <= LIMIT\n", 8, "survived"),
    ("n - 1", "n + 1", 13, trial.TOO_LONG),
    ("LIMIT = 3", "LIMIT = nobody", 3, "killed by the import"),
    ("return 1", "return 2", 18, mutants.UNTESTED),
])
def test_answers(tree, before, after, line, answer):
    assert mutants.answer(tree, tree.root, mutant(before, after, line)) == answer
    assert (tree.root / MODULE).read_text(encoding="utf-8") == SOURCE


def test_a_run_is_stored_resumed_and_reported(checkout, monkeypatch, capsys):
    monkeypatch.chdir(checkout)
    everything = mutants.drawn(checkout, {"name": "tiny", "modules": [MODULE], "mutants": "all"})
    chosen = [m for m in everything if (m.before, m.after) in {
        ("return x < LIMIT", "return x > LIMIT"), ("return x < LIMIT", "return x <= LIMIT"),
        ("LIMIT = 3", "LIMIT = 4")}]
    monkeypatch.setattr(mutants, "drawn", lambda root, group, only=(): chosen)
    assert main(["mutants", "--workers", "1"]) == 1  # one of three is killed
    report = (checkout / mutants.REPORT).read_text(encoding="utf-8")
    assert "| tiny (all) | 3 | 1 | 0 | 2 | 0 | 33.3% |" in report
    assert "## Survivors without an explanation (2)" in report
    survivor = next(m for m in chosen if "<=" in m.after)
    (checkout / mutants.EQUIVALENT).write_text(
        f"[[equivalent]]\nwhy = 'as is said'\nkeys = [{json.dumps(survivor.key)}]\n",
        encoding="utf-8")
    monkeypatch.setattr(mutants, "answer", lambda *args: pytest.fail("tried again"))
    assert main(["mutants", "--workers", "1"]) == 1  # the stored answers are enough
    report = (checkout / mutants.REPORT).read_text(encoding="utf-8")
    assert "## Survivors without an explanation (1)" in report and "**as is said**" in report
    assert "| tiny (all) | 3 | 1 | 0 | 2 | 1 | 33.3% |" in report
    assert main(["mutants", "--survivors", "--workers", "1"]) == 0
    shown = capsys.readouterr().out
    assert f"{survivor.key}  (explained)" in shown and "1 killed, 0 timed out, 2 survived" in shown
    assert (checkout / MODULE).read_text(encoding="utf-8") == SOURCE


def test_a_run_that_was_ended_reports_what_was_tried(checkout, monkeypatch, capsys):
    monkeypatch.chdir(checkout)
    tried, left = mutant("LIMIT = 3", "LIMIT = 5", 3), mutant("LIMIT = 3", "LIMIT = 6", 3)
    monkeypatch.setattr(mutants, "drawn", lambda root, group, only=(): [tried, left])

    def ended(tree, folders, wanted, store):
        store.add(tried, "killed by a test")
        raise KeyboardInterrupt

    monkeypatch.setattr(mutants, "answer_all", ended)
    assert main(["mutants", "--workers", "1"]) == 1
    assert "ended early" in capsys.readouterr().out
    report = (checkout / mutants.REPORT).read_text(encoding="utf-8")
    assert "**Not finished:** 1 of 2 mutants were not tried yet." in report
    assert "| tiny (all) | 1 | 1 | 0 | 0 | 0 | 100.0% |" in report


def test_a_changed_test_asks_again(tmp_path):
    path, one = tmp_path / "answers.jsonl", mutant("LIMIT = 3", "LIMIT = 4")
    Store(path, "old").add(one, "killed by x")
    assert Store(path, "old").answer(one) == "killed by x"
    assert Store(path, "new").answer(one) is None
    kept = Store(path, "new", keep_kills=True)
    assert kept.answer(one) == "killed by x" and kept.kept([one]) == 1
    Store(path, "old").add(one, "survived")
    assert Store(path, "new", keep_kills=True).answer(one) == "killed by x"
    assert Store(path, "old").answer(one) == "survived"


def test_a_copy_has_what_git_knows_but_no_sources(checkout, tree):
    assert (tree.root / MODULE).is_file() and not (tree.root / "sources").exists()
    assert not (tree.root / "build").exists()
    before = tree_digest(tree.root)
    (tree.root / mutants.EQUIVALENT).write_text("", encoding="utf-8")
    assert tree_digest(tree.root) == before  # the mutation's own files don't count
    (tree.root / "tests" / "more.py").write_text("", encoding="utf-8")
    assert tree_digest(tree.root) != before
    (tree.root / "tests" / "more.py").unlink()


def listed(source):
    return mutants.mutants("m.py", source)


def test_mutants_of_a_source():
    found = listed("def f(a, b):\n    return a < b if a else 0\n")
    assert {m.after for m in found} >= {
        "return a <= b if a else 0", "return a < b if not a else 0", "return a < b if a else 1"}
    assert len({m.source for m in found}) == len(found) == len({m.key for m in found})
    assert all(m.line == 2 and m.before == "return a < b if a else 0" for m in found)


@pytest.mark.parametrize("source", [
    '"""Text, 1 + 1."""\n', "def f(a: int | None) -> int | None:\n    pass\n",
    "class C:\n    a: int | str\n", "Outcome = Accept | Witness | Unknown\n", "x: list[1] = []\n"])
def test_what_never_runs_is_not_mutated(source):
    assert listed(source) == []


def test_what_asks_the_interpreter_is_not_mutated():
    assert not any("is" in m.after.split() for m in listed("x = a == 'text'\n"))
    assert any("is" in m.after.split() for m in listed("x = a == b\n"))


def test_equal_changes_are_numbered():
    found = listed("def f():\n    return 1\n\n\ndef g():\n    return 1\n")
    assert [(m.after, m.number, m.line) for m in found] == [
        ("return 2", 1, 2), ("return 0", 1, 2), ("return 2", 2, 6), ("return 0", 2, 6)]
    assert len({m.key for m in found}) == len({m.digest for m in found}) == 4


def test_a_sample_is_seeded_and_takes_each_place_once():
    sources = {"a.py": "x = 1 + 2\ny = 3 < 4\n", "b.py": "z = 5 * 6\n", "c.py": "# nothing\n"}
    first = sample(sources, 5, seed=1)
    assert first == sample(dict(reversed(sources.items())), 5, seed=1) and len(first) == 5
    assert first != sample(sources, 5, seed=2)
    later = {**sources, "a.py": "w = 7\n" + sources["a.py"]}
    assert {m.key for m in first} <= {m.key for m in sample(later, 6, seed=1)}
    whole = sample(sources, 99, seed=1)
    assert len(whole) == 9 and {m.module for m in whole} == {"a.py", "b.py"}


def test_differences_and_meanings():
    assert difference("a\nb\nc\n", "a\n  x\nc\n") == (2, "b", "x")
    assert difference("@d\ndef f(): pass\n", "def f(): pass\n") == (1, "@d", "")
    assert meaning("x = (") is None and meaning("x = 1  # one") == meaning("x = 1")
    assert meaning("x = 1") != meaning("x = 2")


def test_the_tests_of_a_line():
    source = "X = 1\n\n\n@wrap\ndef f():\n    def g():\n        return 2\n    return g\n"
    assert [trial.function_at(source, n) for n in (1, 4, 5, 7, 8)] == [None, 4, 4, 6, 4]
    timed = {"tests/test_m.py::a": {"seconds": 2, "enters": [["p/m.py", 4]]},
             "tests/test_z.py::b": {"seconds": 1, "enters": [["p/m.py", 4], ["p/m.py", 6]]},
             "tests/test_z.py::c": {"seconds": 1, "enters": [["p/n.py", 4]]}}
    choose = lambda line, most: trial.chosen("lib/p/m.py", source, line, timed, most)  # noqa: E731
    assert choose(8, 9) == ["tests/test_m.py::a", "tests/test_z.py::b"]
    assert choose(1, 9) == ["tests/test_m.py::a", "tests/test_z.py::b", "tests/test_z.py::c"]
    table = trial.chosen("lib/p/table.py", "X = 1\n", 1, timed, 9)
    assert table == ["tests/test_z.py::b", "tests/test_z.py::c", "tests/test_m.py::a"]
    assert choose(7, 9) == ["tests/test_z.py::b"] and choose(8, 2) == ["tests/test_m.py::a"]


def test_kinds_of_answers():
    answers = {"killed by x": "killed", trial.TOO_LONG: "timed out", "survived": "survived",
               mutants.UNTESTED: "survived"}
    assert {answer: kind(answer) for answer in answers} == answers
    some = [mutant("x <", f"x {n} <") for n in range(4)]
    assert outcome_counts(some, dict(zip([m.digest for m in some], answers, strict=True))) == {
        "killed": 1, "timed out": 1, "survived": 2}


def test_the_settings_of_this_checkout_name_what_is_there():
    import tomllib

    root = project.root(Path(__file__))
    settings = tomllib.loads((root / mutants.SETTINGS).read_text(encoding="utf-8"))
    for group in settings["group"]:
        assert all(list(root.glob(pattern)) for pattern in group["modules"]), group["name"]
        assert group["mutants"] == "all" or group["seed"] is not None
    names = {g["name"]: g for g in settings["group"]}
    assert names["verdicts and claims"]["mutants"] == "all"
    assert sum(names[n]["mutants"] for n in ("checks", "ledger")) >= 400
    with pytest.raises(project.UsageError, match="no module at"):
        mutants.drawn(root, {"name": "x", "modules": ["nothing/*.py"], "mutants": "all"})
