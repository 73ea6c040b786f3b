"""The readers' loop: woken by NOTIFY, and every few seconds without it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime

import structlog
from django.db import close_old_connections, connection, transaction

from oportuno.kernel.away import is_database_away
from oportuno.kernel.facts.log import CHANNEL
from oportuno.kernel.facts.readers import READERS, read_once

POLL = 2.0  # seconds; NOTIFY usually wakes us in milliseconds
log = structlog.get_logger(__name__)


def ensure_cursors() -> None:
    """Give every registered reader its cursor. A new reader starts at the beginning of the log."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO reader_cursor (name, transaction, fact, failures, last_error) VALUES (%s, 0, 0, 0, '') ON CONFLICT DO NOTHING",
            [(name,) for name in READERS],
        )


def read_all(clock: Callable[[], datetime], *, stop: threading.Event | None = None) -> int:
    """Let every reader go on until none finds anything more; how many facts were taken in total."""
    total = 0
    while not (stop and stop.is_set()):
        taken = sum(read_once(one, clock()) for one in list(READERS.values()))
        if not taken:
            break
        total += taken
    return total


def run(stop: threading.Event, clock: Callable[[], datetime]) -> None:
    """Read until `stop` is set, whatever happens in between: nobody would notice a loop that is gone."""
    while not stop.is_set():
        try:
            ensure_cursors()
            _listen()
            while not stop.is_set():
                read_all(clock, stop=stop)
                _wait()
        except Exception as error:
            log.warning("facts.stumbled", error=type(error).__name__, exc_info=not is_database_away(error))
            connection.close()
            stop.wait(1)
        finally:
            close_old_connections()
    connection.close()


def _listen() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {CHANNEL}")


def _wait() -> None:
    for _ in connection.connection.notifies(timeout=POLL, stop_after=1):
        pass
