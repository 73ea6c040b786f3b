"""Postmark: https://postmarkapp.com/developer/api/email-api and …/webhooks/webhooks-overview."""

from __future__ import annotations

import json
from collections.abc import Mapping
from email.message import EmailMessage
from typing import Any

from anymail.backends.postmark import EmailBackend
from anymail.exceptions import AnymailError
from anymail.webhooks.postmark import PostmarkTrackingWebhookView
from django.http import HttpRequest

from oportuno.doors.integrations.providers.mail.handing import TOLD, ByOurDoor, Provider
from oportuno.people.messaging.api import providers

HARD = {"HardBounce", "BadEmailAddress"}


class Backend(ByOurDoor, EmailBackend):  # type: ignore[misc]
    pass


def open_relay(base: str, token: str, options: Mapping[str, str]) -> Provider:
    stream, bulk = options.get("stream", ""), options.get("bulk", "")

    def extra(mail: EmailMessage) -> dict[str, Any]:
        """Advertising goes by a stream of its own: Postmark asks for that."""
        wanted = bulk if mail["List-Unsubscribe"] and bulk else stream
        return {"MessageStream": wanted} if wanted else {}

    return Provider("Postmark", Backend(server_token=token, api_url=base), extra, {"X-PM-KeepID": "true"})


def news_in(request: HttpRequest, secret: str) -> list[providers.MailNews]:
    """Proved by the user and password in the address of the hook."""
    view = PostmarkTrackingWebhookView(webhook_secret=secret)
    try:
        view.run_validators(request)
    except AnymailError:
        raise providers.Forged from None
    told = json.loads(request.body)
    if not isinstance(told, dict):
        raise ValueError("no event")
    if told.get("RecordType") == "SubscriptionChange":
        return _left(told)
    return [made for event in view.parse_events(request) if (made := _news(event))]


def _news(event: Any) -> providers.MailNews | None:
    kind = TOLD.get(event.event_type)
    if kind is None:
        return None
    said = str(event.esp_event.get("Type", ""))
    return providers.MailNews(
        kind=kind,
        message=str(event.metadata.get("message", "")) if isinstance(event.metadata, dict) else "",
        name=f"postmark {event.event_id or ''}" if event.event_id else "",
        told=str(event.mta_response or event.description or said),
        hard=said in HARD,
    )


def _left(told: dict[str, Any]) -> list[providers.MailNews]:
    """Somebody used the provider's own way out. Bounces and complaints are told by events of their own, too."""
    if not told.get("SuppressSending") or told.get("SuppressionReason") != "ManualSuppression":
        return []
    metadata = told.get("Metadata") or {}
    return [providers.MailNews(kind=providers.News.LEFT, message=str(metadata.get("message", "")))]
