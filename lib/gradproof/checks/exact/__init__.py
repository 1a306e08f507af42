"""Exact decision procedures: polynomial arithmetic, towers of generators, induction, indices."""
