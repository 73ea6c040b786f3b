"""How many an audience has, and whom it reaches."""

from __future__ import annotations

from uuid import UUID

from oportuno.growth.campaigns.models import Campaign
from oportuno.growth.campaigns.queries.parts import batch_of, count_of, ids_of, parts_of
from oportuno.people.audience import api as audience


def size_of(campaign: Campaign) -> int:
    """About how many: who is in several segments is counted in each; who cannot be written to is still among them."""
    if not ids_of(campaign.audience, "segments"):
        return audience.count_agreed(channel=campaign.channel, purpose=campaign.purpose)
    return sum(count_of(part) for part in parts_of(campaign))


def sample_reader(campaign: Campaign) -> UUID | None:
    """Somebody of the audience, to show it as he gets it."""
    for part in parts_of(campaign):
        if found := batch_of(campaign, part, None, 1):
            return found[0]
    return None
