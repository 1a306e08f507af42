"""Which antiderivatives SymPy is asked for."""

import pytest

from gradproof.checks.analysis import bridge
from gradproof.formulas import parse_expr, proposition


@pytest.fixture
def asked(monkeypatch):
    """The integrands that went to the slow methods, which here find nothing."""
    seen = []

    def slow(body, _):
        seen.append(str(body))
        return body  # no antiderivative: whoever believes it is refused later

    monkeypatch.setattr(bridge, "METHODS", (bridge._rational, slow))
    bridge._hints.cache_clear()
    yield seen
    bridge._hints.cache_clear()


@pytest.mark.parametrize(("body", "enough"), [
    ("1/(1 + x)", True), ("1/(1 + x^2)", True), ("a/(x + a)^2", True),
    ("1/(x^2 + a^2)", False),  # SymPy's form of it may be complex for some a
    ("exp(x)", False), ("x^2", False)])
def test_a_rational_function_is_integrated_once(asked, body, enough):
    stated = proposition("a >= 0", for_all=["x", "a"], assume=["a > 0"])
    found = list(bridge.antiderivatives("x", parse_expr(body), stated))
    assert bool(found) and (not asked) is enough
