"""What pages take in memory and a thread writes once a second. What a crash loses, nobody misses."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

import structlog
from django.db import DatabaseError, connection

BATCH = 1000
PAUSE = 1.0  # seconds
MOST_WAITING = 20_000  # beyond this, they are dropped: the market's pages matter more than their count
T = TypeVar("T")
log = structlog.get_logger(__name__)
writing_behind = True
"""Tests write when they say so."""
buffers: list[Buffer[Any]] = []


class Buffer(Generic[T]):
    """Things of this process on their way to the log. One thread writes them; it begins with the first.

    `write` takes at most BATCH of them, says for whom it acts, and answers how many it wrote.
    """

    def __init__(self, name: str, write: Callable[[Sequence[T]], int]) -> None:
        self.name = name
        self.dropped = 0
        self._write = write
        self._waiting: deque[T] = deque()
        self._full = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        buffers.append(self)

    def put(self, thing: T) -> None:
        """Take one; never waits."""
        if len(self._waiting) >= MOST_WAITING:
            self.dropped += 1
            return
        self._waiting.append(thing)
        if len(self._waiting) >= BATCH:
            self._full.set()
        if self._thread is None and writing_behind:
            self._start()

    def flush(self) -> int:
        """Write what waits; how many."""
        written = 0
        while things := self._take():
            written += self._write(things)
        return written

    def forget(self) -> None:
        """Drop what waits."""
        self._waiting.clear()

    def _take(self) -> list[T]:
        things: list[T] = []
        while self._waiting and len(things) < BATCH:
            things.append(self._waiting.popleft())
        return things

    def _start(self) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name=self.name, daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            self._full.wait(PAUSE)
            self._full.clear()
            try:
                if self._waiting:
                    self.flush()
            except DatabaseError as error:
                log.warning("buffer.lost", buffer=self.name, error=type(error).__name__)
            finally:
                connection.close()
