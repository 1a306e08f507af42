"""What all tests share: the settings of property tests, and one executed small chapter."""

import copy
from pathlib import Path

import pytest
from hypothesis import settings

# the same examples everywhere; the budget is examples, not time
settings.register_profile("gradproof", derandomize=True, deadline=None, database=None)
settings.load_profile("gradproof")

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture(scope="session")
def executed(tmp_path_factory):
    """The small chapter, run once."""
    from gradproof import chapters

    notebook = chapters.read_source((FIXTURES / "small-chapter.md").read_text(encoding="utf-8"))
    chapters.execute(notebook, tmp_path_factory.mktemp("notebooks"))
    return notebook


@pytest.fixture
def chapter(executed):
    """A copy of the small chapter, to be damaged."""
    return copy.deepcopy(executed)
