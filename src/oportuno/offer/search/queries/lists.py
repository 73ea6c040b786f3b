"""Lists, asked without words. A whole shelf is by far the most asked and the longest: its best come by an index, its counts apart."""

from __future__ import annotations

from dataclasses import replace

from django.db import connection

from oportuno.kernel.moments import Moments
from oportuno.offer.search.queries import hits
from oportuno.offer.search.queries.asking import Query
from oportuno.offer.search.queries.filters import Condition, condition
from oportuno.offer.search.rules.scoring import Scale

COUNTED: Moments[hits.Found] = Moments(seconds=0.9, most=200)
"""Many stand before the same shelf at once, and counting ten thousand things is the dearest part of its page. Pages are kept for four
seconds: together they are right within five. Who is hidden is gone at once all the same: cards are made of what is on show now."""


def listed(query: Query, scale: Scale, *, take: int) -> hits.Found:
    """What there is, in order, with its counts: exact up to 10,000, else of any 10,000 of it."""
    if query.but(category="").narrowed:
        return hits.find(query, "", (), scale, take=take)
    shelf = condition(query)
    counted = COUNTED.get((shelf.where, repr(shelf.parameters)), lambda: _counted(shelf))
    return replace(counted, ids=_best(shelf, query, take))


def _counted(shelf: Condition) -> hits.Found:
    sql = f"""
    SELECT count(*), NULL, NULL, string_agg(counted, ''::bytea)
    FROM (SELECT d.counted FROM search_document d WHERE {shelf.where} LIMIT {hits.MOST + 1}) hits
    """
    return hits.asked(sql, shelf.parameters)


def _best(shelf: Condition, query: Query, take: int) -> list[int]:
    order = hits.LIST_ORDERS["relevance" if query.sort == "distance" else query.sort]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT d.id FROM search_document d WHERE {shelf.where} ORDER BY {order} LIMIT {int(take)}", shelf.parameters)
        return [row[0] for row in cursor.fetchall()]
