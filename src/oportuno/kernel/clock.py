"""The clock. Doors call `now()` once and hand the time down; nobody below asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_stopped: ContextVar[datetime | None] = ContextVar("stopped_clock", default=None)


def now() -> datetime:
    """This moment, aware, in UTC (or the moment a test stopped the clock at)."""
    return _stopped.get() or datetime.now(UTC)


@contextmanager
def stopped_at(moment: datetime) -> Iterator[datetime]:
    """Let `now()` answer `moment` (aware) inside the block. For tests, seeds and simulations."""
    if moment.tzinfo is None:
        raise ValueError("the clock wants an aware datetime")
    token = _stopped.set(moment.astimezone(UTC))
    try:
        yield moment
    finally:
        _stopped.reset(token)
