"""Each damage to the miniature chapter is caught by the guards named for it, and by no luck."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from falsified import build
from falsified.copies import NAME, PROJECT, Copy, caught
from falsified.damages import DAMAGES
from gradproof import catalogue, project, verdicts
from gradproof.kernels import open_kernel
from gradproof.ledger.files import deliver


@pytest.fixture(scope="module")
def kernel():
    with open_kernel(PROJECT / "notebooks") as running:
        yield running


@pytest.fixture
def copy(tmp_path):
    return Copy(tmp_path / "project")


def test_the_chapter_has_every_verdict_and_every_verb(copy):
    parts = [part for record in copy.records().values() for part in record["parts"]]
    assert {part["verb"] for part in parts} == {
        "holds", "agrees", "rejects", "refutes_printed", "cites", "leaves_open"}
    shown = {part.get("verdict") for part in parts} - {None}
    kinds = {kind.__name__ for kind in verdicts.Verdict.__subclasses__()}
    assert kinds - shown == {"Undecided"}  # which passes for nothing
    assert "'Undecided'" in str(copy.code[-1].outputs)
    assert len(copy.outputs("image/png")) == 1


def test_the_undamaged_chapter_passes(copy, kernel):
    assert caught(copy, kernel) == {}


def test_its_generated_files_are_current():
    catalogue.use_folder(PROJECT / "catalogue")
    try:
        assert deliver(build.generated(PROJECT), PROJECT, check=True) == []
    finally:
        catalogue.use_folder(None)


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damage_is_caught(name, copy, kernel):
    damage, guards = DAMAGES[name]
    damage(copy)
    copy.save()
    found = caught(copy, kernel)
    assert set(found) == guards, found


@pytest.mark.slow
def test_the_test_command_catches_it(tmp_path):
    """The same through pytest, with a kernel a notebook; the undamaged copy passes beside them."""
    chosen = ["a last digit changed", "a skip marker over a false assertion",
              "a control removed from the block"]
    copies = {"undamaged": Copy(tmp_path / "undamaged")}
    for number, name in enumerate(chosen):
        copies[name] = Copy(tmp_path / f"damage{number}")
        DAMAGES[name][0](copies[name])
        copies[name].save()
    failed = failures(tmp_path, [copy.path for copy in copies.values()])
    assert [name for name, copy in copies.items()
            if any(f"{copy.folder.name}/" in line for line in failed)] == chosen


def failures(folder: Path, paths) -> list[str]:
    """Run the strict replay in a process of its own; return the lines of its failures."""
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    library = str(Path(project.__file__).parent.parent)
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "gradproof.nbstrict", "-q", "-rf",
         *(path.relative_to(folder).as_posix() for path in paths)],
        cwd=folder, env=os.environ | {"PYTHONPATH": library, "NO_COLOR": "1"},
        capture_output=True, encoding="utf-8")
    assert result.returncode == 1, result.stdout + result.stderr
    return [line for line in result.stdout.splitlines() if line.startswith("FAILED")]


def test_every_damage_of_the_list_is_there():
    assert NAME == "97-miniature" and len(DAMAGES) >= 14
