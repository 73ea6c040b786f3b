"""Page views: taken in memory, written once a second. What a crash loses, nobody misses."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from oportuno.kernel.facts import Buffer, record_cheaply
from oportuno.kernel.isolation import for_market
from oportuno.people.audience.facts import PageViewed

View = tuple[int, PageViewed]


def write(views: Sequence[View]) -> int:
    """Into the log, each with the contact that its organisation knows the visitor to be."""
    with for_market("page views of many organisations are written together"):
        known = _known({view.visitor for _, view in views if view.visitor})
        return record_cheaply([(organisation, _of(view, known.get((organisation, view.visitor)))) for organisation, view in views])


def _known(visitors: set[UUID]) -> dict[tuple[int, UUID | None], UUID]:
    with connection.cursor() as cursor:  # one parameter, however many visitors
        cursor.execute("SELECT organisation_id, visitor_id, contact_id FROM known_visitor WHERE visitor_id = ANY(%s)", [list(visitors)])
        return {(organisation, visitor): contact for organisation, visitor, contact in cursor.fetchall()}


def _of(view: PageViewed, contact: UUID | None) -> PageViewed:
    if contact is None:
        return view
    return PageViewed(
        path=view.path, page=view.page, page_kind=view.page_kind, referrer=view.referrer, visitor=view.visitor, contact=contact, at=view.at
    )


BUFFER: Buffer[View] = Buffer("beacons", write)
