"""One person in memory, and whether a segment holds for her."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from oportuno.kernel.clock import now
from oportuno.kernel.facts.log import kind_number
from oportuno.kernel.isolation import acting_organisation
from oportuno.people.audience.api import Contact, gone_into, identities_of, standings_of
from oportuno.people.segments.models import Segment, SegmentMember
from oportuno.people.segments.queries.deeds import deeds
from oportuno.people.segments.queries.things import meant, things_of
from oportuno.people.segments.rules.holding import holds as answers
from oportuno.people.segments.rules.profile import Deed, Profile
from oportuno.people.segments.rules.tree import read

FACTS = """
SELECT f.kind_id, f.at, f.subject_id, f.data FROM fact f
WHERE f.organisation_id = %s AND f.contact_id = ANY(%s) AND f.kind_id = ANY(%s) ORDER BY f.at DESC LIMIT %s
"""
MOST_DEEDS = 5_000


def holds(segment: UUID, person: Profile, *, at: datetime | None = None) -> bool:
    """Whether a segment of the organisation we act for means this person: a list, whoever is in it; a live one, by its tree."""
    found = Segment.objects.get(organisation_id=acting_organisation(), pk=segment, deleted_at__isnull=True)
    if not found.is_live:
        return segment in person.segments
    root = read(found.tree, things_of(found.organisation_id))
    return answers(meant(found.organisation_id, root, at or now()), person)


def profile_of(contact: Contact) -> Profile:
    """All that conditions may ask of a contact of the organisation we act for, in five look-ups by index."""
    proved: dict[str, bool] = {}
    for one in identities_of(contact):
        proved[one.kind] = proved.get(one.kind, False) or one.verified_at is not None
    return Profile(
        columns=columns_of(contact),
        fields=contact.fields,
        tags=frozenset(contact.tags),
        consents={(one.channel, one.purpose): (one.standing, frozenset(one.topics)) for one in standings_of(contact)},
        identities=proved,
        segments=frozenset(
            SegmentMember.objects.filter(organisation_id=contact.organisation_id, contact_id=contact.pk).values_list(
                "segment_id", flat=True
            )
        ),
        deeds=_deeds_of(contact),
    )


def columns_of(contact: Contact) -> Mapping[str, Any]:
    """What stands in the contact itself, by the names of things."""
    return {
        "name": contact.name_key, "given_name": contact.given_name, "family_name": contact.family_name, "company": contact.company_name,
        "job_title": contact.job_title, "email": contact.email, "phone": contact.phone, "place": contact.place, "country": contact.country,
        "language": contact.language, "source": contact.source, "stage": contact.stage, "kind": contact.kind, "created": contact.created_at,
        "seen": contact.last_seen_at, "account": contact.person_id is not None,
    }  # fmt: skip


def _deeds_of(contact: Contact) -> list[Deed]:
    names = {kind_number(kind): kind for kind in _kinds()}
    with connection.cursor() as cursor:
        cursor.execute(FACTS, [contact.organisation_id, [contact.pk, *gone_into(contact.pk)], list(names), MOST_DEEDS])
        return [
            Deed(names[kind], at, subject, json.loads(data) if isinstance(data, str) else data)
            for kind, at, subject, data in cursor.fetchall()
        ]


def _kinds() -> Iterable[str]:
    return {kind for deed in deeds().values() for kind in deed.kinds}
