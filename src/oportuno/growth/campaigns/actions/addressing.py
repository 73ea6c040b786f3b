"""Of each reader: is he in the sample, which version, which sort, and when."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from oportuno.growth.campaigns.models import Campaign, Phase, Timing, Version
from oportuno.growth.campaigns.queries.hours import hours_of
from oportuno.growth.campaigns.queries.parts import among
from oportuno.growth.campaigns.rules.readers import Condition, chose
from oportuno.growth.campaigns.rules.timing import Throttle, at_his_hour, best_hour, in_his_zone, zone_of
from oportuno.people.audience import api as audience
from oportuno.people.messaging import api as messaging
from oportuno.people.organisations.api import Organisation

Addressed = audience.Reach


def is_tried(campaign: Campaign, contact: UUID) -> bool:
    """Whether he is in the sample: the same answer whenever it is asked, another one in another campaign."""
    return _lot(campaign, contact, "sample") % 100 < int(campaign.test.get("share", 0))


def version_of(campaign: Campaign, contact: UUID, versions: Sequence[Version]) -> str:
    """Drawn by lot in the sample; the winner's, or the only one, for all others."""
    if campaign.phase == Phase.SAMPLE:
        return versions[_lot(campaign, contact, "version") % len(versions)].key
    return campaign.winner or versions[0].key


def sort_readers(conditions: Sequence[Condition], readers: Sequence[Addressed]) -> dict[UUID, int]:
    """Which conditions hold for each, as bits; a query for each segment that is asked for."""
    masks = {one.contact: 0 for one in readers}
    for bit, condition in enumerate(conditions):
        if condition.kind == "field":
            holding = {one.contact for one in readers if one.fields.get(condition.of)}
        elif condition.kind == "topic":
            holding = {one.contact for one in readers if chose(condition.of, one.topics)}
        else:
            holding = among(UUID(condition.of), sorted(masks))
        for contact in holding:
            masks[contact] |= 1 << bit
    return masks


def due_of(campaign: Campaign, readers: Sequence[Addressed], home: Organisation, at: datetime) -> Iterable[tuple[Addressed, datetime]]:
    """Each reader with his moment; with a throttle, no more an hour than it lets."""
    wanted = [(one, _wanted(campaign, one, seen, home, at)) for one, seen in _with_hours(campaign, readers, home, at)]
    if not campaign.per_hour:
        return wanted
    law = messaging.law_of(home.country)
    throttle = Throttle(
        campaign.per_hour,
        campaign.slot_at or at,
        {int(slot): used for slot, used in campaign.slots.items()},
        lambda moment: messaging.next_allowed(moment, law, campaign.channel) or moment,
    )
    paced = [(one, throttle.next(moment)) for one, moment in sorted(wanted, key=lambda pair: (pair[1], pair[0].contact))]
    campaign.slot_at, campaign.slots = throttle.begin, throttle.left(at)
    return paced


def _with_hours(
    campaign: Campaign, readers: Sequence[Addressed], home: Organisation, at: datetime
) -> list[tuple[Addressed, dict[int, int]]]:
    if campaign.timing != Timing.BEST:
        return [(one, {}) for one in readers]
    seen = hours_of([(one.contact, zone_of(one.zones, home.time_zone).key) for one in readers], at)
    return [(one, seen.get(one.contact, {})) for one in readers]


def _wanted(campaign: Campaign, reader: Addressed, seen: dict[int, int], home: Organisation, at: datetime) -> datetime:
    zone = zone_of(reader.zones, home.time_zone)
    if campaign.timing == Timing.ZONE and campaign.when:
        return max(at, in_his_zone(campaign.when, home.time_zone, zone))
    if campaign.timing == Timing.BEST:
        return at_his_hour(max(at, campaign.when or at), best_hour(seen, campaign.usual_hour), zone).astimezone(at.tzinfo)
    return at


def _lot(campaign: Campaign, contact: UUID, about: str) -> int:
    drawn = hashlib.blake2b(campaign.pk.bytes + contact.bytes + about.encode(), digest_size=4)
    return int.from_bytes(drawn.digest(), "big")
