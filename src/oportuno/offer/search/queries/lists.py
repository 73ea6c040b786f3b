"""Lists, asked without words. A whole shelf is by far the most asked and the longest: its best come by an index, its counts apart."""

from __future__ import annotations

from django.db import connection

from oportuno.offer.search.queries import hits
from oportuno.offer.search.queries.asking import Query
from oportuno.offer.search.queries.filters import Condition, condition
from oportuno.offer.search.queries.tallies import kept_tally
from oportuno.offer.search.rules.scoring import Scale


def listed(query: Query, scale: Scale, *, take: int) -> hits.Found:
    """What there is, in order, with its counts: exact up to 10,000, else of any 10,000 of it."""
    if query.but(category="").narrowed:
        return hits.find(query, "", (), scale, take=take)
    shelf = condition(query)
    return hits.Found.of(kept_tally(shelf), _best(shelf, query, take))


def _best(shelf: Condition, query: Query, take: int) -> list[int]:
    order = hits.LIST_ORDERS["relevance" if query.sort == "distance" else query.sort]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT d.id FROM search_document d WHERE {shelf.where} ORDER BY {order} LIMIT {int(take)}", shelf.parameters)
        return [row[0] for row in cursor.fetchall()]
