"""The job of a message: whoever gives it one, no two of them run side by side, for the second would take the first for dead."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from oportuno.kernel.jobs import defer
from oportuno.people.messaging.models import Channel

JOBS_OF: dict[str, str] = {Channel.EMAIL: "messaging.deliver", Channel.SMS: "messaging.text"}


def give_job(message: UUID, channel: str, *, at: datetime | None = None, organisation: int | None = None, once: str = "") -> None:
    """A try of this message, now or at a moment. `organisation` is the one we act for by default; `once` as of jobs."""
    defer(JOBS_OF[channel], organisation=organisation, at=at, once=once, one_at_a_time=f"message {message}", message=str(message))
