"""Bulletins that make themselves, as the workbench sees them."""

from __future__ import annotations

from uuid import UUID

from oportuno.growth.campaigns.models import Campaign, Series
from oportuno.growth.campaigns.queries.own import own
from oportuno.kernel.errors import NotFound

MOST, MOST_MADE = 100, 12


def series_listed() -> list[Series]:
    """Those that work first, by when they look again."""
    return list(own(Series).order_by("-active", "next_at")[:MOST])


def series_for(series: UUID, *, lock: bool = False) -> Series:
    """One of the organisation we act for; `lock` holds it until the transaction ends. Raises NotFound."""
    rows = own(Series).select_for_update() if lock else own(Series)
    found = rows.filter(pk=series).first()
    if found is None:
        raise NotFound
    return found


def made_by(series: Series) -> list[Campaign]:
    """Its latest campaigns."""
    return list(own(Campaign).filter(series=series).order_by("-created_at")[:MOST_MADE])
