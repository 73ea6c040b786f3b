"""Segments: some of the contacts, by conditions or by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import Field

from oportuno.doors.api import marks
from oportuno.doors.api.keys import KeyRequest, scoped
from oportuno.doors.api.pace import KEYED
from oportuno.doors.api.shapes import KEYS, WRITES, After, Body, Limit, Text
from oportuno.kernel.clock import now
from oportuno.kernel.errors import Forbidden, Refusal
from oportuno.people.segments import api as segments

router = Router(tags=["segments"], throttle=[KEYED])
EXAMPLE = {
    "version": 1,
    "match": "all",
    "of": [
        {"what": "place", "op": "is", "value": ["Bogotá"]},
        {"what": "consent:email:bulletin", "op": "given"},
        {"match": "none", "of": [{"what": "deed:opened", "op": "at_least", "value": 1, "days": 90}]},
    ],
}


class SegmentOut(Schema):
    """`tree` is null for a list. `count` is null until its members were gathered for the first time; `ready`: they follow what was saved last."""

    id: UUID
    name: str
    kind: Literal["live", "list"]
    tree: dict[str, Any] | None
    count: int | None
    counted_at: datetime | None
    ready: bool


class SegmentsOut(Schema):
    """By name. `next` asks for the following page; null at the end."""

    segments: list[SegmentOut]
    next: str | None


class MemberOut(Schema):
    id: UUID
    name: str
    email: str
    phone: str


class MembersOut(Schema):
    """`next` asks for the following page; null at the end."""

    contacts: list[MemberOut]
    next: str | None


class TreeIn(Body):
    """Conditions: groups of `match` (all, any, none) `of` conditions or groups; docs/api tells what conditions there are."""

    tree: dict[str, Any] = Field(examples=[EXAMPLE])


class SegmentIn(Body):
    """Without a `tree` it is a list, and empty."""

    name: Text = Field(min_length=1, max_length=80, examples=["Dormidos de Bogotá"])
    tree: dict[str, Any] | None = Field(None, examples=[EXAMPLE])


class MembersIn(Body):
    contacts: list[Annotated[UUID, Field(strict=False)]] = Field(min_length=1, max_length=1000)


class SegmentCountOut(Schema):
    count: int
    sentence: str


class PutOut(Schema):
    """How many were not in it before."""

    added: int


@router.get("/segments", response={200: SegmentsOut, **KEYS}, url_name="segments", summary="List segments")
@scoped("contacts:read")
def listed(request: KeyRequest, after: After = "", limit: Limit = 50) -> SegmentsOut:
    """Those that can be used now, by name."""
    place = marks.read(after, str, UUID)
    found = segments.page_of(request.member, after=(place[0], place[1]) if place else None, size=limit + 1)
    following = marks.write(found[limit - 1].name, found[limit - 1].pk) if len(found) > limit else None
    return SegmentsOut(segments=[_out(one) for one in found[:limit]], next=following)


@router.post("/segments", response={201: SegmentOut, **WRITES}, url_name="segments", summary="Make a segment")
@scoped("contacts:write")
def make(request: KeyRequest, body: SegmentIn) -> tuple[int, SegmentOut]:
    """Its members are gathered after the answer: `ready` says when. A tree with mistakes is refused with a sentence for each (422)."""
    _may(request)
    kind = "list" if body.tree is None else "live"
    return 201, _out(segments.make_segment(name=body.name, tree=body.tree, kind=kind, by=request.member, at=now()))


@router.post("/segments/count", response={200: SegmentCountOut, **WRITES}, url_name="segment-count", summary="Count whom conditions mean")
@scoped("contacts:read")
def count(request: KeyRequest, body: TreeIn) -> SegmentCountOut:
    """Nothing is kept. `sentence` says the conditions in the language of the request."""
    try:
        found, sentence = segments.count_tree(request.member, body.tree, at=now())
    except segments.TooSlow:
        raise Refusal(_("Counting takes too long for one request. Make the segment: its people are then gathered without hurry.")) from None
    return SegmentCountOut(count=found, sentence=sentence)


@router.get("/segments/{uuid:segment}", response={200: SegmentOut, **KEYS}, url_name="segment", summary="Read a segment")
@scoped("contacts:read")
def one(request: KeyRequest, segment: UUID) -> SegmentOut:
    return _out(segments.segment_for(request.member, segment))


@router.put("/segments/{uuid:segment}", response={200: SegmentOut, **WRITES}, url_name="segment", summary="Change a segment")
@scoped("contacts:write")
def change(request: KeyRequest, segment: UUID, body: SegmentIn) -> SegmentOut:
    """Another name, other conditions. Until the new members are gathered, those of before stand."""
    _may(request)
    return _out(segments.save_segment(segment=segment, name=body.name, tree=body.tree, by=request.member, at=now()))


@router.delete("/segments/{uuid:segment}", response={204: None, **WRITES}, url_name="segment", summary="Delete a segment")
@scoped("contacts:write")
def delete(request: KeyRequest, segment: UUID) -> None:
    """Into the bin, for thirty days. One that something uses is not deleted (409)."""
    _may(request)
    segments.delete_segment(segment=segment, by=request.member, at=now())


@router.get(
    "/segments/{uuid:segment}/contacts", response={200: MembersOut, **KEYS}, url_name="segment-contacts", summary="List who is in a segment"
)
@scoped("contacts:read")
def members(request: KeyRequest, segment: UUID, after: After = "", limit: Limit = 50) -> MembersOut:
    """By their ids, as last gathered."""
    found, place = segments.segment_for(request.member, segment), marks.read(after, UUID)
    ids = segments.contacts_in(found.pk, after=place[0] if place else None, size=limit + 1)
    shown = [MemberOut(id=who.pk, name=who.display_name, email=who.email, phone=who.phone) for who in segments.people_of(ids[:limit])]
    return MembersOut(contacts=shown, next=marks.write(ids[limit - 1]) if len(ids) > limit else None)


@router.post(
    "/segments/{uuid:segment}/contacts", response={200: PutOut, **WRITES}, url_name="segment-contacts", summary="Put contacts into a list"
)
@scoped("contacts:write")
def put(request: KeyRequest, segment: UUID, body: MembersIn) -> PutOut:
    """What is no contact of the organisation is left out. A segment by conditions takes nobody by hand (422)."""
    _may(request)
    return PutOut(added=segments.put_in(segment=segment, contacts=body.contacts, by=request.member, at=now()))


def _may(request: KeyRequest) -> None:
    if not request.member.may("edit contacts"):
        raise Forbidden(_("Your role in this organisation does not allow that. Ask its owner."))


def _out(found: segments.Segment) -> SegmentOut:
    return SegmentOut(
        id=found.pk, name=found.name, kind="live" if found.is_live else "list", tree=found.tree if found.is_live else None, count=found.count,
        counted_at=found.counted_at, ready=found.is_ready,
    )  # fmt: skip
