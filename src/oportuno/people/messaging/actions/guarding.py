"""Guards of a sender's reputation, looked at with every bounce and complaint and before every batch (A1, T19)."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

from oportuno.kernel.audit import audit
from oportuno.kernel.errors import NotFound
from oportuno.kernel.facts import record
from oportuno.kernel.isolation import acting_organisation
from oportuno.people.messaging.actions.posting import start
from oportuno.people.messaging.facts import BulletinPaused, SenderPaused, SendingContinued
from oportuno.people.messaging.models import MailFrame, Purpose, SenderStanding
from oportuno.people.messaging.queries.figures import sums_of
from oportuno.people.messaging.rules.guards import alarm
from oportuno.people.organisations.api import Member

SPAN = timedelta(days=7)
"""Bulletins of so long count together for their organisation."""
ALL = "sender "
"""Before the reason, where it stopped all bulletins of the organisation."""


def watch(frame: UUID | None, at: datetime) -> bool:
    """Stop this bulletin if its readers complain, or too many of its addresses do not exist; whether it stands still now.

    Acts for the organisation. Many small bulletins count together: then all of them stop.
    """
    if frame is None:
        return False
    found = (
        MailFrame.objects.filter(organisation_id=acting_organisation(), pk=frame)
        .only("pardoned", "stopped", "purpose", "organisation_id")
        .first()
    )
    if found is None or found.stopped:
        return found is not None
    counts = sums_of([frame])
    if alarmed := alarm(counts, found.pardoned):
        _stop([frame], alarmed.why)
        record(BulletinPaused(frame=frame, reason=alarmed.why, share=alarmed.share, at=at))
        return True
    return found.purpose == Purpose.MARKETING and _watch_all(found, at)


def go_on(*, member: Member, frame: UUID, at: datetime) -> MailFrame:
    """A member lets a bulletin that a guard stopped go on, and stands for it in the audit; all of the organisation's, if all stand still.

    What was counted until now is forgiven: the guard counts anew.
    """
    found = MailFrame.objects.select_for_update().filter(organisation_id=member.organisation.pk, pk=frame).first()
    if found is None or not found.stopped_why:
        raise NotFound
    audit("go on sending", at=at, by=member.person.pk, of=found, reason=found.stopped_why)
    held = [found]
    if found.stopped_why.startswith(ALL):
        SenderStanding.objects.update_or_create(
            organisation_id=member.organisation.pk, defaults={"paused_why": "", "paused_at": None, "counted_from": at}
        )
        held = list(MailFrame.objects.select_for_update().filter(organisation_id=member.organisation.pk, stopped_why__startswith=ALL))
    for one in held:
        one.pardoned, one.stopped, one.stopped_why = dict(sums_of([one.pk])), False, ""
        one.save(update_fields=["pardoned", "stopped", "stopped_why"])
        start(one)
    record(SendingContinued(frame=frame, by=member.person.pk, at=at))
    found.refresh_from_db()
    return found


def _watch_all(frame: MailFrame, at: datetime) -> bool:
    standing = SenderStanding.objects.filter(organisation_id=frame.organisation_id).first() or SenderStanding()
    if standing.paused_why:
        _stop([frame.pk], ALL + standing.paused_why)
        return True
    since = max(at - SPAN, standing.counted_from or at - SPAN)
    pardoned = dict(
        MailFrame.objects.filter(organisation_id=frame.organisation_id, created_at__gte=since, purpose=Purpose.MARKETING).values_list(
            "pk", "pardoned"
        )[:500]
    )
    lately = list(pardoned)
    forgiven = sum((Counter(one) for one in pardoned.values()), Counter())
    alarmed = alarm(sums_of(lately), forgiven) if len(lately) > 1 else None
    if alarmed is None:
        return False
    SenderStanding.objects.update_or_create(organisation_id=frame.organisation_id, defaults={"paused_why": alarmed.why, "paused_at": at})
    _stop(lately, ALL + alarmed.why)
    record(SenderPaused(reason=alarmed.why, share=alarmed.share, at=at))
    return True


def _stop(frames: list[UUID], why: str) -> None:
    MailFrame.objects.filter(organisation_id=acting_organisation(), pk__in=frames, stopped=False).update(stopped=True, stopped_why=why)
