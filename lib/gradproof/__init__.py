"""Deep-learning theory, checked: statements from four texts, each proved, refuted or measured."""

__version__ = "0.1.0"
