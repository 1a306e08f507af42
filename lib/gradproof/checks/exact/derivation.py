"""Certificates of positivity: trees whose leaves are facts and squares, verified by expanding.

A node is one of

    ("fact", i)                h_i, with the fact's own kind
    ("nonzero", i)             h_i² > 0 for a fact h_i ≠ 0
    ("number", c)              a rational c > 0
    ("square", q)              q² ≥ 0
    ("zero", i, q)             q·h_i = 0 for a fact h_i = 0
    ("product", [nodes])       > 0 when all are, else ≥ 0
    ("sum", [nodes])           > 0 when one is, else ≥ 0
    ("blend", t, ws, nodes)    Σ w·node, > 0 when all nodes are, where all w ≥ 0, Σ w = t > 0
    ("cancel", p, m, node)     p, where m > 0 and m·p is what node shows
    ("compare", p, one, two)   p = a − b, where one shows a ≥ 0 and two shows a² − b² ≥ 0
    ("case", p, q, one, two)   p, shown by ``one`` with the further fact q ≥ 0 and by ``two``
                               with −q ≥ 0
    ("sturm", p, kind)         p, in one variable, on the interval that the facts leave to it

`verify` computes polynomial and kind from a node; nobody has to believe how it was found.
"""

from __future__ import annotations

from flint import fmpq_mpoly

from gradproof.checks.exact.combine import as_fraction
from gradproof.checks.exact.facts import Fact, Facts
from gradproof.checks.exact.intervals import is_empty, sign_on, univariate
from gradproof.formulas import Expr, Relation
from gradproof.formulas.expr import to_json, var

FORMAT = "gradproof.positivity/1"
MAX_SIZE = 100_000  # characters; a longer certificate is verified here but not stored
EXPORTED = ("hypothesis", "axiom", "integer", "case")


class Refused(ValueError):
    """The certificate does not show what it claims; the message names the step."""


def verify(node: tuple, facts: Facts) -> tuple[fmpq_mpoly, str]:
    """(polynomial, kind) that ``node`` shows, kind one of > >= ==. Raises Refused."""
    name, *rest = node
    if name == "fact":
        fact = facts.known[rest[0]]
        if fact.kind not in (">", ">="):
            raise Refused(f"fact {rest[0]} is no inequality")
        if fact.origin[0] == "lemma" and verify(fact.origin[1], facts) != (fact.poly, fact.kind):
            raise Refused(f"lemma {rest[0]} shows something else")
        return fact.poly, fact.kind
    if name == "nonzero":
        fact = facts.known[rest[0]]
        if fact.kind != "!=":
            raise Refused(f"fact {rest[0]} does not say ≠")
        return fact.poly ** 2, ">"
    if name == "zero":
        fact = facts.known[rest[0]]
        if fact.kind != "==":
            raise Refused(f"fact {rest[0]} is no equation")
        return fact.poly * rest[1], "=="
    if name == "number":
        if rest[0] <= 0:
            raise Refused(f"{rest[0]} is not positive")
        return facts.field.context.constant(rest[0]), ">"
    if name == "square":
        return rest[0] ** 2, ">="
    if name in ("product", "sum"):
        return _joined(name, [verify(n, facts) for n in rest[0]])
    steps = {"blend": _blended, "cancel": _cancelled, "case": _split, "compare": _compared,
             "sturm": _counted}
    return steps[name](rest, facts)


def _joined(name: str, parts: list) -> tuple[fmpq_mpoly, str]:
    if not parts:
        raise Refused(f"an empty {name}")
    total, kinds = parts[0][0], [kind for _, kind in parts]
    for poly, _ in parts[1:]:
        total = total * poly if name == "product" else total + poly
    if name == "sum":
        return total, ">" if ">" in kinds else ">=" if ">=" in kinds else "=="
    return total, "==" if "==" in kinds else ">=" if ">=" in kinds else ">"


def _blended(rest: list, facts: Facts) -> tuple[fmpq_mpoly, str]:
    total, sign = verify(rest[0], facts)
    weights, parts = ([verify(n, facts) for n in nodes] for nodes in rest[1:])
    if sign != ">" or sum((w for w, _ in weights), total * 0) != total:
        raise Refused("the weights do not add up to something positive")
    if not {kind for _, kind in (*weights, *parts)} <= {">", ">="}:
        raise Refused("an equation cannot be blended")
    value = sum((w * p for (w, _), (p, _) in zip(weights, parts, strict=True)), total * 0)
    return value, ">" if all(kind == ">" for _, kind in parts) else ">="


def _compared(rest: list, facts: Facts) -> tuple[fmpq_mpoly, str]:
    poly = rest[0]
    (a, first), (gap, kind) = (verify(n, facts) for n in rest[1:])
    if "==" in (first, kind) or gap != a ** 2 - (a - poly) ** 2:
        raise Refused("a comparison of squares does not fit")
    return poly, kind


def _cancelled(rest: list, facts: Facts) -> tuple[fmpq_mpoly, str]:
    poly, multiplier, node = rest
    m, sign = verify(multiplier, facts)
    shown, kind = verify(node, facts)
    if sign != ">" or m * poly != shown:
        raise Refused("the multiplier is not positive, or does not fit")
    return poly, kind


def _split(rest: list, facts: Facts) -> tuple[fmpq_mpoly, str]:
    poly, at, *branches = rest
    kinds = []
    for q, node in zip((at, -at), branches, strict=True):
        shown, kind = verify(node, facts.extended(Fact(q, ">=", ("case",))))
        if shown != poly:
            raise Refused("a case shows something else")
        kinds.append(kind)
    return poly, ">" if kinds == [">", ">"] else ">="


def _counted(rest: list, facts: Facts) -> tuple[fmpq_mpoly, str]:
    poly, kind = rest
    line = univariate(facts, poly)
    if line is None or is_empty(line[1]):
        raise Refused("no polynomial in one variable on an interval")
    if sign_on(*line) & ~{">": 4, ">=": 6}[kind]:
        raise Refused("the polynomial has another sign somewhere on the interval")
    return poly, kind


def export(node: tuple, facts: Facts, goal: Relation) -> dict | None:
    """The certificate as data for `gradproof recheck`; None when it rests on facts that only
    `checks` can establish (monotone functions, sums of positive terms)."""
    node = _unfolded(node, facts)
    used = sorted(_used(node, facts))
    count = len(facts.known)
    if any(facts.known[i].origin[0] not in EXPORTED for i in used if i < count):
        return None
    place = {i: k for k, i in enumerate(i for i in used if i < count)}
    listed = [i for i in used if i < count]
    first = len(facts.names) - len(facts.atoms)
    gap = facts.read(Expr("sub", (goal.left, goal.right)))
    data = {"format": FORMAT, "denominator": _poly_json(gap.den),
            "generators": [to_json(var(n)) for n in facts.names[:first]]
            + [to_json(a) for a in facts.atoms],
            "facts": [_fact_json(facts, facts.known[i]) for i in listed],
            "op": goal.op, "proof": _json(node, place, count, len(listed))}
    return data if len(str(data)) <= MAX_SIZE else None


def _unfolded(node, facts: Facts):
    """``node`` with lemmas replaced by what shows them."""
    if isinstance(node, list):
        return [_unfolded(n, facts) for n in node]
    if not isinstance(node, tuple):
        return node
    if node[0] == "fact" and node[1] < len(facts.known):
        fact = facts.known[node[1]]
        return _unfolded(fact.origin[1], facts) if fact.origin[0] == "lemma" else node
    return tuple(_unfolded(item, facts) for item in node)


def _fact_json(facts: Facts, fact: Fact) -> dict:
    data = {"poly": _poly_json(fact.poly), "kind": fact.kind, "origin": list(fact.origin)}
    if fact.origin[0] == "hypothesis":
        relation = facts.hypotheses[fact.origin[1]]
        gap = facts.read(Expr("sub", (relation.left, relation.right)))
        data["denominator"] = _poly_json(gap.den)
    return data


def _used(node: tuple, facts: Facts) -> set[int]:
    """Indices of the facts that ``node`` uses; Sturm's theorem uses all bounds of its variable."""
    name, *rest = node
    if name in ("fact", "nonzero", "zero"):
        return {rest[0]}
    if name == "sturm":
        degrees = rest[0].degrees()
        return {k for k, f in enumerate(facts.known) if sum(f.poly.degrees()) == 1
                and any(d and e for d, e in zip(degrees, f.poly.degrees(), strict=True))}
    nodes = [n for item in rest for n in (item if isinstance(item, list) else [item])]
    return set().union(*(_used(n, facts) for n in nodes if isinstance(n, tuple)))


def _json(node: tuple, place: dict[int, int], count: int, kept: int) -> list:
    def convert(item):
        if isinstance(item, tuple):
            return _json(item, place, count, kept)
        if isinstance(item, list):
            return [convert(i) for i in item]
        if isinstance(item, fmpq_mpoly):
            return _poly_json(item)
        return item if isinstance(item, str) else str(item)

    name, *rest = node
    if name in ("fact", "nonzero", "zero"):
        index = place[rest[0]] if rest[0] < count else rest[0] - count + kept
        return [name, index, *map(convert, rest[1:])]
    return [name, *map(convert, rest)]


def _poly_json(poly: fmpq_mpoly) -> list:
    """[[coefficient, exponents], …]."""
    return [[str(as_fraction(c)), [int(e) for e in m]]
            for m, c in zip(poly.monoms(), poly.coeffs(), strict=True)]
