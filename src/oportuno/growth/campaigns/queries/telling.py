"""What a sender should know before: when the law lets it out. How campaigns read in timelines and in the audit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from oportuno.growth.campaigns.models import Campaign
from oportuno.people.messaging import api as messaging
from oportuno.people.organisations.api import Organisation


@dataclass(frozen=True)
class Wait:
    """`until` is the first allowed moment; `source` the law, empty where it is our own courtesy."""

    until: datetime
    source: str


def when_allowed(campaign: Campaign, at: datetime) -> Wait | None:
    """What would wait if it went out at this moment, by the law of the organisation's own country; None: nothing."""
    home = Organisation.objects.get(pk=campaign.organisation_id)
    law = messaging.law_of(home.country)
    moment = messaging.next_allowed(at, law, campaign.channel)
    return Wait(moment, law.source if law.is_law else "") if moment and moment > at else None


def describe() -> None:
    """Called once at start: a mail of a campaign is told with its name in a contact's timeline."""
