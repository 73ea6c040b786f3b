"""How much of a table we read before we call it a bomb (threat T14). Streams, packed or not, are the kernel's."""

from __future__ import annotations

from oportuno.kernel.packed import Bounded, Unreadable, kind_of, opened

MOST_ROWS = 5_000_000
MOST_COLUMNS = 2_000
LONGEST_LINE = 2 * 2**20  # characters
LONGEST_CELL = 1_000_000  # characters; a description has some thousand

__all__ = ["LONGEST_CELL", "LONGEST_LINE", "MOST_COLUMNS", "MOST_ROWS", "Bounded", "Unreadable", "kind_of", "opened"]
