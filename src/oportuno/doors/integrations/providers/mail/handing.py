"""What the twins share: anymail writes the request and reads the answer; the way out is the house's own (kernel.web)."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any
from urllib.parse import urlencode

from anymail.exceptions import AnymailAPIError, AnymailError, AnymailRecipientsRefused
from anymail.signals import EventType
from django.core.mail import EmailMultiAlternatives

from oportuno.kernel.web import Fetched, NotPublic, NotReachable, fetch
from oportuno.people.messaging.api import providers

SECONDS, BYTES = 20.0, 200_000
THEIRS = {"from", "to", "subject", "reply-to", "date", "mime-version", "dkim-signature", "return-path"}
"""Headers that the provider writes itself. Ours would be a second one; a signature over other words would be false."""
TOLD = {
    EventType.DELIVERED: providers.News.DELIVERED,
    EventType.BOUNCED: providers.News.BOUNCED,
    EventType.REJECTED: providers.News.BOUNCED,
    EventType.DEFERRED: providers.News.LATE,
    EventType.COMPLAINED: providers.News.COMPLAINED,
}
"""What a hook tells of a mail, in messaging's words."""


@dataclass(frozen=True)
class Answer:
    """What anymail reads of a response."""

    url: str
    status_code: int
    text: str
    reason: str = ""

    def json(self) -> Any:
        return json.loads(self.text)


class ByOurDoor:
    """Comes before a backend of anymail's: its requests leave by kernel.web, to public addresses alone, and follow no redirect."""

    session: Any
    api_url: str

    def open(self) -> bool:
        self.session = "kernel.web"
        return False

    def close(self) -> None:
        """Nothing is open."""

    def post_to_esp(self, payload: Any, message: Any) -> Answer:
        asked = payload.get_request_params(self.api_url)
        headers = dict(asked["headers"] or {})
        if asked["auth"]:
            headers["Authorization"] = "Basic " + base64.b64encode(":".join(asked["auth"]).encode()).decode()
        body = asked["data"]
        if isinstance(body, dict):
            body = urlencode(body, doseq=True)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        answer = _read(fetch(asked["url"], method="POST", headers=headers, body=body.encode(), seconds=SECONDS, limit=BYTES))
        self.raise_for_status(answer, payload, message)  # type: ignore[attr-defined]
        return answer


@dataclass(frozen=True)
class Provider:
    """A relay (messaging's port). `wants` is what only this provider wants to know of a mail."""

    name: str
    backend: Any
    wants: Callable[[EmailMessage], Mapping[str, Any]]
    keeps_id: Mapping[str, str]

    def hand_over(self, mail: bytes, *, sender: str, recipient: str) -> str:
        """`sender` is left out: bounces go to the provider, which tells our hook."""
        ours = BytesParser(policy=policy.default).parsebytes(mail)
        theirs = self._written(ours, recipient)
        try:
            self.backend.send_messages([theirs])
        except NotPublic as error:
            raise providers.TryLater("the provider's address is not one we may talk to") from error
        except NotReachable as error:
            if error.data.get("sent", True):
                raise providers.Unclear("the provider's answer got lost") from error
            raise providers.TryLater("the provider could not be reached") from error
        except AnymailError as error:
            raise self._why(error) from error
        return f"250 {self.name} {theirs.anymail_status.message_id}"[:300]  # type: ignore[attr-defined]

    def _written(self, ours: EmailMessage, recipient: str) -> EmailMultiAlternatives:
        name = str(ours["To"].addresses[0].display_name) if ours["To"] and ours["To"].addresses else ""
        headers = {key: str(value) for key, value in ours.items() if key.lower() not in THEIRS and not key.lower().startswith("content-")}
        mail = EmailMultiAlternatives(
            subject=str(ours["Subject"]),
            body=_part(ours, "plain"),
            from_email=str(ours["From"].addresses[0]),
            to=[_named(name, recipient)],
            reply_to=[str(one) for one in ours["Reply-To"].addresses] if ours["Reply-To"] else None,
            headers={**headers, **self.keeps_id},
        )
        if html := _part(ours, "html"):
            mail.attach_alternative(html, "text/html")
        mail.metadata = {"message": _id_of(ours)}  # type: ignore[attr-defined]
        mail.track_opens = mail.track_clicks = False  # type: ignore[attr-defined]  # ours alone, where readers allow it
        mail.esp_extra = self.wants(ours)  # type: ignore[attr-defined]
        return mail

    def _why(self, error: AnymailError) -> Exception:
        """Whose fault it is: the mail's or its reader's (no), the account's or the provider's (later), or nobody can say."""
        status = getattr(error.response, "status_code", None) if error.response is not None else None
        words = f"{status or ''} {_said(error.response)}".strip()[:300] or type(error).__name__
        if isinstance(error, AnymailRecipientsRefused):
            return providers.Refused(words)
        if status is None:
            return providers.Refused(words)  # anymail itself cannot write this mail: nothing went out
        if status in (400, 413, 422) and not _of_the_account(error.response):
            return providers.Refused(words)
        if 400 <= status < 500 or status == 503:
            return providers.TryLater(words)
        return providers.Unclear(words) if isinstance(error, AnymailAPIError) else providers.TryLater(words)


ACCOUNT = {10, 100, 400, 401, 402, 405, 412, 413, 429}
"""Postmark's codes of a sender that is not set up, not confirmed, pending, or out of credit: no fault of the mail."""


def _of_the_account(response: Any) -> bool:
    try:
        return response.json().get("ErrorCode") in ACCOUNT
    except (ValueError, AttributeError):
        return False


def _said(response: Any) -> str:
    try:
        told = response.json()
        return str(told.get("Message") or told.get("message") or "")
    except (ValueError, AttributeError):
        return str(getattr(response, "text", ""))[:200]


def _read(fetched: Fetched) -> Answer:
    return Answer(fetched.url, fetched.status, fetched.body.decode("utf-8", "replace"))


def _part(mail: EmailMessage, kind: str) -> str:
    found = mail.get_body((kind,))
    return str(found.get_content()).replace("\r\n", "\n") if found is not None else ""


def _named(name: str, address: str) -> str:
    return str(Address(name, addr_spec=address))


def _id_of(mail: EmailMessage) -> str:
    return str(mail["Message-ID"]).strip("<> ").partition("@")[0]
