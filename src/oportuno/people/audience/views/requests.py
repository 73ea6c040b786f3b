"""What a request tells about who sends it, and whom it may be sent to."""

from __future__ import annotations

from oportuno.kernel.errors import NotFound
from oportuno.people.audience.api.requests import (
    ACCEPTED,
    CHOICE,
    COOKIE,
    REFUSED,
    circumstances,
    language_of,
    network_of,
    pace_forms,
    verified_addresses,
    visitor_of,
)
from oportuno.people.audience.queries import ports
from oportuno.people.organisations.api import Kind, Organisation

__all__ = [
    "ACCEPTED",
    "CHOICE",
    "COOKIE",
    "REFUSED",
    "circumstances",
    "language_of",
    "network_of",
    "open_seller",
    "pace_forms",
    "verified_addresses",
    "visitor_of",
]


def open_seller(slug: str) -> Organisation:
    """A seller that the public may see and write to, or NotFound."""
    found = Organisation.objects.filter(slug=slug, kind=Kind.SELLER, closed_at__isnull=True).first()
    if found is None or not ports.is_open(found):
        raise NotFound
    return found
