"""How many people several segments have together, each counted once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from oportuno.kernel.isolation import acting_organisation

EACH = """
SELECT m.segment_id, count(*) FROM segment_member m
WHERE m.organisation_id = %(organisation)s AND m.segment_id = ANY(%(segments)s) GROUP BY 1
"""
ONCE = """
SELECT count(*), count(o.contact_id) FROM (
    SELECT DISTINCT m.contact_id FROM segment_member m WHERE m.organisation_id = %(organisation)s AND m.segment_id = ANY(%(segments)s)
) i LEFT JOIN (
    SELECT DISTINCT m.contact_id FROM segment_member m WHERE m.organisation_id = %(organisation)s AND m.segment_id = ANY(%(minus)s)
) o ON o.contact_id = i.contact_id
"""
MISCOUNTED = """
SELECT count(*) FROM segment s LEFT JOIN (SELECT m.segment_id, count(*) AS held FROM segment_member m GROUP BY 1) m ON m.segment_id = s.id
WHERE s.count IS NOT NULL AND s.count <> COALESCE(m.held, 0)
"""


@dataclass(frozen=True)
class Together:
    """`each`: the members of each segment. `again`: how often somebody is in one more; `excluded`: who of them is taken out."""

    each: Mapping[UUID, int]
    again: int
    excluded: int

    @property
    def size(self) -> int:
        return sum(self.each.values()) - self.again - self.excluded


def together(segments: Sequence[UUID], minus: Sequence[UUID] = ()) -> Together:
    """Of the organisation we act for. Two queries; one when nobody can be in two or be taken out."""
    known: dict[str, Any] = {"organisation": acting_organisation(), "segments": list(segments), "minus": list(minus)}
    with connection.cursor() as cursor:
        cursor.execute(EACH, known)
        found = dict(cursor.fetchall())
        each = {one: int(found.get(one, 0)) for one in segments}
        if len(each) < 2 and not minus:
            return Together(each, 0, 0)
        cursor.execute(ONCE, known)
        once, excluded = cursor.fetchone()
    return Together(each, sum(each.values()) - int(once), int(excluded))


def counted_otherwise() -> int:
    """Segments whose count is not that of their members."""
    with connection.cursor() as cursor:
        cursor.execute(MISCOUNTED)
        return int(cursor.fetchone()[0])
