"""Formulas as the reader wrote them: parsing, printing, exact and rigorous evaluation.

The lowest layer: it imports nothing of gradproof but itself.
"""

from gradproof.formulas.expr import Expr, FormulaError, free_variables, num, substitute, var
from gradproof.formulas.parse import Predicate, Relation, Statement, parse_expr, parse_statement
from gradproof.formulas.proposition import Definition, Proposition, proposition

__all__ = ["Definition", "Expr", "FormulaError", "Predicate", "Proposition", "Relation",
           "Statement", "free_variables", "num", "parse_expr", "parse_statement", "proposition",
           "substitute", "var"]
