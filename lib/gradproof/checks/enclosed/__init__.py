"""Ball arithmetic with subdivision: boxes, functions with partial derivatives, coverings."""
