"""The mail of a message, ready for the relay. The same message always makes the same Message-ID."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from functools import cache
from uuid import UUID

from django.conf import settings

from oportuno.people.messaging.models import Message
from oportuno.people.messaging.rules.bulk import Signer
from oportuno.people.messaging.rules.returning import RETURNS, return_path
from oportuno.people.messaging.rules.wire import on_the_wire


def sender_address() -> str:
    """The address all mail comes from."""
    return _bare(settings.DEFAULT_FROM_EMAIL)


@cache
def _bare(address: str) -> str:
    return parseaddr(address)[1]


def bounces_to(message: UUID, host: str = "") -> str:
    """The return path of this mail: what comes back names it, and nobody can make that up. `host`: of its sender's own, else the market's."""
    to = f"{RETURNS}@{host}" if host else settings.BOUNCE_ADDRESS or sender_address()
    return return_path(message, to=to, key=settings.SECRET_KEY.encode())


def message_id(message: Message) -> str:
    return f"<{message.pk}@{sender_address().rpartition('@')[2]}>"


def raw_mail(message: Message, *, sender: str = "", signer: Signer | None = None) -> bytes:
    """As it goes out, with its signature in front. `sender` is the address above it, the market's by default."""
    raw = envelope(message, sender).as_bytes()
    if signer is None:
        return raw
    heads, _blank, body = raw.partition(b"\r\n\r\n")
    body = body.rstrip(b"\r\n") + b"\r\n"
    return signer.header(heads + b"\r\n", body) + heads + b"\r\n\r\n" + body


def envelope(message: Message, sender: str = "") -> EmailMessage:
    """Headers and parts, in seven bits: no relay has a reason to code them anew, and to break a signature.

    The `email` package refuses line breaks in headers; names and subjects hold none anyway.
    """
    mail = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    mail["From"] = Address(display_name=message.from_name, addr_spec=sender or sender_address())
    mail["To"] = Address(display_name=message.to_name, addr_spec=on_the_wire(message.to_address))
    mail["Subject"] = message.subject
    mail["Date"] = format_datetime(message.created_at)
    mail["Message-ID"] = message_id(message)
    if message.way_out:
        mail["List-Unsubscribe"] = f"<{message.way_out}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        mail["Precedence"] = "bulk"
    mail["Auto-Submitted"] = "auto-generated"  # a robot that answers mail leaves this one alone (RFC 3834, threat T21)
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(message.text)
    if message.html:
        mail.add_alternative(message.html, subtype="html")
    return mail
