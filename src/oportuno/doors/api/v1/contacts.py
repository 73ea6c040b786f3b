"""Contacts of the organisation: who they are, what they agreed to."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Query as InQuery
from ninja import Router, Schema
from pydantic import Field

from oportuno.doors.api import marks
from oportuno.doors.api.keys import KeyRequest, scoped
from oportuno.doors.api.pace import KEYED
from oportuno.doors.api.shapes import KEYS, WRITES, After, Body, Limit, Text
from oportuno.doors.api.v1.contact_shapes import Channel, ContactOut, ContactWhole, Purpose, Stage, may, may_edit, said_of, whole
from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.people.audience import api as audience

router = Router(tags=["contacts"], throttle=[KEYED])


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


class ContactsOut(Schema):
    """`next` asks for the following page; null at the end."""

    contacts: list[ContactOut]
    next: str | None


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


Own = Annotated[Text, Field(max_length=1000)] | int | float | bool | None


class StageIn(Body):
    """How far the relation is, and why: whoever reads it later will want to know."""

    stage: Stage
    reason: Text = Field(min_length=1, max_length=200, examples=["asked for a quote by phone"])


class ContactChangeIn(Body):
    """What is named is set, what is not named stays. `tags` are all tags from now on; `add_tags` and `remove_tags` leave the others.

    `fields`: values by the key of their field; null takes a value away.
    """

    name: Text | None = Field(None, max_length=160)
    given_name: Text | None = Field(None, max_length=80)
    family_name: Text | None = Field(None, max_length=80)
    kind: Literal["person", "organisation"] | None = None
    company_name: Text | None = Field(None, max_length=160)
    job_title: Text | None = Field(None, max_length=120)
    language: Literal["es-co", "es-mx", "en"] | None = None
    country: Text | None = Field(None, pattern=r"^([A-Z]{2})?$", examples=["CO"])
    place: Text | None = Field(None, max_length=120)
    tags: list[Annotated[Text, Field(max_length=40)]] | None = Field(None, max_length=30)
    add_tags: list[Annotated[Text, Field(max_length=40)]] = Field(default_factory=list, max_length=30)
    remove_tags: list[Annotated[Text, Field(max_length=40)]] = Field(default_factory=list, max_length=30)
    stage: StageIn | None = None
    fields: dict[Annotated[Text, Field(max_length=40)], Own] = Field(
        default_factory=dict, max_length=60, examples=[{"talla": "M", "sucursales": 3}]
    )


@router.get("/contacts", response={200: ContactsOut, **KEYS}, url_name="contacts", summary="List contacts")
@scoped("contacts:read")
def contacts(
    request: KeyRequest,
    q: Annotated[str, InQuery(max_length=200, description="part of the name, or the beginning of an address")] = "",
    stage: Annotated[Stage | None, InQuery()] = None,
    tag: Annotated[str, InQuery(max_length=40)] = "",
    source: Annotated[str, InQuery(max_length=40)] = "",
    consent: Annotated[Purpose | None, InQuery(description="agreed to this, by e-mail")] = None,
    since: Annotated[date | None, InQuery(description="seen on this day or later")] = None,
    field: Annotated[str, InQuery(max_length=40, description="the key of an own field, with `value`")] = "",
    value: Annotated[str, InQuery(max_length=100, description="what stands in `field`; of a text, a part of it")] = "",
    after: After = "",
    limit: Limit = 50,
) -> ContactsOut:
    """The organisation's contacts, those seen last first."""
    place = marks.read(after, marks.moment, UUID)
    filters = audience.Filters(
        q=q,
        stage=stage or "",
        tag=tag,
        source=source,
        consent=consent or "",
        since=since.isoformat() if since else "",
        field=field,
        value=value,
    )
    found = audience.contacts_of(request.member, filters, after=(place[0], place[1]) if place else None, size=limit)
    following = marks.write(found.next[0].isoformat(), found.next[1]) if found.next else None
    return ContactsOut(contacts=[ContactOut(**said_of(one)) for one in found.contacts], next=following)


@router.get("/contacts/{uuid:contact}", response={200: ContactWhole, **KEYS}, url_name="contact", summary="Read a contact")
@scoped("contacts:read")
def contact(request: KeyRequest, contact: UUID) -> ContactWhole:
    """One contact with addresses, what it agreed to, and the evidence for that, the newest first."""
    return whole(audience.contact_for(request.member, contact))


@router.get("/contact-fields", response={200: ContactFieldsOut, **KEYS}, url_name="contact-fields", summary="List own fields")
@scoped("contacts:read")
def contact_fields(request: KeyRequest) -> ContactFieldsOut:
    """The organisation's own fields, sixty at most, in their order."""
    own = audience.fields_of(request.member.organisation.pk)
    return ContactFieldsOut(
        contact_fields=[ContactFieldOut(key=one.key, label=one.label, kind=one.kind, choices=list(one.choices)) for one in own]
    )


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
    return (201 if found.is_new else 200), whole(audience.contact_for(request.member, found.contact.pk))


@router.patch("/contacts/{uuid:contact}", response={200: ContactWhole, **WRITES}, url_name="contact", summary="Change a contact")
@scoped("contacts:write")
def change(request: KeyRequest, contact: UUID, body: ContactChangeIn) -> ContactWhole:
    """All of it or, when something does not fit, nothing (422). Two at once wait for each other: what neither names, neither changes."""
    may_edit(request)
    at, found = now(), audience.contact_to_change(request.member, contact)
    if said := {SAID[name]: value for name, value in body.model_dump(include=set(SAID)).items() if value is not None}:
        audience.change_contact(contact=found.pk, said=said, by=request.member, at=at)
    if body.tags is not None or body.add_tags or body.remove_tags:
        wanted = {_tag(one) for one in [*(found.tags if body.tags is None else body.tags), *body.add_tags]}
        away = {_tag(one) for one in body.remove_tags} | (set(found.tags) - wanted)
        audience.tag(contact=found, add=wanted, remove=away, by=request.member, at=at)
    if body.stage:
        audience.set_stage(contact=found, stage=body.stage.stage, reason=body.stage.reason, by=request.member, at=at)
    if body.fields:
        audience.fill_in_fields(contact=found.pk, values=body.fields, by=request.member, at=at)
    return whole(audience.contact_for(request.member, found.pk))


SAID = {name: name for name in ("name", "given_name", "family_name", "kind", "job_title", "language", "country", "place")} | {
    "company_name": "company"
}


@router.delete("/contacts/{uuid:contact}", response={204: None, **WRITES}, url_name="contact", summary="Erase a contact")
@scoped("contacts:write")
def erase(request: KeyRequest, contact: UUID) -> None:
    """Somebody asked to be forgotten: all that is held goes at once and cannot be brought back; nobody advertises to the address again."""
    may(request, "erase contacts")
    found = audience.contact_for(request.member, contact)
    audience.erase_contact(organisation=request.organisation.pk, contact=found.pk, by=request.member.id, at=now())


def _tag(word: str) -> str:
    """As tags are kept."""
    return audience.addresses.plain_name(word).lower()[:40]


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
