"""Numbers of tags, packed: thousands of documents are counted by putting theirs end to end and going through once.

Tags that always come together, as those of one seller's shelf do, share a number: half as many are gone through.
"""

from __future__ import annotations

import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

SERVES = "serves"
"""The key of a facet of ours: codes of places to which a seller delivers."""
SHARED = ("kind:", "category:", "seller:", "country:", "is:", f"{SERVES}=")
TOGETHER, BETWEEN = "all:", "\x1f"
LONGEST = 1_000  # bytes; longer ones do not fit into the index of tags, and come one by one
NUMBER = "i"
assert array(NUMBER).itemsize == 4


def together(tags: Sequence[str]) -> list[str]:
    """The tags, those that a seller's shelf has in common as one: "all:…"."""
    one = TOGETHER + BETWEEN.join(tag for tag in tags if tag.startswith(SHARED))
    if len(one.encode()) > LONGEST:
        return list(tags)
    return [one, *(tag for tag in tags if not tag.startswith(SHARED))]


def apart(counts: Mapping[str, int]) -> Counter[str]:
    """The counts of single tags."""
    found: Counter[str] = Counter()
    for tag, count in counts.items():
        for one in tag.removeprefix(TOGETHER).split(BETWEEN) if tag.startswith(TOGETHER) else [tag]:
            found[one] += count
    return found


def packed(numbers: Iterable[int]) -> bytes:
    """Four bytes each, the lowest first."""
    return _little(array(NUMBER, numbers)).tobytes()


def counted(numbers: bytes) -> Counter[int]:
    """How often each number occurs among many documents' numbers."""
    found = array(NUMBER)
    found.frombytes(numbers)
    return Counter(_little(found))


def _little(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
