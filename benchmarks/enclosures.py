"""Enclosures: the subdivision with Arb balls against the same subdivision with ``mpmath.iv``.

One loop bisects boxes and uses the interval of the value and the mean-value form; only the
evaluator differs: gradproof's compiled programs of balls, or mpmath's intervals, both at 96 bits.
The two decide in turn, in one process. Note that ``mpmath.iv`` is no rigorous rival: its ``exp``
can exclude the true value. Reported are medians over the rounds and their ratios; ``--write``
stores them in ``benchmarks/results/enclosures.json`` and in the section of ``KERNEL.md``.

    python benchmarks/enclosures.py [--rounds 5] [--write]
"""

from __future__ import annotations

import argparse
import json
import platform
from fractions import Fraction
from functools import cache
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter

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
    """gradproof's evaluator."""

    def __init__(self, formulas, names):
        self.program = Program(formulas, names, BITS)

    def __call__(self, box):
        return self.program([side.ball for side in box])

    positive = staticmethod(lambda value: bool(value > 0))
    ball = staticmethod(lambda side: side.ball)


class Intervals:
    """The same formulas with mpmath's intervals."""

    def __init__(self, formulas, names):
        self.formulas, self.names = formulas, names

    def __call__(self, box):
        point = {name: self.ball(side) for name, side in zip(self.names, box, strict=True)}
        return [_interval(f, point) for f in self.formulas]

    positive = staticmethod(lambda value: bool(value.a > 0))

    @staticmethod
    @cache
    def ball(side):
        low, high = (mpmath.iv.mpf(int(end.p)) / int(end.q) for end in (side.low, side.high))
        return mpmath.iv.mpf([low.a, high.b])


def _interval(expr, point):
    iv, head = mpmath.iv, expr.head
    if head == "num":
        return iv.mpf(expr.data.numerator) / expr.data.denominator
    if head == "var":
        return point[expr.data]
    if head == "pow":
        return _interval(expr.args[0], point) ** int(expr.args[1].data)
    values = [_interval(a, point) for a in expr.args]
    if head == "neg":
        return -values[0]
    if head == "call":
        if expr.data == "cosh":
            return (iv.exp(values[0]) + iv.exp(-values[0])) / 2
        if expr.data == "sinh":
            return (iv.exp(values[0]) - iv.exp(-values[0])) / 2
        return getattr(iv, expr.data)(values[0])
    a, b = values
    return a + b if head == "add" else a - b if head == "sub" else a * b if head == "mul" else a / b


def subdivided(value, slopes, start) -> int:
    """The number of boxes looked at until the value was shown to be positive everywhere."""
    queue, count = [start], 0
    while queue:
        box = queue.pop()
        count += 1
        if count > BUDGET:
            raise RuntimeError("the benchmark's budget is spent")
        if value.positive(value(box)[0]):
            continue
        middle = tuple(Side(side.middle, side.middle) for side in box)
        bound = value(middle)[0]
        for slope, side, point in zip(slopes(box), box, middle, strict=True):
            bound = bound + slope * (value.ball(side) - value.ball(point))
        if value.positive(bound):
            continue
        i = max(range(len(box)), key=lambda k: box[k].width)
        queue += [(*box[:i], half, *box[i + 1:]) for half in box[i].halves()]
    return count


def prepared(statement: str, ranges: dict):
    """Two closures that decide the statement, each from the formula on."""
    (goal,) = parse_statement(statement)
    (formula,) = gaps(goal)
    names = list(ranges)
    slopes = [derivative(formula, name) for name in names]

    def run(kind) -> int:
        start = tuple(Side(Fraction(a), Fraction(b)) for a, b in ranges.values())
        return subdivided(kind([formula], names), kind(slopes, names), start)

    return lambda: run(Balls), lambda: run(Intervals)


def measured(rounds: int) -> list[dict]:
    """Seconds of both evaluators for every statement, interleaved."""
    rows = []
    mpmath.iv.prec = BITS
    with flint.ctx.workprec(BITS):
        for statement, ranges in CORPUS:
            ours, theirs = prepared(statement, ranges)
            times: tuple[list[float], list[float]] = ([], [])
            for _ in range(rounds):
                boxes = []
                for run, kept in zip((ours, theirs), times, strict=True):
                    begun = perf_counter()
                    boxes.append(run())
                    kept.append(perf_counter() - begun)
            fast, slow = map(median, times)
            rows.append({"statement": statement, "boxes": boxes, "ms": 1e3 * fast,
                         "mpmath_ms": 1e3 * slow, "ratio": slow / fast})
    return rows


def summary(rows: list[dict]) -> dict:
    """Medians over the statements, and the ratio of the totals."""
    return {"statements": len(rows), "median_ratio": median(r["ratio"] for r in rows),
            "total_ratio": sum(r["mpmath_ms"] for r in rows) / sum(r["ms"] for r in rows),
            "median_ms": median(r["ms"] for r in rows),
            "mpmath_median_ms": median(r["mpmath_ms"] for r in rows),
            "python": platform.python_version(), "mpmath": version("mpmath"),
            "python-flint": version("python-flint")}


def report(result: dict) -> str:
    """The section of KERNEL.md."""
    s = result["summary"]
    least = min(result["rows"], key=lambda row: row["ratio"])
    return "\n".join([
        START, "## Enclosures", "",
        f"{s['statements']} inequalities on boxes; `benchmarks/enclosures.py`, the same "
        f"subdivision at {BITS} bits, interleaved, Python {s['python']}, mpmath {s['mpmath']}, python-flint "
        f"{s['python-flint']}.", "",
        "| | Arb balls | `mpmath.iv` | ratio |", "|---|---:|---:|---:|",
        f"| median | {s['median_ms']:.3g} ms | {s['mpmath_median_ms']:.3g} ms "
        f"| **{s['median_ratio']:.0f}** |",
        f"| all together | | | **{s['total_ratio']:.0f}** |",
        f"| least favourable: `{least['statement']}` | {least['ms']:.3g} ms "
        f"| {least['mpmath_ms']:.3g} ms | {least['ratio']:.0f} |", END, ""])


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
    result = {"summary": summary(rows), "rows": rows}
    print(report(result))
    if options.write:
        stored(result)


if __name__ == "__main__":
    main()
