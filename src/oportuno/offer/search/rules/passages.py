"""Which passage of a text answers a question, and the snippet to show of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from oportuno.offer.search.rules.scoring import SATURATION
from oportuno.offer.search.rules.terms import Term
from oportuno.offer.search.rules.words import WORD, lexeme, split, stem

READ = 6_000  # characters of a text that are looked at closely
ROOT = 6  # letters; "protestan", "protesta" and "protestantes" meet there, where a light stem keeps them apart
WINDOW = 25  # words of a passage
EXACT, ROOTS, TOGETHER = 0.75, 0.75, 0.3
"""Worth of a word as asked, of its root, and of standing together in one passage; measured on Spanish questions."""
SNIPPET = 26  # words


def depth(text: str, terms: Sequence[Term], usual: float) -> float:
    """How well a text speaks of the question beyond its lexemes; 0 to about 1.8, of the same kind as a score."""
    words = split(text[:READ])
    exact, roots = Counter(words), Counter(word[:ROOT] for word in words)
    norm = SATURATION * (0.5 + 0.5 * len(words) / max(usual, 1.0))
    found = 0.0
    for term in terms:
        for word in term.words:
            times, rooted = exact[word], roots[word[:ROOT]]
            found += term.idf * (EXACT * times / (times + norm) + ROOTS * rooted / (rooted + norm)) / len(term.words)
    whole = sum(term.idf for term in terms) or 1.0
    return (found + TOGETHER * _densest(words, terms)) / whole


def _densest(words: list[str], terms: Sequence[Term]) -> float:
    """The most idf that stands together in one window of words."""
    worth = {root(word): term.idf / len(term.words) for term in terms for word in term.words}
    events = [(place, key) for place, word in enumerate(words) if (key := root(word)) in worth]
    inside: Counter[str] = Counter()
    first, now, best = 0, 0.0, 0.0
    for place, key in events:
        now += 0 if inside[key] else worth[key]
        inside[key] += 1
        while events[first][0] < place - WINDOW:
            gone = events[first][1]
            inside[gone] -= 1
            now -= 0 if inside[gone] else worth[gone]
            first += 1
        best = max(best, now)
    return best


@lru_cache(maxsize=200_000)
def root(word: str) -> str:
    return stem(word)[:ROOT]


def snippet(text: str, wanted: frozenset[str]) -> list[tuple[str, bool]]:
    """The stretch of a text with the most of the wanted lexemes, as (text, is it one of them); plain text, never HTML."""
    spans = [(m.start(), m.end(), lexeme(m.group()) in wanted) for m in WORD.finditer(text[:READ])]
    if not spans:
        return []
    hits = [place for place, (_, _, hit) in enumerate(spans) if hit]
    start = max(hits, key=lambda place: (sum(1 for other in hits if place <= other < place + SNIPPET), -place), default=0)
    start = max(0, min(start - 4, len(spans) - SNIPPET))
    shown = spans[start : start + SNIPPET]
    cut_before, cut_after = start > 0, start + SNIPPET < len(spans)
    pieces = _pieces(text, shown, shown[0][0] if cut_before else 0, shown[-1][1] if cut_after else min(len(text), READ))
    return [*([("… ", False)] if cut_before else []), *pieces, *([(" …", False)] if cut_after else [])]


def marked(text: str, wanted: frozenset[str]) -> list[tuple[str, bool]]:
    """A short text whole, with its hits marked."""
    spans = [(m.start(), m.end(), lexeme(m.group()) in wanted) for m in WORD.finditer(text)]
    return _pieces(text, spans, 0, len(text))


def _pieces(text: str, spans: Sequence[tuple[int, int, bool]], begin: int, end: int) -> list[tuple[str, bool]]:
    found: list[tuple[str, bool]] = []
    place = begin
    for start, stop, hit in spans:
        if hit:
            if start > place:
                found.append((_one_line(text[place:start]), False))
            found.append((text[start:stop], True))
            place = stop
    return [*found, (_one_line(text[place:end]), False)] if end > place else found


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
