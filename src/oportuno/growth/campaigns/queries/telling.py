"""What a sender should know before: when the law lets it out. How campaigns read in timelines and in the audit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from oportuno.growth.campaigns.models import Campaign, CampaignFrame
from oportuno.growth.campaigns.queries.own import own
from oportuno.people.audience.api import Happened, tell_of
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
    """Called once at start: a mail or text of a campaign is told with its name in a contact's timeline."""
    tell_of("messaging.message_sent", group="mail", icon="mail", sentence=_got, named=names_of)
    tell_of("messaging.mail_opened", group="mail", icon="mail-opened", sentence=_opened, named=names_of)
    tell_of("messaging.mail_clicked", group="mail", icon="link", sentence=_clicked, named=names_of)


def names_of(facts: Sequence[Happened]) -> dict[int, str]:
    """Of facts about mails and texts, the names of the campaigns that they belong to, by fact. Two queries for a page."""
    frames = {one.id: UUID(one.data["frame"]) for one in facts if "frame" in one.data}
    sent = {one.subject: one.id for one in facts if one.id not in frames and one.subject}
    frames |= {sent[message]: frame for message, frame in messaging.frames_of(list(sent)).items()}
    rows = own(CampaignFrame).filter(frame_id__in=set(frames.values())).values_list("frame_id", "campaign__name")
    named = dict(rows)
    return {fact: named[frame] for fact, frame in frames.items() if frame in named}


def _got(happened: Happened) -> str:
    if not happened.named:
        return _("Got a message from us")
    return _("Got “%(name)s”") % {"name": happened.named}


def _opened(happened: Happened) -> str:
    if happened.data.get("machine"):
        return _("A machine opened “%(name)s”") % {"name": happened.named} if happened.named else _("A machine opened a mail")
    return _("Opened “%(name)s”") % {"name": happened.named} if happened.named else _("Opened a mail")


def _clicked(happened: Happened) -> str:
    if happened.data.get("machine"):
        return (
            _("A machine followed the links of “%(name)s”") % {"name": happened.named}
            if happened.named
            else _("A machine followed links of a mail")
        )
    return _("Followed a link of “%(name)s”") % {"name": happened.named} if happened.named else _("Followed a link of a mail")
