"""The student's calls, the file of their progress, and the three commands."""

import json

import nbformat
import pytest

from gradproof import __main__ as line
from gradproof.exercises import assignment, building, grading, guard, masters, otter, state
from gradproof.exercises.findings import MasterError

SOURCE = masters.find("23").read_text(encoding="utf-8")


@pytest.fixture
def hw(tmp_path, monkeypatch):
    """An assignment whose progress is kept in an empty folder; judged in this process."""
    monkeypatch.setenv(state.PLACE, str(tmp_path))
    monkeypatch.setattr("gradproof.exercises.work.examined", guard.task)
    monkeypatch.setattr("gradproof.exercises.work.warm", lambda: None)
    return assignment(23)


def stored(folder):
    (file,) = folder.glob("*.progress.json")
    return json.loads(file.read_text(encoding="utf-8"))["exercises"]


def test_the_solution_opens_after_an_honest_attempt(hw, capsys):
    hw.solution("band")
    hw.check("band", "...")
    hw.check("band", "2n")
    hw.solution("band")
    assert "(5/4)^(-n)" not in capsys.readouterr().out
    hw.check("band", "(9/8)^(-n)")
    hw.solution("band")
    assert "(5/4)^(-n)" in capsys.readouterr().out


def test_points_stay_once_the_solution_was_read(hw, tmp_path, capsys):
    hw.check("no-hypothesis", {"at": {"L": "1/4", "gamma": 1, "tau": 1, "s": 1}})
    hw.solution("no-hypothesis")
    hw.check("no-hypothesis", {"at": {"L": "1/4", "gamma": 1, "tau": 1, "s": 1},
                               "repair": "L >= gamma/2"})
    record = stored(tmp_path)["no-hypothesis"]
    assert record["points"] == 2.0 and record["solved"] and record["opened"]
    assert "it stays at 2 of 4" in capsys.readouterr().out


def test_hints_go_deeper_and_then_are_all_shown(hw, capsys):
    for number in (1, 2, 3):
        hw.hint("band")
        assert f"hint {number} of 3" in capsys.readouterr().out
    hw.hint("band")
    assert "all hints" in capsys.readouterr().out


def test_progress_persists_and_shows_words(hw, tmp_path, capsys):
    hw.check("band", "(5/4)^(-n)")
    hw.hint("paid")
    again = assignment(23)
    again.progress()
    shown = capsys.readouterr().out
    assert "solved" in shown and "2 of 2" in shown and "2 of 30 points" in shown
    assert stored(tmp_path)["paid"]["hints"] == 1
    assert [p.name for p in tmp_path.iterdir()] == ["23-exponential-escape.progress.json"]


def test_a_damaged_file_is_put_aside(hw, tmp_path, capsys):
    file = tmp_path / "23-exponential-escape.progress.json"
    file.write_text('{"exercises": [', encoding="utf-8")
    assignment(23).progress()
    assert "damaged" in capsys.readouterr().out
    assert (tmp_path / "23-exponential-escape.progress.damaged").is_file()


def test_a_proof_is_assessed_apart(hw, tmp_path, capsys):
    hw.assess("smaller", [True] * 4)
    assert "First hand in" in capsys.readouterr().out
    hw.check("smaller", "word " * 40)
    assert "No program can judge" in capsys.readouterr().out
    hw.assess("smaller", [True, True, False, False])
    hw.progress()
    shown = capsys.readouterr().out
    assert "0 of 30 points, and 2 by your own assessment" in shown
    assert stored(tmp_path)["smaller"]["points"] == 0


def test_an_unknown_exercise_is_no_traceback(hw, capsys):
    for call in (hw.check, hw.hint, hw.solution):
        call("bnad")
        assert "there are band" in capsys.readouterr().out


def test_start_copies_once(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv(state.PLACE, str(tmp_path))
    assert line.main(["start", "23", "--seed", "5"]) == 0
    (path,) = tmp_path.glob("*.ipynb")
    notebook = nbformat.read(path, as_version=4)
    assert notebook.metadata.gradproof == {"assignment": "23", "seed": 5}
    assert any("seed=5" in cell.source for cell in notebook.cells)
    assert "](../notebooks/23-exponential-escape.ipynb)" in notebook.cells[0].source
    path.write_text("mine", encoding="utf-8")
    assert line.main(["start", "23", "--seed", "5"]) == 0
    assert path.read_text(encoding="utf-8") == "mine"
    assert "is there already" in capsys.readouterr().out
    assert line.main(["start", "97"]) == 2


def test_a_seed_varies_what_has_parameters():
    path = masters.find("23")
    found = {masters.load(path, seed).exercise("band").solution for seed in range(12)}
    assert len(found) > 3
    assert len({masters.load(path, seed).exercise("paid").solution for seed in range(12)}) == 1


def test_grading_runs_the_notebook_and_ignores_what_it_claims(tmp_path):
    master = masters.load(masters.find("23"))
    notebook = building.student(master)
    cells = {exercise.id: cell for exercise in master.exercises for cell in notebook.cells
             if cell.cell_type == "code" and f'hw.check("{exercise.id}"' in cell.source}
    cells["band"].source = 'band = "(4/5)^n"'
    cells["growth"].source = "growth = (4.1, 0.005)"
    cells["stretched"].source = "1/0"
    cells["paid"].source = 'print("all points")'
    path = tmp_path / "23-exponential-escape.ipynb"
    path.write_text(building.text_of(notebook), encoding="utf-8")
    report = grading.graded(path)
    scores = {row["id"]: row["points"] for row in report["exercises"]}
    assert scores["band"] == 2 and report["points"] == 2 and report["possible"] == 30
    assert scores["smaller"] is None and scores["stretched"] == scores["paid"] == 0
    assert [f["error"] for f in report["cells_that_failed"]] == [
        "ZeroDivisionError: division by zero"]
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
    json.dumps(report)
    path.write_text("no notebook", encoding="utf-8")
    assert "no notebook" in grading.graded(path)["error"]


def test_the_export_for_otter(tmp_path):
    master = masters.load(masters.find("23"), 3)
    otter.export(master, tmp_path)
    test = {}
    exec((tmp_path / "tests" / "band.py").read_text(encoding="utf-8"), test)
    (case,) = test["test"]["suites"][0]["cases"]
    assert test["OK_FORMAT"] and test["test"]["points"] == 2 and "seed=3" in case["code"]
    judged = [e for e in master.exercises if e.kind != "proof"]
    assert len(list((tmp_path / "tests").iterdir())) == len(judged)
    band = master.exercise("band").solution.split(" = ")[1].strip('"')
    assert grading.grade_answer("23", "band", band, seed=3)
    with pytest.raises(AssertionError, match="yours is"):
        grading.grade_answer("23", "band", "n", seed=3)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("kind: number", "kind: numbr", "growth: kind"),
        ("minutes: 5", "minutes: soon", "minutes"),
        ("### starter", "### begin", "no section 'begin'"),
        ("id: growth", "id: band", "band: the id is taken twice"),
        ("3. Solve", "Solve", "band: hints"),
        ("{{1 + 2*eta}}", "{{1 + 2*et}}", "can't compute"),
        ("title: Gradient", "titel: Gradient", "title"),
        ("- [1] The limit", "- The limit", "rubric"),
    ],
)
def test_a_fault_in_a_master_names_its_place(old, new, named):
    assert old in SOURCE
    with pytest.raises(MasterError, match="23-x.md") as caught:
        masters.read(SOURCE.replace(old, new, 1), "23-x.md")
    assert named in str(caught.value)


def test_assignments_command(tmp_path, capsys, monkeypatch):
    assert line.main(["assignments", "build", "--check"]) == 0
    assert line.main(["assignments", "build", "--seed", "1"]) == 2
    target = tmp_path / "out"
    assert line.main(["assignments", "export-otter", "--only", "23", "--to", str(target)]) == 0
    assert (target / "23-exponential-escape" / "tests" / "band.py").is_file()
