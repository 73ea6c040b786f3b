"""Who became whom, when contacts were joined."""

from __future__ import annotations

from uuid import UUID

from oportuno.people.audience.models import Contact, ContactMerge


def current(contact: UUID) -> UUID:
    """The contact that this one became in the organisation we act for; itself, when it was not joined to another."""
    found = ContactMerge.objects.filter(gone_id=contact, undone_at__isnull=True).values_list("kept_id", flat=True).first()
    return found or contact


def current_locked(contact: UUID) -> Contact:
    """Whom this one became, its row locked. Whoever joins them meanwhile is waited for. Raises Contact.DoesNotExist."""
    held = Contact.objects.select_for_update(of=("self",))
    return held.filter(pk=current(contact)).first() or held.get(pk=current(contact))


def gone_into(contact: UUID) -> list[UUID]:
    """All that became this one; one look-up by index."""
    return list(ContactMerge.objects.filter(kept_id=contact, undone_at__isnull=True).values_list("gone_id", flat=True))
