"""What happens to campaigns."""

from __future__ import annotations

from uuid import UUID

from oportuno.kernel.facts import Fact


class CampaignScheduled(Fact):
    """`timing`: now, at, zone or best."""

    campaign: UUID
    channel: str
    timing: str
    subject = "campaign"


class CampaignUnscheduled(Fact):
    """It is a draft again."""

    campaign: UUID
    subject = "campaign"


class CampaignStarted(Fact):
    campaign: UUID
    channel: str
    subject = "campaign"


class CampaignPaused(Fact):
    campaign: UUID
    reason: str
    subject = "campaign"


class CampaignContinued(Fact):
    campaign: UUID
    subject = "campaign"


class CampaignCancelled(Fact):
    campaign: UUID
    subject = "campaign"


class CampaignSent(Fact):
    """Everybody who could be written to has been."""

    campaign: UUID
    channel: str
    readers: int
    subject = "campaign"


class WinnerChosen(Fact):
    """`why`: better, perhaps, tie, few or none."""

    campaign: UUID
    version: str
    why: str
    subject = "campaign"


class BulletinMade(Fact):
    """A series made a campaign of what was new."""

    series: UUID
    campaign: UUID
    pieces: int
    subject = "series"


class BulletinSkipped(Fact):
    """Nothing was new."""

    series: UUID
    reason: str
    subject = "series"
