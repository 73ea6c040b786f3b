"""The organisation whose key it is, and its points of sale."""

from __future__ import annotations

from datetime import datetime

from ninja import Router, Schema
from pydantic import Field

from oportuno.doors.api.keys import KeyRequest, scoped
from oportuno.doors.api.pace import KEYED
from oportuno.doors.api.shapes import KEYS, WRITES, Body, Text
from oportuno.doors.api.v1.sellers import PointOut, point_out
from oportuno.kernel.clock import now
from oportuno.offer.directory import api as directory
from oportuno.people.organisations.api import Organisation, change_organisation

router = Router(tags=["organisation"], throttle=[KEYED])


class OrganisationOut(Schema):
    """`scopes` are those of the key that asks."""

    slug: str = Field(examples=["flores-de-alba"])
    name: str = Field(examples=["Flores de Alba"])
    kind: str
    country: str = Field(examples=["CO"])
    currency: str = Field(examples=["COP"])
    time_zone: str = Field(examples=["America/Bogota"])
    created_at: datetime
    scopes: list[str]


class OrganisationIn(Body):
    """Only what changes. The address (`slug`) stays: links to it are out in the world."""

    name: Text | None = Field(None, min_length=2, max_length=120, examples=["Flores de Alba"])
    country: Text | None = Field(None, pattern=r"^[A-Z]{2}$", examples=["CO"])
    currency: Text | None = Field(None, pattern=r"^[A-Z]{3}$", examples=["COP"])
    time_zone: Text | None = Field(None, max_length=40, examples=["America/Bogota"])


class PointsOut(Schema):
    points_of_sale: list[PointOut]


@router.get("/organisation", response={200: OrganisationOut, **KEYS}, url_name="organisation", summary="Read the organisation")
@scoped("organisation:read")
def organisation(request: KeyRequest) -> OrganisationOut:
    return _organisation(request, request.organisation)


@router.patch("/organisation", response={200: OrganisationOut, **WRITES}, url_name="organisation", summary="Change the organisation")
@scoped("organisation:write")
def change(request: KeyRequest, body: OrganisationIn) -> OrganisationOut:
    """What is left out, or null, stays as it is."""
    now_so = {name: getattr(request.organisation, name) for name in OrganisationIn.model_fields}
    changed = change_organisation(by=request.member, at=now(), **{**now_so, **body.model_dump(exclude_none=True)})
    return _organisation(request, changed)


@router.get("/points-of-sale", response={200: PointsOut, **KEYS}, url_name="points-of-sale", summary="List the points of sale")
@scoped("organisation:read")
def points(request: KeyRequest) -> PointsOut:
    """All that are not closed for good, by name; their ids are what stock refers to. Empty before the organisation applied to sell."""
    seller = directory.seller_of(request.organisation.pk)
    found = directory.points_of(seller) if seller else []
    at = now()
    return PointsOut(points_of_sale=[point_out(directory.point_card(point, at)) for point in found])


def _organisation(request: KeyRequest, one: Organisation) -> OrganisationOut:
    return OrganisationOut(
        slug=one.slug,
        name=one.name,
        kind=one.kind,
        country=one.country,
        currency=one.currency,
        time_zone=one.time_zone,
        created_at=one.created_at,
        scopes=sorted(request.scopes),
    )
