"""Gateways for text messages. `OPORTUNO_SMS_URL` says which:

    kannel://user:password@host:13013?from=Mercado          Kannel's sendsms, http (kannels:// for https)
    twilio://SID:TOKEN@api.twilio.com?from=+15005550006     Twilio's Messages (twilio+http:// for a gateway of tests)

Both get each text once, and report to our hooks what became of it. Protocols: Kannel 1.4.5 User's Guide, "Using HTTP
to send SMS messages"; Twilio's Messages resource 2010-04-01 and "Validating requests".
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings

from oportuno.doors.integrations.providers.sms.kannel import Kannel
from oportuno.doors.integrations.providers.sms.twilio import Twilio
from oportuno.kernel.errors import Broken

__all__ = ["Kannel", "Twilio", "configured", "open_gateway"]


@dataclass(frozen=True)
class Configured:
    """The setting, read."""

    kind: str
    base: str
    user: str
    password: str
    sender: str


def configured(url: str = "") -> Configured:
    at = urlsplit(url or settings.SMS_URL)
    kind, _plus, transport = at.scheme.partition("+")
    scheme = transport or {"kannel": "http"}.get(kind, "https")
    base = f"{scheme}://{at.hostname or ''}" + (f":{at.port}" if at.port else "")
    sender = next(iter(parse_qs(at.query.replace("+", "%2B")).get("from", ())), "")
    return Configured(kind.removesuffix("s"), base, unquote(at.username or ""), unquote(at.password or ""), sender)


def open_gateway(url: str = "") -> Kannel | Twilio:
    """The one that the settings name. Raises Broken for one we do not speak."""
    asked = configured(url)
    kinds: dict[str, type[Kannel | Twilio]] = {"kannel": Kannel, "twilio": Twilio}
    if asked.kind not in kinds:
        raise Broken(f"OPORTUNO_SMS_URL begins with {asked.kind}; kannel:// and twilio:// are spoken here.")
    return kinds[asked.kind](asked.base, asked.user, asked.password, asked.sender)
