"""How texts are compared: without accents, without the difference of a–z and A–Z, without spaces around.

The database does the same in `segment_fold` (migration 0001); a property test holds both to one answer.
"""

from __future__ import annotations

import re
import unicodedata

MARKS = re.compile("[\u0300-\u036f]")
LOWER = str.maketrans({chr(code): chr(code + 32) for code in range(ord("A"), ord("Z") + 1)})


def bare(text: str) -> str:
    """ "  Bogotá " → "bogota". Letters that are no Latin ones keep their case: the database folds no others."""
    if not text.isascii():
        text = MARKS.sub("", unicodedata.normalize("NFKD", text))
    return text.translate(LOWER).strip(" ")


def bare_name(text: str) -> str:
    """As audience keeps names to be searched."""
    return " ".join(bare(text).lower().split())
