"""Frames of messaging: made the first time that one of their readers comes, in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from oportuno.growth.campaigns.models import Campaign, CampaignFrame, Channel, Phase, Version
from oportuno.growth.campaigns.queries.blocks import speaks_to, whoms_in
from oportuno.growth.campaigns.queries.campaigns import versions_of
from oportuno.growth.campaigns.queries.own import own
from oportuno.growth.campaigns.queries.parts import Part
from oportuno.growth.campaigns.queries.rendering import rendered
from oportuno.growth.campaigns.rules.readers import Condition, conditions_of
from oportuno.kernel.content import read
from oportuno.people.audience import api as audience
from oportuno.people.messaging import api as messaging
from oportuno.people.organisations.api import Organisation


class Frames:
    """Those of one part of a campaign's audience."""

    def __init__(self, campaign: Campaign, part: Part) -> None:
        self.campaign, self.part = campaign, part
        self.versions = versions_of(campaign)
        self.country = Organisation.objects.get(pk=campaign.organisation_id).country
        self.conditions = shared_conditions(self.versions)

    def speaks_to(self, version: str, mask: int) -> bool:
        """Whether anything of a version is for this sort of readers."""
        found = next(one for one in self.versions if one.key == version)
        return self.campaign.channel == Channel.SMS or speaks_to(
            read(found.document or {"blocks": []}), _own_bits(found, self.conditions, mask)
        )

    def post(self, version: str, mask: int, readers: Sequence[audience.Reach], due: datetime, at: datetime) -> int:
        """Messages of one frame, due at one moment; how many were new."""
        frame = self._frame(version, mask, at)
        to = [
            messaging.Reader(one.contact, one.address, one.name, dict(one.fields), one.country or self.country, tuple(one.zones))
            for one in readers
        ]
        post = messaging.text_many if self.campaign.channel == Channel.SMS else messaging.post_many
        return post(frame, to, at=due)

    def _frame(self, key: str, mask: int, at: datetime) -> messaging.MailFrame:
        place = {
            "campaign": self.campaign,
            "version": key,
            "part": self.part.number,
            "mask": mask,
            "trial": self.campaign.phase == Phase.SAMPLE,
        }
        known = own(CampaignFrame).filter(**place).values_list("frame_id", flat=True).first()
        if known is not None:
            return own(messaging.MailFrame).get(pk=known)
        made = self._made(next(one for one in self.versions if one.key == key), mask, at)
        CampaignFrame.objects.create(frame_id=made.pk, **place)
        return made

    def _made(self, version: Version, mask: int, at: datetime) -> messaging.MailFrame:
        """The words of a version for one sort of readers."""
        seen = rendered(self.campaign, version, _own_bits(version, self.conditions, mask))
        if self.campaign.channel == Channel.SMS:
            return messaging.make_text_frame(
                organisation=self.campaign.organisation_id,
                text=seen.text,
                language=self.campaign.language,
                agreed_to=self.campaign.purpose,
                at=at,
            )
        return messaging.make_frame(
            organisation=self.campaign.organisation_id, subject=seen.subject, text=seen.text, html=seen.html, language=self.campaign.language,
            agreed_to=self.campaign.purpose, sender=version.sender, reply_to=self.campaign.reply_to, at=at,
        )  # fmt: skip


def shared_conditions(versions: Sequence[Version]) -> list[Condition]:
    """Those of all versions, each once; the checks refused more than a sort of readers can tell apart."""
    return conditions_of([whom for one in versions for whom in whoms_in(read(one.document or {"blocks": []}))])


def _own_bits(version: Version, shared: Sequence[Condition], mask: int) -> int:
    """The same bits in the order of one version's own conditions."""
    own = conditions_of(whoms_in(read(version.document or {"blocks": []})))
    return sum(1 << place for place, one in enumerate(own) if mask >> shared.index(one) & 1)


def frame_ids(frames: Sequence[CampaignFrame]) -> list[UUID]:
    return [one.frame_id for one in frames]
