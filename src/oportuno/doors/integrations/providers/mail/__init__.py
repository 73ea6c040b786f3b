"""Providers that take mail by HTTP, through django-anymail. `OPORTUNO_MAIL_URL` says which:

    postmark://SERVER-TOKEN@api.postmarkapp.com?stream=outbound&bulk=broadcast
    mailgun://API-KEY@api.mailgun.net?domain=mg.example.com                       (api.eu.mailgun.net in Europe)

`postmark+http://` and `mailgun+http://` are for fakes at an address that OPORTUNO_WEB_ALLOW names. What becomes of a mail they
tell our hook, with `OPORTUNO_MAIL_HOOK_SECRET` as proof: Postmark as user:password, Mailgun by signing with it.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.http import HttpRequest

from oportuno.kernel.errors import Broken
from oportuno.people.messaging.api import providers

KINDS = ("postmark", "mailgun")
HOSTS = {"postmark": ("api.postmarkapp.com",), "mailgun": ("api.mailgun.net", "api.eu.mailgun.net")}
"""Whoever mistypes the host does not send a stranger the key, and all his mail."""


def open_provider(url: str = "") -> providers.Relay | None:
    """The one that the settings name; None where mail goes by SMTP. Raises Broken for what cannot be right."""
    at = urlsplit(url or settings.MAIL_URL)
    kind, _plus, transport = at.scheme.partition("+")
    if kind not in KINDS:
        return None
    place = f"{at.hostname}:{at.port}" if at.port else at.hostname or ""
    if place not in (*HOSTS[kind], *settings.WEB_ALLOW):
        raise Broken(f"OPORTUNO_MAIL_URL names {place}, which is none of {', '.join(HOSTS[kind])}.")
    options = {name: values[0] for name, values in parse_qs(at.query).items()}
    made: providers.Relay = _twin(kind).open_relay(f"{transport or 'https'}://{place}", unquote(at.username or ""), options)
    return made


def news_in(request: HttpRequest) -> list[providers.MailNews]:
    """What the provider tells. Raises Forged where it does not prove who it is, or mail goes by SMTP."""
    kind = urlsplit(settings.MAIL_URL).scheme.partition("+")[0]
    if kind not in KINDS or not settings.MAIL_HOOK_SECRET:
        raise providers.Forged
    told: list[providers.MailNews] = _twin(kind).news_in(request, settings.MAIL_HOOK_SECRET)
    return told


def _twin(kind: str) -> Any:
    """Read when it is first asked for: requests and all that it brings is 9 MB that a market with a relay of its own does not need."""
    return import_module(f"{__name__}.{kind}")
