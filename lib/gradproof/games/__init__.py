"""Two players: a generator against a critic on finitely many points, and transport of masses."""

from .gan import FreeGame, best_critic, gan_value, jensen_shannon
from .transport import (
    area_between,
    dual_value,
    is_feasible,
    is_plan,
    monotone_plan,
    plan_cost,
    staircase,
)

__all__ = [
    "FreeGame",
    "area_between",
    "best_critic",
    "dual_value",
    "gan_value",
    "is_feasible",
    "is_plan",
    "jensen_shannon",
    "monotone_plan",
    "plan_cost",
    "staircase",
]
