"""Ranges of prices that people would draw themselves: 1, 2, 5, 10, 20, 50 …"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

EDGES: tuple[int, ...] = tuple(step * 10**power for power in range(2, 12) for step in (1, 2, 5))
"""Minor units; band n lies between EDGES[n - 1] and EDGES[n]."""
MOST_BANDS = 5


def band(minor: int) -> int:
    """Which band a price lies in."""
    return bisect_right(EDGES, minor)


def bands(counts: Sequence[tuple[int, int]]) -> list[tuple[int | None, int | None, int]]:
    """(least, most, count) from (band, count), neighbours put together until there are at most five. Least counts in, most does not."""
    found = sorted((band, band + 1, count) for band, count in counts if count)
    while len(found) > MOST_BANDS:
        smallest = min(range(len(found) - 1), key=lambda place: found[place][2] + found[place + 1][2])
        (least, _, one), (_, most, other) = found[smallest : smallest + 2]
        found[smallest : smallest + 2] = [(least, most, one + other)]
    return [(EDGES[low - 1] if low > 0 else None, EDGES[high - 1] if high - 1 < len(EDGES) else None, count) for low, high, count in found]
