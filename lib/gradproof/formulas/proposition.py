"""A proposition: for all …, if …, then …; with the definitions that its formulas use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

from gradproof.formulas.calculus import differentiated
from gradproof.formulas.expr import (
    BINDERS,
    CONSTANTS,
    Expr,
    FormulaError,
    bound_names,
    free_variables,
    num,
    substitute,
    text_of,
    to_json,
    transform,
    walk,
)
from gradproof.formulas.functions import ARITY
from gradproof.formulas.parse import Predicate, Relation, Statement, parse_expr, parse_statement
from gradproof.formulas.show import name_text, relation_text, statements_tex, statements_text

# names with a meaning in the grammar; a definition may not take one
RESERVED = {*BINDERS, *CONSTANTS, *ARITY}
SORTS = ("real", "integer", "natural")  # natural: 0, 1, 2, …
# matrices of any size: "A matrix(m,n)", "S symmetric(n)", "x vector(n)"; sizes are at least 1
TENSOR = re.compile(r"(matrix|symmetric|vector)\((\w+)(?:,(\w+))?\)")


@dataclass(frozen=True)
class Definition:
    """``name(parameters) = body``; a definition without parameters is a plain name."""

    name: str
    parameters: tuple[str, ...]
    body: Expr

    @classmethod
    def read(cls, left: str, right: str) -> Definition:
        """The definition written ``left = right``, such as ``p(s) = s^2``."""
        head = parse_expr(left)
        if head.head not in ("call", "var") or any(a.head != "var" for a in head.args):
            raise FormulaError(f"{left!r} is no left side of a definition: write name(x, y)")
        names = tuple(a.data for a in head.args)
        if len(set(names)) != len(names):
            raise FormulaError(f"{left!r} names a parameter twice")
        if head.data in RESERVED:
            raise FormulaError(f"{left!r}: {head.data} has a meaning of its own; use another name")
        return cls(head.data, names, parse_expr(right))

    def outside(
        self, table: Mapping[str, Definition], seen: frozenset[str] = frozenset()
    ) -> frozenset[str]:
        """Variables that its value depends on besides its parameters, definitions unfolded."""
        own = free_variables(self.body) - set(self.parameters)
        called = {n.data for n in walk(self.body) if n.data in table} - seen - {self.name}
        inner = (table[name].outside(table, seen | called) for name in sorted(called))
        return (own - set(table)).union(*inner)


@dataclass(frozen=True)
class Proposition:
    """hypotheses ⊢ conclusion, for all values of the parameters.

    for_all: (name, sort) pairs. assume, conclude: statements as the author wrote them;
    `hypotheses` and `conclusions` are the same with all definitions unfolded and
    derivatives carried out. prose: the conclusion in words where the grammar does not
    reach; then ``conclude`` is empty and only a measuring check or a citation can hold it.
    fixed: parameters that were given a value (an instance, not the general statement).
    examples: points that satisfy the hypotheses, for hypotheses that a search would not meet.
    """

    for_all: tuple[tuple[str, str], ...] = ()
    assume: tuple[Statement, ...] = ()
    conclude: tuple[Statement, ...] = ()
    prose: str = ""
    definitions: tuple[Definition, ...] = field(default=(), repr=False)
    fixed: tuple[tuple[str, Fraction], ...] = ()
    examples: tuple[tuple[tuple[str, Fraction], ...], ...] = field(
        default=(), compare=False, repr=False
    )

    def __post_init__(self) -> None:
        if bool(self.conclude) == bool(self.prose):
            raise FormulaError(
                "a proposition concludes either formally or in prose, not both or neither"
            )
        names = [name for name, _ in self.for_all]
        if len(set(names)) != len(names):
            raise FormulaError(f"a parameter is declared twice: {', '.join(names)}")
        if clash := sorted({d.name for d in self.definitions} & {*names, *self.sizes}):
            what = "a parameter" if clash[0] in names else "a size of a matrix"
            raise FormulaError(f"{clash[0]} is both defined and {what}: rename one")
        known = (
            set(names) | set(self.sizes) | {d.name for d in self.definitions if not d.parameters}
        )
        for statement in (*self.hypotheses, *self.conclusions):
            _refuse_unknown(statement)
            if unknown := _names(statement) - known:
                raise FormulaError(
                    f"{relation_text(statement)}: undeclared {', '.join(sorted(unknown))}"
                    f" (declare it under for_all)"
                )

    @property
    def formal(self) -> bool:
        """Whether the conclusion is a formula that a decision procedure can read."""
        return bool(self.conclude)

    @cached_property
    def hypotheses(self) -> tuple[Statement, ...]:
        """The hypotheses with definitions unfolded, the sorts' own bounds included."""
        bounds = tuple(
            Relation(">=", Expr("var", (), n), num(0))
            for n, sort in self.for_all
            if sort == "natural"
        )
        return bounds + tuple(_on_sides(s, self._plain) for s in self.assume)

    @cached_property
    def conclusions(self) -> tuple[Statement, ...]:
        """The conclusions with definitions unfolded."""
        return tuple(_on_sides(s, self._plain) for s in self.conclude)

    def _plain(self, expr: Expr) -> Expr:
        return _settled(expr, {d.name: d for d in self.definitions}, ())

    @cached_property
    def integers(self) -> frozenset[str]:
        """Names of the parameters that take integer values only."""
        return frozenset(name for name, sort in self.for_all if sort in ("integer", "natural"))

    @cached_property
    def tensors(self) -> dict[str, tuple[str, str, str]]:
        """Parameters that are matrices: name -> (kind, rows, columns), sizes as text ("m", "3")."""
        found = {}
        for name, sort in self.for_all:
            if match := TENSOR.fullmatch(sort):
                kind, rows, columns = match.groups()
                found[name] = (kind, rows, columns or ("1" if kind == "vector" else rows))
        return found

    @cached_property
    def sizes(self) -> tuple[str, ...]:
        """The names of sizes in the sorts of matrices, in order of appearance."""
        listed = (size for _, *pair in self.tensors.values() for size in pair)
        return tuple(dict.fromkeys(size for size in listed if not size.isdigit()))

    @property
    def scalar(self) -> bool:
        """Whether no parameter is a matrix or vector of general size."""
        return not self.tensors

    def at(self, **values: int | Fraction | str) -> Proposition:
        """The instance in which the named parameters have these values."""
        unknown = set(values) - {name for name, _ in self.for_all}
        if unknown:
            raise FormulaError(f"no parameter {', '.join(sorted(unknown))} to fix")
        exact = {name: num(value) for name, value in values.items()}
        fill = lambda s: _on_sides(s, lambda e: substitute(e, exact))  # noqa: E731
        filled = tuple(
            replace(
                d,
                body=substitute(d.body, {k: v for k, v in exact.items() if k not in d.parameters}),
            )
            for d in self.definitions
        )
        return replace(
            self,
            definitions=filled,
            for_all=tuple(p for p in self.for_all if p[0] not in exact),
            assume=tuple(map(fill, self.assume)),
            conclude=tuple(map(fill, self.conclude)),
            fixed=self.fixed + tuple((n, e.data) for n, e in exact.items()),
            examples=tuple(
                tuple(pair for pair in point if pair[0] not in exact)
                for point in self.examples
                if all(exact[n].data == v for n, v in point if n in exact)
            ),
        )

    def single(self, conclusion: Statement) -> Proposition:
        """The same hypotheses with one conclusion."""
        return replace(self, conclude=(conclusion,), prose="")

    def text(self) -> str:
        """The proposition on one line, as the kernel holds it."""
        given = statements_text(self.assume)
        goal = statements_text(self.conclude) or self.prose
        return f"{given} ⊢ {goal}" if given else goal

    def tex(self) -> str:
        """The proposition in TeX (without dollar signs); prose is returned as it is."""
        if not self.formal:
            return self.prose
        given = statements_tex(self.assume)
        goal = statements_tex(self.conclude)
        return rf"{given} \ \vdash\ {goal}" if given else goal

    def scope(self) -> str:
        """For which parameters the proposition speaks: ``for all L, γ`` or ``d = 4``."""
        parts = []
        if self.for_all:
            parts.append("for all " + ", ".join(name_text(n) for n, _ in self.for_all))
        if self.sizes:
            parts.append("all sizes " + ", ".join(map(name_text, self.sizes)))
        parts += [f"{name_text(n)} = {v}" for n, v in self.fixed]
        return ", ".join(parts)

    def json(self) -> dict:
        """The proposition as data: what a record stores and `gradproof recheck` reads."""
        return {
            "for_all": [list(p) for p in self.for_all],
            "hypotheses": [_statement_json(s) for s in self.hypotheses],
            "conclusions": [_statement_json(s) for s in self.conclusions],
            "prose": self.prose,
            "text": self.text(),
            "fixed": {n: str(v) for n, v in self.fixed},
        }


def proposition(
    conclude: str | Iterable[str],
    *,
    for_all: Iterable[str] = (),
    assume: Iterable[str] = (),
    let: Mapping[str, str] | None = None,
    examples: Iterable[Mapping[str, str]] = (),
) -> Proposition:
    """Read a proposition from text.

    >>> proposition("x^2 >= 0", for_all=["x"]).text()
    'x^2 ≥ 0'

    for_all: names, each optionally with a sort ("n natural", "k integer"; default real).
    conclude, assume: statements, chains allowed. let: definitions, ``{"p(s)": "s^2"}``.
    examples: points of the domain, ``{"x": "3/5", "y": "4/5"}``.
    """
    goals = [conclude] if isinstance(conclude, str) else list(conclude)
    return Proposition(
        for_all=tuple(parameter for entry in for_all for parameter in parameters(entry)),
        assume=tuple(s for text in assume for s in parse_statement(text)),
        conclude=tuple(s for text in goals for s in parse_statement(text)),
        definitions=tuple(Definition.read(k, v) for k, v in (let or {}).items()),
        examples=tuple(tuple((k, Fraction(v)) for k, v in point.items()) for point in examples),
    )


def parameters(entry: str) -> list[tuple[str, str]]:
    """``"L, gamma"`` or ``"n natural"`` as (name, sort) pairs."""
    match = re.fullmatch(r"(.+?)\s+((?:matrix|symmetric|vector)\([^()]*\)|\w+)", entry.strip())
    names, last = match.groups() if match else ("", "")
    last = last.replace(" ", "")
    if TENSOR.fullmatch(last):
        _checked_sizes(entry, last)
    elif last not in SORTS:
        names, last = entry, "real"
    listed, sort = [name.strip() for name in names.split(",")], last
    for name in listed:
        if parse_expr(name).head != "var":
            raise FormulaError(
                f"{entry!r} declares no parameter: write names and a sort of {SORTS}"
            )
    return [(name, sort) for name in listed]


def _checked_sizes(entry: str, sort: str) -> None:
    kind, *sizes = TENSOR.fullmatch(sort).groups()
    given = [size for size in sizes if size is not None]
    if len(given) != (2 if kind == "matrix" else 1) or "0" in given:
        raise FormulaError(f"{entry!r}: write matrix(m,n), symmetric(n) or vector(n), sizes >= 1")


def _refuse_unknown(statement: Statement) -> None:
    """FormulaError for a function that has no meaning, or another number of arguments."""
    sides = (
        [statement.expr] if isinstance(statement, Predicate) else [statement.left, statement.right]
    )
    for node in (node for side in sides for node in walk(side) if node.head == "call"):
        if node.data not in ARITY:
            raise FormulaError(
                f"{node.data} in {relation_text(statement)} is no function of the "
                f"grammar: define it, or correct its name"
            )
        if len(node.args) != ARITY[node.data]:
            raise FormulaError(
                f"{node.data} takes {ARITY[node.data]} arguments, not "
                f"{len(node.args)}, in {relation_text(statement)}"
            )


def _names(statement: Statement) -> frozenset[str]:
    if isinstance(statement, Predicate):
        return free_variables(statement.expr)
    return free_variables(statement.left) | free_variables(statement.right)


def _on_sides(statement: Statement, change) -> Statement:
    if isinstance(statement, Predicate):
        return Predicate(change(statement.expr))
    return Relation(statement.op, change(statement.left), change(statement.right))


def _refuse_capture(expr: Expr, table: Mapping[str, Definition]) -> None:
    """FormulaError when a definition is unfolded where a name that it means is bound."""
    for node in walk(expr):
        bound = bound_names(node)
        if clash := sorted(bound & set(table)):
            raise FormulaError(f"{clash[0]} is defined and bound in {text_of(node)}: rename one")
        if node.head == "diff":
            continue
        for inner in walk(node) if bound else ():
            definition = table.get(inner.data) if inner.head in ("call", "var") else None
            if definition and (clash := sorted(bound & definition.outside(table))):
                raise FormulaError(
                    f"{definition.name} depends on {clash[0]}, which is bound in "
                    f"{text_of(node)}: rename the bound variable"
                )


def _settled(expr: Expr, table: Mapping[str, Definition], within: tuple[str, ...]) -> Expr:
    """``expr`` without definitions and derivatives, innermost first."""
    _refuse_capture(expr, table)

    def rule(node: Expr) -> Expr | None:
        if node.head not in ("call", "var") or node.data not in table:
            return None
        definition = table[node.data]
        if node.head == "var" and definition.parameters:
            return None
        if node.data in within:
            raise FormulaError(f"{node.data} is defined through itself")
        if len(node.args) != len(definition.parameters):
            raise FormulaError(
                f"{node.data} takes {len(definition.parameters)} arguments, not {len(node.args)}"
            )
        body = _settled(definition.body, table, (*within, node.data))
        return substitute(body, dict(zip(definition.parameters, node.args, strict=True)))

    return differentiated(transform(expr, rule))


def _statement_json(statement: Statement) -> list:
    if isinstance(statement, Predicate):
        return ["predicate", to_json(statement.expr)]
    return [statement.op, to_json(statement.left), to_json(statement.right)]
