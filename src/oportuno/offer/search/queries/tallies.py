"""How many of what was found have each tag: packed numbers, put end to end by the database and gone through once."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from oportuno.kernel.moments import Moments
from oportuno.offer.search.queries.filters import Condition
from oportuno.offer.search.queries.tags import read
from oportuno.offer.search.rules.packing import apart, counted

MOST = 10_000
"""Hits that are ranked and counted; nobody reads further, and each costs."""
NUMBERS = "string_agg(counted, ''::bytea)"


@dataclass(frozen=True)
class Tally:
    """`total` of them, capped one above MOST; tags with their counts, the commonest first."""

    total: int
    tags: tuple[tuple[str, int], ...]

    def beginning(self, prefix: str, most: int) -> dict[str, int]:
        """The commonest tags that begin so."""
        found: dict[str, int] = {}
        for tag, count in self.tags:
            if len(found) < most and tag.startswith(prefix):
                found[tag] = count
        return found


TALLIED: Moments[Tally] = Moments(seconds=0.9, most=200)
"""Many stand before the same shelf at once, and counting ten thousand things is the dearest part of its page. Pages are kept for four
seconds: together they are right within five. Who is hidden is gone at once all the same: cards are made of what is on show now."""


def kept_tally(narrowed: Condition) -> Tally:
    """A tally of a shelf, perhaps a moment old."""
    return TALLIED.get((narrowed.join, narrowed.where, repr((narrowed.join_parameters, narrowed.parameters))), lambda: tally(narrowed))


def tally(narrowed: Condition) -> Tally:
    """Of all that meets a condition: exact up to 10,000, else of any 10,000 of it."""
    sql = f"""SELECT count(*), {NUMBERS}
        FROM (SELECT d.counted FROM search_document d {narrowed.join} WHERE {narrowed.where} LIMIT {MOST + 1}) hits"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [*narrowed.join_parameters, *narrowed.parameters])
        return tallied(*cursor.fetchone())


def tallied(total: int, numbers: bytes | None) -> Tally:
    """Of what a query found: how many, and all their numbers."""
    counts = counted(bytes(numbers or b""))
    names = read(counts.keys())
    tags = apart({names[one]: count for one, count in counts.items()})
    return Tally(total, tuple(sorted(tags.items(), key=lambda pair: (-pair[1], pair[0]))))
