"""Looking into the house: jobs, parked facts, audit, what changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection

from oportuno.doors.backoffice.words import CHANGES, DEEDS
from oportuno.kernel.audit.models import AuditEntry
from oportuno.kernel.facts.log import kind_number
from oportuno.kernel.isolation import acting_organisation
from oportuno.kernel.jobs import tried
from oportuno.people.organisations.api import Person

PAGE = 50
STATES = ("todo", "doing", "failed", "succeeded")


@dataclass(frozen=True)
class JobRow:
    """One job of the queue. `attempts` counts those that failed before, since it was last set going by hand."""

    id: int
    name: str
    state: str
    attempts: int
    scheduled_at: datetime | None
    last_at: datetime | None
    args: dict[str, Any]


@dataclass(frozen=True)
class ParkedRow:
    """A fact that a reader could not take."""

    id: int
    reader: str
    fact: int
    error: str
    parked_at: datetime


@dataclass(frozen=True)
class Change:
    """How often something happened since a moment."""

    kind: str
    times: int
    last_at: datetime

    @property
    def words(self) -> Any:
        return CHANGES[self.kind]


def jobs_page(state: str, *, before: int | None = None) -> list[JobRow]:
    """A page of jobs in one state, the newest first; `before` is the last id of the page before."""
    wanted = state if state in STATES else "failed"
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT j.id, j.task_name, j.status::text, j.attempts, j.scheduled_at,
                      (SELECT max(e.at) FROM procrastinate_events e WHERE e.job_id = j.id), j.args
               FROM procrastinate_jobs j WHERE j.status = %s::procrastinate_job_status AND (%s::bigint IS NULL OR j.id < %s)
               ORDER BY j.id DESC LIMIT %s""",
            [wanted, before, before, PAGE],
        )
        return [_job(row) for row in cursor.fetchall()]


def _job(row: Sequence[Any]) -> JobRow:
    number, name, state, attempts, *moments, args = row
    return JobRow(number, name, state, tried(attempts), *moments, args=json.loads(args) if isinstance(args, str) else args)


def jobs_by_state() -> dict[str, int]:
    """How many jobs are in each state, counted up to 10,000 a state: enough to see, never a long scan."""
    counts = {}
    with connection.cursor() as cursor:
        for state in STATES:
            cursor.execute(
                "SELECT count(*) FROM (SELECT 1 FROM procrastinate_jobs WHERE status = %s::procrastinate_job_status LIMIT 10000) s", [state]
            )
            counts[state] = int(cursor.fetchone()[0])
    return counts


def parked_facts() -> list[ParkedRow]:
    """Facts put aside and not yet replayed, the newest first, at most a page."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, reader, fact, error, parked_at FROM parked_fact WHERE replayed_at IS NULL ORDER BY id DESC LIMIT %s", [PAGE]
        )
        return [ParkedRow(*row) for row in cursor.fetchall()]


def audit_page(*, before: int | None = None) -> list[AuditEntry]:
    """A page of the audit trail of the organisation we act for, the newest first; each knows who did it, and its words."""
    rows = AuditEntry.objects.filter(organisation_id=acting_organisation(), **({"number__lt": before} if before else {}))
    entries = list(rows.order_by("-number")[:PAGE])
    names = dict(Person.objects.filter(pk__in={e.person_id for e in entries if e.person_id}).values_list("pk", "name"))
    for entry in entries:
        entry.words = DEEDS.get(entry.action, entry.action)  # type: ignore[attr-defined]
        entry.person_name = names.get(entry.person_id, "") if entry.person_id else ""  # type: ignore[attr-defined]
    return entries


def changes_since(at: datetime, *, days: int = 1) -> list[Change]:
    """What happened in the organisation we act for since `days` days before `at`, most often first."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT k.name, count(*), max(f.at) FROM fact f JOIN fact_kind k ON k.id = f.kind_id
               WHERE f.organisation_id = %s AND f.at > %s AND f.at <= %s AND f.kind_id = ANY(%s) GROUP BY k.name ORDER BY count(*) DESC LIMIT 8""",
            [acting_organisation(), at - timedelta(days=days), at, [kind_number(kind) for kind in CHANGES]],
        )
        return [Change(*row) for row in cursor.fetchall()]


def per_day(kinds: Sequence[str], at: datetime, *, days: int = 14) -> dict[str, tuple[int, ...]]:
    """How often each kind happened in the organisation we act for, by day (24 hours back from `at`), the newest last."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT k.name, floor(extract(epoch FROM %s - f.at) / 86400)::int, count(*) FROM fact f JOIN fact_kind k ON k.id = f.kind_id
               WHERE f.organisation_id = %s AND f.at > %s AND f.at <= %s AND f.kind_id = ANY(%s) GROUP BY 1, 2""",
            [at, acting_organisation(), at - timedelta(days=days), at, [kind_number(kind) for kind in kinds]],
        )
        found = {(name, ago): count for name, ago, count in cursor.fetchall()}
    return {kind: tuple(found.get((kind, ago), 0) for ago in reversed(range(days))) for kind in kinds}


def per_month(kind: str, at: datetime, *, months: int = 12) -> list[tuple[datetime, int]]:
    """How often it happened in the organisation we act for, by calendar month of the market's zone, this one last.

    Looked up anew once an hour: a year of a busy seller is a million rows of an index.
    """
    key = f"per_month:{acting_organisation()}:{kind}:{at:%Y-%m-%d-%H}"
    return list(cache.get_or_set(key, lambda: _per_month(kind, at, months), 3600) or [])


def _per_month(kind: str, at: datetime, months: int) -> list[tuple[datetime, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            """WITH month AS (SELECT generate_series(date_trunc('month', %(at)s::timestamptz AT TIME ZONE %(zone)s) - make_interval(months => %(back)s),
                                    date_trunc('month', %(at)s::timestamptz AT TIME ZONE %(zone)s), interval '1 month') AS begins)
               SELECT m.begins, (SELECT count(*) FROM fact f WHERE f.organisation_id = %(organisation)s AND f.kind_id = %(kind)s
                                 AND f.at >= m.begins AT TIME ZONE %(zone)s AND f.at < (m.begins + interval '1 month') AT TIME ZONE %(zone)s)
               FROM month m ORDER BY m.begins""",
            {
                "at": at,
                "zone": settings.TIME_ZONE,
                "back": months - 1,
                "organisation": acting_organisation(),
                "kind": kind_number(kind),
            },
        )
        return [(begins, int(count)) for begins, count in cursor.fetchall()]


def workers_alive(at: datetime) -> int:
    """Workers that gave a sign of life in the last 30 seconds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > %s", [at - timedelta(seconds=30)])
        return int(cursor.fetchone()[0])
