"""One worker process: the queue, the readers of facts and the reaper, side by side."""

from __future__ import annotations

import threading
from typing import Any

import structlog
from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

from oportuno.kernel.clock import now
from oportuno.kernel.facts import loop
from oportuno.kernel.isolation import for_market
from oportuno.kernel.jobs import reaper
from oportuno.kernel.reactions import make_months

CONCURRENCY = 4
PATIENCE = 5.0  # seconds that jobs have to end by themselves; then they stop before their next step, and are put back
log = structlog.get_logger(__name__)


def run(*, concurrency: int = CONCURRENCY) -> None:
    """Work until SIGTERM or SIGINT; then finish what runs, or the step it is in, and return."""
    with for_market("months of the log are made ahead"):  # also where nobody worked last night
        make_months(now())
    stop = threading.Event()
    threads = [
        threading.Thread(target=loop.run, args=(stop, now), name="facts", daemon=True),
        threading.Thread(target=reaper.run, args=(stop,), name="reaper", daemon=True),
    ]
    for thread in threads:
        thread.start()
    try:
        with queue.replace_connector(PsycopgConnector(kwargs=login())) as worker_app:
            worker_app.run_worker(concurrency=concurrency, name="oportuno", shutdown_graceful_timeout=PATIENCE)
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=5)


def login(frozen: int = reaper.FROZEN) -> dict[str, Any]:
    """How the queue reaches the database. What a frozen worker has locked in it is freed by the server after so many seconds:

    every worker that starts clears away the silent ones, and would wait for such a lock for ever.
    """
    given = connector_params()
    options = f"{given.get('options') or ''} -c idle_in_transaction_session_timeout={frozen}s"
    return {**given, "options": options.strip()}
