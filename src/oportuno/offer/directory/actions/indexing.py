"""Telling search about sellers."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from oportuno.offer.directory.queries.documents import documents, key_of
from oportuno.offer.search.api import put, remove


def index_sellers(sellers: Iterable[UUID | None]) -> int:
    """Put these sellers' documents as they are now, and remove those of sellers who are not published; how many were put."""
    wanted = {one for one in sellers if one}
    found = documents(wanted)
    remove({key_of(one) for one in wanted} - {one.key for one in found})
    return put(found)
