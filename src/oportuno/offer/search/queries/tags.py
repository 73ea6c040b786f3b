"""What values are called that are counted folded: "bogota" is Bogotá."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db import connection

from oportuno.offer.search.queries.answers import Count

MOST_KEPT = 20_000
_kept: dict[tuple[str, str], str] = {}
"""Learned once, a name stays; so each process asks for each name once."""


def named(key: str, counts: Sequence[Count]) -> tuple[Count, ...]:
    """The same counts with their names; a value not learned yet (a minute at most) has none. At most one query."""
    unknown = [one.value for one in counts if (key, one.value) not in _kept]
    if unknown:
        if len(_kept) > MOST_KEPT:
            _kept.clear()
        with connection.cursor() as cursor:
            cursor.execute("SELECT value, shown FROM search_tag WHERE key = %s AND value = ANY(%s)", [key, unknown])
            _kept.update({(key, value): shown for value, shown in cursor.fetchall()})
    return tuple(replace(one, shown=_kept.get((key, one.value), "")) for one in counts)
