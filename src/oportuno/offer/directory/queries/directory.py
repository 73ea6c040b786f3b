"""The directory: sellers by sector, place, distance, certification and words, a page at a time."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import F, FloatField, Min, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import ASin, Cos, Least, Power, Radians, Sin, Sqrt

from oportuno.offer.directory.models import Place, PointOfSale, Sector, Seller, SellerPlace, SellerSector
from oportuno.offer.directory.queries.cards import SellerCard, cards
from oportuno.offer.directory.queries.sellers import as_anybody, certified_sellers, shown_certifications
from oportuno.offer.directory.rules import hours, marks, places
from oportuno.offer.directory.rules.places import Point

Sort = Literal["name", "new", "near"]
PAGE = 24  # divides by 2, 3 and 4 columns
MOST = 100
MOST_ON_MAP = 1000
MOST_WORDS = 6
READ: dict[Sort, Callable[[Any], Any]] = {"name": str, "new": datetime.fromisoformat, "near": float}
FAR = 20_100.0  # km: half around the earth, as far as anything is


@dataclass(frozen=True)
class Criteria:
    """What somebody looks for. `place` is a code: sellers who serve it, a place it lies in, or a part of it.

    `near` keeps those with a point of sale within `km`, nearest first unless sorted otherwise. `certification` is the key of one;
    `certified` any. `text`: words of the name or the difference, accents and case forgiven.
    """

    sector: str = ""
    place: str = ""
    near: Point | None = None
    km: float = 50.0
    certified: bool = False
    certification: str = ""
    text: str = ""
    sort: Sort | None = None

    @property
    def order(self) -> Sort:
        wanted = self.sort or ("near" if self.near else "name")
        return "name" if wanted == "near" and self.near is None else wanted


@dataclass(frozen=True)
class DirectoryPage:
    """A page of cards; `after` is what asks for the next one, empty at the end."""

    cards: Sequence[SellerCard]
    after: str


@dataclass(frozen=True)
class MapPoint:
    """A point of sale on the map."""

    id: UUID
    latitude: float
    longitude: float
    name: str
    seller: str
    slug: str
    is_open: bool


def sellers_page(criteria: Criteria, *, after: str = "", limit: int = PAGE) -> DirectoryPage:
    """Published sellers, a page at a time (keyset). A mark that is not ours begins at the start."""
    limit = max(1, min(limit, MOST))
    with as_anybody():
        rows, km = _page(criteria, marks.read(after, criteria.order, READ[criteria.order]), limit + 1)
        shown = rows[:limit]
        more = len(rows) > limit
        return DirectoryPage(cards(shown, km), _marked(shown[-1], criteria.order, km) if more else "")


def sellers_near(point: Point, km: float, *, limit: int = PAGE) -> list[SellerCard]:
    """Published sellers with a point of sale within `km`, nearest first, with their distance."""
    return list(sellers_page(Criteria(near=point, km=km), limit=limit).cards)


def map_points(criteria: Criteria, at: datetime, *, box: places.Box | None = None) -> list[MapPoint]:
    """Points of sale of the sellers found, at most 1,000, inside `box` when one is given."""
    with as_anybody():
        found = PointOfSale.objects.filter(published=True, latitude__isnull=False, seller__in=filtered(criteria))
        if box is None and criteria.near:
            box = places.around(criteria.near, criteria.km)
        if box is not None:
            found = found.filter(latitude__range=(box.south, box.north), longitude__range=(box.west, box.east))
        return [
            MapPoint(
                id=one.pk,
                latitude=one.latitude or 0.0,
                longitude=one.longitude or 0.0,
                name=one.name,
                seller=one.seller.trade_name,
                slug=one.seller.slug,
                is_open=hours.open_now(one.hours, one.exceptions, one.time_zone, at).is_open,
            )
            for one in found.select_related("seller").order_by("id")[:MOST_ON_MAP]
        ]


def filtered(criteria: Criteria, *, without: str = "") -> QuerySet[Seller]:
    """Published sellers that fit, but for the criterion `without`."""
    found = Seller.objects.filter(published=True)
    if criteria.sector and without != "sector":
        sector = (
            Sector.objects.filter(slug=criteria.sector).values_list("pk", flat=True).first()
        )  # by number the planner knows how common it is
        found = found.filter(pk__in=SellerSector.objects.filter(published=True, sector_id=sector or 0).values("seller_id"))
    if criteria.place and without != "place":
        found = found.filter(pk__in=_serving(criteria.place))
    if criteria.certified and without != "certified":
        found = certified_sellers(found)
    if criteria.certification and without != "certification":
        found = found.filter(pk__in=shown_certifications().filter(key=criteria.certification).values("seller_id"))
    for word in places.plain(criteria.text).split()[:MOST_WORDS]:
        found = found.filter(plain__contains=word)
    if criteria.near:
        found = found.filter(pk__in=_within(criteria.near, criteria.km).values("seller_id"))
    return found


def _serving(place: str) -> QuerySet[SellerPlace, Any]:
    """By the codes themselves the planner knows how few (or nobody) serve them, and need not look every seller up."""
    covering = list(Place.objects.filter(Q(pk__in=places.path(place)) | Q(pk__startswith=f"{place}-")).values_list("pk", flat=True))
    return SellerPlace.objects.filter(place_id__in=covering, published=True).values("seller_id")


def _page(criteria: Criteria, after: tuple[Any, UUID] | None, limit: int) -> tuple[list[Seller], dict[UUID, float]]:
    if criteria.near and criteria.order == "near":
        return _nearest(criteria, criteria.near, after, limit)
    rows = filtered(criteria)
    column = "trade_name" if criteria.order == "name" else "approved_at"
    if after is not None:
        sign = "gt" if criteria.order == "name" else "lt"
        rows = rows.filter(Q(**{f"{column}__{sign}": after[0]}) | Q(**{column: after[0], f"pk__{sign}": after[1]}))
    back = "" if criteria.order == "name" else "-"
    shown = _whole(rows.order_by(f"{back}{column}", f"{back}id").values_list("pk", flat=True)[:limit])
    points = _within(criteria.near, criteria.km).filter(seller__in=[one.pk for one in shown]) if criteria.near else None
    return shown, {} if points is None else dict(_of_sellers(points))


def _nearest(criteria: Criteria, point: Point, after: tuple[Any, UUID] | None, limit: int) -> tuple[list[Seller], dict[UUID, float]]:
    """The database sorts and cuts: within a long way there may be all sellers."""
    others = replace(criteria, near=None)
    points = _within(point, criteria.km)
    if others != Criteria(km=criteria.km, sort=criteria.sort):  # a point that is shown is a shown seller's: without others, nothing to join
        points = points.filter(seller__in=filtered(others))
    found = _of_sellers(points)
    if after is not None:
        found = found.filter(Q(nearest__gt=after[0]) | Q(nearest=after[0], seller_id__gt=after[1]))
    km = dict(found.order_by("nearest", "seller_id")[:limit])
    return _whole(km), km


def _whole(ids: Iterable[UUID]) -> list[Seller]:
    """With what a card shows, in this order. Joined for a page only: a word that everybody uses finds all sellers."""
    wanted = list(ids)
    rows = Seller.objects.filter(published=True).select_related("home__parent", "emblem", "portrait").in_bulk(wanted)
    return [rows[pk] for pk in wanted if pk in rows]


def _within(point: Point, km: float) -> QuerySet[PointOfSale]:
    """Shown points of sale within `km`, each with its distance, `away`. The box is what the index answers."""
    reach = min(max(km, 0.0), FAR)
    box = places.around(point, reach)
    inside = PointOfSale.objects.filter(published=True, latitude__range=(box.south, box.north), longitude__range=(box.west, box.east))
    return inside.annotate(away=_away(point)).filter(away__lte=reach)


def _away(point: Point) -> Combinable:
    """Kilometres along the ground from a row's place (haversine)."""
    latitude, longitude = Radians(F("latitude")), Radians(F("longitude"))
    up, along = (
        Power(Sin((one - Value(math.radians(here))) / 2.0), 2) for one, here in ((latitude, point.latitude), (longitude, point.longitude))
    )
    chord = up + Value(math.cos(math.radians(point.latitude))) * Cos(latitude) * along
    return ASin(Sqrt(Least(Value(1.0), chord)), output_field=FloatField()) * Value(2 * places.EARTH_KM)


def _of_sellers(points: QuerySet[PointOfSale]) -> QuerySet[PointOfSale, Any]:
    """(seller, how far his nearest of these points is)."""
    return points.order_by().values_list("seller_id").annotate(nearest=Min("away"))


def _marked(last: Seller, order: Sort, km: dict[UUID, float]) -> str:
    values: dict[Sort, Any] = {"name": last.trade_name, "new": last.approved_at and last.approved_at.isoformat(), "near": km.get(last.pk)}
    return marks.write(order, values[order], last.pk)
