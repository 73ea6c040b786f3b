"""Putting the best few hundred hits in their true order."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from oportuno.offer.search.queries.asking import Query
from oportuno.offer.search.rules.passages import READ, depth
from oportuno.offer.search.rules.scoring import Candidate, Scale, Scored, Scorer
from oportuno.offer.search.rules.terms import Term

POOL = 250
"""Hits that are scored well; the database's own rank chooses them. More changed nothing in the first ten."""
READ_CLOSELY = 40
WORDS_OF_A_QUESTION = 3
"""From so many telling words on it is a question, and the texts themselves are read."""


def ranked(ids: Sequence[int], terms: Sequence[Term], scale: Scale, query: Query) -> tuple[list[int], dict[int, Scored]]:
    """The ids in their true order (those beyond the pool follow as they came), and how each was scored."""
    scorer = Scorer(terms, scale)
    found = {one.id: scorer.score(one) for one in _candidates(ids[:POOL], query.language)}
    order = sorted(found.values(), key=lambda one: (-one.score, -one.id))
    if len(terms) >= WORDS_OF_A_QUESTION:
        order = _read_closely(order, terms, scale)
    return [*(one.id for one in order), *ids[POOL:]], {one.id: one for one in order}


def _candidates(ids: Sequence[int], language: str) -> list[Candidate]:
    mine, other = ("en", "es") if language.startswith("en") else ("es", "en")
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT id, words::text, COALESCE(NULLIF(title_{mine}, ''), title_{other}), COALESCE(NULLIF(subtitle_{mine}, ''), subtitle_{other}),
                       title_length, length, categories[cardinality(categories):], popularity
                FROM search_document WHERE id = ANY(%s)""",
            [list(ids)],
        )
        return [
            Candidate(one, vector, title, subtitle, title_length, length, tuple(categories or ()), popularity)
            for one, vector, title, subtitle, title_length, length, categories, popularity in cursor.fetchall()
        ]


def _read_closely(order: list[Scored], terms: Sequence[Term], scale: Scale) -> list[Scored]:
    first, rest = order[:READ_CLOSELY], order[READ_CLOSELY:]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, left(body_es, {READ}), left(body_en, {READ}) FROM search_document WHERE id = ANY(%s) AND (body_es, body_en) <> ('', '')",
            [[one.id for one in first]],
        )
        texts = {row[0]: row[1] or row[2] for row in cursor.fetchall()}
    deeper = [
        Scored(one.id, one.score + (depth(texts[one.id], terms, scale.length) if one.id in texts else 0.0), one.matches, one.complete)
        for one in first
    ]
    return [*sorted(deeper, key=lambda one: (-one.score, -one.id)), *rest]
