"""The mutants of a module: cosmic-ray's operators, less those that change nothing that runs.

Left out: mutants that don't compile (they'd be killed by nobody's merit); mutants whose syntax
tree differs in annotations, in aliases of types (``Outcome = Accept | Witness``) or in
docstrings only; ``is`` for ``==`` beside a text in quotes (CPython shares equal names, so that
this asks the interpreter, not the code); a second mutant of the same meaning. cosmic-ray leaves
strings alone, and its two operators that need arguments (variable names) are not used.
"""

from __future__ import annotations

import ast
import difflib
import hashlib
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Mutant:
    """One change of one module.

    module: path below the checkout's root. line: where the change begins. before, after: the
    changed lines, stripped. number: which of the equal changes by the same operator, from 1.
    """

    module: str
    operator: str
    line: int
    before: str
    after: str
    number: int
    source: str = field(repr=False)

    @property
    def key(self) -> str:
        """A name that stays when other lines of the module change."""
        return f"{self.module} | {self.operator} | {self.before} → {self.after} | {self.number}"

    @property
    def digest(self) -> str:
        """A name that stays only as long as the whole module does."""
        return hashlib.sha256(f"{self.module}\n{self.source}".encode()).hexdigest()[:20]


def operators() -> list[tuple[str, object]]:
    """cosmic-ray's operators without arguments, as (name, instance)."""
    from cosmic_ray import plugins

    classes = [(name.partition("/")[2], plugins.get_operator(name))
               for name in plugins.operator_names()]
    return [(name, kind()) for name, kind in classes if not kind.arguments() and name != "NoOp"]


def positions(source: str) -> Iterator[tuple[tuple, str, object, int]]:
    """(place, operator's name, operator, occurrence) for everything that can be mutated."""
    from cosmic_ray.ast import ast_nodes, get_ast

    nodes = list(ast_nodes(get_ast(source)))
    for name, operator in operators():
        places = [place for node in nodes for place in operator.mutation_positions(node)]
        for occurrence, place in enumerate(places):
            yield place, name, operator, occurrence


def mutants(module: str, source: str) -> list[Mutant]:
    """All mutants of a module, in the order of operators and occurrences."""
    return _distinct(module, source, positions(source))


def sample(sources: dict[str, str], count: int, seed: int) -> list[Mutant]:
    """``count`` mutants at distinct places of the modules, drawn with ``seed``.

    A place is drawn first and then one of its mutants, so that an operator with eleven
    alternatives doesn't outweigh a constant with two. A place's lot depends on its module, its
    line's text and its column: an edit elsewhere hardly changes the sample.
    """
    places: dict[tuple, list] = {}
    for module, source in sorted(sources.items()):
        lines = [line.strip() for line in source.splitlines()]
        for place, *mutation in positions(source):
            (row, column), _ = place
            equal = lines[:row].count(lines[row - 1])
            lot = _lot(seed, module, lines[row - 1], column, equal)
            places.setdefault((lot, module, place), []).append(mutation)
    found: list[Mutant] = []
    for lot, module, place in sorted(places):
        choices = sorted(places[lot, module, place], key=lambda m: _lot(lot, m[0], m[2] % 2))
        for mutation in choices:
            if one := _distinct(module, sources[module], [(place, *mutation)]):
                found += one
                break
        if len(found) == count:
            break
    return sorted(found, key=lambda m: (m.module, m.line, m.key))


def _lot(*parts) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _distinct(module: str, source: str, mutations: Iterable) -> list[Mutant]:
    from cosmic_ray.mutating import mutate_code

    seen, equal = {None, meaning(source)}, Counter()
    found = []
    for _, name, operator, occurrence in mutations:
        code = mutate_code(source, operator, occurrence)
        line, before, after = difference(source, code)
        equal[name, before, after] += 1
        if (says := meaning(code)) not in seen:
            seen.add(says)
            number = equal[name, before, after]
            found.append(Mutant(module, name, line, before, after, number, code))
    return found


def difference(source: str, code: str) -> tuple[int, str, str]:
    """The first changed line's number, and the changed lines before and after."""
    old, new = source.splitlines(), code.splitlines()
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    changed = [block for block in matcher.get_opcodes() if block[0] != "equal"]
    before = [line.strip() for _, a, b, _, _ in changed for line in old[a:b]]
    after = [line.strip() for _, _, _, a, b in changed for line in new[a:b]]
    return changed[0][1] + 1, " ".join(before), " ".join(after)


def meaning(source: str) -> str | None:
    """The syntax tree without what never runs; None when the source does not compile."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            tree = ast.parse(source)
            compile(source, "mutant", "exec")
    except (SyntaxError, ValueError):
        return None
    tree.body = [node for node in tree.body if not _is_alias(node)]
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign):
            node.annotation = ast.Constant(0)
        elif isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, ast.FunctionDef):
            node.returns = None
        elif isinstance(node, ast.Compare):
            right = node.comparators
            node.ops = [_equality(op, side) for op, side in zip(node.ops, right, strict=True)]
        if isinstance(getattr(node, "body", None), list) and _is_text(node.body[:1]):
            del node.body[0]
    return ast.dump(tree)


def _is_alias(node: ast.stmt) -> bool:
    """Whether a statement of the module is ``Name = A | B``, possibly mutated."""
    return (isinstance(node, ast.Assign) and isinstance(node.value, ast.BinOp)
            and all(isinstance(part, (ast.BinOp, ast.Name, ast.operator, ast.expr_context))
                    for part in ast.walk(node.value))
            and node.targets[0].id[:1].isupper() and not node.targets[0].id.isupper())


def _equality(op: ast.cmpop, right: ast.expr) -> ast.cmpop:
    same = {ast.Is: ast.Eq, ast.IsNot: ast.NotEq}
    text = isinstance(right, ast.Constant) and isinstance(right.value, str)
    return same[type(op)]() if text and type(op) in same else op


def _is_text(statements: list[ast.stmt]) -> bool:
    return any(isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant)
               and isinstance(s.value.value, str) for s in statements)
