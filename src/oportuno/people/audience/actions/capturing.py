"""Capturing a contact: the first thing an organisation learns of somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.isolation import acting_organisation, for_organisation
from oportuno.people.audience.actions.visiting import identify
from oportuno.people.audience.facts import ContactCaptured, StageChanged
from oportuno.people.audience.models import Contact, Identity
from oportuno.people.audience.rules import stages
from oportuno.people.audience.rules.addresses import Given, fold, plain_name


@dataclass(frozen=True)
class Circumstances:
    """How a request came: what evidence needs. `how` is a word like "bulletin form"; `address` is the network's."""

    how: str
    language: str = "es-co"
    address: str | None = None
    agent: str = ""
    visitor: UUID | None = None


@dataclass(frozen=True)
class Agreed:
    """Somebody agreed to be written to. `words` are those that were shown, of `version`."""

    purpose: str
    channel: str = "email"
    words: str = ""
    version: str = ""
    topics: Sequence[str] = field(default_factory=tuple)


@dataclass(frozen=True)
class Captured:
    """The contact, and whether it is new."""

    contact: Contact
    is_new: bool


def capture(
    *,
    organisation: int,
    identities: Sequence[Given],
    source: str,
    at: datetime,
    name: str = "",
    kind: str = "person",
    language: str = "es-co",
    country: str = "",
    place: str = "",
    visitor: UUID | None = None,
    proven: bool = False,
) -> Captured:
    """Know somebody by any of these addresses: the contact that has one already, or a new one. Race-safe.

    What a stranger types never changes what is known of a contact, nor adds an address to it; with `proven` (its
    owner, or a member of the organisation) missing things are filled in. Raises Refusal without an address.
    """
    if not identities:
        raise Refusal(_("A contact needs an e-mail address, a phone number or a postal address."))
    with for_organisation(organisation):
        one_at_a_time(organisation, identities)
        contact = _known_by(identities)
        if contact is None:
            fresh = Contact(kind=kind, language=language, country=country, place=place, source=source, created_at=at, last_seen_at=at)
            contact = _with_name(fresh, name)
            contact.save(force_insert=True)
            _add(contact, identities, at)
            record(ContactCaptured(contact=contact.pk, source=source, visitor=visitor, at=at))
            return _seen(contact, True, visitor, at)
        if proven:
            _add(contact, identities, at)
            _fill_in(contact, name=name, country=country, place=place)
        contact.last_seen_at = max(at, contact.last_seen_at)
        contact.save(update_fields=["last_seen_at"])
        return _seen(contact, False, visitor if proven else None, at)


@transaction.atomic
def move_on(contact: Contact, wanted: str, *, reason: str, at: datetime, by: UUID | None = None) -> None:
    """Let the relation mature to `wanted`, if that is further than it is."""
    if stage := stages.further(contact.stage, wanted):
        before, contact.stage = contact.stage, stage
        contact.save(update_fields=["stage"])
        record(StageChanged(contact=contact.pk, before=before, after=stage, reason=reason, by=by, at=at))


def _seen(contact: Contact, is_new: bool, visitor: UUID | None, at: datetime) -> Captured:
    if visitor:
        identify(visitor=visitor, contact=contact.pk, at=at)
    return Captured(contact, is_new)


def one_at_a_time(organisation: int, identities: Sequence[Given]) -> None:
    """Two who submit the same address wait for each other; always in the same order, so that nobody waits for ever."""
    names = sorted(f"identity {organisation} {one.kind} {one.key}" for one in identities)
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def _known_by(identities: Sequence[Given]) -> Contact | None:
    """The contact of the first address that is known; two contacts are never merged here."""
    for one in identities:
        known = Identity.objects.filter(organisation_id=acting_organisation(), kind=one.kind, key=one.key, shared=False).first()
        if known:
            return Contact.objects.select_for_update().get(pk=known.contact_id)
    return None


def _with_name(contact: Contact, name: str) -> Contact:
    contact.display_name = plain_name(name)
    contact.name_key = fold(contact.display_name)[:160]
    return contact


def _add(contact: Contact, identities: Sequence[Given], at: datetime) -> None:
    rows = [Identity(contact=contact, kind=one.kind, value=one.value, key=one.key, created_at=at) for one in identities]
    Identity.objects.bulk_create(rows, ignore_conflicts=True)
    for one in identities:
        if one.kind in ("email", "phone") and not getattr(contact, one.kind):
            setattr(contact, one.kind, one.key)
    contact.save(update_fields=["email", "phone"])


def _fill_in(contact: Contact, *, name: str, country: str, place: str) -> None:
    if name and not contact.display_name:
        _with_name(contact, name)
    contact.country = contact.country or country
    contact.place = contact.place or place
    contact.save(update_fields=["display_name", "name_key", "country", "place"])
