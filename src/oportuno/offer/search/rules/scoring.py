"""How well a document answers: BM25F over the fields, then what BM25 cannot see.

Why these figures: docs/search.md; `bench/search_relevance.py` measures them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from oportuno.offer.search.rules.accessories import stands_apart
from oportuno.offer.search.rules.terms import Term, Variant
from oportuno.offer.search.rules.words import LINKS, split, stem

TITLE, KEYWORDS, SUBTITLE, BODY = 0, 1, 2, 3
FIELDS = {"A": TITLE, "B": KEYWORDS, "C": SUBTITLE}
WEIGHTS = (5.0, 1.0, 3.0, 3.0)
BODY_OF_A_THING = 0.7
"""Of a product's or a seller's text, beside its keywords: "not for shade" is there, too. Pages are all text."""
SATURATION = 1.2
LENGTH = (0.75, 0.75, 0.75, 0.6)
"""How much a long field counts against itself, 0 to 1."""
USUAL_SUBTITLE = 8.0

EVERY_WORD = 1.0  # a document with all that is asked stands before any that lacks a part
AS_TYPED = 0.03  # "casa" as asked before "caso"
IN_A_ROW = 0.05  # the words together, in order
WHOLE_TITLE = 0.3  # the title is what was asked
OWN_CODE = 2.0  # its SKU or GTIN was asked
USED_WITH, COMPANION = -0.1, -0.1
OF_THIS_SORT = 0.1  # its category is what was asked
THE_VERY_SORT = 0.4  # its category is all that was asked
SORT_LINKS = frozenset(stem(word) for word in LINKS)
PURPOSE = 0.5  # what it is for tells less than what it is
POPULAR = 0.03


@dataclass(frozen=True, slots=True)
class Candidate:
    """What scoring looks at. `vector` is the tsvector as text."""

    id: int
    vector: str
    title: str
    subtitle: str
    title_length: int
    length: int
    categories: tuple[str, ...] = ()
    popularity: float = 0.0


@dataclass(frozen=True, slots=True)
class Scale:
    """Mean lengths over the index, in lexemes."""

    title_length: float
    length: float


@dataclass(frozen=True, slots=True)
class Match:
    """Where a term was found: the variant that tells most, and its best field."""

    term: Term
    variant: Variant
    field: int


@dataclass(frozen=True, slots=True)
class Scored:
    id: int
    score: float
    matches: tuple[Match, ...]
    complete: bool


class Scorer:
    """Scores candidates for one question."""

    def __init__(self, terms: Sequence[Term], scale: Scale, *, is_text: bool = True) -> None:
        self.terms = terms
        self.weights = WEIGHTS if is_text else (*WEIGHTS[:BODY], BODY_OF_A_THING)
        self.scale = scale
        self.worth = [term.idf * len(term.words) * (PURPOSE if term.purpose else 1.0) for term in terms]
        self.whole = sum(self.worth) or 1.0
        self.typed = frozenset(word for term in terms for word in term.words)
        self.row = [lexeme for term in terms for lexeme in term.own]
        self.asked = frozenset(lexeme for term in terms for variant in term.variants if variant.via != "code" for lexeme in variant.lexemes)
        wanted = {lexeme + ("[^']*" if v.via == "prefix" else "") for term in terms for v in term.variants for lexeme in v.lexemes}
        self.pattern = re.compile(f"'({'|'.join(sorted(wanted, key=len, reverse=True))})':([0-9A-D,]+)")

    def score(self, one: Candidate) -> Scored:
        places = {lexeme: _places(text) for lexeme, text in self.pattern.findall(one.vector)}
        norms = self._norms(one)
        total, matches = 0.0, []
        for term, telling in zip(self.terms, self.worth, strict=True):
            worth, match = self._best(term, places, norms)
            if match:
                total += telling * worth
                matches.append(match)
        complete = sum(not match.term.purpose for match in matches) == sum(not term.purpose for term in self.terms)
        return Scored(one.id, total / self.whole + self._beyond(one, matches, complete), tuple(matches), complete)

    def _best(self, term: Term, places: dict[str, list[tuple[int, int]]], norms: tuple[float, ...]) -> tuple[float, Match | None]:
        best, found = 0.0, None
        for variant in term.variants:
            hits = _hits(variant, places)
            if hits:
                amount = sum(self.weights[field] / norms[field] for _, field in hits)
                worth = variant.weight * amount / (SATURATION + amount)
                if worth > best:
                    best, found = worth, Match(term, variant, min(field for _, field in hits))
        return best, found

    def _norms(self, one: Candidate) -> tuple[float, ...]:
        subtitle = one.subtitle.count(" ") + 1
        means = (self.scale.title_length, self.scale.length, USUAL_SUBTITLE, self.scale.length)
        lengths = (one.title_length, one.length, subtitle, one.length)
        return tuple(1 - b + b * length / (mean or 1) for b, length, mean in zip(LENGTH, lengths, means, strict=True))

    def _beyond(self, one: Candidate, matches: list[Match], complete: bool) -> float:
        words = split(one.title)
        stems = [stem(word) for word in words]
        found = POPULAR * one.popularity + self._sort(one)
        found += AS_TYPED * len(self.typed.intersection(words)) / max(1, len(self.typed))
        found += WHOLE_TITLE if stems and stems == self.row else 0.0
        found += OWN_CODE if any(match.variant.via == "code" for match in matches) else 0.0
        told = words if self.asked.intersection(stems) else split(one.subtitle)
        told_stems = stems if told is words else [stem(word) for word in told]
        used_with, companion = stands_apart(told, told_stems, self.asked)
        found += USED_WITH * used_with + COMPANION * companion
        if complete and len(self.terms) > 1:
            found += EVERY_WORD
            found += IN_A_ROW if _runs(self.row, stems) or _runs(self.row, [stem(word) for word in split(one.subtitle)]) else 0.0
        return found

    def _sort(self, one: Candidate) -> float:
        """What it is worth that its nearest category names the question, or a part of it."""
        named = {stem(word) for word in one.categories[-1].split("-")} - SORT_LINKS if one.categories else set()
        if not named.intersection(self.asked):
            return 0.0
        share = len(named.intersection(self.asked)) / len(named)
        needed = [term for term in self.terms if not term.purpose]
        told = sum(any(named.issuperset(variant.lexemes) for variant in term.variants) for term in needed) / max(1, len(needed))
        return OF_THIS_SORT * share + (THE_VERY_SORT * told if share == 1 else 0.0)


def _places(text: str) -> list[tuple[int, int]]:
    """(position, field) of "3A,17,20C"."""
    return [(int(one[:-1]), FIELDS[one[-1]]) if one[-1] in "ABC" else (int(one.rstrip("D")), BODY) for one in text.split(",")]


def _hits(variant: Variant, places: dict[str, list[tuple[int, int]]]) -> list[tuple[int, int]]:
    if variant.via == "prefix":
        return [place for lexeme, found in places.items() if lexeme.startswith(variant.lexemes[0]) for place in found]
    found = [places.get(lexeme, []) for lexeme in variant.lexemes]
    if len(found) == 1 or not all(found):
        return found[0] if all(found) else []
    if variant.loose:
        return min(found, key=len)
    later = {position for position, _ in found[1]}
    hits = [(position, field) for position, field in found[0] if position + variant.gaps[0] in later]
    return hits if len(found) == 2 else hits[:1]


def _runs(row: list[str], stems: list[str]) -> bool:
    return any(stems[start : start + len(row)] == row for start in range(len(stems) - len(row) + 1))
