"""Enclosures: the subdivision with Arb balls against the same subdivision with ``mpmath.iv``.

One loop bisects boxes, in one order, and uses the value and the mean-value form at the midpoint;
only the evaluator differs: gradproof's programs of balls, or Python functions of mpmath's
intervals, with all constants converted beforehand, both at 96 bits. Balls of products are wider
than intervals, so that gradproof may need more boxes: both counts are stored, and the time is that
of all the boxes that each one needs, with the compilation of the formula and its derivatives.
``shared``: mpmath once more, with equal subformulas computed once, as in gradproof's programs.

The three decide in turn, in one process, without garbage collection, after a first round that is
not counted. Note that ``mpmath.iv`` is no rigorous rival: its ``exp`` can exclude the true value.
Reported are medians of the processor time over the rounds, and their ratios; ``--write`` stores
them in ``benchmarks/results/enclosures.json`` and in the section of ``KERNEL.md``.

    python benchmarks/enclosures.py [--rounds 5] [--write]
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
from fractions import Fraction
from functools import partial
from importlib.metadata import version
from operator import attrgetter
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import flint
import mpmath

from gradproof.checks.enclosed.boxes import Side
from gradproof.checks.enclosed.functions import Program
from gradproof.checks.enclosures import gaps
from gradproof.formulas.calculus import derivative
from gradproof.formulas.parse import parse_statement

HERE = Path(__file__).parent
RESULTS = HERE / "results" / "enclosures.json"
REPORT = HERE / "KERNEL.md"
START, END = "<!-- enclosures -->", "<!-- /enclosures -->"
BITS = 96
BUDGET = 4_000
BAR = 20
clock = perf_counter if os.name == "nt" else process_time  # Windows counts in 16 ms

# minors of the Hessian in the curved part of chapter 23's landscape, L = 3, γ = 1, τ = e ≈ 2.71828
SLOPE = "(-2 - 2*s - 32*s^2 + 24*s^3)"
CURVE = "(3 - 4*s^3*(10 - 15*s + 6*s^2))"
FIRST = "(-2 - 64*s + 72*s^2 - 240*s*(1 - s)*(1 - 2*s)*y^2/7.38906 + {c})"
MINOR = f"{FIRST}*(2*{CURVE} + {{c}}) - (240*s^2*(1 - s)^2*y/2.71828)^2 > 0"
# statement, ranges of its variables
CORPUS = [
    ("exp(x) > 0.9999 + x", {"x": (-1, 2)}),
    ("x*(1 - x)*exp(x) <= 0.43803", {"x": (0, 1)}),
    ("log(1 + x) - x + x^2/2 < 0.00001 + x^3/3", {"x": (0, 2)}),
    ("cosh(x) - 1 - x^2/2 > -0.0001", {"x": (-2, 2)}),
    ("sin(3*x) + cos(5*x) + x/10 <= 2.3", {"x": (0, 6)}),
    ("x^2 + y^2 - x*y >= -0.002", {"x": (-1, 1), "y": (-1, 1)}),
    ("exp(-x^2 - y^2)*(x + y) <= 0.61", {"x": (-2, 2), "y": (-2, 2)}),
    ("sin(x)*cos(y) + x*y/10 <= 1.03", {"x": (0, 3), "y": (-1, 2)}),
    ("log(1 + x^2 + y^2) <= 0.9*(x^2 + y^2) + 0.01", {"x": (-1, 1), "y": (-1, 1)}),
    (MINOR.format(c=45), {"s": (0, 1), "y": (0, "2.71829")}),
    (MINOR.format(c=39), {"s": (0, 1), "y": (0, "2.71829")}),
    (f"sqrt(1 + {CURVE}^2) + exp(-y)*{SLOPE} + 60*s > 1", {"s": (0, 1), "y": (0, 3)}),
]


class Balls:
    """gradproof's evaluator: programs of balls."""

    part, centre = attrgetter("ball"), staticmethod(flint.arb.mid)

    def __init__(self, formula, slopes, names):
        self._value = Program([formula], names, BITS)
        self.slopes = Program(slopes, names, BITS)

    def value(self, values):
        return self._value(values)[0]

    positive = staticmethod(lambda value: value > 0)


class Intervals:
    """mpmath's evaluator: Python functions of its intervals, constants converted beforehand.

    With ``shared`` equal subformulas are computed once, which one does not write by hand.
    """

    def __init__(self, formula, slopes, names, shared=False):
        self._parts, self._points = {}, {}
        function = _function([formula], names, shared)
        self.value = lambda values: function(values)[0]
        self.slopes = _function(slopes, names, shared)

    def part(self, side):
        """The interval of a side, kept for the other boxes with that side."""
        if side not in self._parts:
            self._parts[side] = mpmath.iv.mpf([self._point(side.low).a, self._point(side.high).b])
        return self._parts[side]

    centre = staticmethod(attrgetter("mid"))

    def _point(self, value):
        if value not in self._points:
            self._points[value] = mpmath.iv.mpf(int(value.p)) / int(value.q)
        return self._points[value]

    positive = staticmethod(lambda value: value > 0)


class Shared(Intervals):
    """The same with shared subformulas, as gradproof's programs have them."""

    def __init__(self, formula, slopes, names):
        super().__init__(formula, slopes, names, shared=True)


def _function(formulas, names, shared):
    """A Python function of the list of the variables' intervals."""
    iv, lines, known = mpmath.iv, [], {}
    space = {"cosh": _cosh, "sinh": _sinh, "exp": iv.exp, "log": iv.log, "sin": iv.sin,
             "cos": iv.cos, "sqrt": iv.sqrt}

    def text(expr):
        head, args, data = expr.head, expr.args, expr.data
        if head == "var":
            return data
        if head == "num":
            name = f"c{data.numerator}_{data.denominator}".replace("-", "m")
            space[name] = iv.mpf(data.numerator) / data.denominator
            return name
        if shared and expr in known:
            return known[expr]
        if head == "pow":
            result = f"({text(args[0])} ** {int(args[1].data)})"
        elif head == "call":
            result = f"{data}({text(args[0])})"
        elif head == "neg":
            result = f"(-{text(args[0])})"
        else:
            result = f"({text(args[0])} {SIGNS[head]} {text(args[1])})"
        if shared:
            known[expr] = f"v{len(known)}"
            lines.append(f"    {known[expr]} = {result}")
        return known.get(expr, result)

    results = ", ".join(map(text, formulas))
    lines = [f"def function({', '.join(names)}):", *lines, f"    return [{results}]"]
    exec("\n".join(lines), space)
    return lambda values: space["function"](*values)


def _cosh(x):
    power = mpmath.iv.exp(x)  # mpmath.iv has no cosh
    return (power + 1 / power) / 2


def _sinh(x):
    power = mpmath.iv.exp(x)
    return (power - 1 / power) / 2


SIGNS = {"add": "+", "sub": "-", "mul": "*", "div": "/"}


def subdivided(kind, start) -> int:
    """The number of boxes looked at until the value was shown to be positive everywhere."""
    value, slopes, positive = kind.value, kind.slopes, kind.positive
    queue, count = [start], 0
    while queue:
        box = queue.pop()
        count += 1
        if count > BUDGET:
            raise RuntimeError("the benchmark's budget is spent")
        whole = [kind.part(side) for side in box]
        if positive(value(whole)):
            continue
        middle = [kind.centre(x) for x in whole]
        bound = value(middle)
        for slope, x, c in zip(slopes(whole), whole, middle, strict=True):
            bound += slope * (x - c)
        if positive(bound):
            continue
        widths = [side.width for side in box]
        i = widths.index(max(widths))
        queue += [(*box[:i], half, *box[i + 1:]) for half in box[i].halves()]
    return count


def prepared(statement: str, ranges: dict):
    """Closures that decide the statement, each from the formula and its derivatives on."""
    (goal,) = parse_statement(statement)
    (formula,) = gaps(goal)
    names = list(ranges)
    slopes = [derivative(formula, name) for name in names]

    def run(kind) -> int:
        start = tuple(Side(Fraction(a), Fraction(b)) for a, b in ranges.values())
        return subdivided(kind(formula, slopes, names), start)

    return [partial(run, kind) for kind in (Balls, Intervals, Shared)]


def measured(rounds: int) -> list[dict]:
    """Processor time of the evaluators for every statement, interleaved."""
    mpmath.iv.prec = BITS
    gc.collect()
    gc.disable()
    try:
        with flint.ctx.workprec(BITS):
            return [_row(statement, ranges, rounds) for statement, ranges in CORPUS]
    finally:
        gc.enable()


def _row(statement: str, ranges: dict, rounds: int) -> dict:
    runs = prepared(statement, ranges)
    boxes = [run() for run in runs]
    times: list[list[float]] = [[] for _ in runs]
    for _ in range(rounds):
        for run, kept in zip(runs, times, strict=True):
            begun = clock()
            run()
            kept.append(clock() - begun)
    fast, slow, shared = map(median, times)
    return {"statement": statement, "boxes": boxes[0], "mpmath_boxes": boxes[1], "ms": 1e3 * fast,
            "mpmath_ms": 1e3 * slow, "shared_ms": 1e3 * shared, "ratio": slow / fast,
            "shared_ratio": shared / fast,
            "box_ratio": slow / boxes[1] / (fast / boxes[0])}


def summary(rows: list[dict]) -> dict:
    """Medians over the statements, and the ratios of the totals."""
    total = {key: sum(r[key] for r in rows) for key in ("ms", "mpmath_ms", "shared_ms")}
    return {"statements": len(rows),
            **{f"median_{key}": median(r[key] for r in rows) for key in (
                "ms", "mpmath_ms", "shared_ms", "ratio", "shared_ratio", "box_ratio")},
            "total_ratio": total["mpmath_ms"] / total["ms"],
            "total_shared_ratio": total["shared_ms"] / total["ms"],
            "python": platform.python_version(), "mpmath": version("mpmath"),
            "backend": mpmath.libmp.BACKEND, "python-flint": version("python-flint")}


def report(result: dict) -> str:
    """The section of KERNEL.md."""
    s = result["summary"]
    least = min(result["rows"], key=lambda row: row["ratio"])
    most = max(result["rows"], key=lambda row: row["ratio"])
    lines = [
        START, "## Enclosures", "",
        f"{s['statements']} inequalities on boxes; `benchmarks/enclosures.py`, {result['rounds']} "
        f"rounds, interleaved, processor time; Python {s['python']}, python-flint "
        f"{s['python-flint']}, mpmath {s['mpmath']} (backend: {s['backend']}).", "",
        f"Timed is the same subdivision at {BITS} bits, with the compilation of the formula and "
        "its derivatives, until the inequality is shown: the same order, the value and then the "
        "mean-value form at the midpoint of every box. `mpmath.iv` evaluates plain Python "
        "functions whose constants were converted beforehand; \"shared\" computes equal "
        "subformulas once, as gradproof's programs do.", "",
        "| | Arb balls | `mpmath.iv` | ratio | `mpmath.iv`, shared | ratio |",
        "|---|---:|---:|---:|---:|---:|",
        f"| median | {s['median_ms']:.3g} ms | {s['median_mpmath_ms']:.3g} ms "
        f"| **{s['median_ratio']:.1f}** | {s['median_shared_ms']:.3g} ms "
        f"| {s['median_shared_ratio']:.1f} |",
        f"| all together | | | **{s['total_ratio']:.1f}** | | {s['total_shared_ratio']:.1f} |",
        f"| median, per box | | | {s['median_box_ratio']:.1f} | | |",
        *(f"| {word}: `{_short(row['statement'])}` | {row['ms']:.3g} ms "
          f"| {row['mpmath_ms']:.3g} ms | {row['ratio']:.1f} "
          f"| {row['shared_ms']:.3g} ms | {row['shared_ratio']:.1f} |"
          for word, row in (("most favourable", most), ("least favourable", least))), "",
        _verdict(s), "", *_table(result["rows"]), END, ""]
    return "\n".join(lines)


def _verdict(s: dict) -> str:
    """Whether the bar is met, and what limits the ratio."""
    met = "met" if s["median_ratio"] >= BAR else "**not met**"
    return (f"The bar, a median of {BAR}, is {met}. What limits the ratio: a sum or product of "
            "balls in Python is some 25 times quicker than mpmath's, and every box costs Python "
            "time besides (exact ends, the queue), which weighs more the quicker the formula; the "
            "compilation weighs on runs of few boxes. Quadratic and other polynomial rows lose "
            "once more: products of balls, midpoint and radius, are wider than products of "
            "intervals, and need more boxes.")


def _table(rows: list[dict]) -> list[str]:
    return ["| inequality | boxes: balls | intervals | ratio | per box |",
            "|---|---:|---:|---:|---:|",
            *(f"| `{_short(r['statement'])}` | {r['boxes']} | {r['mpmath_boxes']} "
              f"| {r['ratio']:.1f} | {r['box_ratio']:.1f} |" for r in rows)]


def _short(statement: str) -> str:
    return statement if len(statement) < 60 else "… " + statement[-56:]


def stored(result: dict) -> None:
    """Write the results and the section of the report, leaving other sections alone."""
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    text = REPORT.read_text(encoding="utf-8") if REPORT.exists() else "# The kernel's speed\n\n"
    section = report(result)
    if START in text:
        before, _, rest = text.partition(START)
        text = before + section + rest.partition(END + "\n")[2]
    else:
        text = text.rstrip("\n") + "\n\n" + section
    REPORT.write_text(text, encoding="utf-8")


def main() -> None:
    """Measure, print, and store when asked to."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="store the results")
    options = parser.parse_args()
    rows = measured(options.rounds)
    result = {"rounds": options.rounds, "summary": summary(rows), "rows": rows}
    print(report(result))
    if options.write:
        stored(result)


if __name__ == "__main__":
    main()
