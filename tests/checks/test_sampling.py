"""Equivalence tests: true values pass, values 1.5 δ away and broken samplers do not."""

import numpy as np
import pytest
from scipy import stats

from gradproof.checks.sampling import distribution, mean, probability
from gradproof.formulas import Proposition
from gradproof.verdicts import Refuted, Sampled, Undecided

SETTINGS = {"delta": 0.02, "n": 40_000, "seed": 3, "statement": "a statement about draws"}
UNIFORM = stats.uniform(0, 1)
MEASURED = "mean 0.5008, 99.9 % CI [0.4960, 0.5055]"


def uniform(generator, n):
    return generator.random(n)


def mean_of(sampler=uniform, expected=0.5, **options):
    return mean(sampler, expected, **{**SETTINGS, **options})()


def test_the_mean_passes_with_justified_digits():
    verdict = mean_of()
    assert type(verdict) is Sampled and "n = 40000, seed 3" in verdict.method
    assert verdict.note == f"{MEASURED}, within 0.5 ± 0.02"


@pytest.mark.parametrize(("options", "kind", "note"), [
    ({"expected": 0.75, "delta": 0.01}, Refuted, ", which excludes 0.75 ± 0.01"),
    ({"expected": 0.25}, Refuted, ", which excludes 0.25 ± 0.02"),
    ({"expected": 0.52}, Undecided, ": neither within nor outside 0.52 ± 0.02; take more draws"),
    ({"expected": 0.51}, Undecided, ": the test could not have failed at distance δ = 0.02"),
    ({"expected": 0.6, "relation": "<="}, Sampled, ", wholly ≤ 0.6"),
    ({"expected": 0.4, "relation": ">="}, Sampled, ", wholly ≥ 0.4"),
    ({"expected": 0.4, "relation": "<="}, Refuted, ", which excludes ≤ 0.4"),
    ({"expected": 0.6, "relation": ">="}, Refuted, ", which excludes ≥ 0.6"),
    ({"relation": "<="}, Undecided, ": neither within nor outside ≤ 0.5; take more draws")])
def test_a_note_has_the_interval_and_what_it_is_held_against(options, kind, note):
    verdict = mean_of(**options)
    assert (type(verdict), verdict.note) == (kind, MEASURED + note)


@pytest.mark.parametrize("bounds", [None, (0, 1)])
@pytest.mark.parametrize("sign", [-1, 1])
def test_a_mean_shifted_by_one_and_a_half_delta(sign, bounds):
    verdict = mean_of(expected=0.5 + sign * 0.03, bounds=bounds)
    assert type(verdict) in (Refuted, Undecided)
    assert type(mean_of(expected=0.5 + sign * 0.06, bounds=bounds)) is Refuted
    assert type(mean_of(bounds=bounds)) is Sampled


def test_within_delta_but_significantly_off_is_open():
    verdict = mean_of(expected=0.51)
    assert type(verdict) is Undecided and "could not have failed" in verdict.note


def test_too_few_draws_are_open():
    assert type(mean_of(n=500)) is Undecided


def poisoned(generator, n):
    draws = generator.random(n)
    draws[n // 2] = np.nan
    return draws


def heavy(generator, n):
    return (generator.random(n) < 3 / n) * n / 3.0


@pytest.mark.parametrize("sampler", [
    poisoned, heavy, lambda g, n: g.random(n) * 0 + 0.5, lambda g, n: g.random(n) / 0.0,
    lambda g, n: np.random.default_rng(0).random(n)])
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_samplers_that_show_nothing(sampler):
    assert type(mean_of(sampler)) is Undecided


def test_draws_outside_of_their_bounds():
    assert type(mean_of(bounds=(0, 0.9))) is Undecided


@pytest.mark.parametrize("sampler", [lambda g, n: g.random(n - 1), lambda g, n: g.random((n, 1)),
                                     lambda g, n: 0.5, lambda g, n: 1j * g.random(n)])
def test_wrong_shapes_are_named(sampler):
    with pytest.raises(ValueError, match="sampler"):
        mean_of(sampler)


@pytest.mark.parametrize("wrong", [
    {"delta": 0}, {"delta": float("nan")}, {"n": 1}, {"n": 1e4}, {"expected": float("nan")},
    {"confidence": 1.0}, {"relation": "<"}, {"bounds": (1, 0)}])
def test_bad_settings_are_named(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        mean_of(**wrong)


def test_bounds_on_a_mean():
    assert type(mean_of(expected=0.6, relation="<=")) is Sampled
    assert type(mean_of(expected=0.4, relation=">=")) is Sampled
    assert type(mean_of(expected=0.4, relation="<=")) is Refuted
    assert type(mean_of(expected=0.5, relation="<=")) is Undecided
    assert type(mean_of(expected=0.6, relation="<=", delta=1e-3)) is Undecided


def event_below(p):
    return lambda generator, n: generator.random(n) < p


def chance(p, expected, **options):
    return probability(event_below(p), expected, **{**SETTINGS, **options})()


@pytest.mark.parametrize("p", [0.0, 0.3, 1.0])
def test_probabilities(p):
    assert type(chance(p, p)) is Sampled
    shift = 0.03 if p < 1 else -0.03
    assert type(chance(p, p + shift)) is Refuted


def test_events_are_booleans():
    assert type(probability(uniform, 0.5, **SETTINGS)()) is Undecided
    with pytest.raises(ValueError, match="probability"):
        chance(0.5, 1.5)


def test_at_least_with_a_probability():
    assert type(chance(0.95, 0.9, relation=">=")) is Sampled
    assert type(chance(0.85, 0.9, relation=">=")) is Refuted


def test_distributions():
    assert type(distribution(uniform, UNIFORM, **SETTINGS)()) is Sampled
    assert type(distribution(uniform, stats.uniform(0.05, 1), **SETTINGS)()) is Refuted
    assert type(distribution(uniform, stats.norm(), **SETTINGS)()) is Refuted
    assert type(distribution(uniform, UNIFORM, **{**SETTINGS, "n": 100})()) is Undecided
    assert type(distribution(poisoned, UNIFORM, **SETTINGS)()) is Undecided
    assert type(distribution(uniform, lambda x: 1 - x, **SETTINGS)()) is Undecided
    assert type(distribution(uniform, lambda x: x * np.nan, **SETTINGS)()) is Undecided


def test_atoms():
    def dice(generator, n):
        return generator.integers(1, 7, n)
    assert type(distribution(dice, stats.randint(1, 7), **SETTINGS)()) is Sampled
    assert type(distribution(dice, stats.randint(1, 8), **SETTINGS)()) is Refuted


def test_a_null_shifted_by_one_and_a_half_delta_is_not_accepted():
    shifted = stats.uniform(-0.03, 1)
    assert type(distribution(uniform, shifted, **SETTINGS)()) is not Sampled


def test_the_clause_is_carried_and_the_seed_fixes_everything():
    clause = Proposition(prose="the mean is one half")
    check = mean(uniform, 0.5, delta=0.02, n=40_000, seed=3)
    assert check(clause) == check(clause) and check(clause).proposition == clause
