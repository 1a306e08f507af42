"""Functions as unknowns: of log(1 + u) nothing is known but what stands on the page.

The kernel knows that a logarithm lies below its tangent; a derivation should say so. With its
values replaced by new variables, a step follows only if the steps before it really imply it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from gradproof.exercises.deciding import Decision, Setting, counterexample, truth
from gradproof.exercises.kinds.damages import source
from gradproof.formulas import Expr, Predicate, parse_statement, var
from gradproof.formulas.expr import transform
from gradproof.formulas.show import name_text


@dataclass
class Hidden:
    """A setting in which the calls of some functions are replaced by variables."""

    setting: Setting
    functions: frozenset[str]
    found: dict[str, str] = field(default_factory=dict)  # text of the call -> its variable

    def truth(self, text: str, assume: list[str]) -> Decision:
        """Whether the statement follows from ``assume`` for all values of the hidden calls."""
        goal, known = self._hidden(text), [s for one in assume for s in self._hidden(one)]
        names = tuple(self.found.values())
        setting = Setting((*self.setting.for_all, *names), let=self.setting.let)
        claim = setting.proposition(goal, assume=known)
        if not counterexample(claim) and (decision := truth(claim)).truth is not False:
            return decision
        calls = " and ".join(self.found)
        return Decision(False, f"If all that is known of {calls} is what your steps say, it is "
                               f"not enough: state what you use of them as a step")

    def _hidden(self, text: str) -> list[str]:
        return [self._statement(part) for part in parse_statement(text)]

    def _statement(self, statement) -> str:
        if isinstance(statement, Predicate):
            return source(self._expr(statement.expr))
        return f"{source(self._expr(statement.left))} {statement.op} " \
               f"{source(self._expr(statement.right))}"

    def _expr(self, expr: Expr) -> Expr:
        def rule(node: Expr) -> Expr | None:
            if node.head != "call" or node.data not in self.functions:
                return None
            shown = name_text(str(node))
            return var(self.found.setdefault(shown, f"{node.data}_{len(self.found) + 1}"))

        return transform(expr, rule)
