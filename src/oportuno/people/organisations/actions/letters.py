"""Letters about signing in and belonging: sent at once, in the reader's language, with links to our own origin only."""

from __future__ import annotations

from smtplib import SMTPException
from typing import Any

import structlog
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from oportuno.kernel.errors import NotFound, Refusal
from oportuno.people.organisations.models import Person
from oportuno.people.organisations.queries import operator

log = structlog.get_logger(__name__)


class MailAway(Refusal):
    """The mail server does not answer. Trying again later helps."""

    status = 503


def market_name() -> str:
    """How the market calls itself in letters and authenticator apps."""
    try:
        return operator().name
    except NotFound:
        return "Oportuno"


def language_of(address: str) -> str:
    """The language its reader chose; the page's, when she is nobody we know."""
    known = Person.objects.filter(pk__in=EmailAddress.objects.filter(email__iexact=address).values("user_id"))
    return known.values_list("language", flat=True).first() or get_language() or settings.LANGUAGE_CODE


def send_letter(name: str, address: str, *, route: str = "", key: str = "", **words: object) -> None:
    """Send `organisations/letters/<name>.txt`; its first line is the subject. Raises MailAway, sentence included.

    `route` names the page the letter links to (with `key` in its address), always behind settings.ORIGIN,
    whatever host a request named.
    """
    with override(language_of(address)):
        link = f"{settings.ORIGIN}{reverse(route, args=[key] if key else [])}" if route else ""
        given = {**words, "market": market_name(), "address": address, "link": link}
        subject, _blank, text = render_to_string(f"organisations/letters/{name}.txt", given).strip().partition("\n")
        given |= {
            "subject": subject.strip(),
            "parts": [part.strip() for part in text.split("\n\n") if part.strip()],
            "language": get_language(),
        }
        letter = EmailMultiAlternatives(subject.strip(), f"{text.strip()}\n", settings.DEFAULT_FROM_EMAIL, [address])
        letter.attach_alternative(render_to_string("organisations/letters/letter.html", given), "text/html")
        try:
            letter.send()
        except (OSError, SMTPException) as error:
            log.warning("letter.not_sent", letter=name, error=type(error).__name__)
            raise MailAway(_("We cannot send mail at the moment. Try again in a few minutes."))


def send_notice(name: str, address: str, **words: Any) -> None:
    """Send a letter whose loss must not undo what it tells."""
    try:
        send_letter(name, address, **words)
    except MailAway:
        return
