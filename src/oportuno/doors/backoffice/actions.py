"""Setting stopped work going again."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from oportuno.kernel.audit import audit
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.facts.readers import replay
from oportuno.people.organisations.api import Member


@transaction.atomic
def replay_job(*, job: int, by: Member, at: datetime) -> None:
    """Put a job that used its tries back into the queue. Raises NotFound when it is no dead letter (any more)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name FROM procrastinate_jobs WHERE id = %s AND status = 'failed' FOR UPDATE", [job])
        found = cursor.fetchone()
        if not found:
            raise NotFound(_("This job is not waiting for anybody any more."))
        cursor.execute("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", [job])
        cursor.execute("UPDATE procrastinate_jobs SET attempts = 0 WHERE id = %s", [job])
    audit("job replayed", at=at, by=by.id, job=job, name=found[0])


@transaction.atomic
def replay_parked_fact(*, parked: int, by: Member, at: datetime) -> None:
    """Let the reader take a parked fact now. Raises Refusal, and leaves it parked, if it still cannot."""
    try:
        with transaction.atomic():
            reader = replay(parked, at)
    except Refusal:
        raise
    except Exception as error:
        raise Refusal(_("The reader still cannot take it: %(error)s") % {"error": error}) from error
    audit("fact replayed", at=at, by=by.id, parked=parked, reader=reader)
