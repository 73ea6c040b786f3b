"""A range of numbers as a facet's value: "7..14", "7.." or "..14"; both ends count in."""

from __future__ import annotations

import re

RANGE = re.compile(r"(-?\d{1,12}(?:\.\d{1,12})?)?\.\.(-?\d{1,12}(?:\.\d{1,12})?)?")


def bounds(value: str) -> tuple[float | None, float | None] | None:
    """(least, most) of a range, None being open; None for a value that is no range."""
    found = RANGE.fullmatch(value)
    if not found or not any(found.groups()):
        return None
    least, most = (float(one) if one else None for one in found.groups())
    return least, most
