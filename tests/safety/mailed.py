"""Campaigns of a seller: two still written, each with two versions; one that goes out; one that makes itself."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from oportuno.growth.campaigns import api as campaigns
from oportuno.growth.campaigns.models import CampaignFrame, Phase
from oportuno.growth.campaigns.testing import document
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.people.messaging.models import MailFrame
from oportuno.people.organisations.api import Member
from oportuno.people.organisations.testing import Actor


def own_campaigns(owner: Actor, name: str) -> UUID:
    """A draft. The one that goes out has gathered everybody it could."""
    at, member = now(), owner.member
    with for_organisation(member.organisation.pk):
        going = campaigns.begin_campaign(name=f"{name} campaña", by=member, at=at)
        campaigns.Campaign.objects.filter(pk=going.pk).update(state="scheduled", starts_at=at)
        campaigns.Campaign.objects.filter(pk=going.pk).update(state="sending", started_at=at, phase=Phase.DONE)
        frame = MailFrame.objects.create(
            purpose="marketing",
            agreed_to="bulletin",
            language="es-co",
            from_name=name,
            subject=f"{name} asunto",
            text=name,
            html=name,
            created_at=at,
        )
        CampaignFrame.objects.create(campaign=going, version="a", part=0, mask=0, frame_id=frame.pk)
        campaigns.begin_series(
            name=f"{name} serie", subject=f"{name} serie", intro=f"{name} serie", kinds=["posts"], purpose="bulletin", by=member, at=at
        )
        drafts = [_draft(f"{name} {word}", member, at) for word in ("borrador", "otro borrador")]  # a program may let one go
    return drafts[0]


def _draft(name: str, member: Member, at: datetime) -> UUID:
    draft = campaigns.begin_campaign(name=name, by=member, at=at)
    campaigns.write_version(campaign=draft.pk, subject=f"{name} asunto", content=document(f"{name} cuerpo"), by=member, at=at)
    campaigns.add_version(campaign=draft.pk, by=member, at=at)
    return draft.pk
