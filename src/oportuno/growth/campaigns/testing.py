"""Campaigns for tests: written, walked and handed over as a worker does it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from oportuno.growth.campaigns.actions.scheduling import schedule
from oportuno.growth.campaigns.actions.sending import walk
from oportuno.growth.campaigns.actions.writing import begin_campaign, write_version
from oportuno.growth.campaigns.models import Campaign, CampaignFrame
from oportuno.kernel.content import Document, read
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.jobs import Lease
from oportuno.people.audience.api import Agreed, Contact, give
from oportuno.people.audience.testing import FORM, make_contact
from oportuno.people.messaging.api import set_letterhead
from oportuno.people.organisations.testing import Actor

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("America/Bogota"))
SUNDAY = MONDAY - timedelta(days=1)

__all__ = ["MONDAY", "SUNDAY", "Campaign", "CampaignFrame", "again", "document", "lease", "reader", "scheduled", "sit", "walked", "written"]


def document(*blocks: Any) -> Document:
    """Of paragraphs and of blocks as JSON's values."""
    return read({"blocks": [{"type": "text", "text": one} if isinstance(one, str) else one for one in blocks]})


def reader(
    actor: Actor, email: str, name: str = "Carmen", *, purpose: str = "bulletin", topics: tuple[str, ...] = (), **more: Any
) -> Contact:
    """A contact who agreed to the bulletin."""
    assert actor.organisation
    with for_organisation(actor.organisation.pk):
        found = make_contact(actor.organisation, email, name, at=SUNDAY, **more)
        give(contact=found, agreed=Agreed(purpose, topics=topics), circumstances=FORM, at=SUNDAY)
    return found


def sit(actor: Actor) -> None:
    """Its mails say where it is."""
    assert actor.organisation
    with for_organisation(actor.organisation.pk):
        set_letterhead(postal="Calle 12 # 3-45, Bogotá")


def written(actor: Actor, *blocks: Any, subject: str = "Rosas de noviembre", at: datetime = MONDAY, **said: Any) -> Campaign:
    """A draft that may go out."""
    assert actor.organisation
    sit(actor)
    with for_organisation(actor.organisation.pk):
        found = begin_campaign(name="Noviembre", by=actor.member, at=at, **said)
        words: dict[str, Any] = {"text": blocks[0]} if said.get("channel") == "sms" else {
            "subject": subject, "content": document(*(blocks or ("Hola {{ name }}, hay rosas.",)))
        }  # fmt: skip
        return write_version(campaign=found.pk, by=actor.member, at=at, **words)


def scheduled(actor: Actor, *, blocks: Sequence[Any], at: datetime) -> UUID:
    """A campaign of these blocks to everybody who agreed, on its way."""
    assert actor.organisation
    found = written(actor, *blocks, at=at)
    with for_organisation(actor.organisation.pk):
        schedule(campaign=found.pk, by=actor.member, at=at)
    return found.pk


def lease(actor: Actor) -> Lease:
    assert actor.organisation
    return Lease(0, 0, actor.organisation.pk, "campaigns.walk")


def walked(actor: Actor, campaign: Campaign, *, at: datetime = MONDAY) -> Campaign:
    """What the worker does when its hour has come."""
    walk(lease(actor), campaign.pk, at=at)
    return again(actor, campaign.pk)


def again(actor: Actor, campaign: UUID) -> Campaign:
    assert actor.organisation
    with for_organisation(actor.organisation.pk):
        return Campaign.objects.get(pk=campaign)
