"""What messaging's guards halted is a paused campaign, with its reason."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from oportuno.growth.campaigns.actions.controlling import pause
from oportuno.growth.campaigns.models import Campaign, State
from oportuno.growth.campaigns.queries.due import going_out
from oportuno.growth.campaigns.queries.halts import why_halted
from oportuno.growth.campaigns.queries.own import own


def pause_guarded(at: datetime) -> int:
    """Campaigns of the organisation we act for that a guard halted; how many."""
    return sum(pause_if_guarded(one, at) for one in going_out())


def pause_if_guarded(campaign: UUID, at: datetime) -> bool:
    """One that goes out; whether a guard halted it."""
    found = own(Campaign).filter(pk=campaign, state=State.SENDING).first()
    why = why_halted(found) if found else ""
    if why:
        pause(campaign=campaign, by=None, at=at, reason=why)
    return bool(why)
