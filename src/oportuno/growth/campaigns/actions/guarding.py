"""What messaging's guards halted is a paused campaign, with its reason."""

from __future__ import annotations

from datetime import datetime

from oportuno.growth.campaigns.actions.controlling import pause
from oportuno.growth.campaigns.models import Campaign, State
from oportuno.growth.campaigns.queries.halts import why_halted
from oportuno.growth.campaigns.queries.own import own


def pause_guarded(at: datetime) -> int:
    """Campaigns of the organisation we act for that a guard halted; how many."""
    paused = 0
    for one in own(Campaign).filter(state=State.SENDING):
        if why := why_halted(one):
            pause(campaign=one.pk, by=None, at=at, reason=why)
            paused += 1
    return paused
