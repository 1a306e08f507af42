"""Every exercise of every master: what is right passes, what is wrong earns its own hint."""

import nbformat
import pytest

from gradproof.exercises import building, kinds, masters, running
from gradproof.exercises.feedback import feedback

SEEDS = (None, 1)
MASTERS = [path.stem for path in masters.files()]


def exercises():
    """The exercises; with parameters also those of a seed."""
    for path in masters.files():
        for seed in SEEDS:
            for exercise in masters.load(path, seed).exercises:
                if seed is None or exercise.values:
                    name = f"{path.stem[:2]}-{exercise.id}"
                    yield pytest.param(exercise, id=name if seed is None else f"{name}-{seed}")


def of_kind(*wanted):
    return [p for p in exercises() if (p.values[0].kind == "proof") == ("proof" in wanted)]


def finding_of(exercise, code, part):
    return feedback(exercise, running.answer(exercise, code, part))


@pytest.mark.parametrize("exercise", of_kind("judged"))
def test_right_answers_pass_and_wrong_ones_earn_their_hint(exercise):
    finding = finding_of(exercise, exercise.solution, "solution")
    assert finding.passed and finding.score == 1, finding
    for number, code in enumerate(exercise.other, 1):
        finding = finding_of(exercise, code, "other")
        assert finding.passed, f"other {number}: {finding.message} {finding.hint}"
    for number, entry in enumerate(exercise.wrong, 1):
        finding = finding_of(exercise, entry.code, "wrong")
        assert not finding.passed and finding.score < 1, f"wrong {number} passes"
        assert finding.hint == entry.hint, f"wrong {number} gets the hint {finding.hint!r}"


@pytest.mark.parametrize("exercise", list(exercises()))
def test_the_blank_is_told_kindly(exercise):
    finding = finding_of(exercise, exercise.starter, "starter")
    assert finding.blank and not finding.passed and not finding.honest
    assert "yet" in finding.message


@pytest.mark.parametrize("exercise", of_kind("proof"))
def test_a_proof_is_never_judged(exercise):
    finding = feedback(exercise, exercise.model)
    assert finding.assess and not finding.passed and finding.score == 0
    assert sum(points for points, _ in exercise.rubric) == exercise.points
    assert not feedback(exercise, "It is obvious.").assess


@pytest.mark.parametrize("stem", MASTERS)
def test_an_assignment_has_what_a_course_needs(stem):
    master = masters.load(masters.find(stem[:2]))
    found = [exercise.kind for exercise in master.exercises]
    assert 6 <= len(found) <= 10
    assert found.count("derivation") >= 2 or stem.startswith("00")
    assert found.count("witness") >= 2 or stem.startswith("00")
    first = master.exercises[0]
    assert first.difficulty == 1 and first.minutes <= 5
    assert building.claim_faults(master) == []


@pytest.mark.parametrize("stem", MASTERS)
def test_what_is_generated_is_fresh(stem):
    folder = masters.CHECKOUT.parent
    for path, text in building.outputs(masters.load(masters.find(stem[:2])), folder).items():
        assert path.is_file() and path.read_text(encoding="utf-8") == text, (
            f"{path.name} is stale: python -m gradproof assignments build")


@pytest.mark.parametrize("stem", MASTERS)
def test_notebooks_are_valid_and_blank(stem):
    master = masters.load(masters.find(stem[:2]))
    for notebook in (building.student(master), building.solutions(master)):
        nbformat.validate(notebook)
        assert all(not cell.get("outputs") for cell in notebook.cells)
    text = building.text_of(building.student(master))
    assert "{{" not in text and "\\label" not in text
    for exercise in master.exercises:
        assert kinds.judge(exercise) is not None
        lines = f"{exercise.starter}\n{exercise.solution}".splitlines()
        assert max(map(len, lines)) <= 100
