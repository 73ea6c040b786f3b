"""Keeping members: in sets, by differences, each time in one transaction. A kill in between leaves those of before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, Value

from oportuno.kernel.facts import record, record_all
from oportuno.kernel.isolation import acting_organisation, for_market
from oportuno.people.segments.facts import SegmentBuilt, SegmentEntered, SegmentLeft
from oportuno.people.segments.models import Segment
from oportuno.people.segments.queries.choosing import MEMORY, WHY, compiled
from oportuno.people.segments.queries.things import meant, things_of
from oportuno.people.segments.rules.tree import Unreadable, read

BATCH = 5_000  # facts told at a time
Changes = list[tuple[UUID, bool]]
"""Who came (True) and who went."""
FIRST = """
INSERT INTO segment_member (organisation_id, segment_id, contact_id, since)
SELECT %(organisation)s, %(segment)s, c.id, %(at)s {source} AND {condition} ORDER BY c.id
"""
CHANGED = """
CREATE TEMP TABLE segment_change ON COMMIT DROP AS
SELECT COALESCE(w.id, m.contact_id) AS contact_id, w.id IS NOT NULL AS came
FROM (SELECT c.id {source} AND {condition}) w
FULL JOIN (SELECT contact_id FROM segment_member m WHERE m.organisation_id = %(organisation)s AND m.segment_id = %(segment)s) m ON m.contact_id = w.id
WHERE w.id IS NULL OR m.contact_id IS NULL
"""
CHANGED_OF_THESE = """
WITH wanted AS MATERIALIZED (SELECT c.id {source} AND {condition}),
held AS MATERIALIZED (
    SELECT m.contact_id FROM segment_member m
    WHERE m.organisation_id = %(organisation)s AND m.segment_id = %(segment)s AND m.contact_id = ANY(%(only)s)
), went AS (
    DELETE FROM segment_member m USING held h WHERE m.segment_id = %(segment)s AND m.contact_id = h.contact_id
        AND NOT EXISTS (SELECT FROM wanted w WHERE w.id = h.contact_id) RETURNING m.contact_id
), came AS (
    INSERT INTO segment_member (organisation_id, segment_id, contact_id, since)
    SELECT %(organisation)s, %(segment)s, w.id, %(at)s FROM wanted w
    WHERE NOT EXISTS (SELECT FROM held h WHERE h.contact_id = w.id) ORDER BY w.id RETURNING contact_id
)
SELECT contact_id, false FROM went UNION ALL SELECT contact_id, true FROM came ORDER BY 1
"""
LEAVE = "DELETE FROM segment_member m USING segment_change x WHERE m.organisation_id = %(organisation)s AND m.segment_id = %(segment)s AND m.contact_id = x.contact_id AND NOT x.came"
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
    one_at_a_time(segment)
    mine = Segment.objects.filter(organisation_id=acting_organisation(), pk=segment)
    found = mine.filter(deleted_at__isnull=True, kind="live").exclude(revision=0).first()
    if found is None:
        return False
    first = found.count is None
    try:
        entered, left = (_first(found, at), 0) if first else _refresh(found, at)
    except (Unreadable, KeyError) as trouble:
        mine.update(trouble=type(trouble).__name__, built=found.revision)
        return False
    now_in = Value(entered) if first else F("count") + entered - left  # somebody may have been forgotten since it was read
    mine.update(count=now_in, counted_at=at, built=found.revision, trouble="")
    count = mine.values_list("count", flat=True)[0] or 0
    if first or entered or left or found.built != found.revision:
        built = SegmentBuilt(segment=segment, first=first, count=count, entered=entered, left=left, at=at)
        record(built, organisation=found.organisation_id)
    return True


def look_again(*, segment: Segment, contacts: Collection[UUID], at: datetime) -> int:
    """The same for these contacts alone; how many entered or left. Nothing when it waits to be built."""
    one_at_a_time(segment.pk)
    mine = Segment.objects.filter(organisation_id=segment.organisation_id, pk=segment.pk)
    fresh = mine.filter(deleted_at__isnull=True, kind="live", count__isnull=False).first()
    if fresh is None or fresh.built != fresh.revision:
        return 0
    try:
        changes = _changed_of(fresh, at, list(contacts))
    except (Unreadable, KeyError) as trouble:  # what it asks for is not there any more: it keeps its members, and stops nobody else's
        mine.update(trouble=type(trouble).__name__)
        return 0
    if changes:
        entered = sum(1 for _contact, came in changes if came)
        mine.update(count=F("count") + 2 * entered - len(changes), counted_at=at)
    return len(changes)


def _first(segment: Segment, at: datetime) -> int:
    question, known = _question(segment, at, None)
    with for_market(WHY), connection.cursor() as cursor:
        _give_memory(cursor)
        cursor.execute("DELETE FROM segment_member WHERE organisation_id = %(organisation)s AND segment_id = %(segment)s", known)
        cursor.execute(FIRST.format(source=question[0], condition=question[1]), known)
        return int(cursor.rowcount)


def _changed_of(segment: Segment, at: datetime, only: list[UUID]) -> Changes:
    """Who of these came and who went, done and told in one statement each."""
    (source, condition), known = _question(segment, at, only)
    with for_market(WHY, organisation=segment.organisation_id), connection.cursor() as cursor:
        cursor.execute(CHANGED_OF_THESE.format(source=source, condition=condition), known)
        changes = list(cursor.fetchall())
        if changes:
            _tell(segment, at, [changes])
    return changes


def _refresh(segment: Segment, at: datetime) -> tuple[int, int]:
    (source, condition), known = _question(segment, at, None)
    with for_market(WHY, organisation=segment.organisation_id), connection.cursor() as cursor:
        _give_memory(cursor)
        cursor.execute(CHANGED.format(source=source, condition=condition), known)
        left = entered = 0
        if cursor.rowcount:
            cursor.execute(LEAVE, known)
            left = int(cursor.rowcount)
            cursor.execute(ENTER, known)
            entered = int(cursor.rowcount)
            _tell(segment, at, _all_changes())
        cursor.execute("DROP TABLE segment_change")
    return entered, left


def _question(segment: Segment, at: datetime, only: list[UUID] | None) -> tuple[tuple[str, str], dict[str, Any]]:
    root = read(segment.tree, things_of(segment.organisation_id))
    question = compiled(segment.organisation_id, only)
    condition = question.condition(meant(segment.organisation_id, root, at))
    return (question.source, condition), {**question.params, "segment": segment.pk, "at": at}


def _tell(segment: Segment, at: datetime, changes: Iterable[Changes]) -> None:
    for batch in changes:
        record_all(
            (
                (SegmentEntered if came else SegmentLeft)(segment=segment.pk, name=segment.name, contact=contact, at=at)
                for contact, came in batch
            ),
            organisation=segment.organisation_id,
        )


def _all_changes() -> Iterator[Changes]:
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


def one_at_a_time(segment: UUID) -> None:
    """Two who build the same segment wait for each other; who changes what it says waits for neither."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"segment {segment}"])
