"""What a student calls: check, hint, solution, progress."""

from __future__ import annotations

from gradproof.exercises import masters, state
from gradproof.exercises.findings import Finding
from gradproof.exercises.guard import examined, warm
from gradproof.exercises.show import points, show


def assignment(number: str | int, seed: int | None = None) -> Assignment:
    """Open the assignment of a chapter: ``hw = assignment("23")``.

    seed: the parameters of your own copy (`gradproof start 23 --seed 5`).
    """
    return Assignment(masters.find(number), seed)


class Assignment:
    """An open assignment. Everything it says is displayed; nothing is returned."""

    def __init__(self, path, seed: int | None = None):
        self._path, self._seed = path, seed
        self._master = masters.load(path, seed)
        self._progress = state.load(self._master.stem, seed)
        warm()

    def __repr__(self) -> str:
        return f"<assignment {self._master.number}: {len(self._master.exercises)} exercises>"

    def check(self, id: str, answer: object = ...) -> None:
        """Judge your answer to the exercise ``id`` and say what is right or wrong with it."""
        if (exercise := self._exercise(id)) is None:
            return
        record = self._progress.record(id)
        finding = examined(self._path, self._seed, id, answer)
        if not finding.blank:
            record.attempts += 1
            record.honest += finding.honest
        before = record.solved
        record.solved |= finding.passed
        if not record.opened and not finding.assess:
            record.points = max(record.points, finding.score * exercise.points)
        self._progress.save()
        show(judged(exercise, finding, record, before))

    def hint(self, id: str) -> None:
        """The next hint, deeper each time; afterwards all of them again."""
        if (exercise := self._exercise(id)) is None:
            return
        record, count = self._progress.record(id), len(exercise.hints)
        if record.hints >= count:
            listed = "\n".join(f"{k}. {hint}" for k, hint in enumerate(exercise.hints, 1))
            show(f"**{exercise.title} · all hints**\n\n{listed}\n\n"
                 f'After an attempt, `hw.solution("{id}")` opens the solution.')
            return
        record.hints += 1
        self._progress.save()
        show(f"**{exercise.title} · hint {record.hints} of {count}**\n\n"
             f"{exercise.hints[record.hints - 1]}")

    def solution(self, id: str) -> None:
        """The reference solution and its discussion, after an honest attempt."""
        if (exercise := self._exercise(id)) is None:
            return
        record = self._progress.record(id)
        if not record.honest and not record.solved:
            show(f"**{exercise.title} · not yet.** The solution opens after an honest attempt: an "
                 f'answer that can be judged, right or wrong. `hw.hint("{id}")` may start you off.')
            return
        note = "" if record.solved or record.opened else (
            f"\n\nFrom now on this exercise stays at {points(record.points)} of "
            f"{exercise.points} points.")
        record.opened = record.opened or not record.solved
        self._progress.save()
        show(solved(exercise) + note)

    def assess(self, id: str, ticked: list) -> None:
        """Your own points for a proof: a truth value for each line of the rubric."""
        if (exercise := self._exercise(id)) is None:
            return
        if exercise.kind != "proof" or len(ticked) != len(exercise.rubric):
            show(f"**{exercise.title}.** The rubric has {len(exercise.rubric)} lines: give as "
                 f"many truth values." if exercise.kind == "proof" else
                 f"**{exercise.title}** is judged by the program: use `hw.check`.")
            return
        record = self._progress.record(id)
        if not record.honest:
            show(f"**{exercise.title} · not yet.** First hand in your proof with `hw.check`.")
            return
        record.assessed = sum(p for (p, _), yes in zip(exercise.rubric, ticked, strict=True)
                              if yes)
        self._progress.save()
        show(f"**{exercise.title} · your own assessment:** {points(record.assessed)} of "
             f"{exercise.points} points. It is counted apart: no program has checked it.")

    def progress(self) -> None:
        """What is done, what is open, and the points."""
        rows = [self._row(exercise) for exercise in self._master.exercises]
        judged = [e for e in self._master.exercises if e.kind != "proof"]
        total = sum(self._progress.record(e.id).points for e in judged)
        own = sum(self._progress.record(e.id).assessed or 0 for e in self._master.exercises)
        table = ["| exercise | state | points | attempts | hints |", "|---|---|---|---|---|"]
        summary = f"**{points(total)} of {sum(e.points for e in judged)} points**"
        if any(e.kind == "proof" for e in self._master.exercises):
            summary += f", and {points(own)} by your own assessment"
        show("\n".join([*table, *rows]) + f"\n\n{summary}")

    def _row(self, exercise) -> str:
        record = self._progress.record(exercise.id)
        done = ("solved after the solution" if record.solved and record.opened else
                "solved" if record.solved else "assessed by you" if record.assessed is not None
                else "solution read" if record.opened else "begun" if record.attempts else "open")
        earned = record.assessed if exercise.kind == "proof" else record.points
        return (f"| `{exercise.id}` {exercise.title} | {done} | {points(earned or 0)} of "
                f"{exercise.points} | {record.attempts} | {record.hints} |")

    def _exercise(self, id: str):
        try:
            return self._master.exercise(id)
        except KeyError as error:
            show(f"There is {error.args[0]}.")
            return None


def judged(exercise, finding: Finding, record, before: bool) -> str:
    """What `check` displays."""
    earned = f"{points(record.points)} of {exercise.points} points"
    if finding.assess:
        rubric = "\n".join(f"- ({p} point{'s' * (p > 1)}) {text}"
                           for p, text in exercise.rubric)
        ticks = ", ".join(["True"] * len(exercise.rubric))
        return (f"**{exercise.title} · kept.** {finding.message}\n\n{rubric}\n\n"
                f'`hw.solution("{exercise.id}")` shows the model, '
                f'`hw.assess("{exercise.id}", [{ticks}])` keeps your assessment.')
    if finding.passed:
        grounds = f" ({finding.grounds})" if finding.grounds else ""
        if not record.opened:
            after = f"{exercise.points} point{'s' * (exercise.points > 1)}."
        elif before:
            after = "Still right."
        else:
            after = f"You had opened the solution, so it stays at {earned}; now it is yours."
        again = "" if before else f'`hw.solution("{exercise.id}")` has a discussion.'
        return " ".join(filter(None, [f"**{exercise.title} · correct{grounds}.**",
                                      finding.message, after, again]))
    if finding.blank:
        return f"**{exercise.title} · open.** {finding.message}"
    state_ = "not yet" if finding.honest else "can't be judged"
    parts = [f"**{exercise.title} · {state_}.** {finding.message}"]
    if finding.hint:
        parts.append(finding.hint)
    left = len(exercise.hints) - record.hints
    tail = [f"{earned} so far"] if record.points else []
    tail += [f'`hw.hint("{exercise.id}")` has {left} hint{"s" * (left != 1)} left'] if left else [
        f'`hw.solution("{exercise.id}")` is open'] if record.honest else []
    return "\n\n".join([*parts, ", ".join(tail) + "." if tail else ""]).strip()


def solved(exercise) -> str:
    """What `solution` displays."""
    if exercise.kind == "proof":
        return f"**{exercise.title} · a model**\n\n{exercise.model}\n\n{exercise.discussion}"
    return (f"**{exercise.title} · solution**\n\n```python\n{exercise.solution}\n```\n\n"
            f"{exercise.discussion}")
