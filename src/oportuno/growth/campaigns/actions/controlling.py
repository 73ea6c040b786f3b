"""Pausing a campaign, letting it go on, calling it off; seeing that it is done."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from oportuno.growth.campaigns.actions.moving import move
from oportuno.growth.campaigns.actions.scheduling import begin_walk
from oportuno.growth.campaigns.facts import CampaignCancelled, CampaignContinued, CampaignPaused, CampaignSent
from oportuno.growth.campaigns.models import Campaign, Phase, State
from oportuno.growth.campaigns.queries.campaigns import frames_of, locked
from oportuno.growth.campaigns.queries.due import going_out
from oportuno.growth.campaigns.queries.figures import figures_of
from oportuno.growth.campaigns.queries.halts import guarded
from oportuno.growth.campaigns.queries.own import own
from oportuno.kernel.audit import audit
from oportuno.kernel.facts import record
from oportuno.people.messaging import api as messaging
from oportuno.people.organisations.api import Member


@transaction.atomic
def pause(*, campaign: UUID, by: Member | None, at: datetime, reason: str = "") -> Campaign:
    """Nothing more goes out before somebody lets it go on. `reason`: a guard's, when nobody pressed it."""
    found = locked(campaign)
    move(found, State.PAUSED, at)
    found.paused_at = at
    found.save()
    frames = [one.frame_id for one in frames_of(found)]
    for frame in set(frames) - set(guarded(frames)):
        messaging.stop(frame)
    record(CampaignPaused(campaign=found.pk, reason=reason, by=by.id if by else None, at=at))
    audit("campaign paused", of=found, at=at, by=by.id if by else None, name=found.name, reason=reason)
    return found


@transaction.atomic
def go_on(*, campaign: UUID, by: Member, at: datetime) -> Campaign:
    """What was due later is due later by as much as the pause was long, so that nothing heaps up."""
    found = locked(campaign)
    move(found, State.SENDING, at)
    before, found.paused_at = found.paused_at or at, None
    frames = [one.frame_id for one in frames_of(found)]
    messaging.put_off(frames, after=before, by=at - before)
    if found.slot_at:
        found.slot_at += at - before
    if found.decides_at:
        found.decides_at += at - before
    found.save()
    while halted := guarded(frames):  # one member stands for all that one guard halted
        messaging.go_on(member=by, frame=halted[0], at=at)
    for frame in frames:
        messaging.stop(frame, stopped=False)
    begin_walk(found, at)
    record(CampaignContinued(campaign=found.pk, by=by.id, at=at))
    audit("campaign continued", of=found, at=at, by=by.id, name=found.name)
    return found


@transaction.atomic
def call_off(*, campaign: UUID, by: Member, at: datetime) -> Campaign:
    """Who waits gets nothing; what was sent stays sent and counted."""
    found = locked(campaign)
    move(found, State.CANCELLED, at)
    frames = [one.frame_id for one in frames_of(found)]
    messaging.cancel(frames)
    found.held = 0
    found.save()
    record(CampaignCancelled(campaign=found.pk, by=by.id, at=at))
    audit("campaign cancelled", of=found, at=at, by=by.id, name=found.name)
    return found


def finish_done(at: datetime) -> int:
    """Campaigns of the organisation we act for whose every message has an end are sent; how many."""
    return sum(finish_if_done(one, at) for one in going_out())


def finish_if_done(campaign: UUID, at: datetime) -> bool:
    """One that goes out; whether it is sent now."""
    found = own(Campaign).filter(pk=campaign, state=State.SENDING, phase=Phase.DONE).first()
    figures = figures_of(found) if found else None
    if figures is None or figures.waiting > figures.unclear:
        return False
    _finish(campaign, figures.sent, at)
    return True


@transaction.atomic
def _finish(campaign: UUID, readers: int, at: datetime) -> None:
    found = locked(campaign)
    if found.state != State.SENDING or found.phase != Phase.DONE:
        return
    move(found, State.SENT, at)
    found.save()
    record(CampaignSent(campaign=found.pk, channel=found.channel, readers=readers, at=at))
