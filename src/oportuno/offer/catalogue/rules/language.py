"""Which of our two languages a catalogue is written in, told by its commonest little words."""

from __future__ import annotations

import re
from collections.abc import Iterable

SPANISH = frozenset(
    [
        "de",
        "la",
        "el",
        "en",
        "los",
        "las",
        "con",
        "para",
        "del",
        "por",
        "una",
        "un",
        "y",
        "que",
        "su",
        "al",
        "es",
        "más",
        "sin",
        "o",
        "color",
        "tamaño",
        "unidad",
    ]
)
ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "with",
        "for",
        "in",
        "a",
        "an",
        "to",
        "is",
        "your",
        "this",
        "from",
        "on",
        "by",
        "or",
        "it",
        "pack",
        "set",
        "black",
        "white",
        "blue",
        "red",
        "size",
    ]
)
_WORD = re.compile(r"[a-záéíóúñü]+", re.IGNORECASE)
_SPANISH_LETTERS = re.compile(r"[áéíóúñ¿¡]", re.IGNORECASE)


def language_of(texts: Iterable[str]) -> str:
    """ "es" or "en"; "es" when it cannot be told, for most of our sellers write Spanish."""
    spanish = english = 0
    for text in texts:
        words = [word.lower() for word in _WORD.findall(text[:2000])]
        spanish += sum(word in SPANISH for word in words) + len(_SPANISH_LETTERS.findall(text[:2000]))
        english += sum(word in ENGLISH for word in words)
    return "en" if english > spanish else "es"
