"""One organisation's own facts, in the order of the log: for programs outside that follow along.

The log is ordered for all organisations together. A page looks at so many facts at most, whosever they are, and says how
far it looked: small costs for everybody, no index more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from oportuno.kernel.facts.log import kind_number
from oportuno.kernel.facts.readers import Recorded, horizon, recorded
from oportuno.kernel.isolation import for_market

LOOK = 50_000  # facts of the log that one page looks at: some tens of milliseconds

PAGE = """
SELECT f.id, f.transaction, f.organisation_id, k.name, f.subject_id, f.contact_id, f.visitor_id, f.person_id, f.at, f.data
FROM (
    SELECT * FROM fact WHERE (transaction, id) > (%(transaction)s, %(id)s) AND transaction < %(horizon)s
    ORDER BY transaction, id LIMIT %(look)s
) f LEFT JOIN fact_kind k ON k.id = f.kind_id
WHERE f.organisation_id = %(organisation)s AND (%(kind)s::int IS NULL OR f.kind_id = %(kind)s::int)
ORDER BY f.transaction, f.id LIMIT %(limit)s + 1
"""
END = """
SELECT transaction, id, count(*) OVER () FROM (
    SELECT f.transaction, f.id FROM fact f WHERE (f.transaction, f.id) > (%(transaction)s, %(id)s) AND f.transaction < %(horizon)s
    ORDER BY f.transaction, f.id LIMIT %(look)s
) looked ORDER BY transaction DESC, id DESC LIMIT 1
"""
Place = tuple[int, int]


@dataclass(frozen=True)
class Followed:
    """`next` is where to go on, also when nothing is new; `more`: there may be more right now."""

    facts: Sequence[Recorded]
    next: Place
    more: bool


def follow(organisation: int, *, after: Place = (0, 0), kind: str = "", limit: int = 100) -> Followed:
    """The organisation's facts behind a place (transaction, id), of one kind if given. Ordered as the log is; none is skipped."""
    asked: dict[str, int | str | None] = {
        "organisation": organisation,
        "transaction": after[0],
        "id": after[1],
        "kind": kind_number(kind) if kind else None,
        "limit": limit,
        "look": LOOK,
    }
    with for_market("the log is ordered for all; the query names one organisation"), connection.cursor() as cursor:
        asked["horizon"] = horizon(cursor)
        cursor.execute(END, asked)
        looked = cursor.fetchone()
        cursor.execute(PAGE, asked)
        rows = [recorded(row) for row in cursor.fetchall()]
    if len(rows) > limit:
        return Followed(rows[:limit], (rows[limit - 1].transaction, rows[limit - 1].id), True)
    if looked is None:
        return Followed(rows, after, False)
    last = (rows[-1].transaction, rows[-1].id) if rows else after  # the second question may have seen further than the first
    return Followed(rows, max((looked[0], looked[1]), last), looked[2] == LOOK)
