"""The same fifty steps as PyTorch and optax, on the same problem, to 1e-10.

The comparison with the stored trajectories always runs; where a peer is installed (the extra
`peers`), it also runs afresh, and must still do what is stored.
"""

import numpy as np
import pytest

from gradproof import optimizers
from optimizers import peer_cases

TOLERANCE = 1e-10
STORED = {peer: peer_cases.stored(peer) for peer in peer_cases.PEERS}
EACH = [(peer, name) for peer in peer_cases.PEERS for name in peer_cases.cases(peer)]
each = pytest.mark.parametrize(("peer", "name"), EACH, ids=lambda word: word)


@each
def test_ours_is_the_stored_trajectory(peer, name):
    points = np.array(STORED[peer]["cases"][name]["points"])
    mine = peer_cases.by_us(name)
    assert mine.shape == points.shape == (51, 3)
    assert np.abs(points - points[0]).max() > 0.1, "the case does not move"
    assert np.abs(mine - points).max() <= TOLERANCE


@pytest.mark.parametrize("peer", peer_cases.PEERS)
def test_the_peer_still_does_what_is_stored(peer):
    if not peer_cases.installed(peer):
        pytest.skip(f"{peer} is not installed: its stored trajectories stand in for it")
    for name in peer_cases.cases(peer):
        fresh = np.array(peer_cases.PEERS[peer][1](name))
        assert np.abs(fresh - STORED[peer]["cases"][name]["points"]).max() <= TOLERANCE, name


@pytest.mark.parametrize("peer", peer_cases.PEERS)
def test_the_stored_cases_are_those_of_the_table(peer):
    found = STORED[peer]["cases"]
    expected = {name: peer_cases.settings(peer, name) for name in peer_cases.cases(peer)}
    assert {name: case["settings"] for name, case in found.items()} == expected
    provenance = STORED[peer]["provenance"]
    assert provenance["start"] == peer_cases.START and provenance["steps"] == peer_cases.STEPS
    assert set(provenance["peer"]) >= {peer} and all(provenance["peer"].values())


def test_every_optimizer_has_a_peer_or_a_reason():
    classes = {
        name
        for name in optimizers.__all__
        if hasattr(getattr(optimizers, name), "update") and name != "Optimizer"
    }
    paired = {type(case[0]).__name__ for case in peer_cases.CASES.values()}
    assert paired | set(peer_cases.ALONE) == classes
    assert not paired & set(peer_cases.ALONE)


def test_the_gradient_by_hand_is_that_of_the_function():
    """Complex step, so that our side's gradient does not rest on the peers alone."""
    x = np.array(peer_cases.START)
    for t in range(3):
        for i, e in enumerate(1e-30j * np.eye(3)):
            slope = peer_cases.function(x + e, t, np.log, np.exp).imag / 1e-30
            assert slope == pytest.approx(peer_cases.gradient(x, t)[i], abs=1e-14)
            sign = -1 if i == 2 else 1
            slope = sign * peer_cases.saddle(x + e, t, np.log, np.exp).imag / 1e-30
            assert slope == pytest.approx(peer_cases.operator(x, t)[i], abs=1e-14)
