"""Layer 3: a claim's block. It collects verdicts for the clauses and prints what was decided.

    with claim("23.12") as c:
        c.holds("a", normal_form())
        c.holds("b", signs())
        c.rejects("b1", signs())

The catalogue says what is stated, the checks say how far it is shown; the author of a
chapter only brings the two together and chooses no label.
"""

from gradproof.claims.block import Claim, ClaimError, claim
from gradproof.claims.summary import MIME, headline, label, printed_status, scope

__all__ = ["MIME", "Claim", "ClaimError", "claim", "headline", "label", "printed_status", "scope"]
