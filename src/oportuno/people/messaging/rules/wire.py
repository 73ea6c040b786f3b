"""Addresses as SMTP knows them. We keep them as people write them: `ana@peña.co`."""

from __future__ import annotations

import idna

BEYOND_ASCII = "address: beyond ascii"


def on_the_wire(address: str) -> str:
    """Its domain in letters of DNS (RFC 5891); "" where its name itself is beyond ASCII, for which few relays offer SMTPUTF8 (RFC 6531)."""
    if address.isascii():
        return address
    name, _at, domain = address.rpartition("@")
    try:
        return f"{name}@{idna.encode(domain, uts46=True).decode()}" if name.isascii() else ""
    except idna.IDNAError:
        return ""
