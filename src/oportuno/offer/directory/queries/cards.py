"""What a stranger sees of a seller: frozen cards, made from whole pages of rows at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from oportuno.kernel.clock import now
from oportuno.kernel.statements import Statement
from oportuno.offer.directory.models import Certification, Place, PointOfSale, Seller, SellerPlace, SellerSector
from oportuno.offer.directory.queries.sellers import as_anybody, points_of, published_seller, shown_certifications
from oportuno.offer.directory.queries.verticals import evidence_name, said
from oportuno.offer.directory.rules import dates, hours
from oportuno.offer.directory.rules.numbers import written_phone
from oportuno.offer.directory.rules.places import Point
from oportuno.offer.media.api import Picture


@dataclass(frozen=True)
class SectorMark:
    slug: str
    title: str
    singular: str
    icon: str


@dataclass(frozen=True)
class CertificationMark:
    """What the market vouches for. `evidence`: document, number, reference, test_order or visit."""

    key: str
    title: str
    description: str
    icon: str
    evidence: str
    evidence_name: str
    granted_at: datetime
    expires_at: datetime | None


@dataclass(frozen=True)
class SellerCard:
    """A seller in a list. `city` and `region` are where it is; `km` is set when somebody asked for what is near."""

    id: UUID
    organisation: int
    slug: str
    name: str
    difference: str
    country: str
    city: str
    region: str
    certified: bool
    answer_hours: int | None
    approved_at: datetime
    emblem: Picture | None
    portrait: Picture | None
    sectors: Sequence[SectorMark]
    certifications: Sequence[CertificationMark]
    points: int
    km: float | None = None


@dataclass(frozen=True)
class DayHours:
    """A day of the week (0 Monday) or of the calendar, and its hours as people write them; empty: closed."""

    day: int
    hours: str
    on: date | None = None
    why: str = ""


@dataclass(frozen=True)
class PointCard:
    """A point of sale. `directions` are plain links: to the phone's own map, to OpenStreetMap, to Google."""

    id: UUID
    name: str
    address: str
    city: str
    region: str
    latitude: float | None
    longitude: float | None
    phone: str
    phone_written: str
    serves: str
    time_zone: str
    now: hours.OpenNow
    week: Sequence[DayHours]
    special: Sequence[DayHours]
    directions: Mapping[str, str]


@dataclass(frozen=True)
class SellerPage:
    """All of a seller's public page that the directory knows."""

    card: SellerCard
    story: str
    founded_year: int | None
    web_address: str
    phone: str
    phone_written: str
    serves: Sequence[str]
    points: Sequence[PointCard]


def seller_card(slug: str) -> SellerCard:
    """Raises NotFound for a seller who is not published."""
    with as_anybody():
        return cards([published_seller(slug)])[0]


def seller_cards(ids: Iterable[UUID]) -> dict[UUID, SellerCard]:
    """Cards by id; sellers who are not published are left out. Five queries, however many."""
    with as_anybody():
        found = Seller.objects.filter(pk__in=list(ids), published=True).select_related("home__parent", "emblem", "portrait")
        return {card.id: card for card in cards(found)}


SERVED: Statement[SellerPlace] = Statement(
    lambda seller: SellerPlace.objects.filter(seller=seller, published=True).select_related("place").order_by("place_id")
)
SECTORS: Statement[SellerSector] = Statement(
    lambda sellers: SellerSector.objects.filter(seller__among=sellers, published=True).select_related("sector").order_by("sector__order")
)
CERTIFIED: Statement[Certification] = Statement(
    lambda sellers, at: shown_certifications(at).filter(seller__among=sellers).order_by("granted_at", "id")
)


def seller_page_data(slug: str, at: datetime) -> SellerPage:
    """The public page of a seller at a moment (is it open?). Raises NotFound for one who is not published."""
    with as_anybody():
        seller = published_seller(slug)
        served = SERVED.all(seller=seller.pk)
        points = [point for point in points_of(seller) if point.published]
        return SellerPage(
            card=cards([seller], points={seller.pk: len(points)})[0],
            story=in_language(seller, "story"),
            founded_year=seller.founded_year,
            web_address=seller.web_address,
            phone=seller.phone,
            phone_written=written_phone(seller.phone),
            serves=[place_name(one.place) for one in served],
            points=[point_card(point, at) for point in points],
        )


def cards(sellers: Iterable[Seller], km: Mapping[UUID, float] | None = None, points: Mapping[UUID, int] | None = None) -> list[SellerCard]:
    """Cards in the sellers' order; they come with home__parent, emblem and portrait. Three queries more, two where points are known."""
    rows = list(sellers)
    ids = [one.pk for one in rows]
    sectors, certifications = _sectors(ids), _certifications(ids)
    points = _points(ids) if points is None else points
    return [
        SellerCard(
            id=one.pk,
            organisation=one.organisation_id,
            slug=one.slug,
            name=one.trade_name,
            difference=in_language(one, "difference"),
            country=one.country,
            city=place_name(one.home),
            region=place_name(one.home.parent) if one.home and one.home.parent_id else "",
            certified=one.certified and bool(certifications[one.pk]),
            answer_hours=one.answer_hours,
            approved_at=one.approved_at or one.standing_since,
            emblem=one.emblem,
            portrait=one.portrait,
            sectors=sectors[one.pk],
            certifications=certifications[one.pk],
            points=points[one.pk],
            km=(km or {}).get(one.pk),
        )
        for one in rows
    ]


def point_card(point: PointOfSale, at: datetime) -> PointCard:
    today = dates.day_in(point.time_zone, at)
    return PointCard(
        id=point.pk,
        name=point.name,
        address=point.address,
        city=place_name(point.place),
        region=place_name(point.place.parent) if point.place and point.place.parent_id else "",
        latitude=point.latitude,
        longitude=point.longitude,
        phone=point.phone,
        phone_written=written_phone(point.phone),
        serves=in_language(point, "serves"),
        time_zone=point.time_zone,
        now=hours.open_now(point.hours, point.exceptions, point.time_zone, at),
        week=[DayHours(day, hours.written(point.hours.get(str(day), ()))) for day in range(7)],
        special=[_special(one) for one in point.exceptions if date.fromisoformat(one["on"]) >= today],
        directions=directions(Point(point.latitude, point.longitude)) if point.latitude is not None and point.longitude is not None else {},
    )


def directions(point: Point) -> dict[str, str]:
    """Plain links to a route. Nothing is fetched from those places until somebody follows one."""
    where = f"{point.latitude:.6f},{point.longitude:.6f}"
    return {
        "geo": f"geo:{where}",
        "openstreetmap": f"https://www.openstreetmap.org/directions?to={where}",
        "google": f"https://www.google.com/maps/dir/?api=1&destination={where}",
    }


def place_name(place: Place | None) -> str:
    """In the reader's language; empty for none."""
    return "" if place is None else said({"es": place.name_es, "en": place.name_en})


def in_language(row: Any, name: str) -> str:
    """`<name>_es` or `<name>_en` of a row, in the reader's language; the other one where that is empty."""
    first, second = ("en", "es") if (get_language() or "es").startswith("en") else ("es", "en")
    return str(getattr(row, f"{name}_{first}") or getattr(row, f"{name}_{second}"))


def sector_mark(one: Any) -> SectorMark:
    return SectorMark(one.slug, said(one.title), said(one.singular), one.icon)


def certification_mark(one: Certification) -> CertificationMark:
    words = said(one.title), said(one.description)
    return CertificationMark(one.key, *words, one.icon, one.evidence_kind, evidence_name(one.evidence_kind), one.granted_at, one.expires_at)


def _special(exception: Mapping[str, Any]) -> DayHours:
    on = date.fromisoformat(exception["on"])
    return DayHours(on.weekday(), hours.written(exception["hours"]), on, exception.get("why", ""))


def _sectors(ids: Sequence[UUID]) -> Mapping[UUID, list[SectorMark]]:
    found: dict[UUID, list[SectorMark]] = defaultdict(list)
    for one in SECTORS.all(sellers=list(ids)):
        found[one.seller_id].append(sector_mark(one.sector))
    return found


def _certifications(ids: Sequence[UUID]) -> Mapping[UUID, list[CertificationMark]]:
    found: dict[UUID, list[CertificationMark]] = defaultdict(list)
    for one in CERTIFIED.all(sellers=list(ids), at=now()):
        found[one.seller_id].append(certification_mark(one))
    return found


def _points(ids: Sequence[UUID]) -> Mapping[UUID, int]:
    found: dict[UUID, int] = defaultdict(int)
    for seller in PointOfSale.objects.filter(seller__in=ids, published=True).values_list("seller_id", flat=True):
        found[seller] += 1
    return found
