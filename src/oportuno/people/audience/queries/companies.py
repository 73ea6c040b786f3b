"""Companies with their people, groups with their companies."""

from __future__ import annotations

from dataclasses import dataclass

from oportuno.people.audience.models import Contact, ContactKind
from oportuno.people.audience.rules.addresses import fold
from oportuno.people.organisations.api import Member

MOST_SHOWN = 50
LAST = "\U0010ffff"


@dataclass(frozen=True)
class Belonging:
    """Whom a contact belongs to, and who belongs to it: companies first, by name. `more`: there are more than are shown."""

    company: Contact | None
    below: list[Contact]
    more: bool


def belonging_of(contact: Contact) -> Belonging:
    """Two look-ups by index."""
    below: list[Contact] = []
    if contact.kind == ContactKind.ORGANISATION:
        below = list(
            Contact.objects.filter(organisation_id=contact.organisation_id, company=contact).order_by("name_key", "pk")[: MOST_SHOWN + 1]
        )
    shown = sorted(below[:MOST_SHOWN], key=lambda one: one.kind != ContactKind.ORGANISATION)
    return Belonging(contact.company if contact.company_id else None, shown, len(below) > MOST_SHOWN)


def companies_like(member: Member, typed: str) -> list[str]:
    """Names of the organisation's companies that begin so."""
    key = fold(typed)
    if not key:
        return []
    own = Contact.objects.filter(
        organisation_id=member.organisation.pk, kind=ContactKind.ORGANISATION, name_key__gte=key, name_key__lt=key + LAST
    )
    return list(dict.fromkeys(own.order_by("name_key").values_list("display_name", flat=True)[:8]))
