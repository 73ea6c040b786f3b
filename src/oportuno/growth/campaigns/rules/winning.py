"""Which version wins. The rule is declared before anything is sent; what chance may have done is said beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

OPENS, CLICKS = "opens", "clicks"
LEAST_REACHED = 20
"""People each version must have reached before its figures say anything."""
SURE = 1.96
"""Of a standard normal: less may be chance one time in twenty or more often."""
Why = Literal["better", "perhaps", "tie", "few", "none"]


@dataclass(frozen=True)
class Tried:
    """A version on its part of the sample: whom it reached, and how many of those did what the rule counts. People, not machines."""

    key: str
    reached: int
    did: int

    @property
    def rate(self) -> float:
        return self.did / self.reached if self.reached else 0.0


@dataclass(frozen=True)
class Verdict:
    """`why`: better (by more than chance), perhaps (ahead, but it may be chance), tie, few (reached), none (nobody did it).

    Tie, few and none go to the first version: somebody declared it as the one that is sent unless another proves better.
    """

    winner: str
    why: Why


def winner_of(tried: Sequence[Tried]) -> Verdict:
    """Of the versions in their order; there is at least one."""
    first = tried[0].key
    if any(one.reached < LEAST_REACHED for one in tried):
        return Verdict(first, "few")
    if not any(one.did for one in tried):
        return Verdict(first, "none")
    ranked = sorted(tried, key=lambda one: -one.rate)  # stable: of equals the first stays first
    best, second = ranked[0], ranked[1]
    if best.rate == second.rate:
        return Verdict(first if any(one.key == first and one.rate == best.rate for one in tried) else best.key, "tie")
    return Verdict(best.key, "better" if _far_apart(best, second) else "perhaps")


def _far_apart(one: Tried, other: Tried) -> bool:
    """Two proportions, pooled."""
    together = (one.did + other.did) / (one.reached + other.reached)
    spread = sqrt(together * (1 - together) * (1 / one.reached + 1 / other.reached))
    return spread > 0 and (one.rate - other.rate) / spread >= SURE
