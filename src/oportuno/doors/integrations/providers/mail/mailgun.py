"""Mailgun: https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/messages and …/user-manual/events/webhooks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from anymail.backends.mailgun import EmailBackend
from anymail.exceptions import AnymailError
from anymail.signals import EventType
from anymail.webhooks.mailgun import MailgunTrackingWebhookView
from django.http import HttpRequest

from oportuno.doors.integrations.providers.mail.handing import TOLD, ByOurDoor, Provider
from oportuno.kernel.clock import now
from oportuno.people.messaging.api import providers

FRESH = 12 * 3600
"""Seconds that a signature is good for: it covers hour and token but not the words, and Mailgun tries for eight hours."""
HARD = {"bounce", "suppress-bounce"}
KINDS = TOLD | {EventType.UNSUBSCRIBED: providers.News.LEFT}


class Backend(ByOurDoor, EmailBackend):  # type: ignore[misc]
    pass


def open_relay(base: str, key: str, options: Mapping[str, str]) -> Provider:
    domain = options.get("domain") or None
    return Provider("Mailgun", Backend(api_key=key, api_url=f"{base}/v3", sender_domain=domain), lambda mail: {}, {})


def news_in(request: HttpRequest, secret: str) -> list[providers.MailNews]:
    """Proved by the HMAC of hour and token under the account's signing key. Only JSON is read, as Mailgun posts it since 2018."""
    try:
        told = json.loads(request.body)
        stamp = str(told["signature"]["timestamp"])
        fresh = stamp.isascii() and stamp.isdigit() and abs(now().timestamp() - int(stamp[:12])) <= FRESH
    except (ValueError, KeyError, TypeError):
        raise providers.Forged from None
    if request.content_type != "application/json" or not fresh:
        raise providers.Forged
    view = MailgunTrackingWebhookView(webhook_signing_key=secret, api_key=None, webhook_secret=[])
    try:
        view.run_validators(request)
    except (AnymailError, ValueError, TypeError):
        raise providers.Forged from None
    return [made for event in view.parse_events(request) if (made := _news(event))]


def _news(event: Any) -> providers.MailNews | None:
    kind = KINDS.get(event.event_type)
    if kind is None:
        return None
    data = event.esp_event.get("event-data", {})
    status = data.get("delivery-status") or {}
    words = " ".join(str(one) for one in (status.get("code", ""), status.get("message") or status.get("description") or "") if one)
    return providers.MailNews(
        kind=kind,
        message=str(event.metadata.get("message") or str(event.message_id or "").strip("<>").partition("@")[0]),
        name=f"mailgun {event.event_id}" if event.event_id else "",
        told=words,
        hard=data.get("reason") in HARD and str(data.get("severity")) == "permanent",
    )
