"""Which contact somebody is, who has said so before."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from oportuno.people.audience.models import Contact, Identity, KnownVisitor


def known_contact(*, visitor: UUID | None, addresses: Collection[str] = ()) -> Contact | None:
    """Whom the organisation we act for knows by an address that she has proved, or by a browser in which she said who she is."""
    if addresses:
        found = Identity.objects.filter(kind="email", key__in=list(addresses)).order_by("created_at").select_related("contact").first()
        if found:
            return _whose(found.contact)
    known = KnownVisitor.objects.filter(visitor_id=visitor).select_related("contact").first() if visitor else None
    return _whose(known.contact) if known else None


def _whose(contact: Contact) -> Contact:
    """Typed: what a key leads to is not."""
    return contact
