"""Page views: taken in memory, written once a second. What a crash loses, nobody misses."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from uuid import UUID

import structlog
from django.db import DatabaseError, connection

from oportuno.kernel.facts import record_cheaply
from oportuno.kernel.isolation import for_market
from oportuno.people.audience.facts import PageViewed

BATCH = 1000
PAUSE = 1.0  # seconds
MOST_WAITING = 20_000  # beyond this, views are dropped: the market's pages matter more than their count
View = tuple[int, PageViewed]
log = structlog.get_logger(__name__)


class Buffer:
    """Page views of this process on their way to the log. One thread writes; it begins with the first view."""

    def __init__(self) -> None:
        self._waiting: deque[View] = deque()
        self._full = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self.dropped = 0

    def put(self, organisation: int, view: PageViewed) -> None:
        """Take a view; never waits."""
        if len(self._waiting) >= MOST_WAITING:
            self.dropped += 1
            return
        self._waiting.append((organisation, view))
        if len(self._waiting) >= BATCH:
            self._full.set()
        if self._thread is None:
            self._start()

    def flush(self) -> int:
        """Write what waits; how many."""
        written = 0
        while rows := self._take():
            written += write(rows)
        return written

    def _take(self) -> list[View]:
        rows: list[View] = []
        while self._waiting and len(rows) < BATCH:
            rows.append(self._waiting.popleft())
        return rows

    def _start(self) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="beacons", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            self._full.wait(PAUSE)
            self._full.clear()
            try:
                if self._waiting:
                    self.flush()
            except DatabaseError as error:
                log.warning("beacons.lost", error=type(error).__name__)
            finally:
                connection.close()


def write(views: Sequence[View]) -> int:
    """Into the log, each with the contact that its organisation knows the visitor to be."""
    with for_market("page views of many organisations are written together"):
        known = _known({view.visitor for _, view in views if view.visitor})
        return record_cheaply([(organisation, _of(view, known.get((organisation, view.visitor)))) for organisation, view in views])


def _known(visitors: set[UUID]) -> dict[tuple[int, UUID | None], UUID]:
    with connection.cursor() as cursor:  # one parameter, however many visitors
        cursor.execute("SELECT organisation_id, visitor_id, contact_id FROM known_visitor WHERE visitor_id = ANY(%s)", [list(visitors)])
        return {(organisation, visitor): contact for organisation, visitor, contact in cursor.fetchall()}


def _of(view: PageViewed, contact: UUID | None) -> PageViewed:
    if contact is None:
        return view
    return PageViewed(
        path=view.path, page=view.page, page_kind=view.page_kind, referrer=view.referrer, visitor=view.visitor, contact=contact, at=view.at
    )


BUFFER = Buffer()
