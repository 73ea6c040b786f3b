"""Spreadsheets run what begins like a formula. What we write into one must stay text (CWE-1236).

A leading apostrophe makes it text; to be reversible, a text that already begins with apostrophes before such a
character gets one more. Source: OWASP, CSV Injection.
"""

from __future__ import annotations

import re

LIVE = "=+-@\t\r\n＝＋－＠|%"
_NEEDS = re.compile(rf"'*\s*[{re.escape(LIVE)}]")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def neutral(text: str) -> str:
    """The text as a cell may hold it. A plain negative number stays a number: it cannot do anything."""
    return f"'{text}" if _NEEDS.match(text) and not _NUMBER.fullmatch(text) else text


def original(cell: str) -> str:
    """What `neutral` was given."""
    return cell[1:] if cell.startswith("'") and _NEEDS.match(cell[1:]) else cell
