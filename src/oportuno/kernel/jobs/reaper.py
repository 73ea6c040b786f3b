"""The reaper: brings back the jobs of workers that died. Lives outside the queue, so that no queue can stop it.

A worker writes a heartbeat every 10 s. A job whose worker has been silent for 30 s is put back, or given up
when it has used its tries. One reaper at a time: an advisory lock of its transaction chooses.
"""

from __future__ import annotations

import threading

import structlog
from django.db import IntegrityError, connection, transaction
from django.db.backends.utils import CursorWrapper

from oportuno.kernel.away import is_database_away
from oportuno.kernel.jobs.defining import JOBS, tried

SILENCE = 30  # seconds without a heartbeat before a worker counts as dead
PAUSE = 5.0  # seconds between rounds
FROZEN = 15  # seconds that a transaction of the queue may wait for its client; it never does, unless that was frozen
DEFAULT_TRIES = 5
log = structlog.get_logger(__name__)

STALLED = """
SELECT j.id, j.task_name, j.attempts FROM procrastinate_jobs j
LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
WHERE j.status = 'doing' AND (w.id IS NULL OR w.last_heartbeat < now() - make_interval(secs => %s))
FOR UPDATE OF j SKIP LOCKED
"""


def reap(*, silence: float = SILENCE) -> tuple[int, int]:
    """One round: (jobs put back, jobs given up)."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL idle_in_transaction_session_timeout = '{FROZEN}s'")  # a frozen reaper does not keep the place
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('oportuno reaper'))")
        if not cursor.fetchone()[0]:
            return 0, 0
        cursor.execute(STALLED, [silence])
        stalled = cursor.fetchall()
        hopeless = [job for job, name, attempts in stalled if tried(attempts) + 1 >= _tries(name)]
        hopeful = [job for job, _, _ in stalled if job not in hopeless]
        for job in hopeful:
            _put_back(cursor, job)
        for job in hopeless:
            cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'failed', false)", [job])
    if stalled:
        log.warning("jobs.reaped", put_back=len(hopeful), given_up=len(hopeless))
    return len(hopeful), len(hopeless)


def _put_back(cursor: CursorWrapper, job: int) -> None:
    """Queue it again; or end it, when an equal job (same queueing lock) waits there already and will do its work."""
    try:
        with transaction.atomic():
            cursor.execute("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", [job])
    except IntegrityError:
        cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'aborted', false)", [job])


def run(stop: threading.Event) -> None:
    """Reap until `stop` is set, whatever happens in between: nobody would notice a reaper that is gone."""
    while not stop.wait(PAUSE):
        try:
            reap()
        except Exception as error:
            log.warning("reaper.stumbled", error=type(error).__name__, exc_info=not is_database_away(error))
            connection.close()
    connection.close()


def _tries(name: str) -> int:
    return JOBS[name].tries if name in JOBS else DEFAULT_TRIES
