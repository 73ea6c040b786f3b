"""Choosing the winner, by the rule that was declared."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from oportuno.growth.campaigns.actions.scheduling import begin_walk
from oportuno.growth.campaigns.facts import WinnerChosen
from oportuno.growth.campaigns.models import Campaign, Phase, State
from oportuno.growth.campaigns.queries.campaigns import locked
from oportuno.growth.campaigns.queries.figures import trial_figures
from oportuno.growth.campaigns.rules.winning import CLICKS, Tried, winner_of
from oportuno.kernel.facts import record

LONGEST_WAIT = timedelta(days=7)
"""So long a sample that the law or a guard holds back is waited for; then the first version goes out."""


@transaction.atomic
def decide(*, campaign: UUID, at: datetime) -> str:
    """The winner's key, "" when it is not time. While the sample itself still waits, the time of waiting has not begun."""
    found = locked(campaign)
    if found.state != State.SENDING or found.phase != Phase.HELD or found.decides_at is None or found.decides_at > at:
        return ""
    figures = trial_figures(found)
    waiting = sum(one.waiting - one.unclear for one in figures.values())
    if waiting and found.started_at and at < found.started_at + LONGEST_WAIT:
        found.decides_at = at + timedelta(hours=int(found.test["hours"]))
        found.save(update_fields=["decides_at"])
        return ""
    clicks = found.test["rule"] == CLICKS
    tried = [Tried(key, one.delivered, one.clicked if clicks else one.opened) for key, one in figures.items()]
    verdict = winner_of(tried)
    found.winner, found.winner_why = verdict.winner, verdict.why
    _let_the_rest_go(found, at)
    record(WinnerChosen(campaign=found.pk, version=verdict.winner, why=verdict.why, at=at))
    return verdict.winner


def _let_the_rest_go(campaign: Campaign, at: datetime) -> None:
    campaign.phase, campaign.walk_part, campaign.walk_after, campaign.decides_at = Phase.REST, 0, None, None
    campaign.starts_at = at
    campaign.save()
    begin_walk(campaign, at)
