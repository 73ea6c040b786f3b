"""Contacts that are the same: found, joined, and taken apart again."""

from __future__ import annotations

from typing import Annotated, Literal, cast
from uuid import UUID

from ninja import Router, Schema
from pydantic import Field

from oportuno.doors.api import marks
from oportuno.doors.api.keys import KeyRequest, scoped
from oportuno.doors.api.pace import KEYED
from oportuno.doors.api.shapes import KEYS, WRITES, After, Body, Limit, Text
from oportuno.doors.api.v1.contact_shapes import ContactOut, ContactWhole, may_edit, said_of, whole
from oportuno.kernel.clock import now
from oportuno.people.audience import api as audience

router = Router(tags=["contacts"], throttle=[KEYED])
Reason = Literal["email", "mailbox", "phone", "name", "near"]


class PairOut(Schema):
    """Two contacts that may be the same, the one that is known longer first.

    `mailbox`: one mailbox written in two ways; `name`: the same name, and the same place or company; `near`: a similar one.
    """

    contacts: list[ContactOut]
    reasons: list[Reason]


class DuplicatesOut(Schema):
    """The likeliest first. `next` asks for the following page; null at the end."""

    pairs: list[PairOut]
    next: str | None


class MergeIn(Body):
    """`gone` becomes `kept`. `choices` says of which the value stands where both have one; what is not named stays the kept's."""

    kept: UUID = Field(strict=False)
    gone: UUID = Field(strict=False)
    choices: dict[Annotated[Text, Field(max_length=60)], Literal["kept", "gone"]] = Field(
        default_factory=dict, max_length=80, examples=[{"display_name": "gone", "email": "kept"}]
    )


class MergeOut(Schema):
    """`id` undoes it."""

    id: UUID
    contact: ContactWhole


class DistinctIn(Body):
    one: UUID = Field(strict=False)
    other: UUID = Field(strict=False)


@router.get("/contacts/duplicates", response={200: DuplicatesOut, **KEYS}, url_name="contact-duplicates", summary="List duplicates")
@scoped("contacts:read")
def duplicates(request: KeyRequest, after: After = "", limit: Limit = 20) -> DuplicatesOut:
    """Pairs of contacts that may be the same, as all of them were looked over last."""
    place = marks.read(after, int, UUID, UUID)
    found = audience.duplicates_of(request.member, after="_".join(map(str, place)) if place else "", size=limit)
    pairs = [
        PairOut(contacts=[ContactOut(**said_of(x)) for x in (one.one, one.other)], reasons=cast("list[Reason]", one.reasons))
        for one in found.pairs
    ]
    return DuplicatesOut(pairs=pairs, next=marks.write(*found.next.split("_")) if found.next else None)


@router.post("/contacts/merges", response={200: MergeOut, **WRITES}, url_name="contact-merges", summary="Join two contacts")
@scoped("contacts:write")
def merge(request: KeyRequest, body: MergeIn) -> MergeOut:
    """Addresses, notes and history of both, and the strictest consent of both. A person and an organisation are never the same (422)."""
    may_edit(request)
    done = audience.merge_contacts(kept=body.kept, gone=body.gone, chosen=body.choices, by=request.member, at=now())
    return MergeOut(id=done.pk, contact=whole(audience.contact_for(request.member, body.kept)))


@router.delete("/contacts/merges/{uuid:merge}", response={200: ContactWhole, **WRITES}, url_name="contact-merge", summary="Undo a joining")
@scoped("contacts:write")
def undo(request: KeyRequest, merge: UUID) -> ContactWhole:
    """Both as they were; what came since stays with the kept, which is the answer."""
    may_edit(request)
    undone = audience.undo_merge(merge=merge, by=request.member, at=now())
    return whole(audience.contact_for(request.member, undone.kept_id))


@router.post("/contacts/distinct", response={204: None, **WRITES}, url_name="contacts-distinct", summary="Say that two are not the same")
@scoped("contacts:write")
def distinct(request: KeyRequest, body: DistinctIn) -> None:
    """They are not found together again."""
    may_edit(request)
    audience.set_apart(one=body.one, other=body.other, by=request.member, at=now())
