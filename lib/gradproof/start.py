"""`gradproof start 23`: a copy of an assignment in my-work/, which no update touches."""

from __future__ import annotations

from gradproof.exercises import building, masters, state
from gradproof.project import UsageError


def add_arguments(parser) -> None:
    """Declare the options of the command."""
    parser.add_argument("number", metavar="NN", help="the chapter, such as 23")
    parser.add_argument("--seed", type=int, help="vary the parameters: the number that your "
                                                 "course gave you")


def run(args) -> int:
    """Write my-work/NN-topic.ipynb; never overwrite one. Return 0."""
    master = masters.load(masters.find(args.number), args.seed)
    name = master.stem if args.seed is None else f"{master.stem}.seed-{args.seed}"
    path = state.folder() / f"{name}.ipynb"
    if path.exists():
        print(f"{path} is there already: your work goes on. Open it with jupyter lab.")
        return 0
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(building.text_of(building.student(master, copy=True)))
    except OSError as error:
        raise UsageError(f"can't write {path}: {error}") from None
    minutes = sum(exercise.minutes for exercise in master.exercises)
    print(f"{path}: {len(master.exercises)} exercises, about {minutes} minutes.\n"
          f"Open it with jupyter lab. Your progress is kept beside it.")
    return 0
