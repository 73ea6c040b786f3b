"""Numbers of a facet put together as ranges that tell people something."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

ALONE = 6
"""So many different numbers are shown one by one; more of them in this many ranges at most."""


def ranges(counts: Sequence[tuple[Decimal, int]]) -> list[tuple[Decimal, Decimal, int]]:
    """(least, most, count), ascending; both ends are numbers that there are. Neighbours that find least are put together first."""
    found = [(number, number, count) for number, count in sorted(counts) if count]
    while len(found) > ALONE:
        smallest = min(range(len(found) - 1), key=lambda place: found[place][2] + found[place + 1][2])
        (least, _, one), (_, most, other) = found[smallest : smallest + 2]
        found[smallest : smallest + 2] = [(least, most, one + other)]
    return found
