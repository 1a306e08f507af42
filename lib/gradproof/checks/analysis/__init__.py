"""Limits, Taylor coefficients, integrals and solutions of differential equations."""
