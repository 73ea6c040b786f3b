"""Django's own mail (sign-in, passwords) as messages of ours: kept, tried again, in one place with all others.

They are the market operator's: he runs the house that people sign in to, his name stands above, and his staff see in the
workbench whether they went out. Their text is forgotten once they are sent: links that sign in are nobody's to read.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends import smtp
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.utils.translation import get_language

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound
from oportuno.kernel.ids import new_id
from oportuno.people.messaging.actions.providers import the_provider
from oportuno.people.messaging.actions.sending import send_written
from oportuno.people.organisations.api import market_operator


class EmailBackend(BaseEmailBackend):
    """Each recipient gets a message of his own. Before the market has an operator, whose row could it be: it goes out at once."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        try:
            operator = market_operator().pk
        except NotFound:
            return _at_once(email_messages)
        for mail in email_messages:
            for address in mail.recipients():
                send_written(
                    subject=str(mail.subject),
                    text=str(mail.body),
                    html=_html(mail),
                    to=address,
                    organisation=operator,
                    language=get_language() or "es-co",
                    key=f"django:{new_id()}",
                    at=now(),
                )
        return len(email_messages)


def _at_once(mails: Sequence[EmailMessage]) -> int:
    if (provider := the_provider()) is None:
        return int(smtp.EmailBackend().send_messages(mails) or 0)
    for mail in mails:
        for address in mail.recipients():
            provider.hand_over(mail.message().as_bytes(), sender=mail.from_email, recipient=address)
    return len(mails)


def _html(mail: EmailMessage) -> str:
    alternatives = mail.alternatives if isinstance(mail, EmailMultiAlternatives) else []
    return next((str(one[0]) for one in alternatives if one[1] == "text/html"), "")
