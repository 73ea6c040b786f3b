"""Text that XML can hold. Source: https://www.w3.org/TR/xml/#charsets"""

from __future__ import annotations

import re

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")


def for_xml(text: str) -> str:
    """The text without the letters that no XML may hold, however they are written: a reader would refuse all of it."""
    return FORBIDDEN.sub("", text)
