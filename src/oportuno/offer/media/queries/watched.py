"""Which documents show which things, as the database itself writes it down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from oportuno.kernel.isolation import acting_organisation
from oportuno.offer.media.models import Used

MOST = 1_000
WATCHED = """
SELECT c.relname, t.tgargs FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgname = 'media_used' ORDER BY 1
"""
"""PostgreSQL ends each argument of a trigger with a zero byte."""
UNTOLD = """
SELECT count(*) FROM media_named_in(%s, %s) n WHERE NOT EXISTS (SELECT 1 FROM media_used u
    WHERE u.place = %s AND (u.organisation_id, u.holder, u.item_id) = (n.organisation_id, n.holder, n.item_id))
"""


def holders_of(items: Sequence[UUID], *places: str) -> dict[str, list[tuple[UUID, UUID]]]:
    """Rows of these tables, of the organisation we act for, that show these things: (row, thing) by table. One query on a btree."""
    rows = Used.objects.filter(organisation_id=acting_organisation(), item_id__in=list(items), place__in=places)
    found: dict[str, list[tuple[UUID, UUID]]] = {place: [] for place in places}
    for place, holder, item in rows.values_list("place", "holder", "item_id")[: MOST * len(places)]:
        found[place].append((holder, item))
    return found


def watched() -> list[tuple[str, list[str]]]:
    """Tables whose documents are watched, and their columns."""
    with connection.cursor() as cursor:
        cursor.execute(WATCHED)
        return [(place, bytes(columns).decode().split("\0")[:-1]) for place, columns in cursor.fetchall()]


def untold() -> int:
    """Things that a document shows and nothing says so: they could be removed while they are used. Acts for the market."""
    with connection.cursor() as cursor:
        return sum(_count(cursor, place, columns) for place, columns in watched())


def _count(cursor: Any, place: str, columns: list[str]) -> int:
    cursor.execute(UNTOLD, [place, columns, place])
    return int(cursor.fetchone()[0])
