"""By the clock: room for the months to come, and an end to what was kept long enough."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from oportuno.kernel.clock import now
from oportuno.kernel.idempotency import Answer, once
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.kernel.jobs import Lease, defer
from oportuno.kernel.reactions import JOBS_KEPT, forget_jobs, make_months, tidy

pytestmark = pytest.mark.django_db
FACT = "INSERT INTO fact (at, organisation_id, kind_id, data) VALUES (%s, 1, 1, '{}')"


def rows(sql: str, *values: object) -> list[tuple[object, ...]]:
    with for_market("a test"), connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return cursor.fetchall() if cursor.description else []


def months() -> set[str]:
    return {str(name) for (name,) in rows("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'fact'::regclass")}


def test_it_makes_the_months_of_the_log_before_they_begin() -> None:
    later = datetime(now().year + 1, 11, 30, tzinfo=UTC)
    for _ in range(2):  # again is the same
        with for_market("a test"):
            make_months(later)
    year = later.year
    assert months() >= {f"fact_y{year}m11", f"fact_y{year}m12", f"fact_y{year + 1}m01"}


def test_it_leaves_a_month_that_began_without_it_where_it_is() -> None:
    late = datetime(now().year + 2, 5, 20, tzinfo=UTC)
    rows(FACT, late)
    with for_market("a test"):
        make_months(late)
    assert f"fact_y{late.year}m05" not in months()
    assert f"fact_y{late.year}m06" in months()
    assert rows("SELECT count(*) FROM fact") == [(1,)]


def test_it_forgets_answers_after_seven_days() -> None:
    with for_organisation(1):
        for key, age in (("old", 8), ("young", 6)):
            once(scope="a", key=key, request=b"", at=now() - timedelta(days=age), do=lambda: Answer(200, {}, b"Carmen"))
    tidy(Lease(job=0, attempt=0, organisation=None, name="kernel.tidy"))
    assert rows("SELECT key FROM idempotency_key") == [("young",)]


def test_it_forgets_jobs_that_went_well_and_keeps_dead_letters() -> None:
    with for_market("a test"):
        jobs = [defer(name) for name in ("kernel.tidy",) * 3]
    for state in ("doing", "succeeded"):
        rows("UPDATE procrastinate_jobs SET status = %s::procrastinate_job_status WHERE id = %s", state, jobs[1])
    for state in ("doing", "failed"):
        rows("UPDATE procrastinate_jobs SET status = %s::procrastinate_job_status WHERE id = %s", state, jobs[2])
    with for_market("a test"):
        assert forget_jobs(now()) == 0
        assert forget_jobs(now() + JOBS_KEPT + timedelta(hours=1)) == 1
    assert rows("SELECT status::text FROM procrastinate_jobs ORDER BY id") == [("todo",), ("failed",)]
