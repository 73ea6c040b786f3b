"""From one state to another."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from oportuno.growth.campaigns.models import Campaign, State
from oportuno.growth.campaigns.rules import states
from oportuno.kernel.errors import Conflict

SENTENCES = {
    State.DRAFT: lambda: _("It is a draft: finish it first."),
    State.SCHEDULED: lambda: _("It is scheduled already: take it back to change it."),
    State.SENDING: lambda: _("It is going out already."),
    State.PAUSED: lambda: _("It is paused."),
    State.SENT: lambda: _("It was sent: nothing of it changes any more."),
    State.CANCELLED: lambda: _("It was cancelled."),
}


def move(campaign: Campaign, after: str, at: datetime) -> None:
    """Set its state; whoever calls saves. Raises Conflict for a move there is not."""
    if not states.may_move(campaign.state, after):
        raise Conflict(SENTENCES[State(campaign.state)]())
    campaign.state, campaign.changed_at = after, at
    if after in states.ENDED:
        campaign.ended_at = at


def must_be_draft(campaign: Campaign) -> None:
    """Raises Conflict: what is on its way is not written any more."""
    if campaign.state != State.DRAFT:
        raise Conflict(SENTENCES[State(campaign.state)]())
