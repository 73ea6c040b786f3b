"""The directory: sellers by sector, place, distance, certification and words, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from oportuno.offer.directory.models import Certification, PointOfSale, Seller, SellerPlace, SellerSector
from oportuno.offer.directory.queries.cards import SellerCard, cards
from oportuno.offer.directory.queries.sellers import as_anybody
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
        found = found.filter(pk__in=SellerSector.objects.filter(published=True, sector__slug=criteria.sector).values("seller_id"))
    if criteria.place and without != "place":
        found = found.filter(pk__in=_serving(criteria.place))
    if criteria.certified and without != "certified":
        found = found.filter(certified=True)
    if criteria.certification and without != "certification":
        held = Certification.objects.filter(published=True, key=criteria.certification)
        found = found.filter(pk__in=held.values("seller_id"))
    for word in places.plain(criteria.text).split()[:MOST_WORDS]:
        found = found.filter(plain__contains=word)
    if criteria.near:
        found = found.filter(pk__in=list(_distances(criteria.near, criteria.km)))
    return found


def _serving(place: str) -> QuerySet[SellerPlace, Any]:
    covers = Q(place_id__in=places.path(place)) | Q(place__code__startswith=f"{place}-")
    return SellerPlace.objects.filter(covers, published=True).values("seller_id")


def _page(criteria: Criteria, after: tuple[Any, UUID] | None, limit: int) -> tuple[list[Seller], dict[UUID, float]]:
    rows = filtered(criteria).select_related("home__parent", "emblem", "portrait")
    km = _distances(criteria.near, criteria.km) if criteria.near else {}
    if criteria.order == "near":
        return _nearest(rows, km, after, limit), km
    column = "trade_name" if criteria.order == "name" else "approved_at"
    if after is not None:
        sign = "gt" if criteria.order == "name" else "lt"
        rows = rows.filter(Q(**{f"{column}__{sign}": after[0]}) | Q(**{column: after[0], f"pk__{sign}": after[1]}))
    back = "" if criteria.order == "name" else "-"
    return list(rows.order_by(f"{back}{column}", f"{back}id")[:limit]), km


def _nearest(rows: QuerySet[Seller], km: dict[UUID, float], after: tuple[Any, UUID] | None, limit: int) -> list[Seller]:
    left = set(rows.values_list("pk", flat=True))
    order = sorted((distance, pk) for pk, distance in km.items() if pk in left)
    here = [pk for distance, pk in order if after is None or (distance, pk) > after][:limit]
    found = rows.in_bulk(here)
    return [found[pk] for pk in here if pk in found]


def _distances(point: Point, km: float) -> dict[UUID, float]:
    """Sellers with a shown point of sale within `km` → how far the nearest is. The box is what the index answers."""
    reach = min(max(km, 0.0), FAR)
    box = places.around(point, reach)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT seller_id, min(km) FROM (
                SELECT seller_id, 2 * %(earth)s * asin(sqrt(least(1.0,
                    power(sin(radians(latitude - %(lat)s) / 2), 2)
                    + cos(radians(%(lat)s)) * cos(radians(latitude)) * power(sin(radians(longitude - %(lon)s) / 2), 2)))) AS km
                FROM point_of_sale
                WHERE published AND latitude BETWEEN %(south)s AND %(north)s AND longitude BETWEEN %(west)s AND %(east)s
            ) AS near WHERE km <= %(km)s GROUP BY seller_id
            """,
            {
                "earth": places.EARTH_KM,
                "lat": point.latitude,
                "lon": point.longitude,
                "km": reach,
                "south": box.south,
                "north": box.north,
                "west": box.west,
                "east": box.east,
            },
        )
        return dict(cursor.fetchall())


def _marked(last: Seller, order: Sort, km: dict[UUID, float]) -> str:
    values: dict[Sort, Any] = {"name": last.trade_name, "new": last.approved_at and last.approved_at.isoformat(), "near": km.get(last.pk)}
    return marks.write(order, values[order], last.pk)
