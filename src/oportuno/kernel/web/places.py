"""Which addresses of the network we may talk to."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Refusal

PORTS = {"http": 80, "https": 443}
GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")  # RFC 4291: all that IANA gives out


class NotPublic(Refusal):
    """The address leads somewhere we do not go."""


@dataclass(frozen=True)
class Place:
    """Where to connect: the name is resolved once, and this very IP is used (DNS may answer otherwise a moment later)."""

    url: SplitResult
    ip: str
    port: int

    @property
    def host(self) -> str:
        return self.url.hostname or ""


def place_of(address: str) -> Place:
    """Resolve an http(s) address and make sure that every IP behind its name is public. Raises NotPublic."""
    url = _parsed(address)
    host = (url.hostname or "").rstrip(".")
    port = url.port or PORTS[url.scheme]
    if port not in PORTS.values() and not _is_allowed(host, port):
        raise NotPublic(_("Addresses must use the usual web ports, 80 or 443."))
    return Place(url, public_ip(host, port, PORTS.values()), port)


def public_ip(host: str, port: int, ports: Collection[int]) -> str:
    """Where to connect for a service at one of these ports; every IP behind the name is public. Raises NotPublic."""
    if _is_allowed(host, port):
        return _resolved(host, port)[0]
    found = _resolved(host, port) if port in ports else []
    if not found or not all(is_public(ip) for ip in found):
        raise NotPublic(_("This address does not lead to the public web."))
    return found[0]


def _is_allowed(host: str, port: int) -> bool:
    """Services of the operator's own, named one by one in the settings."""
    return f"{host}:{port}" in settings.WEB_ALLOW


def is_public(ip: str) -> bool:
    """Whether an IP belongs to the public internet, also when it hides another inside (mapped, 6to4, NAT64, Teredo)."""
    address = ipaddress.ip_address(ip.split("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None) or _nat64(address)
        if inner is not None:
            return is_public(str(inner))
        if address not in GLOBAL_UNICAST:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _nat64(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address in 64:ff9b::/96 (RFC 6052), or in the deprecated ::/96."""
    if address in ipaddress.ip_network("64:ff9b::/96") or (int(address) >> 32 == 0 and int(address) > 1):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def _parsed(address: str) -> SplitResult:
    if len(address) > 2000 or any(c.isspace() or ord(c) < 32 or c == "\\" for c in address):
        raise NotPublic(_("This is not a web address."))
    try:
        url = urlsplit(address)
        if url.scheme not in PORTS or not url.hostname or url.username is not None or url.password is not None:
            raise NotPublic(_("Web addresses begin with https:// or http:// and hold no user name."))
        url.port  # noqa: B018  (raises when it is no number)
    except ValueError as error:
        raise NotPublic(_("This is not a web address.")) from error
    return url


def _resolved(host: str, port: int) -> list[str]:
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotPublic(_("No such address was found.")) from error
    return list(dict.fromkeys(str(row[4][0]) for row in rows))
