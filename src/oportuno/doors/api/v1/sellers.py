"""Sellers of the market, as anybody sees them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, cast

from django.http import HttpRequest
from ninja import Query as InQuery
from ninja import Router, Schema
from pydantic import Field

from oportuno.doors.api import marks
from oportuno.doors.api.keys import anybody
from oportuno.doors.api.pace import ANYBODY
from oportuno.doors.api.shapes import PUBLIC, After, Limit, problems
from oportuno.kernel.clock import now
from oportuno.offer.directory import api as directory

router = Router(tags=["sellers"], auth=None, throttle=[ANYBODY])
Evidence = Literal["document", "number", "reference", "test_order", "visit"]


class SectorOut(Schema):
    slug: str
    title: str


class CertificationOut(Schema):
    """What the market vouches for, and by which kind of evidence it knows."""

    key: str
    title: str
    evidence: Evidence
    granted_at: datetime
    expires_at: datetime | None


class SellerOut(Schema):
    """`km` only where the request named a point. `url` is the seller's page."""

    slug: str = Field(examples=["flores-de-alba"])
    name: str = Field(examples=["Flores de Alba"])
    url: str
    difference: str
    country: str
    region: str
    city: str
    certified: bool
    answer_hours: int | None
    sectors: list[SectorOut]
    certifications: list[CertificationOut]
    points_of_sale: int
    approved_at: datetime
    km: float | None = None


class PointOut(Schema):
    """`hours` are of the point's own week, Monday first, as people write them; `open` is now."""

    id: str
    name: str
    address: str
    region: str
    city: str
    latitude: float | None
    longitude: float | None
    phone: str
    time_zone: str
    open: bool
    hours: list[str]


class SellerWhole(SellerOut):
    story: str
    founded_year: int | None
    web_address: str
    phone: str
    serves: list[str]
    points: list[PointOut]


class SellersOut(Schema):
    """`next` asks for the following page; null at the end."""

    sellers: list[SellerOut]
    next: str | None


@router.get("/sellers", response={200: SellersOut, **PUBLIC}, url_name="sellers", summary="List sellers")
@anybody
def sellers(
    request: HttpRequest,
    q: Annotated[str, InQuery(max_length=200, description="words of the name or the difference")] = "",
    sector: Annotated[str, InQuery(max_length=60, description="slug of a sector")] = "",
    place: Annotated[str, InQuery(max_length=12, description="code of a place served: CO, CO-05, CO-05-001")] = "",
    certified: Annotated[bool, InQuery(description="only those with a certification")] = False,
    certification: Annotated[str, InQuery(max_length=60, description="key of a certification")] = "",
    latitude: Annotated[float | None, InQuery(ge=-90, le=90)] = None,
    longitude: Annotated[float | None, InQuery(ge=-180, le=180)] = None,
    km: Annotated[float, InQuery(gt=0, le=1000, description="how far from latitude and longitude")] = 50.0,
    sort: Annotated[Literal["name", "new", "near"] | None, InQuery()] = None,
    after: After = "",
    limit: Limit = 24,
) -> SellersOut:
    """Sellers who were vetted and are on show, a page at a time."""
    near = directory.Point(latitude, longitude) if latitude is not None and longitude is not None else None
    wanted = directory.Criteria(sector, place, near, km, certified, certification, q, sort)
    place_before = marks.read(after, str)
    found = directory.sellers_page(wanted, after=place_before[0] if place_before else "", limit=limit)
    return SellersOut(sellers=[_seller(card) for card in found.cards], next=marks.write(found.after) if found.after else None)


@router.get("/sellers/{slug:slug}", response={200: SellerWhole, **problems(404, 422, 429)}, url_name="seller", summary="Read a seller")
@anybody
def seller(request: HttpRequest, slug: str) -> SellerWhole:
    """One seller with its points of sale. 404 for one who is not on show."""
    found = directory.seller_page_data(slug, now())
    return SellerWhole(
        **_seller(found.card).model_dump(),
        story=found.story,
        founded_year=found.founded_year,
        web_address=found.web_address,
        phone=found.phone,
        serves=list(found.serves),
        points=[point_out(point) for point in found.points],
    )


def point_out(point: directory.PointCard) -> PointOut:
    return PointOut(
        id=str(point.id),
        name=point.name,
        address=point.address,
        region=point.region,
        city=point.city,
        latitude=point.latitude,
        longitude=point.longitude,
        phone=point.phone,
        time_zone=point.time_zone,
        open=point.now.is_open,
        hours=[day.hours for day in point.week],
    )


def _seller(card: directory.SellerCard) -> SellerOut:
    return SellerOut(
        slug=card.slug,
        name=card.name,
        url=f"/v/{card.slug}/",
        difference=card.difference,
        country=card.country,
        region=card.region,
        city=card.city,
        certified=card.certified,
        answer_hours=card.answer_hours,
        sectors=[SectorOut(slug=one.slug, title=one.title) for one in card.sectors],
        certifications=[
            CertificationOut(
                key=one.key, title=one.title, evidence=cast(Evidence, one.evidence), granted_at=one.granted_at, expires_at=one.expires_at
            )
            for one in card.certifications
        ],
        points_of_sale=card.points,
        approved_at=card.approved_at,
        km=card.km,
    )
