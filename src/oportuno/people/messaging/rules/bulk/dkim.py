"""DKIM (RFC 6376, 8301): RSA-SHA256, headers relaxed, body simple; the one-click headers are signed as RFC 8058 asks.

The body is quoted-printable of ours, which no relay has a reason to touch: "simple" hashes it as it is.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

BITS = 2048
SIGNED = (
    b"from",
    b"to",
    b"subject",
    b"date",
    b"message-id",
    b"mime-version",
    b"content-type",
    b"list-unsubscribe",
    b"list-unsubscribe-post",
)
BLANKS = re.compile(rb"[ \t\r\n]+")


def new_key() -> str:
    """A private key, as PEM."""
    made = generate_private_key(public_exponent=65537, key_size=BITS)
    return made.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode()


def dns_record(pem: str) -> str:
    """What stands as TXT at `<selector>._domainkey.<domain>`."""
    key = _key(pem).public_key()
    raw = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return f"v=DKIM1; k=rsa; p={base64.b64encode(raw).decode()}"


@dataclass
class Signer:
    """Signs for a domain, which must be that of From (aligned)."""

    domain: str
    selector: str
    pem: str
    key: RSAPrivateKey = field(init=False)

    def __post_init__(self) -> None:
        self.key = _key(self.pem)

    def header(self, heads: bytes, body: bytes) -> bytes:
        """The DKIM-Signature header of a mail, with its line end. `body` ends with one CRLF, as ours do."""
        present = _by_name(heads)
        names = [name for name in SIGNED if name in present]
        digest = base64.b64encode(hashlib.sha256(body).digest())
        unsigned = b"v=1; a=rsa-sha256; c=relaxed/simple; d=%s; s=%s; h=%s; bh=%s; b=" % (
            self.domain.encode(),
            self.selector.encode(),
            b":".join([*names, b"from"]),
            digest,
        )
        signed = b"".join(b"%s:%s\r\n" % (name, _relaxed(present[name])) for name in names) + b"dkim-signature:" + _relaxed(unsigned)
        mark = base64.b64encode(self.key.sign(signed, padding.PKCS1v15(), hashes.SHA256()))
        folded = b"\r\n\t".join(mark[at : at + 70] for at in range(0, len(mark), 70))
        return b"DKIM-Signature: " + unsigned.replace(b"; ", b";\r\n\t") + folded + b"\r\n"


def _by_name(heads: bytes) -> dict[bytes, bytes]:
    """Each header's value, unfolded; the mails are ours, so each name comes once."""
    found: dict[bytes, bytes] = {}
    for line in re.sub(rb"\r\n(?=[ \t])", b"", heads).split(b"\r\n"):
        name, colon, value = line.partition(b":")
        if colon:
            found[name.lower()] = value
    return found


def _relaxed(value: bytes) -> bytes:
    return BLANKS.sub(b" ", value).strip()


def _key(pem: str) -> RSAPrivateKey:
    found = serialization.load_pem_private_key(pem.encode(), password=None)
    if not isinstance(found, RSAPrivateKey):
        raise TypeError("DKIM keys of ours are RSA")
    return found
