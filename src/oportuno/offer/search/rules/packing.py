"""Numbers of tags, packed: thousands of documents are counted by putting theirs end to end and going through once."""

from __future__ import annotations

import sys
from array import array
from collections import Counter
from collections.abc import Iterable

NUMBER = "i"
assert array(NUMBER).itemsize == 4


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
