"""The report of a mutation run: figures by module, and every mutant that no test killed."""

from __future__ import annotations

from collections.abc import Mapping

from gradproof.mutants.listing import Mutant
from gradproof.mutants.trial import PER_TEST, TOO_LONG

INTRODUCTION = """# Do the tests notice damage?

Written by `python bootstrap.py mutants` (cosmic-ray's operators; not part of `make test`).
A mutant is the library with one operator, constant, condition or decorator changed. It is
*killed* when a test fails on it. A time-out is no kill. A survivor that no test could kill,
because it computes the same, is *equivalent*; `tests/mutation/equivalent.toml` says why.
Equivalent mutants count as survivors in the rate.

Left out: mutants that don't compile; changes of annotations, of aliases of types and of
docstrings, which never run; `is` for `==` beside a text in quotes (equal names are shared); a
second mutant of the same meaning. A sampled group draws places
of its modules with its seed and one mutant at each place. Tests of more than {per_test:g} s
(processor time) take no part; each mutant meets the tests that enter its function, quick ones
first, up to {seconds} s in all.
"""


def outcome_counts(mutants: list[Mutant], answers: Mapping[str, str]) -> dict[str, int]:
    """How many were killed, timed out, survived."""
    kinds = [kind(answers[m.digest]) for m in mutants]
    return {name: kinds.count(name) for name in ("killed", "timed out", "survived")}


def kind(answer: str) -> str:
    """killed, timed out or survived (also when no test enters the function)."""
    if answer.startswith("killed"):
        return "killed"
    return "timed out" if answer == TOO_LONG else "survived"


def report(settings: Mapping, groups: Mapping[str, list[Mutant]], answers: Mapping[str, str],
           explained: Mapping[str, str], store) -> str:
    """The report as Markdown; mutants without an answer are counted as not tried."""
    whole = list({m.digest: m for own in groups.values() for m in own}.values())
    everything = [m for m in whole if m.digest in answers]
    lines = [INTRODUCTION.format(per_test=PER_TEST, seconds=settings["seconds"])]
    rows = [("group", "mutants", "killed", "timed out", "survived", "equivalent", "rate")]
    seeds = {g["name"]: g.get("seed") for g in settings["group"]}
    for name, own in groups.items():
        drawn = "all" if seeds[name] is None else f"seed {seeds[name]}"
        tried = [m for m in own if m.digest in answers]
        rows.append((f"{name} ({drawn})", *_figures(tried, answers, explained)))
    rows.append(("**together**", *_figures(everything, answers, explained)))
    lines += [_table(rows), "", f"The bar: {settings['bar']:.0%} killed. Tree {store.digest}."]
    if left := len(whole) - len(everything):
        lines.append(f"**Not finished:** {left} of {len(whole)} mutants were not tried yet.")
    if kept := store.kept(everything):
        lines.append(f"{kept} kills are from earlier states of the tests (`--keep-kills`).")
    open_ones = [m for m in everything if _open(m, answers, explained)]
    lines += ["", f"## Survivors without an explanation ({len(open_ones)})", ""]
    lines += [_line(m, answers) for m in open_ones] or ["none"]
    slow = [m for m in everything if kind(answers[m.digest]) == "timed out"]
    lines += ["", f"## Time-outs ({len(slow)})", ""]
    lines += [_line(m, answers) for m in slow] or ["none"]
    lines += ["", "## Equivalent", "", *_equivalent(everything, answers, explained)]
    lines += ["", "## By module", ""]
    rows = [("module", "mutants", "killed", "timed out", "survived", "equivalent", "rate")]
    for module in sorted({m.module for m in everything}):
        own = [m for m in everything if m.module == module]
        rows.append((module.removeprefix("lib/gradproof/"), *_figures(own, answers, explained)))
    return "\n".join([*lines, _table(rows), ""])


def _figures(own: list[Mutant], answers, explained) -> tuple:
    counts = outcome_counts(own, answers)
    known = sum(kind(answers[m.digest]) == "survived" and m.key in explained for m in own)
    rate = f"{counts['killed'] / len(own):.1%}" if own else ""
    return len(own), *counts.values(), known, rate


def _open(mutant: Mutant, answers, explained) -> bool:
    return kind(answers[mutant.digest]) == "survived" and mutant.key not in explained


def _line(mutant: Mutant, answers) -> str:
    place = f"{mutant.module.removeprefix('lib/gradproof/')}, line {mutant.line}"
    said = answers[mutant.digest]
    remark = "" if said in ("survived", TOO_LONG) else f" ({said})"
    return f"- {place}{remark}: {mutant.operator}\n\n{_diff(mutant)}"


def _diff(mutant: Mutant) -> str:
    return f"      - {mutant.before}\n      + {mutant.after}\n"


def _equivalent(everything: list[Mutant], answers, explained) -> list[str]:
    """Explained survivors under their reasons, in the order of the reasons' first mutants."""
    survivors = [m for m in everything
                 if kind(answers[m.digest]) == "survived" and m.key in explained]
    lines = []
    for why in dict.fromkeys(explained[m.key] for m in survivors):
        own = [m for m in survivors if explained[m.key] == why]
        lines += [f"**{why}**", ""]
        for mutant in own:
            module = mutant.module.removeprefix("lib/gradproof/")
            lines += [f"- {module}, line {mutant.line}", "", _diff(mutant)]
    return lines or ["none"]


def _table(rows: list[tuple]) -> str:
    head, *body = rows
    marks = ("---", *["--:"] * (len(head) - 1))
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in (head, marks, *body))
