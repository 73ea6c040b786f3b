"""Who became whom, when contacts were joined."""

from __future__ import annotations

from uuid import UUID

from oportuno.people.audience.models import ContactMerge


def current(contact: UUID) -> UUID:
    """The contact that this one became in the organisation we act for; itself, when it was not joined to another."""
    found = ContactMerge.objects.filter(gone_id=contact, undone_at__isnull=True).values_list("kept_id", flat=True).first()
    return found or contact


def gone_into(contact: UUID) -> list[UUID]:
    """All that became this one; one look-up by index."""
    return list(ContactMerge.objects.filter(kept_id=contact, undone_at__isnull=True).values_list("gone_id", flat=True))
