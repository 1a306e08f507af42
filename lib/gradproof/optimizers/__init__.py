"""Optimizers as pairs of pure functions, `init` and `update`, and the loop that runs them."""

from .descent import GradientDescent, Optimizer, PerturbedGradientDescent, uniform_in_ball
from .minimize import Function, Objective, Step, Trajectory, gradient_below, minimize

__all__ = [
    "Function",
    "GradientDescent",
    "Objective",
    "Optimizer",
    "PerturbedGradientDescent",
    "Step",
    "Trajectory",
    "gradient_below",
    "minimize",
    "uniform_in_ball",
]
