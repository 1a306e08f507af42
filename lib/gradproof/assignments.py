"""`gradproof assignments`: build what the masters generate, or export it for otter-grader."""

from __future__ import annotations

from pathlib import Path

from gradproof import project
from gradproof.exercises import building, masters, otter
from gradproof.exercises.findings import MasterError
from gradproof.project import UsageError


def add_arguments(parser) -> None:
    """Declare the options of the command."""
    parser.add_argument("action", choices=("build", "export-otter"),
                        help="build: notebooks, solutions, sheets; export-otter: otter-grader's "
                             "local format")
    parser.add_argument("--only", type=int, metavar="NN", help="this chapter only, such as 23")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when stale")
    parser.add_argument("--seed", type=int, help="export-otter: the parameters")
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="export-otter: where to")


def run(args) -> int:
    """Build or export; return 1 when a master can't be read, or with --check when stale."""
    folder = project.root() / "notebooks" / "assignments"
    paths = masters.files(folder / "masters")
    if args.only is not None:
        paths = [masters.find(args.only, folder / "masters")]
    if args.action == "export-otter":
        return export(paths, args.to or folder.parents[1] / "my-work" / "otter", args.seed)
    if args.seed is not None or args.to is not None:
        raise UsageError("--seed and --to belong to export-otter; a student's own copy is made by "
                         "`gradproof start NN --seed S`")
    return build(paths, folder, args.check)


def build(paths: list[Path], folder: Path, check: bool) -> int:
    """Write what is generated, or compare it; return 1 for a fault or a stale file."""
    stale, faults = [], []
    for path in paths:
        try:
            master = masters.load(path)
        except MasterError as error:
            faults.append(str(error))
            continue
        faults += building.claim_faults(master)
        for target, text in building.outputs(master, folder).items():
            old = target.read_text(encoding="utf-8") if target.is_file() else None
            if old != text:
                stale.append(target)
                if not check:
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_text(text, encoding="utf-8", newline="\n")
    for fault in faults:
        print(fault)
    names = ", ".join(t.relative_to(folder).as_posix() for t in stale)
    if check:
        print(f"stale: {names}; run `python -m gradproof assignments build`" if stale
              else f"{len(paths)} assignments are up to date")
        return 1 if stale or faults else 0
    print(f"{len(paths)} assignments; written: {names or 'nothing new'}")
    return 1 if faults else 0


def export(paths: list[Path], to: Path, seed: int | None) -> int:
    """Write each assignment as a folder for otter-grader."""
    for path in paths:
        master = masters.load(path, seed)
        target = to / master.stem
        otter.export(master, target)
        print(f"{master.stem}: exported to {target}")
    return 0
