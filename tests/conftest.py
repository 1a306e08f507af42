"""Property tests draw the same examples everywhere; the budget is examples, not time."""

from hypothesis import settings

settings.register_profile("gradproof", derandomize=True, deadline=None, database=None)
settings.load_profile("gradproof")
