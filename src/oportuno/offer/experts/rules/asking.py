"""What makes a question, and its address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

SHORTEST, LONGEST_TITLE, LONGEST_DETAILS = 12, 200, 3_000
LONGEST_SLUG = 90
SMALL = frozenset(
    [
        "a",
        "al",
        "ante",
        "como",
        "con",
        "cual",
        "cuando",
        "cuanto",
        "cuanta",
        "cuantos",
        "cuantas",
        "de",
        "del",
        "el",
        "ella",
        "en",
        "es",
        "esta",
        "este",
        "la",
        "las",
        "lo",
        "los",
        "me",
        "mi",
        "mis",
        "o",
        "para",
        "pero",
        "por",
        "que",
        "quien",
        "se",
        "si",
        "sin",
        "son",
        "su",
        "sus",
        "te",
        "tu",
        "un",
        "una",
        "unos",
        "unas",
        "y",
        "the",
        "a",
        "an",
        "and",
        "are",
        "can",
        "do",
        "does",
        "for",
        "how",
        "i",
        "if",
        "in",
        "is",
        "it",
        "my",
        "of",
        "on",
        "or",
        "should",
        "the",
        "to",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "with",
    ]
)
"""Words that many questions share and that tell nothing of what is asked."""
WORD = re.compile(r"[a-z0-9ñ]+")


def telling(key: str) -> str:
    """The words of a folded title that tell what is asked."""
    return " ".join(word for word in WORD.findall(key) if word not in SMALL and len(word) > 1)


def half_of(words: Sequence[str]) -> str:
    """As PostgreSQL asks for texts: any of one or two words, else any two of the first eight. So few titles are weighed that cannot count."""
    few = list(dict.fromkeys(words))[:8]
    if len(few) < 3:
        return " | ".join(few)
    return " | ".join(f"({one} & {other})" for one, other in combinations(few, 2))


def slug_of(key: str) -> str:
    """Of a folded title; "pregunta" where nothing is left. Cut between words."""
    joined = "-".join(re.findall(r"[a-z0-9]+", key.replace("ñ", "n")))
    if len(joined) > LONGEST_SLUG:
        joined = joined[:LONGEST_SLUG].rpartition("-")[0] or joined[:LONGEST_SLUG]
    return joined or "pregunta"


def free_slug(slug: str, taken: set[str]) -> str:
    """The slug, or with the first number that makes it free."""
    number, found = 1, slug
    while found in taken:
        number += 1
        found = f"{slug}-{number}"
    return found
