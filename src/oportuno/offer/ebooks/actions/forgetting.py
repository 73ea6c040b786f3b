"""Who asked to be forgotten."""

from __future__ import annotations

from uuid import UUID

from oportuno.kernel.isolation import for_market
from oportuno.offer.ebooks.models import Book, Edition


def forget_person(person: UUID) -> int:
    """Nothing tells any more that she put a book together; how many rows told it."""
    with for_market("who is forgotten is forgotten in all organisations"):
        told = Book.objects.filter(changed_by_id=person).update(changed_by_id=None)
        return told + Edition.objects.filter(by_id=person).update(by_id=None)
