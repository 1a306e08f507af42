"""`gradproof mutants`: do the tests notice when the kernel is damaged?

A mutant is the code with one operator, constant or condition changed (cosmic-ray's operators);
it is killed when a test fails on it. A time-out is no kill. The working tree is never touched:
each worker has a copy. Answers are stored as they come, so that a run that was ended goes on.
tests/mutation/mutants.toml says what is mutated and which tests take part.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from gradproof import project
from gradproof.mutants.listing import Mutant, mutants, sample
from gradproof.mutants.report import outcome_counts, report
from gradproof.mutants.trees import Store, copy_tree, tree_digest
from gradproof.mutants.trial import TOO_LONG, chosen, run_tests

SETTINGS = "tests/mutation/mutants.toml"
EQUIVALENT = "tests/mutation/equivalent.toml"
REPORT = "tests/mutation/REPORT.md"
STATE = "build/mutants"
UNTESTED = "no test enters it"


@dataclass(frozen=True)
class Tree:
    """What a run works on: the checkout, its settings, the timed tests, the digest of all."""

    root: Path
    settings: Mapping
    timed: Mapping
    digest: str


def add_arguments(parser):
    """Declare the options of the command."""
    parser.add_argument("only", nargs="*", help="paths (prefixes) of modules; default: all")
    parser.add_argument("--workers", type=int, default=2, help="trials at once (default 2)")
    parser.add_argument("--keep-kills", action="store_true",
                        help="count kills of the same mutants by earlier states of the tests")
    parser.add_argument("--survivors", action="store_true",
                        help="print the survivors with their tests; write no report")


def run(args):
    """Run what has no answer yet, write the report; return 1 below the bar or unexplained."""
    os.environ |= {**project.ONE_THREAD, "PYTHONHASHSEED": "0"}  # of the trials, not ours
    root = project.root()
    settings = tomllib.loads((root / SETTINGS).read_text(encoding="utf-8"))
    state = root / STATE
    folders = [copy_tree(root, state / f"copy-{n}") for n in range(args.workers)]
    digest = tree_digest(folders[0])
    timed = timed_tests(folders, settings, state / "timed.json", digest)
    tree = Tree(folders[0], settings, timed, digest)
    print(f"{len(timed)} quick tests; the tree is {digest}", flush=True)
    groups = {g["name"]: drawn(folders[0], g, args.only) for g in settings["group"]}
    store = Store(state / "answers.jsonl", digest, args.keep_kills)
    everything = list({m.digest: m for own in groups.values() for m in own}.values())
    try:
        answer_all(tree, folders, everything, store)
    except KeyboardInterrupt:
        print("ended early: what was tried is reported, and another run goes on from here")
    return finish(root, settings, groups, store, lines_only=args.survivors or args.only)


def finish(root: Path, settings: Mapping, groups: Mapping, store: Store, lines_only=False) -> int:
    """Report on the mutants that have an answer; 0 if the run is whole and the bar is met."""
    everything = list({m.digest: m for own in groups.values() for m in own}.values())
    answers = {m.digest: store.answer(m) for m in everything if store.answer(m)}
    tried = [m for m in everything if m.digest in answers]
    explained = explanations(root / EQUIVALENT)
    if lines_only:
        print("\n".join(_survivor_lines(tried, answers, explained)))
        return 0
    text = report(settings, groups, answers, explained, store)
    (root / REPORT).write_text(text, encoding="utf-8", newline="\n")
    killed = outcome_counts(tried, answers)["killed"]
    print(f"{killed} of {len(tried)} killed; {REPORT} is written")
    return int(len(tried) < len(everything) or killed < settings["bar"] * len(tried))


def drawn(root: Path, group: Mapping, only: Iterable[str] = ()) -> list[Mutant]:
    """The mutants of a group of the settings: all, or a seeded sample."""
    paths = sorted({path for pattern in group["modules"] for path in root.glob(pattern)})
    sources = {p.relative_to(root).as_posix(): p.read_text(encoding="utf-8") for p in paths}
    if not sources:
        raise project.UsageError(f"group {group['name']!r}: no module at {group['modules']}")
    if group["mutants"] == "all":
        wanted = {m: s for m, s in sources.items() if not only or m.startswith(tuple(only))}
        return [mutant for module, source in wanted.items() for mutant in mutants(module, source)]
    found = sample(sources, group["mutants"], group["seed"])
    return [m for m in found if not only or m.module.startswith(tuple(only))]


def timed_tests(folders: list[Path], settings: Mapping, path: Path, digest: str) -> dict:
    """id -> seconds and entered functions of the tests that pass; stored under the digest.

    Tests that fail, or take longer than `trial.PER_TEST`, are not in it.
    """
    if path.is_file():
        stored = json.loads(path.read_text(encoding="utf-8"))
        if stored["digest"] == digest:
            return stored["tests"]
    files = sorted({p.relative_to(folders[0]).as_posix() for pattern in settings["tests"]
                    for p in folders[0].glob(pattern)})
    found: dict = {}
    jobs = [(lambda folder, f=file: run_tests(folder, [f], None, settings["seconds_a_file"]))
            for file in files]
    for file, answer in zip(files, in_turn(folders, jobs, "timing the tests"), strict=True):
        if answer == TOO_LONG or not answer:
            print(f"{file}: no test of it passes in time; it takes no part", flush=True)
        else:
            found |= answer
    path.write_text(json.dumps({"digest": digest, "tests": found}), encoding="utf-8")
    return found


def answer_all(tree: Tree, folders: list[Path], wanted: list[Mutant], store: Store) -> None:
    """Run the mutants that the store has no answer for."""
    left = [m for m in wanted if store.answer(m) is None]

    def trial(mutant: Mutant):
        return lambda folder: store.add(mutant, answer(tree, folder, mutant))

    in_turn(folders, [trial(mutant) for mutant in left], "mutants")


def in_turn(folders: list[Path], jobs: list, title: str) -> list:
    """What ``job(folder)`` gives for each job, in order; a folder serves one job at a time."""
    from tqdm import tqdm

    free: SimpleQueue = SimpleQueue()
    for folder in folders:
        free.put(folder)

    def work(job):
        folder = free.get()
        try:
            return job(folder)
        finally:
            free.put(folder)

    with ThreadPoolExecutor(len(folders)) as pool:
        done = tqdm(pool.map(work, jobs), title, len(jobs), mininterval=5, dynamic_ncols=True)
        try:
            return list(done)
        except KeyboardInterrupt:
            pool.shutdown(cancel_futures=True)
            raise


def answer(tree: Tree, folder: Path, mutant: Mutant) -> str:
    """``killed by <test>``, ``survived``, or the name of a time-out."""
    path = folder / mutant.module
    original = path.read_text(encoding="utf-8")
    tests = chosen(mutant.module, original, mutant.line, tree.timed, tree.settings["seconds"])
    if not tests:
        return UNTESTED
    files = list(dict.fromkeys(test.partition("::")[0] for test in tests))
    spent = sum(tree.timed[test]["seconds"] for test in tests)
    budget = 4 * spent + tree.settings["slack"]
    path.write_text(mutant.source, encoding="utf-8", newline="\n")
    try:
        found = run_tests(folder, files, tests, budget)
    finally:
        path.write_text(original, encoding="utf-8", newline="\n")
    if found == TOO_LONG:
        return TOO_LONG
    code, failed = found
    return "survived" if code == 0 else f"killed by {failed or 'the import'}"


def explanations(path: Path) -> dict[str, str]:
    """Key of a mutant -> why no test can tell it from the original."""
    if not path.is_file():
        return {}
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return {key: entry["why"] for entry in data.get("equivalent", []) for key in entry["keys"]}


def _survivor_lines(everything, answers, explained) -> Iterable[str]:
    for mutant in everything:
        answered = answers[mutant.digest]
        if not answered.startswith("killed"):
            known = "  (explained)" if mutant.key in explained else ""
            yield f"{answered}: line {mutant.line}: {mutant.key}{known}"
    counts = outcome_counts(everything, answers)
    yield ", ".join(f"{number} {name}" for name, number in counts.items())
