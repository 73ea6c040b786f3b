"""Addresses of the organisation's contacts: added, made the main one, removed; and contacts found by them."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import Field

from oportuno.doors.api.keys import KeyRequest, scoped
from oportuno.doors.api.pace import KEYED
from oportuno.doors.api.shapes import WRITES, Body, Text
from oportuno.doors.api.v1.contact_shapes import ContactOut, ContactWhole, may_edit, said_of, whole
from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.people.audience import api as audience

router = Router(tags=["contacts"], throttle=[KEYED])


class AddressIn(Body):
    """`value` as people write it. A social network is named before its handle: `instagram:flores_de_alba`."""

    kind: Literal["email", "phone", "postal", "social"]
    value: Text = Field(min_length=1, max_length=400, examples=["carmen@example.com"])
    main: bool = Field(False, description="from now on this e-mail or phone is the one that is written to")


class AddressChangeIn(Body):
    main: Literal[True] = Field(description="from now on this e-mail or phone is the one that is written to")


class LookupIn(Body):
    """At least one address; a hundred of them at most."""

    emails: list[Annotated[Text, Field(max_length=254)]] = Field(default_factory=list, max_length=100, examples=[["carmen@example.com"]])
    phones: list[Annotated[Text, Field(max_length=40)]] = Field(default_factory=list, max_length=100, examples=[["+57 300 123 4567"]])


class FoundOut(Schema):
    """`asked` is the address as it was asked for; `contact` is null when nobody has it."""

    asked: str
    contact: ContactOut | None


class LookupOut(Schema):
    found: list[FoundOut]


@router.post(
    "/contacts/{uuid:contact}/addresses", response={201: ContactWhole, **WRITES}, url_name="contact-addresses", summary="Add an address"
)
@scoped("contacts:write")
def add_address(request: KeyRequest, contact: UUID, body: AddressIn) -> tuple[int, ContactWhole]:
    """One that the contact has already changes nothing; one that another contact has is a conflict (409)."""
    may_edit(request)
    at, found = now(), audience.contact_for(request.member, contact)
    added = audience.add_identity(contact=found.pk, given=_given(body, found), by=request.member, at=at)
    if body.main:
        audience.make_main(contact=found.pk, identity=added.pk, by=request.member, at=at)
    return 201, whole(audience.contact_for(request.member, found.pk))


@router.patch(
    "/contacts/{uuid:contact}/addresses/{uuid:identity}",
    response={200: ContactWhole, **WRITES},
    url_name="contact-address",
    summary="Make an address the main one",
)
@scoped("contacts:write")
def make_main(request: KeyRequest, contact: UUID, identity: UUID, body: AddressChangeIn) -> ContactWhole:
    """Of e-mails and phones each, one is written to first."""
    may_edit(request)
    audience.make_main(contact=contact, identity=identity, by=request.member, at=now())
    return whole(audience.contact_for(request.member, contact))


@router.delete(
    "/contacts/{uuid:contact}/addresses/{uuid:identity}",
    response={200: ContactWhole, **WRITES},
    url_name="contact-address",
    summary="Remove an address",
)
@scoped("contacts:write")
def remove_address(request: KeyRequest, contact: UUID, identity: UUID) -> ContactWhole:
    """The oldest other one of its kind becomes the main one. The last address stays (422): a contact needs one."""
    may_edit(request)
    audience.remove_identity(contact=contact, identity=identity, by=request.member, at=now())
    return whole(audience.contact_for(request.member, contact))


@router.post("/contacts/lookup", response={200: LookupOut, **WRITES}, url_name="contact-lookup", summary="Find contacts by their addresses")
@scoped("contacts:read")
def lookup(request: KeyRequest, body: LookupIn) -> LookupOut:
    """In the order that was asked, e-mails first. Phones without + are read as those of the organisation's country."""
    country = request.organisation.country
    given = {one: audience.addresses.email(one) for one in body.emails} | {
        one: audience.addresses.phone(one, country) for one in body.phones
    }
    if not given:
        raise Refusal(_("Name at least one e-mail address or phone number."), field="emails")
    known = audience.contacts_by_address(request.member, [one for one in given.values() if one])
    return LookupOut(
        found=[
            FoundOut(asked=asked, contact=ContactOut(**said_of(who)) if one and (who := known.get((one.kind, one.key))) else None)
            for asked, one in given.items()
        ]
    )


def _given(body: AddressIn, contact: audience.Contact) -> audience.Given:
    if body.kind == "social":
        network, _colon, handle = body.value.partition(":")
        if not (network.strip() and handle.strip()):
            raise Refusal(_("Write the network before the handle, like instagram:flores_de_alba."), field="value")
        return audience.addresses.social(network.strip(), handle)
    found = {
        "email": lambda: audience.addresses.email(body.value),
        "phone": lambda: audience.addresses.phone(body.value, contact.country),
        "postal": lambda: audience.addresses.postal(body.value, contact.display_name),
    }[body.kind]()
    if found is None:
        sentences = {
            "email": _("This is not an e-mail address."),
            "phone": _("This is not a phone number; begin with + and the country."),
            "postal": _("This is too short for a postal address."),
        }
        raise Refusal(sentences[body.kind], field="value")
    return found
