"""Whose campaigns wait for something."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from oportuno.growth.campaigns.models import Campaign, Series, State
from oportuno.growth.campaigns.queries.own import own


def organisations_with_work(at: datetime) -> set[int]:
    """By three small indexes. Acts for the market."""
    going = Campaign.objects.filter(state=State.SENDING).values_list("organisation_id", flat=True)
    due = Campaign.objects.filter(state=State.SCHEDULED, starts_at__lte=at).values_list("organisation_id", flat=True)
    series = Series.objects.filter(active=True, next_at__lte=at).values_list("organisation_id", flat=True)
    return {*going, *due, *series}


def due_campaigns(at: datetime) -> list[Campaign]:
    """Those whose hour has come."""
    return list(own(Campaign).filter(state=State.SCHEDULED, starts_at__lte=at))


def going_out() -> list[UUID]:
    """Those that go out now."""
    return list(own(Campaign).filter(state=State.SENDING).order_by("pk").values_list("pk", flat=True))


def due_series(at: datetime) -> list[UUID]:
    return list(own(Series).filter(active=True, next_at__lte=at).values_list("pk", flat=True))
