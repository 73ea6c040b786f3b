"""At which hours people opened and clicked, from their own facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from oportuno.growth.campaigns.models import Campaign
from oportuno.growth.campaigns.queries.parts import batch_of, parts_of
from oportuno.growth.campaigns.rules.timing import USUAL_HOUR, added, favourite
from oportuno.kernel.facts.log import kind_number
from oportuno.kernel.isolation import acting_organisation
from oportuno.people.organisations.api import Organisation

LOOKED_BACK = timedelta(days=180)
LEAST_OF_ALL = 20
"""Opens and clicks of a whole audience before they make an hour of it."""
KINDS = ("messaging.mail_opened", "messaging.mail_clicked")
SEEN = """
SELECT f.contact_id, extract(hour FROM f.at AT TIME ZONE z.zone)::int AS hour, count(*)
FROM unnest(%s::uuid[], %s::text[]) AS z (contact, zone)
JOIN fact f ON f.contact_id = z.contact AND f.organisation_id = %s AND f.kind_id = ANY(%s) AND f.at >= %s AND f.at <= %s
WHERE NOT coalesce((f.data ->> 'machine')::boolean, false)
GROUP BY 1, 2
"""


def hours_of(people: Sequence[tuple[UUID, str]], at: datetime) -> dict[UUID, dict[int, int]]:
    """How often each opened or clicked in each hour of his own zone, himself and no machine. One query for a batch."""
    found: dict[UUID, dict[int, int]] = defaultdict(dict)
    if people:
        values: list[Any] = [
            [contact for contact, _ in people], [zone for _, zone in people], acting_organisation(), [kind_number(kind) for kind in KINDS],
            at - LOOKED_BACK, at,
        ]  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(SEEN, values)
            for contact, hour, times in cursor.fetchall():
                found[contact][hour] = times
    return found


def usual_hour(campaign: Campaign, at: datetime) -> int:
    """The audience's own hour, from the first five thousand of each part; ten in the morning when they have shown none."""
    home = Organisation.objects.get(pk=campaign.organisation_id).time_zone
    people = [(contact, home) for part in parts_of(campaign) for contact in batch_of(campaign, part, None)]
    together = added(hours_of(people, at))
    return favourite(together) if sum(together.values()) >= LEAST_OF_ALL else USUAL_HOUR
