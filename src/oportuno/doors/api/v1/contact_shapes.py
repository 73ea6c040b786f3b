"""How a contact is told to programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, cast
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Schema

from oportuno.doors.api.keys import KeyRequest
from oportuno.kernel.errors import Forbidden
from oportuno.people.audience import api as audience

Purpose = Literal["bulletin", "answer", "offers", "replies", "topics"]
Channel = Literal["email", "sms", "phone"]
Standing = Literal["pending", "given", "withdrawn"]
Stage = Literal["contact", "lead", "prospect", "qualified", "opportunity", "customer", "promoter"]


class ContactOut(Schema):
    """`fields` are those that the organisation brought or made for itself."""

    id: UUID
    name: str
    kind: str
    given_name: str
    family_name: str
    company_name: str
    job_title: str
    fields: dict[str, Any]
    stage: str
    email: str
    phone: str
    language: str
    country: str
    place: str
    tags: list[str]
    source: str
    created_at: datetime
    last_seen_at: datetime


class IdentityOut(Schema):
    """`main`: the e-mail or phone that is written to first. `shared`: somebody else had it before; it recognises nobody."""

    id: UUID
    kind: str
    value: str
    verified: bool
    main: bool
    shared: bool


class StandingOut(Schema):
    """Where the contact stands now. Write only to those whose `standing` is `given`."""

    purpose: Purpose
    channel: Channel
    standing: Standing
    since: datetime
    topics: list[str]


class EvidenceOut(Schema):
    """One piece of evidence: what was done, when, how, and with which words."""

    purpose: str
    channel: str
    deed: str
    at: datetime
    how: str
    words: str
    version: str


class ContactWhole(ContactOut):
    identities: list[IdentityOut]
    consents: list[StandingOut]
    evidence: list[EvidenceOut]


def said_of(one: audience.Contact) -> dict[str, Any]:
    return {
        "id": one.pk, "name": one.display_name, "kind": one.kind, "given_name": one.given_name, "family_name": one.family_name, "company_name": one.company_name,
        "job_title": one.job_title, "fields": one.fields, "stage": one.stage, "email": one.email, "phone": one.phone, "language": one.language,
        "country": one.country, "place": one.place, "tags": list(one.tags), "source": one.source, "created_at": one.created_at,
        "last_seen_at": one.last_seen_at,
    }  # fmt: skip


def whole(one: audience.Contact) -> ContactWhole:
    return ContactWhole(
        **said_of(one),
        identities=[
            IdentityOut(
                id=x.pk,
                kind=x.kind,
                value=x.value,
                verified=x.verified_at is not None,
                main=x.key in (one.email, one.phone),
                shared=x.shared,
            )
            for x in audience.identities_of(one)
        ],
        consents=[
            StandingOut(
                purpose=cast(Purpose, x.purpose),
                channel=cast(Channel, x.channel),
                standing=cast(Standing, x.standing),
                since=x.since,
                topics=list(x.topics),
            )
            for x in audience.standings_of(one)
        ],
        evidence=[
            EvidenceOut(purpose=x.purpose, channel=x.channel, deed=x.deed, at=x.at, how=x.how, words=x.words, version=x.version)
            for x in audience.evidence_of(one)
        ],
    )


def may_edit(request: KeyRequest) -> None:
    may(request, "edit contacts")


def may(request: KeyRequest, permission: str) -> None:
    """A key acts in the name of who made it, and may no more. Raises Forbidden."""
    if not request.member.may(permission):
        raise Forbidden(_("Your role in this organisation does not allow that. Ask its owner."))
