"""Optimizers as pairs of pure functions, `init` and `update`, and the loop that runs them."""

from .adam import AdaFom, Adam, AMSGrad
from .adam_type import AdamType
from .adaptive import AdaGrad, FullAdaGrad, RMSProp, SignSGD
from .batches import Batches, FiniteSum
from .descent import GradientDescent, PerturbedGradientDescent, uniform_in_ball
from .minimize import Function, Objective, Step, Trajectory, gradient_below, minimize
from .minmax import (
    AlternatingGradientDescentAscent,
    ExtraGradient,
    GradientDescentAscent,
    OptimisticGradientDescentAscent,
    SaddleProblem,
    bilinear,
)
from .momentum import HeavyBall, Nesterov, convex_momentum
from .projections import Ball, Blocks, Box, Halfspace, Simplex
from .settings import Optimizer
from .steps import Armijo, Diminishing, ExactLineSearch
from .stochastic import PerturbedStochasticGradientDescent, StochasticGradientDescent
from .variants import (
    Projected,
    ProjectedGradientDescent,
    ScaledGradientDescent,
    SubgradientDescent,
)

__all__ = [
    "AMSGrad",
    "AdaFom",
    "AdaGrad",
    "Adam",
    "AdamType",
    "AlternatingGradientDescentAscent",
    "Armijo",
    "Ball",
    "Batches",
    "Blocks",
    "Box",
    "Diminishing",
    "ExactLineSearch",
    "ExtraGradient",
    "FiniteSum",
    "FullAdaGrad",
    "Function",
    "GradientDescent",
    "GradientDescentAscent",
    "Halfspace",
    "HeavyBall",
    "Nesterov",
    "Objective",
    "OptimisticGradientDescentAscent",
    "Optimizer",
    "PerturbedGradientDescent",
    "PerturbedStochasticGradientDescent",
    "Projected",
    "ProjectedGradientDescent",
    "RMSProp",
    "SaddleProblem",
    "ScaledGradientDescent",
    "SignSGD",
    "Simplex",
    "Step",
    "StochasticGradientDescent",
    "SubgradientDescent",
    "Trajectory",
    "bilinear",
    "convex_momentum",
    "gradient_below",
    "minimize",
    "uniform_in_ball",
]
