"""Guards of a sender's reputation, looked at with every bounce and complaint and before every batch."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from oportuno.kernel.facts import record
from oportuno.people.messaging.facts import BulletinPaused
from oportuno.people.messaging.models import MailFrame
from oportuno.people.messaging.queries.figures import sums_of
from oportuno.people.messaging.rules.guards import alarm


def watch(frame: UUID | None, at: datetime) -> bool:
    """Stop this bulletin if its readers complain, or too many of its addresses do not exist; whether it stands still now."""
    if frame is None:
        return False
    found = MailFrame.objects.filter(pk=frame).only("pardoned", "stopped").first()
    if found is None or found.stopped:
        return found is not None
    alarmed = alarm(sums_of([frame]), found.pardoned)
    if alarmed is None:
        return False
    MailFrame.objects.filter(pk=frame, stopped=False).update(stopped=True, stopped_why=alarmed.why)
    record(BulletinPaused(frame=frame, reason=alarmed.why, share=alarmed.share, at=at))
    return True
