"""When and how it is told how many readers a piece helped."""

from __future__ import annotations

LEAST = 5
"""Votes before a share is shown: of fewer, one reader would swing it, and could be told."""


def share(yes: int, no: int) -> float | None:
    """Of all who voted, how many it helped, 0 to 1; None while they are too few to tell."""
    total = yes + no
    return yes / total if total >= LEAST else None
