"""The campaigns that one contact got."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from oportuno.growth.campaigns.models import Campaign, CampaignFrame
from oportuno.growth.campaigns.queries.own import own
from oportuno.people.messaging import api as messaging


@dataclass(frozen=True)
class Reached:
    campaign: Campaign
    got: messaging.Got


def history_of(contact: UUID, *, size: int = 8) -> list[Reached]:
    """The latest first; four queries, however many there were."""
    got = messaging.bulletins_of(contact, size=size)
    frames = own(CampaignFrame).filter(frame_id__in=[one.frame for one in got]).select_related("campaign")
    of = {one.frame_id: one.campaign for one in frames}
    return [Reached(of[one.frame], one) for one in got if one.frame in of]
