"""Parts of a seller's page that are made of the directory's card."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from oportuno.doors.marketplace.queries import posts
from oportuno.doors.marketplace.queries import writings as written
from oportuno.doors.marketplace.rules.schema_org import Shop
from oportuno.kernel.ui.cards import Place
from oportuno.offer.directory import api as directory
from oportuno.offer.sites import api as sites


def mark(text: str) -> UUID | None:
    """Where a page of offers begins; one that is not ours begins at the start."""
    try:
        return UUID(text)
    except ValueError:
        return None


def voice(card: directory.SellerCard, limit: int) -> tuple[str, list[written.Writing]]:
    """Where its own site is, "" for none, and what it tells in its blog and in the knowledge centre, the newest first."""
    site, told = sites.voice_of(card.slug, limit=limit)
    found = [posts.writing(one) for one in told] + written.articles(organisation=card.organisation, limit=limit)
    return site, sorted(found, key=lambda one: one.at, reverse=True)[:limit]


def places(page: directory.SellerPage) -> list[Place]:
    """Points of sale that have a place on the map."""
    return [
        Place(
            name=one.name,
            latitude=one.latitude,
            longitude=one.longitude,
            lines=[one.address, open_words(one.now)],
            route=one.directions.get("openstreetmap", ""),
        )
        for one in page.points
        if one.latitude is not None and one.longitude is not None
    ]


def open_words(now: directory.OpenNow) -> str:
    return _("Open now") if now.is_open else _("Closed now")


def shops(page: directory.SellerPage) -> list[Shop]:
    """Points of sale for machines."""
    return [
        Shop(
            name=f"{page.card.name} · {one.name}",
            address=one.address,
            city=one.city,
            region=one.region,
            country=page.card.country,
            latitude=one.latitude,
            longitude=one.longitude,
            phone=one.phone,
            week=[span for day in one.week for span in _spans(day.day, day.hours)],
        )
        for one in page.points
    ]


def _spans(day: int, hours: str) -> list[tuple[int, str, str]]:
    """ "08:00–12:00, 14:00–18:00", or "24 h", as people write it, for machines."""
    if hours == "24 h":
        return [(day, "00:00", "23:59")]
    pairs = [part.strip().split("–") for part in hours.split(",")]
    return [(day, pair[0], pair[1]) for pair in pairs if len(pair) == 2]
