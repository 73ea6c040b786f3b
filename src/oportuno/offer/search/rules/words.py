"""From text to lexemes: what is kept of a word so that its spellings, plurals and accents meet.

One light stemmer serves Spanish and English at once. Sellers write "Headphones Bluetooth" in a Spanish title, shoppers ask
in either language, and nobody knows which word is whose; two heavy stemmers would miss each other.
The database stores what is made here (as tsvector), and never analyses text by itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

LONGEST_WORD = 40
MARKS = re.compile("[\u0300-\u036f]+")
WORD = re.compile(r"[^\W_]+")
BOUNDARY = re.compile(r"(?<=[a-z])(?=[0-9])|(?<=[0-9])(?=[a-z])")

LINKS = frozenset(
    """
    a al algo ante aquel aquella aquellas aquellos asi aun bajo cada como con contra cual cuales cuando cuanta cuantas cuanto
    cuantos de del desde donde durante e el ella ellas ellos en entre era eran eres es esa esas ese eso esos esta estaba estaban
    estan estar estas este esto estos estoy fue fueron ha haber habia habian han hasta hay la las le les lo los me mi mis muy ni
    no nos o os otra otras otro otros para pero por porque que quien quienes se sea segun ser si sido sin sobre son su sus
    tambien te tener tiene tienen toda todas todo todos tras tu tus u un una unas uno unos y ya yo about after all also am an
    and any are as at be because been before being between both but by can could did do does doing during each for from further
    had has have having he her here hers him his how i if in into is it its itself just more most my nor not now of off on once
    only or other our out over own same she should some such than that the their them then there these they this those through
    to too under until up very was we were what when where which while who whom why will with would you your
    """.split()  # noqa: SIM905
)
"""Words that only link others. They are not indexed; a question of nothing else finds nothing."""


def fold(text: str) -> str:
    """Lower case without accents: "Peonías" and "peonias" are one word, and ñ finds n."""
    if text.isascii():
        return text.lower()
    return MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))


def split(text: str) -> list[str]:
    """The words of a text, folded, in order."""
    return WORD.findall(fold(text))


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The lexeme of a folded word: plural, gender and final vowel taken off, in Spanish and English alike.

    Numbers and words with digits stay as they are.
    """
    word = word[:LONGEST_WORD]
    if len(word) < 4 or not word.isalpha():
        return word[:-1] + "i" if len(word) == 3 and word[-1] == "y" else word
    if word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("s"):
        word = word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]
    if word[-1] in "aeo" and len(word) > 3:
        word = word[:-1]
    if word[-1] == "y":
        return word[:-1] + "i"
    return word[:-1] + "z" if word[-1] == "c" else word


@lru_cache(maxsize=200_000)
def lexeme(written: str) -> str:
    """The lexeme of a word as it is written."""
    return stem(fold(written))


def lexemes(words: Iterable[str]) -> Iterator[tuple[int, str]]:
    """(position, lexeme) of the words that are not mere links. Positions count the links too, from 1."""
    for position, word in enumerate(words, 1):
        if word not in LINKS:
            yield position, stem(word)


def code(text: str) -> str:
    """A code without its punctuation, as a lexeme no word can be: "TN-2110" is "#tn2110"."""
    return "#" + "".join(WORD.findall(fold(text)))[:64]


def place_tag(city: str) -> str:
    """The tag of a city, without its accents: "place:bogota"."""
    return "place:" + " ".join(fold(city).split())
