"""Contacts of the organisation: who they are, what they agreed to."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal, cast
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Query as InQuery
from ninja import Router, Schema
from pydantic import Field

from oportuno.doors.api import marks
from oportuno.doors.api.keys import KeyRequest, scoped
from oportuno.doors.api.pace import KEYED
from oportuno.doors.api.shapes import KEYS, WRITES, After, Body, Limit, Text
from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.people.audience import api as audience

router = Router(tags=["contacts"], throttle=[KEYED])
Purpose = Literal["bulletin", "answer", "offers", "replies", "topics"]
Channel = Literal["email", "sms", "phone"]
Standing = Literal["pending", "given", "withdrawn"]
Stage = Literal["contact", "lead", "prospect", "qualified", "opportunity", "customer", "promoter"]


class ContactOut(Schema):
    """`fields` are those that the organisation brought or made for itself."""

    id: UUID
    name: str
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


class ContactFieldOut(Schema):
    """A field that the organisation made: its values stand in a contact's `fields` under `key`.

    Text is a string, number a number, date an ISO date, choice one of `choices`, yesno true or false.
    """

    key: str
    label: str
    kind: Literal["text", "number", "date", "choice", "yesno"]
    choices: list[str]


class ContactFieldsOut(Schema):
    contact_fields: list[ContactFieldOut]


class FieldsIn(Body):
    """Values by the key of their field; null takes a value away, what is not named stays."""

    fields: dict[Annotated[Text, Field(max_length=40)], Annotated[Text, Field(max_length=1000)] | int | float | bool | None] = Field(
        max_length=60, examples=[{"talla": "M", "sucursales": 3}]
    )


class ContactsOut(Schema):
    """`next` asks for the following page; null at the end."""

    contacts: list[ContactOut]
    next: str | None


class IdentityOut(Schema):
    kind: str
    value: str
    verified: bool


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


class ConsentIn(Body):
    """What the person agreed to, with the evidence: the words that were shown, how, and when (with its zone)."""

    purpose: Purpose
    channel: Channel = "email"
    words: Text = Field(min_length=1, max_length=4000, examples=["Quiero recibir el boletín de Flores de Alba."])
    version: Text = Field("", max_length=20, examples=["2026-03"])
    how: Text = Field(min_length=1, max_length=40, examples=["paper form"])
    at: datetime = Field(strict=False, examples=["2026-03-01T15:30:00-05:00"])
    topics: list[Annotated[Text, Field(max_length=60)]] = Field(default_factory=list, max_length=20)


class ContactIn(Body):
    """At least an e-mail address or a phone number."""

    name: Text = Field("", max_length=160, examples=["Carmen Rojas"])
    email: Text = Field("", max_length=254, examples=["carmen@example.com"])
    phone: Text = Field("", max_length=40, examples=["+57 300 123 4567"])
    country: Text = Field("", pattern=r"^([A-Z]{2})?$", examples=["CO"])
    language: Literal["es-co", "es-mx", "en"] = "es-co"
    source: Text = Field(min_length=1, max_length=40, examples=["fair of June"])
    consents: list[ConsentIn] = Field(default_factory=list, max_length=10)


@router.get("/contacts", response={200: ContactsOut, **KEYS}, url_name="contacts", summary="List contacts")
@scoped("contacts:read")
def contacts(
    request: KeyRequest,
    q: Annotated[str, InQuery(max_length=200, description="part of the name, or the beginning of an address")] = "",
    stage: Annotated[Stage | None, InQuery()] = None,
    tag: Annotated[str, InQuery(max_length=40)] = "",
    source: Annotated[str, InQuery(max_length=40)] = "",
    consent: Annotated[Purpose | None, InQuery(description="agreed to this, by e-mail")] = None,
    after: After = "",
    limit: Limit = 50,
) -> ContactsOut:
    """The organisation's contacts, those seen last first."""
    place = marks.read(after, marks.moment, UUID)
    filters = audience.Filters(q=q, stage=stage or "", tag=tag, source=source, consent=consent or "")
    found = audience.contacts_of(request.member, filters, after=(place[0], place[1]) if place else None, size=limit)
    following = marks.write(found.next[0].isoformat(), found.next[1]) if found.next else None
    return ContactsOut(contacts=[ContactOut(**_fields(one)) for one in found.contacts], next=following)


@router.get("/contacts/{uuid:contact}", response={200: ContactWhole, **KEYS}, url_name="contact", summary="Read a contact")
@scoped("contacts:read")
def contact(request: KeyRequest, contact: UUID) -> ContactWhole:
    """One contact with addresses, what it agreed to, and the evidence for that, the newest first."""
    return _whole(audience.contact_for(request.member, contact))


@router.get("/contact-fields", response={200: ContactFieldsOut, **KEYS}, url_name="contact-fields", summary="List own fields")
@scoped("contacts:read")
def contact_fields(request: KeyRequest) -> ContactFieldsOut:
    """The organisation's own fields, sixty at most, in their order."""
    own = audience.fields_of(request.member.organisation.pk)
    return ContactFieldsOut(
        contact_fields=[ContactFieldOut(key=one.key, label=one.label, kind=one.kind, choices=list(one.choices)) for one in own]
    )


@router.patch("/contacts/{uuid:contact}", response={200: ContactWhole, **WRITES}, url_name="contact", summary="Fill in own fields")
@scoped("contacts:write")
def fill_in(request: KeyRequest, contact: UUID, body: FieldsIn) -> ContactWhole:
    """Set values of own fields; all of them or, when one does not fit its field, none (422)."""
    found = audience.contact_for(request.member, contact)
    return _whole(audience.fill_in_fields(contact=found.pk, values=body.fields, by=request.member, at=now()))


@router.post("/contacts", response={201: ContactWhole, 200: ContactWhole, **WRITES}, url_name="contacts", summary="Bring a contact")
@scoped("contacts:write")
def bring(request: KeyRequest, body: ContactIn) -> tuple[int, ContactWhole]:
    """Know somebody, with the consent you have evidence of. 201: new; 200: known already by one of the addresses.

    What is known of a contact is not changed, only filled in. Whoever withdrew stays withdrawn: that is refused (422).
    """
    at = now()
    how_it_came: dict[str, Any] = {
        "language": body.language,
        "address": request.META.get("REMOTE_ADDR"),
        "agent": request.headers.get("User-Agent", ""),
    }
    agreements = [
        audience.Agreement(
            audience.Agreed(one.purpose, one.channel, one.words, one.version, one.topics),
            audience.Circumstances(one.how, **how_it_came),
            _aware(one.at),
        )
        for one in body.consents
    ]
    found = audience.bring(
        identities=_identities(body),
        agreements=agreements,
        source=body.source,
        by=request.member,
        at=at,
        name=body.name,
        language=body.language,
        country=body.country,
    )
    return (201 if found.is_new else 200), _whole(audience.contact_for(request.member, found.contact.pk))


def _identities(body: ContactIn) -> list[audience.Given]:
    given: list[audience.Given] = []
    if body.email:
        given.append(audience.addresses.email(body.email) or _refused("email", _("This is not an e-mail address.")))
    if body.phone:
        given.append(
            audience.addresses.phone(body.phone, body.country)
            or _refused("phone", _("This is not a phone number; begin with + and the country."))
        )
    return given


def _refused(field: str, sentence: str) -> audience.Given:
    raise Refusal(sentence, field=field)


def _aware(moment: datetime) -> datetime:
    """The moment in UTC: what is as far from there as a zone can be, or before the first year, the database does not know."""
    try:
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except OverflowError:
        pass
    raise Refusal(_("Write the time with its zone, like 2026-03-01T15:30:00-05:00."), field="consents")


def _fields(one: audience.Contact) -> dict[str, Any]:
    return {
        "id": one.pk, "name": one.display_name, "given_name": one.given_name, "family_name": one.family_name, "company_name": one.company_name,
        "job_title": one.job_title, "fields": one.fields, "stage": one.stage, "email": one.email, "phone": one.phone, "language": one.language,
        "country": one.country, "place": one.place, "tags": list(one.tags), "source": one.source, "created_at": one.created_at,
        "last_seen_at": one.last_seen_at,
    }  # fmt: skip


def _whole(one: audience.Contact) -> ContactWhole:
    return ContactWhole(
        **_fields(one),
        identities=[IdentityOut(kind=x.kind, value=x.value, verified=x.verified_at is not None) for x in audience.identities_of(one)],
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
