"""Keeping members: in sets, by differences, each time in one transaction. A kill in between leaves those of before."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from oportuno.kernel.facts import record, record_all
from oportuno.kernel.isolation import for_market
from oportuno.people.segments.facts import SegmentBuilt, SegmentEntered, SegmentLeft
from oportuno.people.segments.models import Segment
from oportuno.people.segments.queries.choosing import MEMORY, WHY, compiled
from oportuno.people.segments.queries.things import meant, things_of
from oportuno.people.segments.rules.tree import Unreadable, read

BATCH = 5_000  # facts told at a time
FIRST = """
INSERT INTO segment_member (organisation_id, segment_id, contact_id, since)
SELECT %(organisation)s, %(segment)s, c.id, %(at)s {source} AND {condition} ORDER BY c.id
"""
CHANGED = """
CREATE TEMP TABLE segment_change ON COMMIT DROP AS
SELECT COALESCE(w.id, m.contact_id) AS contact_id, w.id IS NOT NULL AS came
FROM (SELECT c.id {source} AND {condition}) w
FULL JOIN (SELECT contact_id FROM segment_member m WHERE m.segment_id = %(segment)s{held}) m ON m.contact_id = w.id
WHERE w.id IS NULL OR m.contact_id IS NULL
"""
LEAVE = (
    "DELETE FROM segment_member m USING segment_change x WHERE m.segment_id = %(segment)s AND m.contact_id = x.contact_id AND NOT x.came"
)
ENTER = """
INSERT INTO segment_member (organisation_id, segment_id, contact_id, since)
SELECT %(organisation)s, %(segment)s, x.contact_id, %(at)s FROM segment_change x WHERE x.came ORDER BY x.contact_id
"""
NEXT = "SELECT contact_id, came FROM segment_change WHERE contact_id > %s ORDER BY contact_id LIMIT %s"
NOBODY = UUID(int=0)


def build(*, segment: UUID, at: datetime) -> bool:
    """Make its members those that it means now, in the running transaction; False when it is not there, or cannot be read any more.

    The first members are no news to anybody: only later ones are told one by one.
    """
    _one_at_a_time(segment)
    found = Segment.objects.filter(pk=segment, deleted_at__isnull=True, kind="live").exclude(revision=0).first()
    if found is None:
        return False
    first = found.count is None
    try:
        entered, left = (_first(found, at), 0) if first else _refresh(found, at)
    except (Unreadable, KeyError) as trouble:
        Segment.objects.filter(pk=segment).update(trouble=type(trouble).__name__, built=found.revision)
        return False
    count = entered if first else (found.count or 0) + entered - left
    Segment.objects.filter(pk=segment).update(count=count, counted_at=at, built=found.revision, trouble="")
    if first or entered or left or found.built != found.revision:
        built = SegmentBuilt(segment=segment, first=first, count=count, entered=entered, left=left, at=at)
        record(built, organisation=found.organisation_id)
    return True


def look_again(*, segment: Segment, contacts: Collection[UUID], at: datetime) -> int:
    """The same for these contacts alone; how many entered or left. Nothing when it waits to be built."""
    _one_at_a_time(segment.pk)
    fresh = Segment.objects.filter(pk=segment.pk, deleted_at__isnull=True, kind="live", count__isnull=False).first()
    if fresh is None or fresh.built != fresh.revision:
        return 0
    entered, left = _refresh(fresh, at, only=list(contacts))
    if entered or left:
        Segment.objects.filter(pk=segment.pk).update(count=(fresh.count or 0) + entered - left, counted_at=at)
    return entered + left


def _first(segment: Segment, at: datetime) -> int:
    question, known = _question(segment, at, None)
    with for_market(WHY), connection.cursor() as cursor:
        _give_memory(cursor)
        cursor.execute("DELETE FROM segment_member WHERE segment_id = %(segment)s", known)
        cursor.execute(FIRST.format(source=question[0], condition=question[1]), known)
        return int(cursor.rowcount)


def _refresh(segment: Segment, at: datetime, only: list[UUID] | None = None) -> tuple[int, int]:
    (source, condition), known = _question(segment, at, only)
    held = "" if only is None else " AND m.contact_id = ANY(%(only)s)"
    with for_market(WHY, organisation=segment.organisation_id), connection.cursor() as cursor:
        _give_memory(cursor)
        cursor.execute(CHANGED.format(source=source, condition=condition, held=held), known)
        left = entered = 0
        if cursor.rowcount:
            cursor.execute(LEAVE, known)
            left = int(cursor.rowcount)
            cursor.execute(ENTER, known)
            entered = int(cursor.rowcount)
            _tell(segment, at)
        cursor.execute("DROP TABLE segment_change")
    return entered, left


def _question(segment: Segment, at: datetime, only: list[UUID] | None) -> tuple[tuple[str, str], dict[str, Any]]:
    root = read(segment.tree, things_of(segment.organisation_id))
    question = compiled(segment.organisation_id, only)
    condition = question.condition(meant(segment.organisation_id, root, at))
    return (question.source, condition), {**question.params, "segment": segment.pk, "at": at}


def _tell(segment: Segment, at: datetime) -> None:
    for batch in _changes():
        record_all(
            (
                (SegmentEntered if came else SegmentLeft)(segment=segment.pk, name=segment.name, contact=contact, at=at)
                for contact, came in batch
            ),
            organisation=segment.organisation_id,
        )


def _changes() -> Iterator[list[tuple[UUID, bool]]]:
    after = NOBODY
    with connection.cursor() as cursor:
        while True:
            cursor.execute(NEXT, [after, BATCH])
            batch = list(cursor.fetchall())
            if batch:
                yield batch
            if len(batch) < BATCH:
                return
            after = batch[-1][0]


def _give_memory(cursor: Any) -> None:
    cursor.execute("SELECT set_config('work_mem', %s, true), set_config('jit', 'off', true)", [MEMORY])


def _one_at_a_time(segment: UUID) -> None:
    """Two who build the same segment wait for each other; who changes what it says waits for neither."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"segment {segment}"])
