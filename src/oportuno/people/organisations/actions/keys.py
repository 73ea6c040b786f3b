"""Keys for programs: made, shown once, revoked."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.audit import audit
from oportuno.kernel.errors import Forbidden, NotFound, Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.isolation import for_organisation
from oportuno.people.organisations import rules
from oportuno.people.organisations.facts import KeyCreated, KeyRevoked
from oportuno.people.organisations.models import ApiKey, Revocation
from oportuno.people.organisations.queries import Member, digest_of

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that two people read differently
PREFIX_LENGTH = 10
MOST_KEYS = 50  # per organisation, living


class FreshKey(NamedTuple):
    """A key just made, with the token that nobody sees again."""

    key: ApiKey
    token: str


@transaction.atomic
def create_key(*, name: str, scopes: Iterable[str], by: Member, at: datetime) -> FreshKey:
    """A key of the organisation: `opk_<prefix>_<secret>`, 256 random bits of which we keep the digest."""
    wanted = sorted(set(scopes))
    if not by.may("manage keys"):
        raise Forbidden(_("Your role in this organisation does not allow that. Ask its owner."))
    if not name.strip():
        raise Refusal(_("Give the key a name: which program will use it?"), field="name")
    if not wanted or not set(wanted) <= set(rules.SCOPES):
        raise Refusal(_("Choose at least one thing the key may do."), field="scopes")
    prefix, secret = "".join(secrets.choice(ALPHABET) for _n in range(PREFIX_LENGTH)), secrets.token_urlsafe(32)
    token = f"opk_{prefix}_{secret}"
    with for_organisation(by.organisation.pk):
        if ApiKey.objects.filter(revoked_at__isnull=True).count() >= MOST_KEYS:
            raise Refusal(_("There are many keys already. Revoke one that is no longer used."))
        key = ApiKey.objects.create(
            name=name.strip()[:80], prefix=prefix, digest=digest_of(token), scopes=wanted, created_by_id=by.id, created_at=at
        )
        record(KeyCreated(key=key.pk, scopes=wanted, by=by.id, at=at))
        audit("create key", at=at, by=by.id, of=key, scopes=wanted)
    return FreshKey(key, token)


@transaction.atomic
def revoke_key(*, key: UUID, by: Member, at: datetime) -> None:
    """Make a key worthless, at once. Revoking twice is once."""
    with for_organisation(by.organisation.pk):
        if not ApiKey.objects.filter(organisation_id=by.organisation.pk, pk=key).exists():
            raise NotFound
        _revoke([key], because=Revocation.BY_HAND, by=by.id, at=at)


def revoke_keys(*, because: str, by: UUID, at: datetime, made_by: UUID | None = None) -> int:
    """Revoke all keys of the organisation we act for, or those one person made; how many."""
    keys = ApiKey.objects.filter(revoked_at__isnull=True)
    if made_by is not None:
        keys = keys.filter(created_by_id=made_by)
    return _revoke(list(keys.values_list("pk", flat=True)), because=because, by=by, at=at)


def _revoke(keys: list[UUID], *, because: str, by: UUID, at: datetime) -> int:
    living = list(ApiKey.objects.select_for_update().filter(pk__in=keys, revoked_at__isnull=True))
    for key in living:
        key.revoked_at, key.revoked_because = at, because
        record(KeyRevoked(key=key.pk, reason=because, by=by, at=at))
        audit("revoke key", at=at, by=by, of=key, reason=because)
    ApiKey.objects.bulk_update(living, ["revoked_at", "revoked_because"])
    return len(living)
