"""What happened changes who is in segments: those whom it touched are looked at again, by sets, in the segments that it may concern."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q
from django.db.models.functions import Greatest

from oportuno.kernel.facts import Recorded
from oportuno.kernel.isolation import acting_organisation
from oportuno.kernel.jobs import defer
from oportuno.people.segments.actions.building import look_again, one_at_a_time
from oportuno.people.segments.actions.gathering import hold_still, note_done
from oportuno.people.segments.models import ContactDeed, Segment, SegmentMember
from oportuno.people.segments.queries.deeds import deeds

MOST_TOUCHED = 5_000  # contacts of a batch: beyond, each segment is looked at as a whole
ALL = "everything"
TOPICS = {
    "audience.stage_changed": ("stage",), "audience.contact_tagged": ("tags",), "audience.consent_asked": ("consent", "topic"),
    "audience.consent_given": ("consent", "topic"), "audience.consent_withdrawn": ("consent", "topic"), "audience.address_confirmed": ("identity",),
    "audience.person_recognised": ("account",), "audience.note_added": (), "audience.visitor_identified": (),
}  # fmt: skip
"""Fact → the only things that it changes. Whatever else is told of a contact by audience may have changed anything."""
MANY = (
    "audience.contacts_imported",
    "audience.contact_import_finished",
    "audience.contact_import_undone",
    "audience.field_retyped",
)
"""Facts that tell of many contacts without naming them."""
OF_TWO = {"audience.contacts_merged", "audience.merge_undone"}
"""Facts that tell of a contact, and of another in their data."""
SEEN = {"audience.page_viewed", "audience.question_asked"}
"""Facts of audience that are deeds, and change nothing else than the last time that somebody was seen."""


def follow(batch: Sequence[Recorded], at: datetime) -> int:
    """Look again at whom these facts touch; how many came or went. Acts for the market, and each statement for one organisation."""
    changed, doing = 0, OF_TWO | {kind for deed in deeds().values() for kind in deed.kinds}
    for organisation, facts in sorted(_by_organisation(batch).items()):
        touched: dict[UUID, set[str]] = defaultdict(set)
        for fact in facts:
            for contact in contacts_of(fact):
                touched[contact] |= topics_of(fact)
        note_done(organisation, {one for fact in facts if fact.kind in doing for one in contacts_of(fact)})
        topics = set().union(*touched.values()) if touched else set()
        if any(fact.kind in MANY for fact in facts) or len(touched) > MOST_TOUCHED:
            rebuild(segments_concerned(organisation, {ALL}))
        elif topics:
            for segment in segments_concerned(organisation, topics):
                concerned = [one for one, about in touched.items() if ALL in about or about & set(segment.depends)]
                changed += look_again(segment=segment, contacts=concerned, at=at)
    return changed


def contacts_of(fact: Recorded) -> list[UUID]:
    """Whom it tells of."""
    other = [UUID(fact.data["gone"])] if fact.kind in OF_TWO else []
    return [fact.contact, *other] if fact.contact else other


def topics_of(fact: Recorded) -> set[str]:
    """The things, as segments name what they depend on, that a fact may have changed."""
    told = {f"deed:{deed.key}" for deed in deeds().values() if fact.kind in deed.kinds}
    told |= {f"deed:{deed.key}" for deed in deeds().values() if deed.of and f"deed:{deed.of}" in told}
    if fact.kind in TOPICS:
        return told | set(TOPICS[fact.kind])
    if fact.kind.startswith("segments."):
        return {"segment"}
    if fact.kind in SEEN:
        return told | {"seen"}
    return told | ({ALL} if fact.kind.startswith("audience.") else set())


def segments_concerned(organisation: int, topics: Collection[str]) -> list[Segment]:
    """Live segments that look at one of these; those that others ask for come first."""
    rows = Segment.objects.filter(organisation_id=organisation, kind="live", deleted_at__isnull=True).exclude(revision=0)
    if ALL not in topics:
        rows = rows.filter(Q(depends__overlap=sorted(topics)))
    return sorted(rows, key=lambda one: (bool(one.uses), one.pk))


def rebuild(segments: Iterable[Segment]) -> int:
    """Have them looked at as a whole, later, once; how many."""
    found = list(segments)
    for one in found:
        defer("segments.build", organisation=one.organisation_id, once=f"segment {one.pk}", segment=str(one.pk))
    return len(found)


def by_the_clock() -> int:
    """All that somebody enters or leaves by nothing but time; how many segments."""
    return rebuild(Segment.objects.filter(by_clock=True, kind="live", deleted_at__isnull=True).exclude(revision=0).order_by("pk"))


def everything() -> int:
    """All live segments, whatever was told: what no fact told, such as a city that a form filled in, is found out at night."""
    return rebuild(Segment.objects.filter(kind="live", deleted_at__isnull=True).exclude(revision=0).order_by("pk"))


def forget_contact(*, contact: UUID) -> None:
    """Somebody is erased: out of all segments, in the organisation we act for."""
    organisation = acting_organisation()
    wait_for_others([contact])
    held = SegmentMember.objects.filter(organisation_id=organisation, contact_id=contact)
    segments = Segment.objects.select_for_update().filter(organisation_id=organisation, count__gt=0)
    for one in segments.filter(pk__in=list(held.values_list("segment_id", flat=True))).order_by("pk"):
        one.count = (one.count or 1) - 1
        one.save(update_fields=["count"])
    held.delete()
    ContactDeed.objects.filter(organisation_id=organisation, contact_id=contact).delete()


def wait_for_others(contacts: Collection[UUID]) -> None:
    """Until nobody else writes who is in the segments of these contacts: first the reader of facts, as it does itself, then who builds them.

    A segment that a contact comes into meanwhile is the reader's, who waits for us.
    """
    organisation = acting_organisation()
    hold_still(organisation)
    held = SegmentMember.objects.filter(organisation_id=organisation, contact_id__in=list(contacts))
    for segment in sorted(set(held.values_list("segment_id", flat=True))):
        one_at_a_time(segment)


def recount(members: Sequence[dict[str, Any]], by: int) -> None:
    """Two contacts of the same segments became one (-1), or two again (1)."""
    held = [one["segment_id"] for one in members]
    Segment.objects.filter(organisation_id=acting_organisation(), pk__in=held, count__isnull=False).update(
        count=Greatest(F("count") + by, 0)
    )


def empty_bin(before: datetime) -> int:
    """What was deleted long ago goes for ever, with its members; how many segments."""
    gone = list(Segment.objects.filter(deleted_at__lt=before).values_list("pk", flat=True)[:100])
    SegmentMember.objects.filter(segment_id__in=gone).delete()
    return Segment.objects.filter(pk__in=gone).delete()[0]


def _by_organisation(batch: Sequence[Recorded]) -> dict[int, list[Recorded]]:
    found: dict[int, list[Recorded]] = defaultdict(list)
    for fact in batch:
        found[fact.organisation].append(fact)
    return found
