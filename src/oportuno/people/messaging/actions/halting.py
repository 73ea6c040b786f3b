"""What of a bulletin waits: given up, or put off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F

from oportuno.kernel.isolation import acting_organisation
from oportuno.people.messaging.models import MailFrame, Message, State

CANCELLED = "cancelled"


def cancel(frames: Sequence[UUID]) -> int:
    """Nobody who waits gets it any more; how many. What a worker has in its hands goes out, and what the relay gives back does not."""
    MailFrame.objects.filter(organisation_id=acting_organisation(), pk__in=frames).update(cancelled=True, stopped=False, stopped_why="")
    return Message.objects.filter(organisation_id=acting_organisation(), frame__in=frames, state=State.QUEUED).update(
        state=State.SUPPRESSED, told=CANCELLED
    )


def put_off(frames: Sequence[UUID], *, after: datetime, by: timedelta) -> int:
    """What was due after a moment is due so much later, so that a pause does not heap it up; how many."""
    return Message.objects.filter(organisation_id=acting_organisation(), frame__in=frames, state=State.QUEUED, next_at__gt=after).update(
        next_at=F("next_at") + by
    )
