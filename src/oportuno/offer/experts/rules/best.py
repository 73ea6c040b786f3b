"""Which answer stands first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import sqrt
from uuid import UUID

SURE = 1.96  # of a normal distribution: 95 per cent


@dataclass(frozen=True)
class Judged:
    """An answer as it is ordered. `solves`: the asker said so."""

    id: UUID
    yes: int
    no: int
    shown_at: datetime
    solves: bool = False


def usefulness(yes: int, no: int) -> float:
    """How useful it is at least, 0 to 1, by its votes: few votes prove little.

    The lower end of Wilson's interval: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
    Journal of the American Statistical Association 22 (1927).
    """
    votes = yes + no
    if not votes:
        return 0.0
    share, square = yes / votes, SURE * SURE
    middle = share + square / (2 * votes)
    spread = SURE * sqrt((share * (1 - share) + square / (4 * votes)) / votes)
    return max(0.0, (middle - spread) / (1 + square / votes))


def best_first(answers: Iterable[Judged]) -> list[UUID]:
    """What solved it, then by proved usefulness; among equals the fewer who found it of no use, then who came first."""
    ordered = sorted(answers, key=lambda one: (not one.solves, -usefulness(one.yes, one.no), one.no, one.shown_at, one.id))
    return [one.id for one in ordered]
