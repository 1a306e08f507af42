"""Derivations with matrices of general size: order matters, sizes must fit, steps are named."""

import pytest

from gradproof.exercises import answers
from gradproof.exercises.fields import read_yaml
from gradproof.exercises.findings import AnswerError
from gradproof.exercises.forms import form
from gradproof.exercises.kinds import derivation
from gradproof.formulas import parse_expr

CHAIN = derivation.read(read_yaml("""
for_all: ["E matrix(p, q)", "A matrix(p, m)", "B matrix(n, q)", "D matrix(m, n)"]
start: dot(E, A*D*B)
goal: dot(transpose(A)*E*transpose(B), D)
steps: 3
""", "test"), None)
GOAL = "== dot(transpose(A)*E*transpose(B), D)"


def test_a_cyclic_shift_is_a_step_and_no_repetition():
    assert CHAIN.examine(["== trace(transpose(E)*A*D*B)", "== trace(B*transpose(E)*A*D)", GOAL]
                         ).passed


def test_moving_brackets_is_allowed_and_does_not_count():
    opened = ["== trace(transpose(E)*A*D*B)", "== trace((transpose(E)*A)*(D*B))"]
    assert CHAIN.examine([*opened, "== trace(B*transpose(E)*A*D)", GOAL]).passed
    assert "at least 3" in CHAIN.examine([*opened, GOAL]).message


@pytest.mark.parametrize(("steps", "says"), [
    (["== trace(E*A*D*B)", GOAL], "sizes do not fit in E·A"),
    (["== dot(transpose(A)*E, D*B)", "== dot(transpose(A)*E*B, D)"], "Step 2"),
    (["== 2*dot(E, A*D*B)", GOAL], "the start is -6, and this is -12"),
])
def test_a_wrong_step_is_named(steps, says):
    finding = CHAIN.examine(steps)
    assert not finding.passed and finding.honest and says in finding.message


def test_the_mistake_is_named_and_wrong_steps_are_told_apart():
    lost, twice = ["== trace(E*A*D*B)"], ["== 2*dot(E, A*D*B)"]
    assert "transpose" in CHAIN.diagnosis(["== dot(A*E, D*B)"])
    assert "twice the line before" in CHAIN.diagnosis(twice)
    assert CHAIN.fingerprint(lost) != CHAIN.fingerprint(twice)
    assert CHAIN.fingerprint(lost) == CHAIN.fingerprint(["== trace(A*D*B*E)"])


def test_forms_of_matrices_keep_their_order():
    one, two = parse_expr("2*A*(3*B)"), parse_expr("B*A*6")
    assert form(one) == form(two)
    assert form(one, ordered=True) == form(parse_expr("6*(A*B)"), ordered=True)
    assert form(one, ordered=True) != form(two, ordered=True)


@pytest.mark.parametrize(("text", "says"), [
    ("A^T*B", "transpose"), ("A.T*B", "transpose"), ("A@B", "`*`"), ("tr(A)", "trace"),
])
def test_other_notations_are_told_ours(text, says):
    with pytest.raises(AnswerError, match=says):
        answers.formula(text, "AB")


@pytest.mark.parametrize("text", ["a == d, b == c", "a == d and b == c"])
def test_two_statements_where_one_is_wanted(text):
    with pytest.raises(AnswerError, match="more than one statement"):
        answers.statement(text, "abcd")
    assert answers.statement("a = b = 0", "abcd") == "a == b == 0"
