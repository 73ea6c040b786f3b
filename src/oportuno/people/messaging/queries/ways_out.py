"""The link that ends marketing: signed, without expiry, good for one contact and one thing agreed to (RFC 8058)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation

from oportuno.kernel.errors import Broken, NotFound

SALT = "messaging.way_out"
PLACE = "the-token"


@cache
def _path(language: str, name: str = "messaging:way-out") -> str:
    """The address in a language, found once: a bulletin asks for a million of them."""
    with translation.override(language):
        return reverse(name, args=[PLACE])


@dataclass(frozen=True)
class WayOut:
    organisation: int
    contact: UUID
    agreed_to: str
    message: UUID | None = None


def way_out_for(organisation: int, contact: UUID | None, agreed_to: str, language: str, message: UUID | None = None) -> str:
    """The whole address; `message` is the bulletin's mail that carries it, whose report counts who leaves by it.

    Raises Broken for marketing that names no contact or no consent: it could never be ended.
    """
    if contact is None or not agreed_to:
        raise Broken("A marketing mail needs its contact and the consent it rests on.")
    said = [organisation, contact.hex, agreed_to, *([message.hex] if message else [])]
    token = signing.dumps(said, salt=SALT, compress=False)
    return settings.ORIGIN + _path(language).replace(PLACE, token)


WISHES = "messaging.wishes"


def wishes_for(organisation: int, contact: UUID | None, language: str) -> str:
    """The whole address of the page where a reader says what he wants; "" for nobody's contact."""
    if contact is None:
        return ""
    token = signing.dumps([organisation, contact.hex], salt=WISHES, compress=False)
    return settings.ORIGIN + _path(language, "messaging:wishes").replace(PLACE, token)


def read_wishes(token: str) -> tuple[int, UUID]:
    """Organisation and contact. Raises NotFound for what we did not sign."""
    try:
        organisation, contact = signing.loads(token, salt=WISHES)
    except signing.BadSignature:
        raise NotFound from None
    return organisation, UUID(contact)


def read_way_out(token: str) -> WayOut:
    """What the link ends. Raises NotFound for one we did not sign."""
    try:
        organisation, contact, agreed_to, *message = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise NotFound from None
    return WayOut(organisation, UUID(contact), agreed_to, UUID(message[0]) if message else None)
