"""Layer 2: checks decide propositions. Each is a factory: ``normal_form()(proposition)``."""

from gradproof.checks.exact.normal_form import normal_form

__all__ = ["normal_form"]
