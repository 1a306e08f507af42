"""Rational identities: gradproof's normal form against ``sympy.simplify(left - right) == 0``.

Both read the same text beforehand and decide it in turn, in one process; SymPy's cache is
cleared before each of its turns, as a fresh statement would find it. Reported are medians of the
processor time over the rounds, the median of the ratios, and the ratio of the totals. ``--write``
stores them in ``benchmarks/results/identities.json`` and in the section of ``KERNEL.md``.

    python benchmarks/identities.py [--rounds 5] [--write]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import sympy
from sympy.core.cache import clear_cache

from gradproof.checks import normal_form
from gradproof.checks.core import Accept
from gradproof.formulas import free_variables, proposition

HERE = Path(__file__).parent
RESULTS = HERE / "results" / "identities.json"
REPORT = HERE / "KERNEL.md"
clock = perf_counter if os.name == "nt" else process_time  # Windows counts in 16 ms
START, END = "<!-- identities -->", "<!-- /identities -->"

# statement, whether it is true
CORPUS = [
    ("(x + 1)^2 == x^2 + 2*x + 1", True),
    ("(x + 1)^2 == x^2 + 2*x + 2", False),
    ("(x + y)^5 == x^5 + 5*x^4*y + 10*x^3*y^2 + 10*x^2*y^3 + 5*x*y^4 + y^5", True),
    ("(x + y)^5 == x^5 + 5*x^4*y + 10*x^3*y^2 + 10*x^2*y^3 + 5*x*y^4 - y^5", False),
    ("(x^2 - y^2)/(x - y) == x + y", True),
    ("(x^3 - y^3)/(x - y) == x^2 + x*y + y^2", True),
    ("(x^3 - y^3)/(x - y) == x^2 - x*y + y^2", False),
    ("1/(x*(x + 1)) == 1/x - 1/(x + 1)", True),
    ("1/(x*(x + 1)) == 1/x - 1/(x + 2)", False),
    ("1/(x - a) - 1/(x - b) == (a - b)/((x - a)*(x - b))", True),
    ("1/(x - a) - 1/(x - b) == (b - a)/((x - a)*(x - b))", False),
    ("(a^2 + b^2)*(c^2 + d^2) == (a*c - b*d)^2 + (a*d + b*c)^2", True),
    ("(a^2 + b^2)*(c^2 + d^2) == (a*c + b*d)^2 + (a*d + b*c)^2", False),
    ("(a^2+b^2+c^2+d^2)*(p^2+q^2+r^2+s^2) == (a*p+b*q+c*r+d*s)^2 + (a*q-b*p+c*s-d*r)^2"
     " + (a*r-b*s-c*p+d*q)^2 + (a*s+b*r-c*q-d*p)^2", True),
    ("(a^2+b^2+c^2+d^2)*(p^2+q^2+r^2+s^2) == (a*p+b*q+c*r+d*s)^2 + (a*q-b*p+c*s-d*r)^2"
     " + (a*r-b*s-c*p+d*q)^2 + (a*s-b*r-c*q-d*p)^2", False),
    ("a^3 + b^3 + c^3 - 3*a*b*c == (a + b + c)*(a^2 + b^2 + c^2 - a*b - b*c - c*a)", True),
    ("a^3 + b^3 + c^3 - 2*a*b*c == (a + b + c)*(a^2 + b^2 + c^2 - a*b - b*c - c*a)", False),
    ("(x*y - 1)^2 + (x + y)^2 == (1 + x^2)*(1 + y^2)", True),
    ("a/((a-b)*(a-c)) + b/((b-c)*(b-a)) + c/((c-a)*(c-b)) == 0", True),
    ("a^2/((a-b)*(a-c)) + b^2/((b-c)*(b-a)) + c^2/((c-a)*(c-b)) == 1", True),
    ("a^3/((a-b)*(a-c)) + b^3/((b-c)*(b-a)) + c^3/((c-a)*(c-b)) == a + b + c", True),
    ("a^3/((a-b)*(a-c)) + b^3/((b-c)*(b-a)) + c^3/((c-a)*(c-b)) == a + b - c", False),
    ("1 - 2*eta*L + eta^2*L^2 == (1 - eta*L)^2", True),
    ("eta*(1 - L*eta/2) == eta - L*eta^2/2", True),
    ("eta*(1 - L*eta/2) == eta - L*eta^2", False),
    ("((L + g)/g - 1)*g == L", True),
    ("1/(1 + m/(L - m)) == 1 - m/L", True),
    ("1/(1 + m/(L - m)) == 1 + m/L", False),
    ("((k - 1)/(k + 1))^2 == 1 - 4*k/(k + 1)^2", True),
    ("((k - 1)/(k + 1))^2 == 1 - 2*k/(k + 1)^2", False),
    ("(x^4 + 4*y^4)/(x^2 + 2*x*y + 2*y^2) == x^2 - 2*x*y + 2*y^2", True),
    ("(x^8 - 1)/(x - 1) == (x + 1)*(x^2 + 1)*(x^4 + 1)", True),
    ("(x + y + z)^3 - x^3 - y^3 - z^3 == 3*(x + y)*(y + z)*(z + x)", True),
    ("(x + y + z)^3 - x^3 - y^3 - z^3 == 3*(x + y)*(y + z)*(z - x)", False),
    ("(w - h*(w - a) - a)^2 == (1 - h)^2*(w - a)^2", True),
    ("-2*t*s*((g/2)*(1-s)*(2-s) + (L - g/2)*s*(7-5*s))"
     " == -t*s*(g*(1-s)*(2-s) + (2*L - g)*s*(7-5*s))", True),
    ("(1 + x/(1 - x))/(1 - x/(1 + x)) == (1 + x)/(1 - x)", True),
    ("(1 + x/(1 - x))/(1 - x/(1 + x)) == (1 - x)/(1 + x)", False),
    ("(a*d - b*c)*(p*s - q*r) == (a*p + b*r)*(c*q + d*s) - (a*q + b*s)*(c*p + d*r)", True),
    ("(x - y)^4 + (y - z)^4 + (z - x)^4 == ((x - y)^2 + (y - z)^2 + (z - x)^2)^2/2", True),
]


def prepared(source: str):
    """The proposition, and left − right as SymPy builds it from the same text."""
    names = sorted(set(re.findall(r"[A-Za-z_]\w*", source)))
    left, right = source.split("==")
    table = {name: sympy.Symbol(name, real=True) for name in names}
    one, two = (sympy.sympify(side.replace("^", "**"), locals=table) for side in (left, right))
    return proposition(source, for_all=names), one - two


def measured(rounds: int) -> list[dict]:
    """One row an identity: milliseconds of both, their ratio, both answers. Interleaved."""
    decide = normal_form()
    rows = []
    ready = [(source, truth, *prepared(source)) for source, truth in CORPUS]
    times = {source: ([], []) for source, *_ in ready}
    for _ in range(rounds):
        for source, truth, statement, gap in ready:
            conclusion = statement.single(statement.conclude[0])
            _ = conclusion.conclusions, conclusion.hypotheses  # parsing is nobody's time
            start = clock()
            ours = isinstance(decide.procedure(conclusion), Accept)
            middle = clock()
            clear_cache()
            begin = clock()
            theirs = sympy.simplify(gap) == 0
            end = clock()
            times[source][0].append(middle - start)
            times[source][1].append(end - begin)
            if ours != truth:
                raise SystemExit(f"gradproof is wrong about {source}")
            if theirs != truth:
                raise SystemExit(f"SymPy is wrong about {source}")
    for source, truth, statement, _ in ready:
        ours, theirs = (1e3 * median(values) for values in times[source])
        sides = statement.conclusions[0]
        rows.append({"identity": source, "true": truth, "ms": round(ours, 4),
                     "sympy_ms": round(theirs, 3), "ratio": round(theirs / ours, 1),
                     "variables": len(free_variables(sides.left) | free_variables(sides.right))})
    return rows


def summary(rows: list[dict]) -> dict:
    """Median and total of both, the median of the ratios, the ratio of the totals, the least."""
    ours, theirs = ([row[key] for row in rows] for key in ("ms", "sympy_ms"))
    return {"identities": len(rows), "median_ms": round(median(ours), 4),
            "sympy_median_ms": round(median(theirs), 3),
            "median_ratio": round(median(row["ratio"] for row in rows), 1),
            "total_ratio": round(sum(theirs) / sum(ours), 1),
            "least_ratio": min(row["ratio"] for row in rows),
            "python": platform.python_version(), "sympy": version("sympy"),
            "python-flint": version("python-flint")}


def report(result: dict) -> str:
    """The section of KERNEL.md."""
    s = result["summary"]
    least = min(result["rows"], key=lambda row: row["ratio"])
    return "\n".join([
        START, "## Rational identities", "",
        f"{s['identities']} identities, true and false; `benchmarks/identities.py`, "
        f"{result['rounds']} rounds, interleaved, processor time; Python {s['python']}, "
        f"SymPy {s['sympy']}, python-flint {s['python-flint']}.", "",
        "Timed is the decision, from the parsed statement on; SymPy's cache is cleared before each "
        "of its turns. Both have to be right about every one.", "",
        "| | normal form | `sympy.simplify(a - b) == 0` | ratio |", "|---|---:|---:|---:|",
        f"| median | {s['median_ms']:.3g} ms | {s['sympy_median_ms']:.3g} ms "
        f"| **{s['median_ratio']:.0f}** |",
        f"| all together | | | **{s['total_ratio']:.0f}** |",
        f"| least favourable: `{least['identity']}` | {least['ms']:.3g} ms "
        f"| {least['sympy_ms']:.3g} ms | {least['ratio']:.0f} |", END, ""])


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
