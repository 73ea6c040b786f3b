"""Meaning to send: the row stands before anything goes out, in the transaction of what caused it."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.ids import new_id
from oportuno.kernel.isolation import for_organisation
from oportuno.people.audience.api import addresses
from oportuno.people.messaging import rules
from oportuno.people.messaging.actions.queueing import give_job
from oportuno.people.messaging.facts import MessageQueued
from oportuno.people.messaging.models import Message, Purpose, StrangerMail
from oportuno.people.messaging.queries.frames import frame_of, sender_name
from oportuno.people.messaging.queries.rendering import Rendered, one_line, render_mail
from oportuno.people.messaging.queries.ways_out import way_out_for
from oportuno.people.organisations.api import Organisation


def send(
    *,
    template: str,
    to: str,
    organisation: int,
    context: Mapping[str, Any],
    language: str,
    key: str,
    at: datetime,
    purpose: str = Purpose.TRANSACTIONAL,
    agreed_to: str = "",
    contact: UUID | None = None,
    to_name: str = "",
    stranger: bool = False,
    secret: bool = False,
) -> Message | None:
    """Put a mail into the post of an organisation, in the running transaction; a worker hands it to the relay.

    `key` is the caller's name for this mail: the second time it answers the first one's row and sends nothing.
    `stranger`: nobody has proved the address; None when the market has written enough to it today (threat T20).
    `agreed_to` is the consent that a marketing mail rests on; it is looked at again when the mail goes out.
    `secret`: the text is forgotten once it is sent. Raises Refusal for what is no address.
    """
    address = checked_address(to)
    with for_organisation(organisation):
        if known := Message.objects.filter(organisation_id=organisation, key=key).first():
            return known
        if stranger and not _take_stranger_mail(address, organisation, at):
            return None
        owner = Organisation.objects.get(pk=organisation)
        message = Message(
            id=new_id(),
            key=key,
            purpose=purpose,
            agreed_to=agreed_to,
            to_address=address,
            to_name=one_line(to_name)[:160],
            from_name=sender_name(owner),
            contact_id=contact,
            template=template,
            language=language,
            secret=secret,
            created_at=at,
            next_at=at,
        )
        if purpose == Purpose.MARKETING:
            message.way_out = way_out_for(organisation, contact, agreed_to, language)
        mail = render_mail(template, context, language, frame_of(owner, purpose, message.way_out, language))
        return _queue(message, mail, at)


def send_written(*, subject: str, text: str, html: str, to: str, organisation: int, language: str, key: str, at: datetime) -> Message:
    """Put a mail into the post whose words another package wrote (sign-in, passwords). Its text is forgotten once sent."""
    with for_organisation(organisation):
        message = Message(
            id=new_id(),
            key=key,
            purpose=Purpose.TRANSACTIONAL,
            to_address=checked_address(to),
            from_name=sender_name(Organisation.objects.get(pk=organisation)),
            language=language,
            secret=True,
            created_at=at,
            next_at=at,
        )
        return _queue(message, Rendered(one_line(subject)[:300], text, html), at)


def checked_address(text: str) -> str:
    """The normal form of an e-mail address. Raises Refusal; also for one that carries a line of a header."""
    found = addresses.email(text)
    if found is None:
        raise Refusal(_("This is not an e-mail address we can write to."), field="email")
    return found.key


def forget_strangers(at: datetime) -> int:
    """Remove the counts of addresses that got nothing within a day; how many."""
    before = (at - rules.STRANGER_WINDOW).isoformat()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM stranger_mail WHERE COALESCE((mails->-1->>0)::timestamptz, '-infinity') < %s", [before])
        return int(cursor.rowcount)


def _queue(message: Message, mail: Rendered, at: datetime) -> Message:
    message.subject, message.text, message.html = mail.subject, mail.text, mail.html
    if not Message.objects.bulk_create([message], ignore_conflicts=True) or not Message.objects.filter(pk=message.pk).exists():
        return Message.objects.get(organisation_id=message.organisation_id, key=message.key)
    record(MessageQueued(message=message.pk, purpose=message.purpose, template=message.template, contact=message.contact_id, at=at))
    give_job(message.pk, message.channel)
    return message


def _take_stranger_mail(address: str, organisation: int, at: datetime) -> bool:
    """One more mail to this stranger, if the day allows it. The row is locked: a crowd is counted one by one."""
    digest = hmac.new(settings.SECRET_KEY.encode(), f"stranger {address}".encode(), hashlib.sha256).hexdigest()
    StrangerMail.objects.bulk_create([StrangerMail(address_digest=digest)], ignore_conflicts=True)
    row = StrangerMail.objects.select_for_update().get(pk=digest)
    mails = [(datetime.fromisoformat(moment), owner) for moment, owner in row.mails]
    if not rules.may_write_to_stranger(mails, organisation, at):
        return False
    kept = [(moment, owner) for moment, owner in mails if moment > at - rules.STRANGER_WINDOW]
    row.mails = [[moment.isoformat(), owner] for moment, owner in [*kept, (at, organisation)]]
    row.save(update_fields=["mails"])
    return True
