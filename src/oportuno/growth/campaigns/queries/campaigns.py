"""Campaigns as the workbench sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from oportuno.growth.campaigns.models import Campaign, CampaignFrame, State, Version
from oportuno.growth.campaigns.queries.own import own
from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import acting

PAGE = 30
KEYS = "abcd"


@dataclass(frozen=True)
class Listed:
    """`next` asks for the following page."""

    campaigns: list[Campaign]
    next: tuple[datetime, UUID] | None


def campaign_for(campaign: UUID) -> Campaign:
    """One of the organisation we act for. Raises NotFound."""
    found = own(Campaign).filter(pk=campaign).select_related("series").first()
    if found is None:
        raise NotFound
    return found


def locked(campaign: UUID) -> Campaign:
    """The same, held until the transaction ends."""
    found = own(Campaign).select_for_update().filter(pk=campaign).first()
    if found is None:
        raise NotFound
    return found


def campaigns(*, state: str = "", words: str = "", after: tuple[datetime, UUID] | None = None, size: int = PAGE) -> Listed:
    """The newest first."""
    rows = own(Campaign).order_by("-created_at", "-pk")
    if state in State.values:
        rows = rows.filter(state=state)
    if words:
        rows = rows.filter(name__icontains=words)
    if after:
        rows = rows.filter(Q(created_at__lt=after[0]) | Q(created_at=after[0], pk__lt=after[1]))
    found = list(rows[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Listed(found[:size], (last.created_at, last.pk) if last else None)


def versions_of(campaign: Campaign) -> list[Version]:
    return list(own(Version).filter(campaign=campaign).order_by("key"))


def version_for(campaign: Campaign, key: str) -> Version:
    found = own(Version).filter(campaign=campaign, key=key).first()
    if found is None:
        raise NotFound
    return found


def frames_of(campaign: Campaign) -> list[CampaignFrame]:
    return list(own(CampaignFrame).filter(campaign=campaign).order_by("part", "version", "mask"))


def going_out() -> int | None:
    """How many go out now, for the workbench's navigation; nothing on a page that refuses, which acts for nobody."""
    if acting().organisation is None:
        return None
    return own(Campaign).filter(state__in=[State.SENDING, State.PAUSED]).count() or None
