"""Founding organisations, joining and leaving them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Conflict, Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.isolation import for_organisation
from oportuno.people.organisations.facts import MemberJoined, OrganisationFounded
from oportuno.people.organisations.models import Membership, Organisation, Person, Role

RESERVED = frozenset({"admin", "api", "desk", "en", "es-co", "es-mx", "media", "new", "nuevo", "static", "ui", "v", "well-known"})


def sign_up(*, email: str, name: str, password: str | None, at: datetime, language: str = "es-co", is_demo: bool = False) -> Person:
    """A person who can sign in. Raises Conflict when the address is known already."""
    if Person.objects.filter(email=email.strip().lower()).exists():
        raise Conflict(_("Somebody signs in with this address already."), field="email")
    return Person.objects.create_user(email, password, name=name.strip(), language=language, is_demo=is_demo)


@transaction.atomic
def found_organisation(
    *,
    name: str,
    kind: str,
    country: str,
    owner: Person,
    at: datetime,
    slug: str = "",
    currency: str = "COP",
    time_zone: str = "America/Bogota",
) -> Organisation:
    """A new organisation with its first member, the owner. Raises Refusal for an address that cannot be."""
    wanted = slugify(slug or name)[:60]
    if len(wanted) < 2 or wanted in RESERVED:
        raise Refusal(_("Choose another name: this one gives no usable address."), field="name")
    organisation = Organisation.objects.create(
        slug=_free_slug(wanted), name=name.strip(), kind=kind, country=country, currency=currency, time_zone=time_zone, created_at=at
    )
    with for_organisation(organisation.pk):
        record(OrganisationFounded(slug=organisation.slug, organisation_kind=kind, by=owner.pk, at=at))
        join(organisation=organisation, person=owner, role=Role.OWNER, at=at)
    return organisation


@transaction.atomic
def join(*, organisation: Organisation, person: Person, role: str, at: datetime) -> Membership:
    """Make a person a member. Raises Conflict when she is one already."""
    with for_organisation(organisation.pk):
        if Membership.objects.filter(person_id=person.pk, ended_at__isnull=True).exists():
            raise Conflict(_("This person belongs to the organisation already."))
        membership = Membership.objects.create(person_id=person.pk, role=role, since=at)
        record(MemberJoined(person=person.pk, role=role, by=person.pk, at=at))
    return membership


def _free_slug(wanted: str) -> str:
    taken = set(Organisation.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    if wanted not in taken:
        return wanted
    return next(candidate for n in range(2, 10_000) if (candidate := f"{wanted[:55]}-{n}") not in taken)
