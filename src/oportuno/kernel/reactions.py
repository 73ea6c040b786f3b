"""What the kernel does by the clock: it makes room, and forgets what it kept long enough."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

from oportuno.kernel.clock import now
from oportuno.kernel.idempotency import forget_old
from oportuno.kernel.jobs import Lease, every

JOBS_KEPT = timedelta(days=7)
AHEAD = 2  # months of the log that are made before they begin

PARTITIONS = (
    "SELECT fact_partition((date_trunc('month', %s::timestamptz) + make_interval(months => n))::date) FROM generate_series(0, %s) n"
)
DONE = """
DELETE FROM procrastinate_jobs j WHERE j.status IN ('succeeded', 'aborted', 'cancelled')
AND NOT EXISTS (SELECT 1 FROM procrastinate_events e WHERE e.job_id = j.id AND e.at > %s)
"""


@every("15 3 * * *", "kernel.tidy")
def tidy(lease: Lease) -> None:
    with lease.step():
        make_months(now())
    with lease.step():
        forget_old(now())
    with lease.step():
        forget_jobs(now())


def make_months(at: datetime) -> None:
    """Partitions of the log for this month and the next ones. Acts for the market."""
    with connection.cursor() as cursor:
        cursor.execute(PARTITIONS, [at, AHEAD])


def forget_jobs(at: datetime) -> int:
    """Remove jobs that went well a week ago; how many. Dead letters wait for a person."""
    with connection.cursor() as cursor:
        cursor.execute(DONE, [at - JOBS_KEPT])
        return int(cursor.rowcount)
