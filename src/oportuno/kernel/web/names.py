"""What the world's names say by DNS: TXT records, and what they are other names of."""

from __future__ import annotations

import dns.exception
import dns.resolver
from django.conf import settings

from oportuno.kernel.web.client import NotReachable

LONGEST = 5.0
"""Seconds that a question may take."""


def txt_records(name: str) -> list[str]:
    """The TXT records of a name, none where there is none. `settings.DNS_SERVERS` ("host" or "host:port") are asked, else the machine's.

    Raises NotReachable when nobody answers: that tells nothing about the name.
    """
    try:
        answer = _resolver().resolve(name, "TXT", lifetime=LONGEST)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError) as problem:
        raise NotReachable(str(problem)) from problem
    return [b"".join(record.strings).decode("utf-8", "replace") for record in answer]


def alias_of(name: str) -> str:
    """Where a CNAME of this name points to, in small letters and without the last dot; "" where there is none. Raises NotReachable."""
    try:
        answer = _resolver().resolve(name, "CNAME", lifetime=LONGEST)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return ""
    except (dns.exception.DNSException, OSError) as problem:
        raise NotReachable(str(problem)) from problem
    return str(next(iter(answer)).target).rstrip(".").lower()


def _resolver() -> dns.resolver.Resolver:
    if not settings.DNS_SERVERS:
        return dns.resolver.Resolver()
    resolver = dns.resolver.Resolver(configure=False)
    host, _colon, port = settings.DNS_SERVERS[0].partition(":")
    resolver.nameservers, resolver.port = [host], int(port or 53)
    return resolver
