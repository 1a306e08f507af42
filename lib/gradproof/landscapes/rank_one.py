"""Gradient descent on 1/2 |u v^T - sigma p q^T|_F^2, with all its vectors and in four numbers.

p, q are unit vectors.  The four numbers of a run are the strengths in the signal space,
alpha = <p, u>, beta = <q, v>, and the lengths of the rest, alpha_perp = |u - alpha p| and beta_perp
= |v - beta q|; in an array they are the last axis, in this order.

Source: *Gradient Descent for Non-convex Problems in Modern Machine Learning*, sections 4.3.2, 4.8.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


def strengths(u: np.ndarray, v: np.ndarray, p: np.ndarray, q: np.ndarray) -> np.ndarray:
    """(alpha, beta, alpha_perp, beta_perp) of u (..., m) and v (..., n); shape (..., 4)."""
    alpha, beta = u @ p, v @ q
    rest_u = np.linalg.norm(u - alpha[..., None] * p, axis=-1)
    rest_v = np.linalg.norm(v - beta[..., None] * q, axis=-1)
    return np.stack([alpha, beta, rest_u, rest_v], axis=-1)


def full_step(
    u: np.ndarray, v: np.ndarray, p: np.ndarray, q: np.ndarray, step: float, sigma: float = 1.0
) -> tuple[np.ndarray, np.ndarray]:
    """u - step (u v^T - sigma p q^T) v and v - step (u v^T - sigma p q^T)^T u, for one run."""
    residual = np.outer(u, v) - sigma * np.outer(p, q)
    return u - step * residual @ v, v - step * residual.T @ u


def reduced_step(state: np.ndarray, step: float, sigma: float = 1.0) -> np.ndarray:
    """One step of the four numbers, equation (4.23); state and result have shape (..., 4).

    A length that is multiplied by a negative factor (step |v|^2 > 1) comes out negative.
    """
    alpha, beta, rest_u, rest_v = np.moveaxis(state, -1, 0)
    keep_u = 1 - step * (beta**2 + rest_v**2)
    keep_v = 1 - step * (alpha**2 + rest_u**2)
    new = [
        keep_u * alpha + step * sigma * beta,
        keep_v * beta + step * sigma * alpha,
        keep_u * rest_u,
        keep_v * rest_v,
    ]
    return np.stack(new, axis=-1)


def error(state: np.ndarray, sigma: float = 1.0) -> np.ndarray:
    """|u v^T - sigma p q^T|_F from the four numbers; shape state.shape[:-1]."""
    alpha, beta, rest_u, rest_v = np.moveaxis(state, -1, 0)
    parts = (alpha * beta - sigma, alpha * rest_v, beta * rest_u, rest_u * rest_v)
    return np.sqrt(sum(part**2 for part in parts))


class Run(NamedTuple):
    """states (t, ..., 4) at times 0, ..., t - 1, and their errors (t, ...)."""

    states: np.ndarray
    errors: np.ndarray


def descend(state: np.ndarray, step: float, steps: int, sigma: float = 1.0) -> Run:
    """So many steps of the four numbers from `state`, shape (..., 4)."""
    states = [_checked(state)]
    for _ in range(steps):
        states.append(reduced_step(states[-1], step, sigma))
    return Run(np.array(states), error(np.array(states), sigma))


def gaussian_start(
    rng: np.random.Generator, d: int, scale: float, runs: int, sigma: float = 1.0
) -> np.ndarray:
    """The four numbers of u, v ~ N(0, delta^2 I) in R^d, delta = scale sqrt(sigma/d); (runs, 4).

    The rest of a Gaussian vector has a squared length delta^2 chi^2 with d - 1 degrees of freedom,
    so that no vector of length d is drawn.  alpha and beta are taken with alpha beta > 0, by
    changing the sign of beta where needed.
    """
    if d < 2:
        raise ValueError(f"d = {d}: give at least two dimensions")
    delta = scale * np.sqrt(sigma / d)
    signal = delta * np.abs(rng.standard_normal((runs, 2)))
    rest = delta * np.sqrt(rng.chisquare(d - 1, (runs, 2)))
    return np.concatenate([signal, rest], axis=-1)


def steps_to(error_level: float, state: np.ndarray, step: float, limit: int) -> np.ndarray:
    """The first t with error <= error_level (sigma = 1), for every run; -1 if none up to limit."""
    state = _checked(state)
    found = np.full(state.shape[:-1], -1)
    for t in range(limit + 1):
        found = np.where((found < 0) & (error(state) <= error_level), t, found)
        if (found >= 0).all():
            break
        state = reduced_step(state, step)
    return found


def _checked(state: np.ndarray) -> np.ndarray:
    state = np.asarray(state, float)
    if state.shape[-1:] != (4,) or not np.isfinite(state).all():
        raise ValueError(
            f"state of shape {state.shape}: give finite numbers (alpha, beta, alpha_perp, "
            "beta_perp) along the last axis"
        )
    return state
