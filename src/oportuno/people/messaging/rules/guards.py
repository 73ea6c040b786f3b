"""When a bulletin hurts its sender's name so much that it must stand still (A1).

Amazon SES halts senders at 0.5 % complaints or 10 % bounces, Gmail asks for less than 0.3 % complaints; our own limits lie below both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ENOUGH = 200
"""Mails handed over, or refused as unknown, before a share of them means anything."""
MOST_COMPLAINTS, MOST_HARD = 10, 400
"""Hundredths of a percent: 0.1 % of complaints, 4 % of addresses that do not exist."""


@dataclass(frozen=True)
class Alarm:
    """`why` is "complaints" or "bounces", `share` hundredths of a percent."""

    why: str
    share: int


def alarm(counts: Mapping[str, int], pardoned: Mapping[str, int]) -> Alarm | None:
    """What `counts` (sent, failed, complained, hard) call for since what a member `pardoned`."""

    def since(*names: str) -> int:
        return sum(counts.get(name, 0) - pardoned.get(name, 0) for name in names)

    tried = since("sent", "failed")
    if tried < ENOUGH:
        return None
    for why, name, most in (("complaints", "complained", MOST_COMPLAINTS), ("bounces", "hard", MOST_HARD)):
        if since(name) * 10_000 >= most * tried:
            return Alarm(why, since(name) * 10_000 // tried)
    return None
