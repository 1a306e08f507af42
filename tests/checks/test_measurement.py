"""What every measurement has to pass: its statement, its instances, its arguments, its figures."""

import functools
from fractions import Fraction

import numpy as np
import pytest

from gradproof.checks import measurement
from gradproof.checks.core import Accept, Unknown, Witness
from gradproof.checks.measurement import (
    Measurement,
    called,
    numbers,
    positive,
    reasoned,
    rounded_up,
    same_callable,
    show,
)
from gradproof.formulas import Proposition, proposition
from gradproof.verdicts import Consistent, Proved, Refuted, Sampled, Undecided

WORDS = Proposition(prose="it works")


def measured(outcome, given=None, instances=None, statement="two routes agree"):
    return Measurement("m", statement, lambda: outcome, instances)(given)


def test_a_measurement_speaks_of_its_statement_or_of_what_it_is_given():
    verdict = measured(Accept(Consistent, "how", "residual 0"))
    assert type(verdict) is Consistent
    assert verdict.proposition == Proposition(prose="two routes agree")
    assert (verdict.method, verdict.note) == ("how", "residual 0")
    assert measured(Accept(Consistent, "how"), WORDS).proposition == WORDS
    with pytest.raises(ValueError, match="m: say in statement=… what is claimed"):
        measured(Accept(Consistent, "how"), statement=" ")


def test_a_measurement_holds_no_formula():
    verdict = measured(Accept(Consistent, "how"), proposition("x >= 0", for_all=["x"]))
    assert isinstance(verdict, Undecided) and "stated as a formula" in verdict.note


def test_refuted_and_unknown_measurements():
    verdict = measured(Witness({"t": Fraction(1, 2)}, "differs", Sampled, "how"), WORDS)
    assert isinstance(verdict, Refuted) and verdict.tier is Sampled and verdict.method == "how"
    assert verdict.witness == {"t": "1/2"} and verdict.note == "differs"
    assert measured(Witness(found="differs"), WORDS).method == "m"
    verdict = measured(Unknown("too few"), WORDS)
    assert isinstance(verdict, Undecided) and (verdict.method, verdict.note) == ("m", "too few")


@pytest.mark.parametrize(("count", "said"),
                         [(0, "0 instances"), (1, "1 instance"), (2, "2 instances")])
def test_instances_are_part_of_what_is_said(count, said):
    verdict = measured(Accept(Proved, "how"), WORDS, count)
    assert verdict.proposition == Proposition(prose=f"it works ({said})")


def test_numbers_above_zero():
    assert positive("2.5", "n") == 2.5 and positive(0, "n", zero=True) == 0.0
    for bad in (0, -1, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="n must be a finite number > 0, not"):
            positive(bad, "n")
    with pytest.raises(ValueError, match="≥ 0"):
        positive(-1e-300, "n", zero=True)


def test_a_reason_is_asked_for():
    assert reasoned(" rounding ") == "rounding"
    for bad in ("", "  ", None, 3):
        with pytest.raises(ValueError, match="say in because="):
            reasoned(bad)


def test_functions_get_copies_by_position_name_or_alone():
    def grow(x, y=0):
        x += 1
        return x + y

    x = np.ones(2)
    for point in (x, (x, 1), {"x": x, "y": 2}):
        extra = point[1] if isinstance(point, tuple) else point["y"] if isinstance(point,
                                                                                   dict) else 0
        assert (called(grow, point) == 2 + extra).all() and (x == 1).all()


@pytest.mark.parametrize(("value", "kind"), [
    (1, "f"), (True, "f"), (np.uint8(3), "f"), ([1, 2.5], "f"), (1j, "c"), ([Fraction(1, 2)], "f")])
def test_results_are_arrays_of_numbers(value, kind):
    assert numbers(value, "f").dtype.kind == kind


def test_other_results_are_named():
    with pytest.raises(TypeError, match="f gives str: a number or an array is needed"):
        numbers("text", "f")


def outer(n):
    def inner(x):
        return x + n

    return inner


class Thing:
    def work(self):
        return 1


def test_one_code_path_twice():
    one = outer(1)
    assert same_callable(one, one) and same_callable(abs, abs) and not same_callable(abs, max)
    assert not same_callable(one, outer(2)) and not same_callable(lambda x: x, lambda x: x + 1)
    same = [lambda x: x + 1 for _ in range(2)]
    assert same_callable(*same)
    assert not same_callable(lambda x, y=1: x + y, lambda x, y=2: x + y)
    thing, other = Thing(), Thing()
    assert same_callable(thing.work, thing.work) and not same_callable(thing.work, other.work)


def test_wrappers_are_looked_through_on_either_side():
    def one(x):
        return x

    @functools.wraps(one)
    def wrapped(x):
        return one(x)

    assert same_callable(wrapped, one) and same_callable(one, wrapped)
    assert same_callable(functools.wraps(wrapped)(lambda x: wrapped(x)), one)
    assert not same_callable(wrapped, abs) and not same_callable(abs, wrapped)


@pytest.mark.parametrize(("point", "text"), [
    ({"x": 0.1234567, "n": 3}, {"x": "0.123457", "n": "3"}), ((1, 2.5), {"point": "(1, 2.5)"}),
    (np.array([1.0, 0.5]), {"point": "[1. , 0.5]"}), (Fraction(1, 3), {"point": "1/3"}),
    (np.float64(2), {"point": "2"}),
    (np.arange(13.0), {"point": "[ 0.,  1.,  2., ..., 10., 11., 12.]"})])
def test_points_as_text(point, text):
    assert show(point) == text


@pytest.mark.parametrize(("residual", "tolerance", "text"), [
    (0, 0, "0"), (0.5, 0, "5.0e-01"), (0, 1e-6, "1e-07"), (1e-20, 1e-6, "1e-07"),
    (1e-7, 1e-6, "1e-07"),
    (2e-7, 1e-6, "1e-06"), (1e-6, 1e-6, "1e-06"), (3e-6, 5e-6, "5e-06"), (3e-8, 5e-6, "1e-06"),
    (2e-6, 5e-6, "5e-06"),
    (0.5, 20, "1e+01"), (12, 20, "20")])
def test_residuals_are_rounded_up(residual, tolerance, text):
    assert rounded_up(residual, tolerance) == text
    assert measurement.rounded_up(residual, tolerance) == text
