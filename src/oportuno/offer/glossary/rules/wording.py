"""The forms in which a name appears in a text: as it is, and in the plural."""

from __future__ import annotations

import re
import unicodedata

from .said import Language

BETWEEN = {
    "de",
    "del",
    "la",
    "el",
    "las",
    "los",
    "en",
    "por",
    "para",
    "con",
    "sin",
    "y",
    "o",
    "a",
    "al",
    "of",
    "the",
    "in",
    "for",
    "and",
    "to",
}
"""From here on a name stays as it is: "vidas en florero", not "vidas en floreros"."""
WORD = re.compile(r"[^\W_]+", re.UNICODE)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a name or text, as they stand there."""
    return tuple(WORD.findall(unicodedata.normalize("NFC", text)))


def is_abbreviation(name: str) -> bool:
    """What is written in capitals means something else in small letters: "SOL" is no sun."""
    letters = [sign for sign in name if sign.isalpha()]
    return len(letters) > 1 and all(sign.isupper() for sign in letters)


def forms(name: str, language: Language) -> list[tuple[str, ...]]:
    """Words in small letters (abbreviations as they are), each way in which a text may say the name."""
    if is_abbreviation(name):
        return [words_of(name)]
    one = words_of(name.casefold())
    if not one:
        return []
    many = _many(one, language)
    return [one] if many == one else [one, many]


def _many(words: tuple[str, ...], language: Language) -> tuple[str, ...]:
    """In Spanish every word before a "de" or its like, in English the last word before one."""
    head = next((place for place, word in enumerate(words) if place and word in BETWEEN), len(words))
    plural = _spanish if language == "es" else _english
    begin = 0 if language == "es" else head - 1
    return tuple(plural(word) if begin <= place < head else word for place, word in enumerate(words))


def _spanish(word: str) -> str:
    if len(word) < 3 or word[-1].isdigit() or word[-1] in "sx":
        return word
    if word[-1] == "z":
        return f"{word[:-1]}ces"
    if word[-1] in "aeiouáéó":
        return f"{word}s"
    if word[-2] in "áéíóú" and word[-1] == "n":  # the accent falls away: estación, estaciones
        return f"{word[:-2]}{'aeiou'['áéíóú'.index(word[-2])]}nes"
    return f"{word}es"


def _english(word: str) -> str:
    if len(word) < 3 or word[-1].isdigit() or (word.endswith("ss") is False and word[-1] == "s"):
        return word
    if word.endswith(("ss", "x", "ch", "sh")):
        return f"{word}es"
    if word[-1] == "y" and word[-2] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}s"
