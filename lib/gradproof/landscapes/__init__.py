"""Functions to descend on, as NumPy code that is batched over points."""

from .connectors import connectors
from .exact import exact_gradient, exact_value
from .octopus import Octopus
from .points import DomainError

__all__ = ["DomainError", "Octopus", "connectors", "exact_gradient", "exact_value"]
