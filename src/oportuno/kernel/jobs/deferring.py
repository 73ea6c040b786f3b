"""Putting work into the queue, in the transaction of the data it belongs to.

Always over Django's own connection: inside a worker, procrastinate's app has another one, and a job deferred
over that would stay when the transaction rolls back.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

from oportuno.kernel.errors import Broken, NotFound
from oportuno.kernel.isolation import acting
from oportuno.kernel.jobs.defining import JOBS, LIFE


def defer(
    name: str, *, organisation: int | None = None, at: datetime | None = None, once: str = "", one_at_a_time: str = "", **ids: Any
) -> int | None:
    """Put a job into the queue; its number, or None when one with the same `once` waits there already.

    By default it acts for the organisation we act for now. `at` (aware): not before then.
    Jobs with the same `one_at_a_time` never run side by side. Rolled back with the transaction it was called in.
    """
    kind = JOBS.get(name)
    if kind is None:
        raise Broken(f"Nobody declared a job {name!r}")
    if kind.scope == "organisation":
        ids["organisation"] = organisation if organisation is not None else acting().organisation
        if ids["organisation"] is None:
            raise Broken(f"The job {name} needs an organisation to act for")
    task = configure_task(
        name=name,
        job_manager=JobManager(DjangoConnector()),
        queue=kind.queue,
        schedule_at=at,
        queueing_lock=once or None,
        lock=one_at_a_time or None,
    )
    try:
        with transaction.atomic():
            return int(task.defer(**ids))
    except AlreadyEnqueued:
        return None


def under_way(name: str, **ids: Any) -> bool:
    """Whether a job of this kind with these ids waits or runs. One that gave up does not."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND task_name = %s AND args @> %s::jsonb)",
            [name, json.dumps(ids)],
        )
        return bool(cursor.fetchone()[0])


@transaction.atomic
def replay(job: int) -> str:
    """Put a dead letter back into the queue, with all its tries; the job's name. Raises NotFound when it is none (any more)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, attempts FROM procrastinate_jobs WHERE id = %s AND status = 'failed' FOR UPDATE", [job])
        found = cursor.fetchone()
        if not found:
            raise NotFound(_("This job is not waiting for anybody any more."))
        cursor.execute("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", [job])
        cursor.execute("UPDATE procrastinate_jobs SET attempts = %s WHERE id = %s", [(found[1] // LIFE + 1) * LIFE, job])
    return str(found[0])
