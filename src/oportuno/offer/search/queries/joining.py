"""Documents that lie on one page are one result."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

PAGES = "SELECT id, split_part(url, '#', 1) FROM search_document WHERE id = ANY(%s) AND kind = 'content'"
"""Only what is written has parts with addresses of their own: the answers to a question."""


def joined(ids: Sequence[int]) -> list[int]:
    """Without those whose page already came: a question and its answers stand where the first of them was found. One query."""
    with connection.cursor() as cursor:
        cursor.execute(PAGES, [list(ids)])
        pages = dict(cursor.fetchall())
    kept: dict[object, int] = {}
    for one in ids:
        kept.setdefault(pages.get(one, one), one)
    return list(kept.values())
