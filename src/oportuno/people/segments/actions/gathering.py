"""Keeping what contacts did together, beside the log: by the facts that touch them, and as a whole when what a deed means has changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from oportuno.kernel.isolation import for_market
from oportuno.kernel.jobs import Lease
from oportuno.people.segments.models import DeedKept
from oportuno.people.segments.queries.deeds import deeds
from oportuno.people.segments.queries.done import digest_of, number_of, put_together, told_otherwise, whole_deeds

WHY = "what contacts did is put together from the log of one organisation at a time, which the query names"
BATCH = 5_000  # contacts of one transaction
LOOKED_AT = 200  # contacts of each organisation that the reconciliation looks at
NEXT = "SELECT id FROM contact WHERE organisation_id = %s AND id > %s ORDER BY id LIMIT %s"
OWNERS = "SELECT DISTINCT organisation_id FROM contact ORDER BY 1"
QUIET = """
SELECT c.id FROM contact c WHERE c.organisation_id = %s AND NOT EXISTS (
    SELECT FROM fact f WHERE f.organisation_id = c.organisation_id AND f.contact_id = c.id AND f.at > now() - interval '10 minutes'
) ORDER BY c.id DESC LIMIT %s
"""
STRAY = "SELECT count(*) FROM contact_deed k WHERE NOT EXISTS (SELECT FROM contact c WHERE c.organisation_id = k.organisation_id AND c.id = k.contact_id)"


def note_done(organisation: int, contacts: Collection[UUID]) -> int:
    """These contacts did something, or are others now; how many rows changed."""
    with for_market(WHY, organisation=organisation):
        hold_still(organisation)
        found = sorted(contacts)
        return sum(put_together(organisation, found[start : start + BATCH]) for start in range(0, len(found), BATCH))


def gather_deeds(lease: Lease, at: datetime, *, anew: bool = False) -> int:
    """Put together what is not yet as deeds are meant today (or all of it), a step for so many contacts; how many rows that wrote.

    Killed in between, it begins again: what is there already is only compared.
    """
    with lease.step():
        missing = set(deeds()) - (set() if anew else whole_deeds())
        owners = _column(OWNERS) if missing else []
    written = 0
    for organisation in owners:
        after = UUID(int=0)
        while True:
            with lease.step(), for_market(WHY, organisation=organisation):
                hold_still(organisation)
                batch = _column(NEXT, organisation, after, BATCH)
                written += put_together(organisation, batch)
            if len(batch) < BATCH:
                break
            after = batch[-1]
    with lease.step():
        for one in deeds().values():
            if one.key in missing:
                DeedKept.objects.update_or_create(deed=number_of(one), defaults={"key": one.key, "digest": digest_of(one), "at": at})
    return written


def done_otherwise() -> int:
    """Rows that are not what the log says, among the newest contacts of each organisation who did nothing just now; and those of nobody."""
    strays = int(_column(STRAY)[0])
    return strays + sum(told_otherwise(one, _column(QUIET, one, LOOKED_AT)) for one in (_column(OWNERS) if whole_deeds() else []))


def hold_still(organisation: int) -> None:
    """One at a time puts together what contacts of an organisation did: the later one sees what the earlier one wrote."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"deeds {organisation}"])


def _column(sql: str, *params: int | UUID) -> Sequence[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(params))
        return [one for (one,) in cursor.fetchall()]
