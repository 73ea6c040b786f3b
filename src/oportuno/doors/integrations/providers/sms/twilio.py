"""Twilio's Messages over HTTP."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from django.conf import settings
from django.urls import reverse

from oportuno.doors.integrations.providers.sms.asking import ask, words
from oportuno.doors.integrations.smscatcher.signing import signature
from oportuno.people.messaging.api import gateways

STATES = {
    "delivered": gateways.Reported.DELIVERED,
    "read": gateways.Reported.DELIVERED,
    "undelivered": gateways.Reported.FAILED,
    "failed": gateways.Reported.FAILED,
    "canceled": gateways.Reported.FAILED,
}


class Twilio:
    """`user` is the account's SID, `password` its token, with which Twilio signs what it calls back."""

    name = "twilio"

    def __init__(self, base: str, user: str, password: str, sender: str) -> None:
        self.base, self.user, self.password, self.sender = base, user, password, sender

    def hand_over(self, *, message: str, to: str, text: str) -> str:
        callback = settings.ORIGIN + reverse("hooks:twilio-report", args=[message])
        sender = {"MessagingServiceSid" if self.sender.startswith("MG") else "From": self.sender}
        pair = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        answer = ask(
            f"{self.base}/2010-04-01/Accounts/{quote(self.user, safe='')}/Messages.json",
            method="POST",
            headers={"Authorization": f"Basic {pair}", "Content-Type": "application/x-www-form-urlencoded"},
            body=urlencode({"To": to, "Body": text, "StatusCallback": callback, **sender}).encode(),
        )
        if answer.status in (200, 201):
            return _reference(answer.body)
        if answer.status in (401, 403, 404, 429):  # the account's fault, or too many at once: nothing was taken
            raise gateways.TryLater(words(answer))
        if answer.status >= 500:
            raise gateways.Unclear(words(answer))
        raise gateways.Refused(words(answer))


def is_signed(token: str, address: str, given: Mapping[str, str], claimed: str) -> bool:
    return bool(token) and hmac.compare_digest(signature(token, address, given).encode(), claimed.encode("utf-8", "replace"))


def read_report(message: str, given: Mapping[str, str]) -> gateways.Report:
    state = given.get("MessageStatus") or given.get("SmsStatus") or ""
    told = " ".join(one for one in (given.get("ErrorCode", ""), given.get("ErrorMessage", "")) if one)
    return gateways.Report(
        STATES.get(state, gateways.Reported.UNDER_WAY), message=message, reference=given.get("MessageSid", "")[:120], told=told[:300]
    )


def _reference(body: bytes) -> str:
    try:
        found = json.loads(body)
    except ValueError:
        return ""
    return str(found.get("sid", ""))[:120] if isinstance(found, dict) else ""
