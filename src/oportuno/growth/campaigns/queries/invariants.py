"""What must always hold of campaigns, counted across the market."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import connection

from oportuno.growth.campaigns.models import Phase, State
from oportuno.kernel.clock import now

DRIVEN_WITHIN = timedelta(minutes=5)
"""Every minute somebody looks around for what lost its job; so long may that take on a day when much is to be done."""

TWICE = """
SELECT count(*) FROM (
    SELECT FROM campaign_frame f JOIN message m ON m.frame_id = f.frame_id AND m.organisation_id = f.organisation_id
    WHERE m.contact_id IS NOT NULL GROUP BY f.organisation_id, f.campaign_id, m.contact_id HAVING count(*) > 1
) twice
"""
# A reader's message may have gone since with the reader himself, who asked to be forgotten: then there are fewer, never more.
UNCOUNTED = """
SELECT count(*) FROM campaign c
JOIN LATERAL (
    SELECT coalesce(sum(t.n) FILTER (WHERE t.what IN ('queued', 'sending', 'unclear', 'sent', 'failed', 'suppressed')), 0) AS audience
    FROM campaign_frame f JOIN mail_tally t ON t.frame_id = f.frame_id WHERE f.campaign_id = c.id AND f.organisation_id = c.organisation_id
) counted ON true
WHERE counted.audience > c.gathered
"""
STRANDED = """
SELECT count(*) FROM campaign c
WHERE c.state = %(sending)s AND c.phase = ANY(%(walking)s) AND c.changed_at < %(before)s AND NOT EXISTS (
    SELECT FROM procrastinate_jobs j WHERE j.status IN ('todo', 'doing')
    AND (j.task_name = 'campaigns.walk' AND j.args ->> 'campaign' = c.id::text
        OR j.task_name = 'campaigns.tend' AND (j.args ->> 'organisation')::int = c.organisation_id)
) OR c.state = %(sending)s AND c.phase = %(held)s AND c.decides_at IS NULL
"""


def read_twice() -> int:
    """Readers with two messages of one campaign."""
    return _count(TWICE)


def counted_otherwise() -> int:
    """Campaigns with more messages than readers were gathered."""
    return _count(UNCOUNTED)


def stranded() -> int:
    """Campaigns that are going out with nobody to go on with them."""
    walking = [Phase.SAMPLE.value, Phase.REST.value]
    values = {"sending": State.SENDING.value, "walking": walking, "held": Phase.HELD.value, "before": now() - DRIVEN_WITHIN}
    return _count(STRANDED, values)


def _count(sql: str, values: dict[str, Any] | None = None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.fetchone()[0])


PROMISES = {
    "once": ("Nobody gets a campaign twice", read_twice),
    "counted": ("A campaign's audience is sent, failed, held back or waiting", counted_otherwise),
    "driven": ("Every campaign that goes out has somebody who goes on with it", stranded),
}
