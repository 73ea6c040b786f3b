"""What the index knows of words: how common they are, what they were meant to be, what else says the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.db import connection

from oportuno.offer.search.models import KINDS
from oportuno.offer.search.rules.scoring import Scale
from oportuno.offer.search.rules.spelling import allowed, best
from oportuno.offer.search.rules.terms import Asked, SynonymGroup, phrases, splits
from oportuno.offer.search.rules.words import stem

SIMILAR = 0.22
"""Trigram similarity below which no slip of ours lies: a swap in a six-letter word leaves 3 of 11 trigrams."""
MOST_SIMILAR = 60


@dataclass(frozen=True)
class Known:
    """How common words are among the documents of one kind, or of all (`documents` many)."""

    lexemes: dict[str, int]
    documents: int
    scale: Scale


@dataclass(frozen=True)
class Knowledge:
    """What is known of the words of a question: among all documents, and kind by kind."""

    all: Known
    by_kind: dict[str, Known]

    def of(self, kind: str | None) -> Known:
        return self.by_kind.get(kind or "", self.all)


def look_up(question: Asked) -> Knowledge:
    """One query: how common is each word, its joins with its neighbours, and its halves."""
    words = [word for _, word in question.words]
    joined = [a + b for (at, a), (then, b) in pairwise(question.words) if then - at == 1]
    halves = [half for word in words if len(word) > 7 for pair in splits(word) for half in pair]
    wanted = list({stem(word) for word in [*words, *joined, *halves]})
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT lexeme, max(by_kind), NULL, NULL, NULL FROM search_word WHERE lexeme = ANY(%s) GROUP BY lexeme
               UNION ALL SELECT NULL, NULL, array_agg(documents ORDER BY array_position(%s, kind::text)),
                   array_agg(title_length ORDER BY array_position(%s, kind::text)), array_agg(length ORDER BY array_position(%s, kind::text))
               FROM search_measure""",
            [wanted, list(KINDS), list(KINDS), list(KINDS)],
        )
        rows = cursor.fetchall()
    sizes, titles, lengths = next(row[2:] for row in rows if row[0] is None)
    counts = {row[0]: row[1] for row in rows if row[0] is not None}
    return _knowledge(counts, sizes, [Scale(title, length) for title, length in zip(titles, lengths, strict=True)])


def _knowledge(counts: dict[str, list[int]], sizes: list[int], scales: list[Scale]) -> Knowledge:
    by_kind: dict[str, Known] = {
        kind: Known({lexeme: of_kind[place] for lexeme, of_kind in counts.items() if of_kind[place]}, sizes[place], scales[place])
        for place, kind in enumerate(KINDS)
    }
    most = max(range(len(KINDS)), key=sizes.__getitem__)
    return Knowledge(Known({lexeme: sum(of_kind) for lexeme, of_kind in counts.items()}, sum(sizes), scales[most]), by_kind)


def synonyms_of(question: Asked) -> list[SynonymGroup]:
    """The groups that any run of words of the question belongs to."""
    runs = phrases(question)
    if not runs:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT words, stems, ARRAY(SELECT DISTINCT lexeme FROM search_word WHERE lexeme = ANY(string_to_array(array_to_string(stems, ' '), ' ')))
               FROM search_synonym WHERE stems && %s""",
            [[" ".join(run) for run in runs]],
        )
        rows = cursor.fetchall()
    return [
        SynonymGroup({tuple(one.split()): word for word, one in zip(words, stems, strict=True) if one}, frozenset(known))
        for words, stems, known in rows
    ]


def meant(words: Iterable[str]) -> dict[str, str]:
    """For words nobody wrote, the likeliest known one as people write it; words without a near one are left out."""
    wanted = [word for word in dict.fromkeys(words) if allowed(word) and word.isalpha()]
    found: dict[str, str] = {}
    if not wanted:
        return found
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(SIMILAR)])
        for word in wanted[:6]:
            cursor.execute(
                """SELECT word, documents, shown FROM search_word
                   WHERE word %% %s AND length(word) BETWEEN %s AND %s ORDER BY similarity(word, %s) DESC LIMIT %s""",
                [word, len(word) - 2, len(word) + 2, word, MOST_SIMILAR],
            )
            rows = cursor.fetchall()
            if choice := best(word, [(other, documents) for other, documents, _ in rows]):
                found[word] = next(shown for other, _, shown in rows if other == choice)
    return found
