"""An organisation is founded, changed and closed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from oportuno.kernel.audit import audit
from oportuno.kernel.errors import Forbidden, Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.isolation import for_organisation
from oportuno.people.organisations import rules
from oportuno.people.organisations.actions.keys import revoke_keys
from oportuno.people.organisations.actions.memberships import join
from oportuno.people.organisations.facts import OrganisationChanged, OrganisationClosed, OrganisationFounded
from oportuno.people.organisations.models import Invitation, Organisation, Person, Revocation, Role
from oportuno.people.organisations.queries import Member

RESERVED = frozenset({"admin", "api", "desk", "en", "es-co", "es-mx", "media", "new", "nuevo", "static", "ui", "v", "well-known"})


@transaction.atomic
def found_organisation(
    *,
    name: str,
    kind: str,
    country: str,
    owner: Person,
    at: datetime,
    slug: str = "",
    currency: str = "",
    time_zone: str = "",
) -> Organisation:
    """A new organisation with its first member, the owner. Currency and time zone are the country's unless given.

    Raises Refusal for a name that gives no address.
    """
    wanted = slugify(slug or name)[:60]
    if len(wanted) < 2 or wanted in RESERVED:
        raise Refusal(_("Choose another name: this one gives no usable address."), field="name")
    usual = rules.PLACES.get(country, rules.PLACES["CO"])
    organisation = Organisation.objects.create(
        slug=_free_slug(wanted),
        name=name.strip(),
        kind=kind,
        country=country,
        currency=currency or usual.currency,
        time_zone=time_zone or usual.time_zone,
        created_at=at,
    )
    with for_organisation(organisation.pk):
        record(OrganisationFounded(slug=organisation.slug, organisation_kind=kind, by=owner.pk, at=at))
        join(organisation=organisation, person=owner, role=Role.OWNER, at=at)
    return organisation


@transaction.atomic
def change_organisation(*, by: Member, name: str, country: str, currency: str, time_zone: str, at: datetime) -> Organisation:
    """Change what the organisation says about itself. Its address stays: links to it are out in the world."""
    _must_be_known(country, currency, time_zone)
    if not 2 <= len(name.strip()) <= 120:
        raise Refusal(_("A name has 2 to 120 letters."), field="name")
    organisation = Organisation.objects.select_for_update().get(pk=by.organisation.pk)
    wanted = {"name": name.strip(), "country": country, "currency": currency, "time_zone": time_zone}
    changed = [field for field, value in wanted.items() if getattr(organisation, field) != value]
    if changed:
        for field in changed:
            setattr(organisation, field, wanted[field])
        organisation.save(update_fields=changed)
        with for_organisation(organisation.pk):
            record(OrganisationChanged(fields=changed, by=by.id, at=at))
    return organisation


@transaction.atomic
def close_organisation(*, by: Member, typed_name: str, at: datetime) -> None:
    """Close for good: nobody works in it any more, its keys and invitations are dead; what it did stays on record.

    `typed_name` is what its owner typed to confirm. The market's operator cannot be closed.
    """
    organisation = Organisation.objects.select_for_update().get(pk=by.organisation.pk)
    if by.role != Role.OWNER or organisation.is_operator:
        raise Forbidden(_("Only an owner can close an organisation, and the market's operator stays open."))
    if typed_name.strip() != organisation.name:
        raise Refusal(_("Type the organisation's name exactly as it is written."), field="typed_name")
    organisation.closed_at = at
    organisation.save(update_fields=["closed_at"])
    with for_organisation(organisation.pk):
        revoke_keys(because=Revocation.CLOSED, by=by.id, at=at)
        Invitation.objects.filter(accepted_at__isnull=True, withdrawn_at__isnull=True).update(withdrawn_at=at)
        record(OrganisationClosed(slug=organisation.slug, by=by.id, at=at))
        audit("close organisation", at=at, by=by.id, of=organisation)


def _must_be_known(country: str, currency: str, time_zone: str) -> None:
    """Forms offer nothing else; programs may say anything."""
    for field, said, known in (
        ("country", country, rules.PLACES),
        ("currency", currency, rules.CURRENCIES),
        ("time_zone", time_zone, rules.TIME_ZONES),
    ):
        if said not in known:
            raise Refusal(_("This market does not know “%(said)s”.") % {"said": said[:40]}, field=field)


def _free_slug(wanted: str) -> str:
    taken = set(Organisation.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    if wanted not in taken:
        return wanted
    return next(candidate for n in range(2, 10_000) if (candidate := f"{wanted[:55]}-{n}") not in taken)
