"""Addresses whose owners asked to be forgotten."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from datetime import datetime
from functools import cache

from django.conf import settings

from oportuno.kernel.isolation import acting_organisation
from oportuno.people.audience.models import ForgottenAddress

KINDS = ("email", "phone")


def digest_of(organisation: int, kind: str, key: str) -> str:
    """The same address is another digest in another organisation; without the market's secret nobody can try addresses."""
    return hmac.digest(_secret(settings.SECRET_KEY), f"{organisation} {kind} {key}".encode(), "sha256").hex()


def any_forgotten() -> bool:
    """Whether the organisation we act for has forgotten anybody: nearly none has, and then nothing is looked up."""
    return ForgottenAddress.objects.filter(organisation_id=acting_organisation()).exists()


def forgotten_since(at: datetime) -> bool:
    """Whether it has forgotten anybody since then."""
    return ForgottenAddress.objects.filter(organisation_id=acting_organisation(), at__gte=at).exists()


def forgotten_among(keys: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of these (kind, key) that somebody had who was forgotten. One query, by index."""
    organisation = acting_organisation()
    digests = {digest_of(organisation, kind, key): (kind, key) for kind, key in keys if kind in KINDS}
    found = ForgottenAddress.objects.filter(organisation_id=organisation, digest__in=list(digests)).values_list("digest", flat=True)
    return {digests[one] for one in found}


@cache
def _secret(secret: str) -> bytes:
    return hmac.digest(secret.encode(), b"audience.forgotten", "sha256")
