"""Asking the index."""

from __future__ import annotations

from oportuno.offer.search.queries.answers import Results
from oportuno.offer.search.queries.asking import Query


def search(query: Query) -> Results:
    """What there is for a question, best first."""
    return Results(query=query)
