"""Kannel's sendsms over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.urls import reverse

from oportuno.doors.integrations.providers.sms.asking import ask, words
from oportuno.people.messaging.api import gateways, preview_sms

SALT = "sms.kannel"
DELIVERED, UNDELIVERABLE, REFUSED_BY_NETWORK = 1, 2, 16
MASK = DELIVERED + UNDELIVERABLE + REFUSED_BY_NETWORK
STATES = {DELIVERED: gateways.Reported.DELIVERED, UNDELIVERABLE: gateways.Reported.FAILED, REFUSED_BY_NETWORK: gateways.Reported.FAILED}


class Kannel:
    """It signs nothing, so that what it calls back carries a token of ours in its address."""

    name = "kannel"

    def __init__(self, base: str, user: str, password: str, sender: str) -> None:
        self.base, self.user, self.password, self.sender = base, user, password, sender

    def hand_over(self, *, message: str, to: str, text: str) -> str:
        asked = {
            "username": self.user,
            "password": self.password,
            "from": self.sender,
            "to": to,
            "text": text,
            "charset": "UTF-8",
            "coding": "2" if preview_sms(text).encoding == "UCS-2" else "0",
            "dlr-mask": str(MASK),
            "dlr-url": self.report_address(message),
        }
        answer = ask(f"{self.base}/cgi-bin/sendsms?{urlencode(asked)}")
        if answer.status in (200, 202):  # "0: Accepted for delivery", "3: Queued for later delivery"
            return ""
        if answer.status in (401, 403, 404, 503):  # not one text's fault: the account, the address, or "try again later"
            raise gateways.TryLater(words(answer))
        if answer.status >= 500:
            raise gateways.Unclear(words(answer))
        raise gateways.Refused(words(answer))

    def report_address(self, message: str) -> str:
        """Where Kannel tells what became of it; it puts its own words for %d, %F and %A."""
        path = reverse("hooks:kannel-report", args=[signing.dumps(message, salt=SALT)])
        return f"{settings.ORIGIN}{path}?state=%d&reference=%F&told=%A"

    @staticmethod
    def answers_token() -> str:
        """The secret part of the address that Kannel's sms-service calls with what people answer."""
        return signing.dumps("answers", salt=SALT)


def read_report(token: str, given: Mapping[str, str]) -> gateways.Report:
    """Raises Forged for a token that is not ours."""
    try:
        message = str(signing.loads(token, salt=SALT))
    except signing.BadSignature:
        raise gateways.Forged from None
    state = int(given["state"]) if given.get("state", "").isdigit() else 0
    return gateways.Report(
        STATES.get(state, gateways.Reported.UNDER_WAY),
        message=message,
        reference=given.get("reference", "")[:120],
        told=given.get("told", "")[:300],
    )


def knows_us(token: str) -> bool:
    """Whether it is the address for answers."""
    try:
        return bool(signing.loads(token, salt=SALT) == "answers")
    except signing.BadSignature:
        return False
