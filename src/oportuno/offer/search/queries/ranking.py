"""Putting the best few hundred hits in their true order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db import connection

from oportuno.offer.search.queries.asking import Query
from oportuno.offer.search.queries.dictionary import Knowledge
from oportuno.offer.search.rules.passages import READ, depth
from oportuno.offer.search.rules.scoring import Candidate, Scored, Scorer
from oportuno.offer.search.rules.terms import Term, weighed

POOL = 100
"""Hits that are scored well; the database's own rank chooses them. 250 or 600 changed nothing in the first ten."""
READ_CLOSELY = 40
WORDS_OF_A_QUESTION = 3
"""From so many telling words on it is a question, and the texts themselves are read."""


def ranked(ids: Sequence[int], terms: Sequence[Term], knowledge: Knowledge, query: Query) -> tuple[list[int], dict[int, Scored]]:
    """The ids in their true order (those beyond the pool follow as they came), and how each was scored."""
    scorers = {
        kind: Scorer(weighed(terms, known.lexemes, known.documents), known.scale, is_text=kind == "content")
        for kind, known in knowledge.by_kind.items()
    }
    found = [(kind, scorers[kind].score(one)) for kind, one in _candidates(ids[:POOL], query.language)]
    found.sort(key=lambda one: (-one[1].score, -one[1].id))
    if len(terms) >= WORDS_OF_A_QUESTION:
        found = _read_closely(found, scorers)
    return [*(one.id for _, one in found), *ids[POOL:]], {one.id: one for _, one in found}


def _candidates(ids: Sequence[int], language: str) -> list[tuple[str, Candidate]]:
    mine, other = ("en", "es") if language.startswith("en") else ("es", "en")
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT kind, id, words::text, COALESCE(NULLIF(title_{mine}, ''), title_{other}), COALESCE(NULLIF(subtitle_{mine}, ''), subtitle_{other}),
                       title_length, length, categories[cardinality(categories):], popularity
                FROM search_document WHERE id = ANY(%s)""",
            [list(ids)],
        )
        return [
            (kind, Candidate(one, vector, title, subtitle, title_length, length, tuple(categories or ()), popularity))
            for kind, one, vector, title, subtitle, title_length, length, categories, popularity in cursor.fetchall()
        ]


def _read_closely(found: list[tuple[str, Scored]], scorers: dict[str, Scorer]) -> list[tuple[str, Scored]]:
    """Let the texts themselves speak, for the first few."""
    texts = _texts([one.id for _, one in found[:READ_CLOSELY]])
    deeper = [
        (kind, replace(one, score=one.score + depth(texts.get(one.id, ""), scorers[kind].terms, scorers[kind].scale.length)))
        for kind, one in found[:READ_CLOSELY]
    ]
    return [*sorted(deeper, key=lambda one: (-one[1].score, -one[1].id)), *found[READ_CLOSELY:]]


def _texts(ids: list[int]) -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT id, left(concat_ws(' . ', title_es, subtitle_es, body_es, title_en, subtitle_en, body_en), {READ})
                FROM search_document WHERE id = ANY(%s)""",
            [ids],
        )
        return dict(cursor.fetchall())
