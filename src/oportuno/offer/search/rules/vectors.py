"""From the texts of a document to the vector the database keeps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from oportuno.offer.search.rules.words import code, lexemes, split

LONGEST_BODY = 20_000  # characters; a manual's first pages say what it is about
LAST_POSITION = 16_383  # PostgreSQL keeps no later ones
MOST_POSITIONS = 40  # of one lexeme; more say nothing new about it
GAP = 20
"""Positions between two texts, so that no phrase runs from one into the next."""


@dataclass
class Vector:
    """A tsvector in the making: positions of each lexeme with their weight."""

    positions: dict[str, list[str]] = field(default_factory=dict)
    end: int = 0
    length: int = 0
    words: set[str] = field(default_factory=set)

    def add(self, text: str, weight: str) -> None:
        found = split(text)
        for place, lexeme in lexemes(found):
            position = self.end + place
            if position < LAST_POSITION:
                self.positions.setdefault(lexeme, []).append(f"{position}{weight}")
                self.length += 1
        self.end += len(found) + GAP

    def add_codes(self, codes: Iterable[str]) -> None:
        for one in codes:
            if len(lexeme := code(one)) > 1:
                self.positions.setdefault(lexeme, ["1A"])

    def text(self) -> str:
        """As PostgreSQL reads a tsvector. Lexemes are letters, digits and "#" only, so quoting is enough."""
        return " ".join(f"'{lexeme}':{','.join(places[:MOST_POSITIONS])}" for lexeme, places in self.positions.items())


@dataclass(frozen=True)
class Prepared:
    """What the index keeps of a document's words. `title_length` and `length` count lexemes."""

    head: str
    words: str
    title_length: int
    length: int


def prepare(texts: Sequence[tuple[str, Sequence[str], str, str]], codes: Iterable[str], names: Iterable[str]) -> Prepared:
    """`texts`: (title, keywords, subtitle, body) of each language; `names`: more keywords, of no language (the seller)."""
    vector = Vector()
    vector.add_codes(codes)
    for title, _, _, _ in texts:
        vector.add(title, "A")
    title_length = vector.length
    for word in dict.fromkeys([*(word for _, keywords, _, _ in texts for word in keywords), *names]):
        vector.add(word, "B")
    for _, _, subtitle, _ in texts:
        vector.add(subtitle, "C")
    head = vector.text()
    for _, _, _, body in texts:
        vector.add(body[:LONGEST_BODY], "D")
    return Prepared(head, vector.text(), max(1, title_length // max(1, len(texts))), vector.length)
