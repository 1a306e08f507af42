"""Layer 2: checks decide propositions. Each is a factory: ``normal_form()(proposition)``."""

from gradproof.checks.exact.normal_form import normal_form
from gradproof.checks.exact.signs import signs

__all__ = ["normal_form", "signs"]
