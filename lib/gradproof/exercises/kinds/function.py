"""A NumPy function: judged on inputs that the exercise draws, against the mathematics.

The judge is written in Python and builds one `Function`:

    judge = Function(
        inputs=lambda rng: [(rng.normal(size=3),), (rng.normal(size=(5, 3)),)],
        gradient_of=f,          # or expected=solution
    )

gradient_of: the answer must be the gradient of f (summed, if f gives an array) in its first
argument: the inner product with random directions is compared with differences of f.
expected: a function to agree with. laws: pairs (what must hold, predicate(answer, rng)).
"""

from __future__ import annotations

import copy
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from gradproof.exercises.findings import AnswerError, Finding, right, wrong
from gradproof.exercises.findings import blank as untouched
from gradproof.exercises.kinds import mistakes

DIRECTIONS = 6


class Failed(Exception):
    """The student's function gives nothing that can be compared; the message says why."""


@dataclass(frozen=True)
class Function:
    """The judge of a function of arrays."""

    inputs: Callable
    expected: Callable | None = None
    gradient_of: Callable | None = None
    laws: Sequence[tuple[str, Callable]] = ()
    tolerance: float = 1e-6
    names: Sequence[str] = ()  # of the arguments, for messages

    def examine(self, answer: object) -> Finding:
        """The first input for which the function fails, or a law that it breaks."""
        if not callable(answer):
            raise AnswerError(f"a function is wanted: def …; this is of type "
                              f"{type(answer).__name__}")
        nothing = True
        for arguments in self._inputs():
            try:
                value = self.called(answer, arguments)
                nothing = False
                self._compared(value, arguments)
            except Nothing:
                if nothing:
                    return untouched("The function returns nothing yet: replace the dots and "
                                     "end with return.")
                return wrong(f"For {self.words(arguments)} the function returns nothing.")
            except Failed as error:
                return wrong(f"For {self.words(arguments)}: {error}.")
        for says, law in self.laws:
            try:
                holds = law(answer, np.random.default_rng(1))
            except Exception as error:
                return wrong(f"Not satisfied: {says} ({type(error).__name__}: {error}).")
            if not holds:
                return wrong(f"Not satisfied: {says}.")
        count = len(self._inputs())
        along = ", and along random directions" if self._is_gradient else ""
        return right(grounds=f"measured on {count} inputs{along}")

    @property
    def _is_gradient(self) -> bool:
        return self.gradient_of is not None

    def _inputs(self) -> list[tuple]:
        return [a if isinstance(a, tuple) else (a,) for a in
                self.inputs(np.random.default_rng(0))]

    def called(self, answer: Callable, arguments: tuple) -> list[np.ndarray]:
        """The function's arrays at these arguments. Raises Failed, Nothing."""
        given = copy.deepcopy(arguments)
        try:
            with np.errstate(all="ignore"):
                value = answer(*given)
        except NotImplementedError:
            raise Nothing from None
        except (Exception, SystemExit) as error:
            raise Failed(raised(error)) from None
        if value is None or value is ...:
            raise Nothing
        for k, (mine, theirs) in enumerate(zip(given, arguments, strict=True)):
            if isinstance(theirs, np.ndarray) and not np.array_equal(mine, theirs, equal_nan=True):
                raise Failed(f"the function changes its argument {self.name(k)}; work on a copy")
        return _arrays(value)

    def wanted(self, arguments: tuple) -> list[np.ndarray]:
        """The right arrays: the expected function's, or the gradient by differences."""
        if self.expected is not None:
            return _arrays(self.expected(*copy.deepcopy(arguments)))
        return [mistakes.numerical_gradient(self.gradient_of, arguments)]

    def _compared(self, mine: list[np.ndarray], arguments: tuple) -> None:
        right = self.wanted(arguments)
        if len(mine) != len(right):
            raise Failed(f"{len(mine)} arrays are returned where {len(right)} are wanted")
        for k, (a, b) in enumerate(zip(mine, right, strict=True)):
            part = f"part {k + 1} of the result: " if len(right) > 1 else ""
            if a.shape != b.shape:
                raise Failed(f"{part}the result has shape {a.shape}; {b.shape} is wanted")
            if not np.isfinite(a).all() and np.isfinite(b).all():
                raise Failed(f"{part}the result contains {'nan' if np.isnan(a).any() else 'inf'}")
            if not _close(a, b, self.tolerance):
                raise Failed(part + first_difference(a, b, self.tolerance))
        if self.gradient_of is not None:
            self._along_directions(mine[0], arguments)

    def _along_directions(self, gradient: np.ndarray, arguments: tuple) -> None:
        rng = np.random.default_rng(2)
        for _ in range(DIRECTIONS):
            v = rng.standard_normal(np.shape(arguments[0]))
            slope = mistakes.slope(self.gradient_of, arguments, v)
            if abs(float((gradient * v).sum()) - slope) > 100 * self.tolerance * max(1, abs(slope)):
                raise Failed("along a random direction the slope is not that of the function")

    def name(self, k: int) -> str:
        """The name of argument k."""
        return self.names[k] if k < len(self.names) else f"number {k + 1}"

    def words(self, arguments: tuple) -> str:
        """The arguments, short enough to be read."""
        return ", ".join(f"{self.names[k]} = {_short(a)}" if k < len(self.names) else _short(a)
                         for k, a in enumerate(arguments))

    def fingerprint(self, answer: object):
        """All results, or how the calls fail."""
        if not callable(answer):
            raise AnswerError("no function")
        return mistakes.Results([self._result(answer, arguments) for arguments in self._inputs()])

    def _result(self, answer: Callable, arguments: tuple):
        try:
            return self.called(answer, arguments)
        except Nothing:
            return "nothing"
        except Failed as error:
            return str(error).split(":")[0]

    def diagnosis(self, answer: object) -> str:
        """A known mistake that explains all results."""
        inputs = self._inputs()
        return mistakes.named(self.fingerprint(answer).results,
                              [self.wanted(arguments) for arguments in inputs], inputs)


class Nothing(Exception):
    """The function returns nothing."""


def raised(error: Exception) -> str:
    """The student's own exception, with the line of their function."""
    frames = [f for f in traceback.extract_tb(error.__traceback__)
              if "gradproof" not in f.filename.replace("\\", "/").split("/")]
    frames = [f for f in frames if "site-packages" not in f.filename]
    where = f", at line {frames[-1].lineno} of the cell" if frames else ""
    return f"the function raises {type(error).__name__}: {error}{where}"


def _arrays(value) -> list[np.ndarray]:
    parts = list(value) if isinstance(value, tuple) else [value]
    return [_array(part) for part in parts]


def _array(value) -> np.ndarray:
    try:
        array = np.asarray(value)
    except ValueError:
        raise Failed("the result is a ragged list, not an array") from None
    if array.dtype.kind not in "fiub":
        raise Failed(f"the result is of type {type(value).__name__}, not an array of real numbers")
    return array.astype(float)


def _close(a: np.ndarray, b: np.ndarray, tolerance: float) -> bool:
    scale = max(1.0, float(np.abs(b).max(initial=0.0)))
    return bool(np.allclose(a, b, rtol=tolerance, atol=tolerance * scale, equal_nan=True))


def first_difference(a: np.ndarray, b: np.ndarray, tolerance: float) -> str:
    """The first entry that differs, with both values."""
    if a.ndim == 0:
        return f"yours is {float(a):.6g}, it should be {float(b):.6g}"
    scale = max(1.0, float(np.abs(b).max(initial=0.0)))
    off = ~np.isclose(a, b, rtol=tolerance, atol=tolerance * scale)
    at = tuple(int(i) for i in np.argwhere(off)[0])
    more = f" ({int(off.sum())} of {off.size} entries differ)"
    return f"entry {list(at)} is {a[at]:.6g}, it should be {b[at]:.6g}{more}"


def _short(value) -> str:
    if isinstance(value, np.ndarray):
        if value.size <= 6:
            shown = np.array2string(np.round(value, 3), separator=", ").replace("\n", "")
            return " ".join(shown.replace("[ ", "[").split())
        return f"an array of shape {value.shape}"
    return f"{value:.4g}" if isinstance(value, float) else str(value)[:40]
