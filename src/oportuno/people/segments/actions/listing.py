"""Lists: who is in them is what members put there. And copies, which may be of either kind."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from oportuno.kernel.errors import Refusal
from oportuno.kernel.facts import record_all
from oportuno.people.audience.api import addresses
from oportuno.people.organisations.api import Member
from oportuno.people.segments.actions.saving import LONGEST_NAME, MOST_SEGMENTS, make_segment
from oportuno.people.segments.facts import SegmentEntered, SegmentLeft
from oportuno.people.segments.models import Kind, Segment, SegmentMember
from oportuno.people.segments.queries.known import contacts_by
from oportuno.people.segments.queries.segments import contacts_in, segment_for
from oportuno.people.segments.rules.tree import EVERYBODY, written

BATCH = 5_000
MOST_PASTED = 20_000  # addresses of one press
BETWEEN = re.compile(r"[\s,;<>\"']+")
ENTER = """
INSERT INTO segment_member (organisation_id, segment_id, contact_id, since)
SELECT c.organisation_id, %(segment)s, c.id, %(at)s FROM contact c
WHERE c.organisation_id = %(organisation)s AND c.id = ANY(%(contacts)s) ORDER BY c.id
ON CONFLICT DO NOTHING RETURNING contact_id
"""


@dataclass(frozen=True)
class Pasted:
    """`unknown` are addresses that no contact has, as they were written; the first hundred. `wrong`: what is no address."""

    added: int
    there: int
    unknown: Sequence[str]
    wrong: Sequence[str]


@transaction.atomic
def put_in(*, segment: UUID, contacts: Collection[UUID], by: Member, at: datetime) -> int:
    """Put contacts into a list; how many were not in it. What is no contact of the organisation is left out."""
    found = _list(segment, by)
    return sum(_enter(found, batch, by, at) for batch in _batches(list(contacts)))


@transaction.atomic
def take_out(*, segment: UUID, contacts: Collection[UUID], by: Member, at: datetime) -> int:
    """Take contacts out of a list; how many were in it."""
    found = _list(segment, by)
    held = SegmentMember.objects.filter(organisation_id=by.organisation.pk, segment_id=found.pk, contact_id__in=list(contacts))
    gone = list(held.values_list("contact_id", flat=True))
    held.delete()
    record_all(SegmentLeft(segment=found.pk, name=found.name, contact=one, by=by.id, at=at) for one in gone)
    _count(found, -len(gone), at)
    return len(gone)


@transaction.atomic
def fill_from(*, segment: UUID, source: UUID, by: Member, at: datetime) -> int:
    """Put into a list whoever is in another segment now; how many were not in it."""
    found, other = _list(segment, by), segment_for(by, source)
    added, after = 0, None
    while batch := contacts_in(other.pk, after=after, size=BATCH):
        added += _enter(found, batch, by, at)
        after = batch[-1]
    return added


@transaction.atomic
def paste_in(*, segment: UUID, text: str, by: Member, at: datetime) -> Pasted:
    """Put in whoever has one of these e-mail addresses or phone numbers, one a line or with commas between them."""
    found = _list(segment, by)
    keys, wrong = _read(text, by.organisation.country)
    if not keys and not wrong:
        raise Refusal(_("Paste the addresses first, one a line."), field="addresses")
    if len(keys) > MOST_PASTED:
        raise Refusal(_("That is more than 20,000 addresses at once. Bring them in as a file instead."), field="addresses")
    known = contacts_by(by.organisation.pk, list(keys))
    added = sum(_enter(found, batch, by, at) for batch in _batches(sorted(set(known.values()))))
    unknown = [said for key, said in keys.items() if key not in known]
    return Pasted(added, len(set(known.values())) - added, unknown[:100], wrong[:100])


@transaction.atomic
def copy_segment(*, segment: UUID, by: Member, at: datetime) -> Segment:
    """The same conditions under another name, as a draft; of a list, the same people."""
    found = segment_for(by, segment)
    name = pgettext("segment", "%(name)s (copy)") % {"name": str(found)[: LONGEST_NAME - 12]}
    taken = set(Segment.objects.filter(organisation_id=by.organisation.pk, deleted_at__isnull=True).values_list("name", flat=True))
    name = next(one for one in (name, *(f"{name} {n}" for n in range(2, MOST_SEGMENTS + 2))) if one not in taken)
    if found.is_live:
        return make_segment(name=name, tree=found.tree or written(EVERYBODY), by=by, at=at)
    copy = make_segment(name=name, tree=None, kind=Kind.LIST, by=by, at=at)
    fill_from(segment=copy.pk, source=found.pk, by=by, at=at)
    return copy


def _list(segment: UUID, by: Member) -> Segment:
    found = segment_for(by, segment, lock=True)
    if found.is_live:
        raise Refusal(_("Who is in this segment follows from its conditions; nobody can be put in by hand."))
    return found


def _enter(segment: Segment, contacts: Collection[UUID], by: Member, at: datetime) -> int:
    with connection.cursor() as cursor:
        known: dict[str, Any] = {"segment": segment.pk, "organisation": segment.organisation_id, "contacts": list(contacts), "at": at}
        cursor.execute(ENTER, known)
        came = [one for (one,) in cursor.fetchall()]
    record_all(SegmentEntered(segment=segment.pk, name=segment.name, contact=one, by=by.id, at=at) for one in came)
    _count(segment, len(came), at)
    return len(came)


def _count(segment: Segment, more: int, at: datetime) -> None:
    segment.count, segment.counted_at = max(0, (segment.count or 0) + more), at
    segment.save(update_fields=["count", "counted_at"])


def _batches(contacts: Sequence[UUID]) -> list[Sequence[UUID]]:
    return [contacts[start : start + BATCH] for start in range(0, len(contacts), BATCH)]


def _read(text: str, country: str) -> tuple[dict[tuple[str, str], str], list[str]]:
    """(kind, normal form) → as it was written; and what is no address. A phone number may be written with spaces, on a line of its own."""
    keys: dict[tuple[str, str], str] = {}
    wrong: list[str] = []
    for line in text.replace("\0", " ").splitlines():
        whole = addresses.phone(line, country) if line.strip() and "@" not in line else None
        for word in [line] if whole else [one for one in BETWEEN.split(line) if one]:
            given = whole or (addresses.email(word) if "@" in word else addresses.phone(word, country))
            if given:
                keys[given.kind, given.key] = word.strip()
            elif "@" in word or len(keys) + len(wrong) == 0 or not line.count("@"):
                wrong.append(word[:80])
    return keys, wrong
