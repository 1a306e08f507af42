"""Parameters of an exercise that a seed varies: ``{{eta}}`` and ``{{1 + 2*eta}}`` in its text."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from gradproof.exercises.findings import MasterError
from gradproof.formulas import FormulaError, parse_expr
from gradproof.formulas.values import NotRational, Undefined, rational

PLACE = re.compile(r"\{\{(.+?)\}\}")


def chosen(choices: Mapping[str, Sequence[str]], seed: int | None, id: str) -> dict[str, str]:
    """One value for each parameter: the first without a seed, else drawn by seed and exercise."""
    if seed is None:
        return {name: values[0] for name, values in choices.items()}
    generator = random.Random(f"{seed}/{id}")
    return {name: generator.choice(list(values)) for name, values in choices.items()}


def filled(text: str, values: Mapping[str, str], place: str) -> str:
    """``text`` with each ``{{formula}}`` replaced by its exact value, each ``{{name}}`` by its own.

    Raises MasterError for what can't be computed. Text without parameters stays as it is.
    """
    if not values:
        return text
    exact = {name: Fraction(value) for name, value in values.items() if _is_number(value)}

    def value(match: re.Match) -> str:
        inside = match[1].strip()
        if inside in values:
            return values[inside]
        try:
            return str(rational(parse_expr(inside), exact))
        except (FormulaError, NotRational, Undefined) as error:
            raise MasterError(f"{place}: can't compute {match[0]}: {error}") from None

    return PLACE.sub(value, text)


def _is_number(text: str) -> bool:
    try:
        Fraction(text)
    except ValueError:
        return False
    return True
