"""What people did after they had followed a link of a bulletin, as their own facts tell it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from oportuno.kernel.facts.log import kind_number
from oportuno.kernel.isolation import acting_organisation

# Each fact counts for one bulletin alone: the one whose link was followed last before it. Facts about a contact who became
# another one keep the old name, so those are looked for as well. Step by step, each a set that only shrinks: clicks are few, and
# a planner that knows nothing of a young table would else look through all mails for each fact.
AFTER = """
WITH clicks AS MATERIALIZED (
    SELECT c.message_id, c.frame_id, min(c.person_at) AS first, max(c.person_at) AS last
    FROM mail_link l
    JOIN mail_click c ON c.link_id = l.id AND c.organisation_id = l.organisation_id AND c.person_at IS NOT NULL
    WHERE l.organisation_id = %(organisation)s AND l.frame_id = ANY(%(frames)s)
    GROUP BY 1, 2
), followed AS MATERIALIZED (
    SELECT m.contact_id, clicks.frame_id, clicks.first, clicks.last
    FROM clicks JOIN message m ON m.id = clicks.message_id AND m.organisation_id = %(organisation)s AND m.contact_id IS NOT NULL
), who AS MATERIALIZED (
    SELECT contact_id AS called, followed.* FROM followed
    UNION ALL
    SELECT g.gone_id, followed.* FROM followed JOIN contact_merge g ON g.organisation_id = %(organisation)s AND g.kept_id = followed.contact_id
        AND g.undone_at IS NULL
), done AS MATERIALIZED (
    SELECT f.id, f.at, who.contact_id, who.frame_id, asked.key, coalesce(f.data ->> asked.currency, '') AS currency,
        (f.data ->> asked.minor)::bigint AS minor
    FROM who
    CROSS JOIN LATERAL (
        SELECT f.id, f.at, f.kind_id, f.data FROM fact f
        WHERE f.organisation_id = %(organisation)s AND f.contact_id = who.called AND f.at > who.first AND f.at <= who.last + %(within)s
            AND f.kind_id = ANY(%(kinds)s)
        OFFSET 0
    ) f
    JOIN unnest(%(keys)s::text[], %(kinds)s::int[], %(only)s::jsonb[], %(minor)s::text[], %(currency)s::text[])
        AS asked (key, kind, only_, minor, currency) ON asked.kind = f.kind_id AND f.data @> asked.only_
), rivals AS MATERIALIZED (
    SELECT asked.contact_id, c.frame_id, c.person_at
    FROM (SELECT DISTINCT contact_id FROM done) asked
    CROSS JOIN LATERAL (
        SELECT m.id FROM message m WHERE m.organisation_id = %(organisation)s AND m.contact_id = asked.contact_id AND m.bound OFFSET 0
    ) mail
    JOIN mail_click c ON c.message_id = mail.id AND c.organisation_id = %(organisation)s AND c.person_at IS NOT NULL
), told AS (
    SELECT contact_id, person_at AS at, frame_id AS clicked, NULL::uuid AS frame_id, NULL::text AS key, NULL::text AS currency, NULL::bigint AS minor
    FROM rivals
    UNION ALL SELECT contact_id, at, NULL, frame_id, key, currency, minor FROM done
), turns AS (
    SELECT *, count(clicked) OVER (PARTITION BY contact_id ORDER BY at, clicked IS NULL) AS turn FROM told
), won AS (
    SELECT *, first_value(clicked) OVER turned AS last_frame, first_value(at) OVER turned AS last_at FROM turns
    WINDOW turned AS (PARTITION BY contact_id, turn ORDER BY at, clicked IS NULL)
)
SELECT frame_id, key, currency, count(DISTINCT contact_id), count(*), coalesce(sum(minor), 0), GROUPING(key, currency)
FROM won WHERE clicked IS NULL AND frame_id = last_frame AND at <= last_at + %(within)s
GROUP BY GROUPING SETS ((frame_id), (frame_id, key), (frame_id, key, currency))
"""


@dataclass(frozen=True)
class Deed:
    """What is looked for: facts of `kind` whose data hold `only`. `minor` and `currency` name the fields of an amount, if they tell one."""

    key: str
    kind: str
    only: Mapping[str, str] = field(default_factory=dict)
    minor: str = ""
    currency: str = ""


@dataclass(frozen=True)
class Afterwards:
    """Of one bulletin. `deed` "": all of them together, each person once. `whole`: of a deed, whatever its currencies."""

    frame: UUID
    deed: str
    whole: bool
    currency: str
    people: int
    times: int
    minor: int


def done_after(frames: Sequence[UUID], deeds: Sequence[Deed], *, within: timedelta) -> list[Afterwards]:
    """By frame, by frame and deed, and by currency where deeds tell amounts. One query; acts for the organisation."""
    if not frames or not deeds:
        return []
    values: dict[str, Any] = {
        "organisation": acting_organisation(), "frames": list(frames), "within": within, "keys": [one.key for one in deeds],
        "kinds": [kind_number(one.kind) for one in deeds], "only": [json.dumps(dict(one.only)) for one in deeds],
        "minor": [one.minor for one in deeds], "currency": [one.currency for one in deeds],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(AFTER, values)
        return [_read(row) for row in cursor.fetchall()]


def _read(row: tuple[UUID, str | None, str | None, int, int, int, int]) -> Afterwards:
    frame, deed, currency, people, times, minor, grouped = row
    return Afterwards(frame, deed or "", grouped == 1, currency or "", people, times, int(minor))
