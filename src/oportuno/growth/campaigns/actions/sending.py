"""The walk through an audience: a batch of contacts at a time, each in one transaction with the place to go on from.

Who has a message of the campaign already gets no other, so that a walk that is begun again, or an audience whose segments
share people, doubles nothing. What each message says was rendered once for each sort of readers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from oportuno.growth.campaigns.actions.addressing import Addressed, due_of, is_tried, sort_readers, version_of
from oportuno.growth.campaigns.actions.framing import Frames
from oportuno.growth.campaigns.actions.moving import move
from oportuno.growth.campaigns.actions.scheduling import begin_walk
from oportuno.growth.campaigns.facts import CampaignStarted
from oportuno.growth.campaigns.models import Campaign, Phase, State, Timing
from oportuno.growth.campaigns.queries.campaigns import frames_of, locked
from oportuno.growth.campaigns.queries.due import due_campaigns
from oportuno.growth.campaigns.queries.hours import usual_hour
from oportuno.growth.campaigns.queries.own import own
from oportuno.growth.campaigns.queries.parts import BATCH, Part, batch_of, is_gathering, met_before, parts_of, taken_out
from oportuno.kernel.errors import NotFound
from oportuno.kernel.facts import record
from oportuno.kernel.jobs import Lease
from oportuno.people.audience import api as audience
from oportuno.people.messaging import api as messaging
from oportuno.people.organisations.api import Organisation

WALKING = (Phase.SAMPLE, Phase.REST)


def walk(lease: Lease, campaign: UUID, *, at: datetime) -> int:
    """Go on with a campaign until its readers are gathered, it waits for its winner, or somebody stops it; batches done.

    While one of its segments is being gathered it does not begin: who tends campaigns begins it a minute later.
    """
    done = 0
    while True:
        with lease.step():
            try:
                found = locked(campaign)
            except NotFound:
                return done
            if found.state == State.SCHEDULED and found.starts_at and found.starts_at <= at and not is_gathering(found):
                _start(found, at)
            if found.state != State.SENDING or found.phase not in WALKING:
                return done
            _gather(found, at)
            found.save()
        done += 1


def begin_due(at: datetime) -> int:
    """Give jobs to campaigns of the organisation we act for whose hour has come, or that lost theirs; how many."""
    due = due_campaigns(at)
    walking = own(Campaign).filter(state=State.SENDING, phase__in=WALKING)
    for one in [*due, *walking]:
        begin_walk(one, at)
    return len(due)


def _start(campaign: Campaign, at: datetime) -> None:
    move(campaign, State.SENDING, at)
    campaign.started_at = at
    campaign.phase = Phase.SAMPLE if campaign.test else Phase.REST
    campaign.walk_part, campaign.walk_after = 0, None
    campaign.slot_at, campaign.slots = at, {}
    if campaign.timing == Timing.BEST:
        campaign.usual_hour = usual_hour(campaign, at)
    campaign.save()
    record(CampaignStarted(campaign=campaign.pk, channel=campaign.channel, at=at))


def _gather(campaign: Campaign, at: datetime) -> None:
    """One batch, or the end of a part, or of the phase."""
    parts = parts_of(campaign)
    if campaign.walk_part >= len(parts):
        _end_phase(campaign, at)
        return
    part = parts[campaign.walk_part]
    batch = batch_of(campaign, part, campaign.walk_after, BATCH)
    if not batch:
        campaign.walk_part, campaign.walk_after = campaign.walk_part + 1, None
        return
    _post(campaign, part, batch, at)
    campaign.walk_after = batch[-1]


def _end_phase(campaign: Campaign, at: datetime) -> None:
    if campaign.phase == Phase.SAMPLE:
        campaign.phase = Phase.HELD
        campaign.decides_at = at + timedelta(hours=int(campaign.test["hours"]))
    else:
        campaign.phase, campaign.held = Phase.DONE, 0


def _post(campaign: Campaign, part: Part, batch: Sequence[UUID], at: datetime) -> None:
    """Messages for those of a batch whose turn it is. `anew`: whom the walk meets for the first time, for who gets nothing is met again."""
    frames, met = Frames(campaign, part), met_before(campaign, part, batch)
    gone = taken_out(campaign, batch)
    had = messaging.reached([one.frame_id for one in frames_of(campaign)], batch)
    new = [one for one in batch if one not in gone and one not in had]
    readers = audience.reach(new, channel=campaign.channel, purpose=campaign.purpose)
    turn = [one for one in readers if campaign.phase == Phase.REST or is_tried(campaign, one.contact)]
    anew = {one for one in new if one not in met and (campaign.phase == Phase.SAMPLE or not is_tried(campaign, one))}
    if campaign.phase == Phase.SAMPLE or not campaign.test:
        campaign.unreached += len(anew) - len(anew.intersection(one.contact for one in readers))
    if campaign.phase == Phase.SAMPLE:
        campaign.held += len(anew.intersection(one.contact for one in readers).difference(one.contact for one in turn))
    else:
        campaign.held = max(0, campaign.held - len(anew.intersection(one.contact for one in turn)))
    for (version, mask, due), addressed in _grouped(campaign, turn, anew, frames, at).items():
        campaign.gathered += frames.post(version, mask, addressed, due, at)


def _grouped(
    campaign: Campaign, turn: Sequence[audience.Reach], anew: Collection[UUID], frames: Frames, at: datetime
) -> dict[tuple[str, int, datetime], list[Addressed]]:
    """Readers who get the same words at the same moment."""
    home = Organisation.objects.get(pk=campaign.organisation_id)
    found: dict[tuple[str, int, datetime], list[Addressed]] = defaultdict(list)
    masks = sort_readers(frames.conditions, turn)
    words = {one.contact: version_of(campaign, one.contact, frames.versions) for one in turn}
    meant = [one for one in turn if frames.speaks_to(words[one.contact], masks[one.contact])]
    campaign.unfit += len(set(anew).intersection(one.contact for one in turn).difference(one.contact for one in meant))
    for reader, due in due_of(campaign, meant, home, at):
        found[words[reader.contact], masks[reader.contact], due].append(reader)
    return found
