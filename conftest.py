"""The chapters in notebooks/ are tests: each is run again and compared in full."""

pytest_plugins = ["gradproof.nbstrict"]
