"""The address that a mail's bounces go to: it names the mail, and only we can make one (VERP with a MAC).

`rebotes+b-<token>@market`: the token is the message's id and a MAC over it, in letters and digits that survive capitals.
Whoever does not hold a mail of ours cannot make up its bounce, and so cannot have anybody suppressed.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from uuid import UUID

MAC_BYTES = 10
RETURNS = "rebotes"
"""The name below an organisation's domain that points to us, and before the @ there."""
LONGEST_LOCAL = 64  # RFC 5321, 4.5.3.1.1
TOKEN = re.compile(r"\+b-([a-z2-7]{42})@", re.I)


def return_path(message: UUID, *, to: str, key: bytes) -> str:
    """`to` is the address that gets bounces, with a tag for this mail; without one where its name is too long for it."""
    local, _at, domain = to.rpartition("@")
    tagged = f"{local}+b-{_token(message, key)}"
    return f"{tagged}@{domain}" if len(tagged) <= LONGEST_LOCAL else to


def message_of(address: str, *, key: bytes) -> UUID | None:
    """The mail whose bounces go to this address, or None where the MAC is not ours."""
    found = TOKEN.search(address)
    if found is None:
        return None
    try:
        raw = base64.b32decode(found.group(1).upper() + "=" * 6)
    except ValueError:
        return None
    message = UUID(bytes=raw[:16])
    return message if hmac.compare_digest(raw[16:], _mac(message, key)) else None


def _token(message: UUID, key: bytes) -> str:
    return base64.b32encode(message.bytes + _mac(message, key)).decode().rstrip("=").lower()


def _mac(message: UUID, key: bytes) -> bytes:
    return hmac.new(key, b"return path " + message.bytes, hashlib.sha256).digest()[:MAC_BYTES]
