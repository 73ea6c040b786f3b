"""Segments as members of an organisation and other apps find them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import acting_organisation
from oportuno.people.organisations.api import Member
from oportuno.people.segments.models import Segment, SegmentMember

PAGE = 50
MOST = 500


@dataclass(frozen=True)
class Use:
    """Something that needs a segment: what it is called, and where it is ("" when one cannot go there)."""

    label: str
    href: str = ""


User = Callable[[Segment], Sequence[Use]]
_users: dict[str, User] = {}


def tells_use(name: str, user: User) -> None:
    """Register who knows what an app needs a segment for: `user(segment)`, in its organisation. Called in config.wiring."""
    _users[name] = user


def used_by(segment: Segment) -> list[Use]:
    """Whatever needs it: other segments first, then what apps above say."""
    asking = Segment.objects.filter(organisation_id=segment.organisation_id, uses__contains=[segment.pk], deleted_at__isnull=True)
    own = [Use(str(one)) for one in asking.order_by("name")[:20]]
    return own + [use for user in _users.values() for use in user(segment)]


def segment_for(member: Member, segment: UUID, *, lock: bool = False) -> Segment:
    """A segment of the member's organisation that is not in the bin, or NotFound."""
    rows = Segment.objects.select_for_update() if lock else Segment.objects.all()
    found = rows.filter(organisation_id=member.organisation.pk, pk=segment, deleted_at__isnull=True).first()
    if found is None:
        raise NotFound
    return found


def segments_for(member: Member) -> list[Segment]:
    """Those that can be used now, by name: saved, not in the bin. Drafts are nobody's but the builder's."""
    rows = Segment.objects.filter(organisation_id=member.organisation.pk, deleted_at__isnull=True).exclude(revision=0)
    return list(rows.order_by("name")[:MOST])


def page_of(member: Member, *, after: tuple[str, UUID] | None = None, size: int = PAGE) -> list[Segment]:
    """The same, a page at a time, by name."""
    rows = Segment.objects.filter(organisation_id=member.organisation.pk, deleted_at__isnull=True).exclude(revision=0)
    if after:
        rows = rows.filter(Q(name__gt=after[0]) | Q(name=after[0], pk__gt=after[1]))
    return list(rows.order_by("name", "pk")[:size])


def listed_for(member: Member) -> list[Segment]:
    """All that stand in the list of segments, drafts too, the latest changed first."""
    return list(
        Segment.objects.filter(organisation_id=member.organisation.pk, deleted_at__isnull=True).order_by("-changed_at", "-pk")[:MOST]
    )


def contacts_in(segment: UUID, *, after: UUID | None = None, size: int = 5000) -> list[UUID]:
    """A page of its members by id, of the organisation we act for; the next page begins after the last one."""
    rows = SegmentMember.objects.filter(organisation_id=acting_organisation(), segment_id=segment)
    if after is not None:
        rows = rows.filter(contact_id__gt=after)
    return list(rows.order_by("contact_id").values_list("contact_id", flat=True)[:size])


def count_in(segment: UUID) -> int:
    """How many members it has, as last counted; 0 before it was built. Raises NotFound."""
    found = Segment.objects.filter(organisation_id=acting_organisation(), pk=segment).values_list("count", flat=True)
    if not found:
        raise NotFound
    return int(found[0] or 0)


def segments_of(contact: UUID) -> list[tuple[Segment, datetime]]:
    """The segments that a contact of the organisation we act for is in, and since when."""
    held: dict[Any, datetime] = dict(
        SegmentMember.objects.filter(organisation_id=acting_organisation(), contact_id=contact).values_list("segment_id", "since")
    )
    found = Segment.objects.filter(organisation_id=acting_organisation(), pk__in=held, deleted_at__isnull=True).order_by("name")
    return [(one, held[one.pk]) for one in found]


def asks_for_others() -> bool:
    """Whether any segment of the market asks for another."""
    return Segment.objects.filter(deleted_at__isnull=True).exclude(uses=[]).exists()


CIRCLE = """
WITH RECURSIVE asked(id) AS (
    SELECT unnest(%(uses)s::uuid[])
    UNION
    SELECT unnest(s.uses) FROM segment s JOIN asked ON s.id = asked.id WHERE s.organisation_id = %(organisation)s
)
SELECT EXISTS (SELECT 1 FROM asked WHERE id = %(segment)s)
"""


def circle_through(segment: Segment) -> bool:
    """Whether what it asks for asks, in the end, for itself."""
    with connection.cursor() as cursor:
        cursor.execute(CIRCLE, {"uses": list(segment.uses), "organisation": segment.organisation_id, "segment": segment.pk})
        return bool(cursor.fetchone()[0])
