"""Matrices of formulas: arithmetic, minors, inertia, rank, definiteness."""
