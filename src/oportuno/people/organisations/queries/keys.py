"""Whose key is this."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.people.organisations import rules
from oportuno.people.organisations.models import ApiKey, Organisation
from oportuno.people.organisations.queries.members import Member


class KeyGrant(NamedTuple):
    """What a key opens: this organisation, within these scopes, in the name of the person who made it."""

    organisation: Organisation
    scopes: frozenset[str]
    maker: UUID


def digest_of(token: str) -> bytes:
    """What we keep of a random token. SHA-256 is enough for 256 random bits; slow hashes are for passwords."""
    return hashlib.sha256(token.encode()).digest()


def key_for(token: str, *, at: datetime | None = None) -> KeyGrant | None:
    """The organisation and scopes of an API key's token (`opk_<prefix>_<secret>`), or None when it opens nothing.

    Found by its prefix, compared in constant time. Notes the use, every five minutes at most.
    """
    moment = at or now()
    parts = token.split("_", 2)
    if len(parts) != 3 or parts[0] != "opk" or not parts[1]:
        return None
    with for_market("a key names its organisation only once it is found"):
        key = ApiKey.objects.filter(prefix=parts[1][:12], revoked_at__isnull=True).first()
        known = bytes(key.digest) if key else bytes(32)
        if not hmac.compare_digest(known, digest_of(token)) or key is None:
            return None
        organisation = Organisation.objects.filter(pk=key.organisation_id, closed_at__isnull=True).first()
        if organisation is None:
            return None
        stale = Q(last_used_at__isnull=True) | Q(last_used_at__lt=moment - rules.SEEN_EVERY)
        if key.last_used_at is None or moment - key.last_used_at > rules.SEEN_EVERY:
            ApiKey.objects.filter(stale, pk=key.pk).update(last_used_at=moment)
    return KeyGrant(organisation, frozenset(key.scopes), key.created_by_id)


def keys_of(member: Member) -> list[ApiKey]:
    """The organisation's keys: the living first, then the last fifty revoked."""
    with for_organisation(member.organisation.pk):
        own = ApiKey.objects.filter(organisation_id=member.organisation.pk)
        living = list(own.filter(revoked_at__isnull=True).order_by("-created_at"))
        return living + list(own.filter(revoked_at__isnull=False).order_by("-revoked_at")[:50])
