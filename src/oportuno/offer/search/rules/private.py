"""Which questions are kept: what may tell who asked is not."""

from __future__ import annotations

import re

from oportuno.offer.search.rules.words import fold

LONGEST = 80
DIGITS = re.compile(r"(?:\d[\s.\-()]*){7,}")
"""A telephone, an identity card, an account; a code of a product too, whose demand nobody needs to read."""


def keepable(text: str) -> str:
    """The question as it is counted: folded, in one line. Empty when it is too long or may name a person's data."""
    found = " ".join(fold(text).strip(" ¿?¡!.,;:").split())
    return "" if len(found) > LONGEST or "@" in found or DIGITS.search(found) or not any(letter.isalpha() for letter in found) else found
