"""How matrix formulas are written for people: Aᵀ, ‖A‖², ⟨x, y⟩, A ⊙ B, x yᵀ, I_n, ∇_U f.

A pattern has a slot {0}, {1} for each argument. NEEDS says how tightly an argument has to bind
to stand in its slot without brackets, BINDS how tightly the whole does (100: like a name).
"""

from __future__ import annotations

TEXT = {
    "transpose": "{0}ᵀ", "frob2": "‖{0}‖²", "dot": "⟨{0}, {1}⟩", "hadamard": "{0} ⊙ {1}",
    "outer": "{0}·{1}ᵀ", "trace": "tr({0})", "identity": "I_{0}", "ones": "1_{0}",
    "grad": "∇_{1} {0}",
}
TEX = {
    "transpose": "{0}^{{T}}", "frob2": r"\lVert {0}\rVert^{{2}}",
    "dot": r"\langle {0}, {1}\rangle", "hadamard": r"{0} \odot {1}", "outer": "{0} {1}^{{T}}",
    "trace": r"\mathrm{{tr}}({0})", "identity": "I_{{{0}}}", "ones": r"\mathbf{{1}}_{{{0}}}",
    "grad": r"\nabla_{{{1}}} {0}",
}
NEEDS = {"transpose": (41,), "hadamard": (20, 20), "outer": (20, 41), "grad": (20, 0)}
BINDS = {"transpose": 40, "outer": 20, "hadamard": 14, "grad": 14}


def needs(name: str, count: int) -> tuple[int, ...]:
    """For each of the ``count`` arguments, the strength below which it gets brackets."""
    return NEEDS.get(name, (0,) * count)
