"""What a text campaign costs, in parts: known before it goes out."""

from __future__ import annotations

from dataclasses import dataclass

from oportuno.growth.campaigns.models import Campaign, Channel
from oportuno.growth.campaigns.queries.audiences import size_of
from oportuno.growth.campaigns.queries.campaigns import versions_of
from oportuno.people.messaging import api as messaging


@dataclass(frozen=True)
class Cost:
    """`each` for one reader at most, `all` for the whole audience; fields may make single ones longer (`varies`)."""

    each: int
    all: int
    varies: bool


def cost_of(campaign: Campaign) -> Cost | None:
    """None for mails, which cost nothing by the piece."""
    if campaign.channel != Channel.SMS:
        return None
    texts = [one.text for one in versions_of(campaign)]
    each = max((messaging.preview_sms(one).segments for one in texts if one), default=0)
    return Cost(each, each * size_of(campaign), any(messaging.fields_in(one) for one in texts))
