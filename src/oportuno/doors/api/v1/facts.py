"""What happened in the organisation, in order: for programs that follow."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Query as InQuery
from ninja import Router, Schema
from pydantic import Field

from oportuno.doors.api import marks
from oportuno.doors.api.keys import KeyRequest, scoped
from oportuno.doors.api.pace import KEYED
from oportuno.doors.api.shapes import KEYS, After, Limit
from oportuno.kernel.facts.following import follow

router = Router(tags=["facts"], throttle=[KEYED])


class FactOut(Schema):
    """`id` is its own for ever: key your effects on it. `by` is the person who did it; null: a program or the clock."""

    id: int
    kind: str = Field(examples=["catalogue.offer_published"])
    at: datetime
    subject: UUID | None
    contact: UUID | None
    by: UUID | None
    data: dict[str, Any]


class FactsOut(Schema):
    """`next` is where to go on; keep it. It comes also when there is nothing new: ask again later with the same."""

    facts: list[FactOut]
    next: str
    more: bool


@router.get("/facts", response={200: FactsOut, **KEYS}, url_name="facts", summary="Follow what happens")
@scoped("facts:read")
def facts(
    request: KeyRequest,
    after: After = "",
    kind: Annotated[str, InQuery(max_length=80, description="only this kind, such as audience.contact_captured")] = "",
    limit: Limit = 100,
) -> FactsOut:
    """The organisation's own facts, oldest first, none skipped. A page may be short, or empty, while `more` is true: go on with `next`."""
    place = marks.read(after, _number, _number)
    found = follow(request.organisation.pk, after=(place[0], place[1]) if place else (0, 0), kind=kind, limit=limit)
    return FactsOut(
        facts=[
            FactOut(id=one.id, kind=one.kind or "", at=one.at, subject=one.subject, contact=one.contact, by=one.by, data=one.data)
            for one in found.facts
        ],
        next=marks.write(*found.next),
        more=found.more,
    )


def _number(value: Any) -> int:
    number = int(value)
    if not 0 <= number < 2**63:
        raise ValueError
    return number
