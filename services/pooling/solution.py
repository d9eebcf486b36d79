"""What the solver found, and how good that is."""

from enum import StrEnum

import msgspec

from domain.pooling.plan import Plan


class Certainty(StrEnum):
    """What is known of a distribution: that none is better, or how much better one could be."""

    OPTIMAL = "optimal"
    BOUND = "bound"


class Solution(msgspec.Struct, frozen=True, kw_only=True):
    """`worth` in the weights of the problem; no distribution at all is worth more than `bound`."""

    plan: Plan
    worth: int
    bound: int

    @property
    def proof(self) -> Certainty:
        return Certainty.OPTIMAL if self.worth == self.bound else Certainty.BOUND

    @property
    def gap_permyriad(self) -> int:
        """How far the bound is, in hundredths of a percent of it, rounded up."""
        return -((self.worth - self.bound) * 10_000 // self.bound) if self.bound else 0
