"""Letting search follow what is written in sites."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import transaction

from oportuno.doors.marketplace.queries.posts import document
from oportuno.doors.marketplace.queries.writings import on_show
from oportuno.offer.directory import api as directory
from oportuno.offer.search import api as search
from oportuno.offer.sites import api as sites

BATCH = 200


def follow_entries(ids: Collection[UUID]) -> int:
    """Put those of these that are shown into search, and take the others out; how many were put."""
    rows = list(ids)
    return sum(_follow(rows[start : start + BATCH]) for start in range(0, len(rows), BATCH))


def follow_site(organisation: int) -> int:
    """All of a site, after it was opened or closed, or many entries came in."""
    return follow_entries(sites.ids_of_site(organisation))


@transaction.atomic
def _follow(ids: Sequence[UUID]) -> int:
    """Who writes into the index holds, from before he reads, that sites and sellers stay as open as he reads them."""
    owners = sites.owners_of(ids)
    directory.hold_standing(owners)
    for owner in sorted(owners):
        sites.hold_site(owner)
    shown = sites.shown_entries(ids, whole=True)
    sellers = on_show({one.owner.slug for one in shown})
    there = {one.entry.pk for one in shown}
    search.remove(f"content:{pk}" for pk in ids if pk not in there)
    return search.put(document(one, sellers) for one in shown)


IN_SEARCH = search.Feeder(name="entries", edition=1, rows=sites.Entry, feed=follow_entries)
"""`edition` is raised when what is found of the same thing changes."""
