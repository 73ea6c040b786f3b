"""A contact by hand: who it is, and the addresses that lead to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Conflict, NotFound, Refusal
from oportuno.kernel.facts import record
from oportuno.people.audience.actions.capturing import one_at_a_time
from oportuno.people.audience.actions.sparing import spare_the_forgotten
from oportuno.people.audience.facts import ContactCaptured, ContactChanged, IdentityAdded, IdentityRemoved
from oportuno.people.audience.models import Contact, ContactKind, Identity
from oportuno.people.audience.queries.contacts import contact_to_change
from oportuno.people.audience.rules.addresses import Given, fold, plain_name
from oportuno.people.organisations.api import Member

MAIN = ("email", "phone")
MOST_ADDRESSES = 50
ABOVE = """
WITH RECURSIVE above(id, company_id, depth) AS (
    SELECT id, company_id, 0 FROM contact WHERE id = %s
    UNION ALL SELECT c.id, c.company_id, a.depth + 1 FROM contact c JOIN above a ON c.id = a.company_id WHERE a.depth < 20
) SELECT 1 FROM above WHERE id = %s
"""


@dataclass(frozen=True)
class Written:
    """What a member writes of somebody. `company` is how it is called; the contact of that name is linked, if there is one."""

    name: str = ""
    given_name: str = ""
    family_name: str = ""
    kind: str = ContactKind.PERSON
    company: str = ""
    job_title: str = ""
    language: str = "es-co"
    country: str = ""
    place: str = ""


def written_of(contact: Contact) -> Written:
    """What is written of somebody now."""
    own = {name: getattr(contact, name) for name in ("given_name", "family_name", "kind", "job_title", "language", "country", "place")}
    return Written(name=contact.display_name, company=contact.company_name, **own)


@transaction.atomic
def write_contact(*, written: Written, identities: Sequence[Given], by: Member, at: datetime, tags: Sequence[str] = ()) -> Contact:
    """Somebody new, by hand. Raises Refusal without an address, Conflict when somebody has one of them already (`contact` in its data)."""
    if not identities:
        raise Refusal(_("A contact needs an e-mail address, a phone number or a postal address."), field="email")
    one_at_a_time(by.organisation.pk, identities)
    for one in identities:
        _must_be_free(by.organisation.pk, one)
    fresh = Contact(
        source="team", created_at=at, last_seen_at=at, tags=sorted({word for tag in tags if (word := plain_name(tag).lower()[:40])})[:30]
    )
    _write(fresh, written, by.organisation.pk)
    for one in identities:
        if one.kind in MAIN and not getattr(fresh, one.kind):
            setattr(fresh, one.kind, one.key)
    fresh.save(force_insert=True)
    Identity.objects.bulk_create(
        [Identity(contact=fresh, kind=one.kind, value=one.value, key=one.key, created_at=at) for one in identities]
    )
    record(ContactCaptured(contact=fresh.pk, source="team", by=by.id, at=at))
    spare_the_forgotten(fresh, by=by.id, at=at)
    return fresh


@transaction.atomic
def change_contact(*, contact: UUID, said: Mapping[str, str], by: Member, at: datetime) -> Contact:
    """Correct what is known of somebody: `said` names fields of `Written`; all others stay as they are now, whoever wrote them.

    Raises Refusal for a company that would belong to itself.
    """
    found = contact_to_change(by, contact)
    before = {name: getattr(found, name) for name in SAID}
    _write(found, replace(written_of(found), **said), by.organisation.pk)
    changed = [name for name in SAID if getattr(found, name) != before[name]]
    if changed:
        found.save()
        record(ContactChanged(what=changed, contact=found.pk, by=by.id, at=at))
    return found


SAID = ("display_name", "given_name", "family_name", "kind", "company_id", "company_name", "job_title", "language", "country", "place")


@transaction.atomic
def add_identity(*, contact: UUID, given: Given, by: Member, at: datetime) -> Identity:
    """One more address; the first of its kind is the main one. Raises Conflict when somebody has it, who is not told apart from the sentence."""
    one_at_a_time(by.organisation.pk, [given])
    found = contact_to_change(by, contact)
    own = Identity.objects.filter(contact=found)
    if known := own.filter(kind=given.kind, key=given.key).first():
        return known
    if own.count() >= MOST_ADDRESSES:
        raise Refusal(_("A contact has at most 50 addresses."), field="address")
    _must_be_free(by.organisation.pk, given, field="address")
    made = Identity.objects.create(contact=found, kind=given.kind, value=given.value, key=given.key, created_at=at)
    if given.kind in MAIN and not getattr(found, given.kind):
        setattr(found, given.kind, given.key)
        found.save(update_fields=[given.kind])
    record(IdentityAdded(identity=made.pk, channel=made.kind, contact=found.pk, by=by.id, at=at))
    spare_the_forgotten(found, by=by.id, at=at)
    return made


@transaction.atomic
def make_main(*, contact: UUID, identity: UUID, by: Member, at: datetime) -> None:
    """From now on this e-mail or phone is the one that is written to."""
    found = contact_to_change(by, contact)
    one = _own(found, identity)
    if one.kind not in MAIN:
        raise Refusal(_("Only an e-mail address or a phone can be the main one."))
    if getattr(found, one.kind) != one.key:
        setattr(found, one.kind, one.key)
        found.save(update_fields=[one.kind])
        record(ContactChanged(what=[one.kind], contact=found.pk, by=by.id, at=at))
        spare_the_forgotten(found, by=by.id, at=at)


@transaction.atomic
def remove_identity(*, contact: UUID, identity: UUID, by: Member, at: datetime) -> None:
    """Forget an address; the oldest other one of its kind becomes the main one. Raises Refusal for the last: a contact needs one."""
    found = contact_to_change(by, contact)
    one = _own(found, identity)
    others = Identity.objects.filter(contact=found).exclude(pk=one.pk)
    if not others.exclude(kind="device").exists():
        raise Refusal(_("A contact needs one address at least. Add another one first."))
    if one.kind in MAIN and getattr(found, one.kind) == one.key:
        following = others.filter(kind=one.kind).order_by("created_at", "pk").first()
        setattr(found, one.kind, following.key if following else "")
        found.save(update_fields=[one.kind])
    one.delete()
    record(IdentityRemoved(channel=one.kind, contact=found.pk, by=by.id, at=at))
    spare_the_forgotten(found, by=by.id, at=at)


def _own(contact: Contact, identity: UUID) -> Identity:
    found = Identity.objects.filter(contact=contact, pk=identity).first()
    if found is None:
        raise NotFound
    return found


def _must_be_free(organisation: int, given: Given, field: str = "") -> None:
    taken = (
        Identity.objects.filter(organisation_id=organisation, kind=given.kind, key=given.key, shared=False)
        .select_related("contact")
        .first()
    )
    if taken:
        raise Conflict(
            _("%(contact)s has this address already: %(address)s.") % {"contact": taken.contact, "address": given.value},
            field=field or given.kind, contact=str(taken.contact_id),
        )  # fmt: skip


def _write(contact: Contact, written: Written, organisation: int) -> None:
    if written.kind not in ContactKind.values:
        raise Refusal(_("Say whether it is a person or an organisation."), field="kind")
    contact.kind = written.kind
    contact.given_name, contact.family_name = plain_name(written.given_name)[:80], plain_name(written.family_name)[:80]
    contact.display_name = plain_name(written.name) or plain_name(f"{contact.given_name} {contact.family_name}".strip())
    contact.name_key = fold(contact.display_name)[:160]
    contact.job_title, contact.place = plain_name(written.job_title)[:120], plain_name(written.place)[:120]
    contact.language, contact.country = written.language, written.country
    as_before = fold(contact.company_name) == fold(plain_name(written.company))
    contact.company_name = plain_name(written.company)
    contact.company_id = _company(contact, organisation, as_before)


def _company(contact: Contact, organisation: int, as_before: bool) -> UUID | None:
    """The contact of that name. Whom one is linked to already stays, when several are called so, and while nobody writes
    another name (`as_before`): the company may be called otherwise since, or be joined to another.
    """
    if not contact.company_name:
        return None
    companies = Contact.objects.filter(organisation_id=organisation, kind=ContactKind.ORGANISATION)
    alike = companies.filter(name_key=fold(contact.company_name)[:160])
    found = list(alike.order_by("created_at", "pk").values_list("pk", flat=True)[:20])
    stays = contact.company_id in found or (as_before and companies.filter(pk=contact.company_id).exists())
    chosen = contact.company_id if stays else next(iter(found), None)
    if chosen and stands_below(chosen, contact.pk):
        raise Refusal(
            _("%(company)s belongs to this very organisation: it cannot be above it, too.") % {"company": contact.company_name},
            field="company",
        )
    return chosen


def stands_below(company: UUID, contact: UUID) -> bool:
    """Is the contact somewhere above the company?"""
    with connection.cursor() as cursor:
        cursor.execute(ABOVE, [company, contact])
        return cursor.fetchone() is not None
