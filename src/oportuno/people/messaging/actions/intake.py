"""Mail that comes in: understood, written down once, and what it proves is done at once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings

from oportuno.kernel.errors import Broken, NotFound
from oportuno.kernel.facts import record
from oportuno.kernel.ids import new_id
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.people.messaging.actions.guarding import watch
from oportuno.people.messaging.actions.outcomes import mark
from oportuno.people.messaging.actions.suppressing import suppress
from oportuno.people.messaging.facts import ComplaintReceived, MailAnswered, MailBounced, MessageDelivered
from oportuno.people.messaging.models import Channel, Effect, Incoming, Message
from oportuno.people.messaging.rules.incoming import Kind, Row, Verdict, classify
from oportuno.people.messaging.rules.incoming.reasons import enhanced_code, is_hard, reason_of
from oportuno.people.messaging.rules.returning import message_of
from oportuno.people.messaging.rules.sending import SOFT_SPAN, failed_often
from oportuno.people.organisations.api import market_operator

LONGEST_REPLY = 4000


def take_mail(raw: bytes, *, recipients: Sequence[str] = (), within: int | None = None, at: datetime) -> Incoming | None:
    """Take in one mail; its row, or None when it was taken already or the market has no operator to show it to.

    `recipients` are those of its envelope, where the door knows them; else the headers that servers write are read.
    `within`: it lay in the mailbox of this organisation, so it proves nothing about mail of others, and the rest is its own.
    Nothing is answered, ever: two robots cannot talk through us (threat T21).
    """
    verdict = classify(raw)
    known = _ours(verdict, recipients or _recipients_in(raw), within)
    try:
        organisation = known[1] if known else within or market_operator().pk
    except NotFound:
        return None
    with for_organisation(organisation):
        message = Message.objects.select_for_update().get(organisation_id=organisation, pk=known[0]) if known else None
        digest = hashlib.sha256(raw).hexdigest()
        if Incoming.objects.filter(organisation_id=organisation, digest=digest).exists():
            return None
        row = _row_about(verdict, message)
        answered = None if message else _answered(verdict, organisation)
        found = Incoming(
            id=new_id(), digest=digest, kind=verdict.kind, message=message or answered, sender=verdict.sender, subject=verdict.subject[:300],
            recipient=row.recipient.lower()[:254], hard=row.hard, delayed=row.delayed, status=row.status[:16], reason=row.reason[:40],
            told=row.told[:300], reply=verdict.reply[:LONGEST_REPLY], proved=message is not None, effect=Effect.SHOWN, at=at,
        )  # fmt: skip
        if not keep(found):
            return None
        found.effect = follow(verdict.kind, found, message, at)
        found.save(update_fields=["effect"])
        if answered and verdict.kind == Kind.NONE:
            record(MailAnswered(message=answered.pk, letter=found.pk, contact=answered.contact_id, at=at))
        return found


def suppress_if_gone(message: Message, told: str, at: datetime) -> None:
    """The relay itself said that there is no such address: that is a bounce, too."""
    status = enhanced_code(told)
    reason = reason_of(told, status)
    if reason != "undefined" and is_hard(reason, status=status, told=told, delayed=False):
        _suppress(message, "bounce", at)
        record(MailBounced(message=message.pk, hard=True, reason=reason, contact=message.contact_id, at=at))
        mark(message, "bounced", None, hard=True)


def keep(found: Incoming) -> bool:
    """Write it down, in the running transaction; False when it was there already."""
    return bool(Incoming.objects.bulk_create([found], ignore_conflicts=True)) and Incoming.objects.filter(pk=found.pk).exists()


def follow(kind: Kind, found: Incoming | None, message: Message | None, at: datetime) -> Effect:
    """Do what it proves about `message`. Acts for its organisation; receipts may come without a row of their own."""
    if kind in (Kind.NONE, Kind.AUTOREPLY):
        return Effect.SHOWN
    if message is None:
        return Effect.UNPROVED
    if kind == Kind.DELIVERED:
        if message.delivered_at is None:
            message.delivered_at = at
            message.save(update_fields=["delivered_at"])
            record(MessageDelivered(message=message.pk, contact=message.contact_id, at=at))
            mark(message, "delivered", at)
        return Effect.COUNTED
    if found is None:
        raise Broken("Only a receipt needs no row.")
    if kind == Kind.COMPLAINT:
        record(ComplaintReceived(message=message.pk, reason=found.reason, contact=message.contact_id, at=at))
        mark(message, "complained", at)
        watch(message.frame_id, at)
        return _suppress(message, "complaint", at)
    record(MailBounced(message=message.pk, hard=found.hard, reason=found.reason, contact=message.contact_id, at=at))
    if not found.delayed:
        mark(message, "bounced", at, hard=found.hard)
        watch(message.frame_id, at)
    if found.hard:
        return _suppress(message, "bounce", at)
    if not found.delayed and failed_often(_soft_days(message, at)):
        return _suppress(message, "soft bounces", at)
    return Effect.COUNTED


def _suppress(message: Message, reason: str, at: datetime) -> Effect:
    suppress(organisation=message.organisation_id, address=message.to_address, reason=reason, contact=message.contact_id, at=at)
    return Effect.SUPPRESSED


def _soft_days(message: Message, at: datetime) -> int:
    moments = Incoming.objects.filter(
        organisation_id=message.organisation_id,
        recipient=message.to_address,
        kind=Kind.BOUNCE,
        proved=True,
        hard=False,
        delayed=False,
        forgiven=False,
        at__gt=at - SOFT_SPAN,
    ).values_list("at", flat=True)
    return len({moment.date() for moment in moments[:1000]})


def _row_about(verdict: Verdict, message: Message | None) -> Row:
    """What is told of the reader of our mail. He may get it at another address than ours; then the only row is his."""
    if message is None:
        return next(iter(verdict.rows), Row(""))
    rows = [row for row in verdict.rows if row.recipient.lower() == message.to_address] or list(verdict.rows)[:1]
    row = rows[0] if rows else Row("")
    return Row(message.to_address, row.hard, row.status, row.reason, row.delayed, row.told)


def _ours(verdict: Verdict, recipients: Sequence[str], within: int | None) -> tuple[UUID, int] | None:
    """The mail of ours it is about: by the return path it came to, or, for complaints, by the Message-ID that its reader got."""
    key = settings.SECRET_KEY.encode()
    named = next((found for one in recipients if (found := message_of(one, key=key))), None)
    if named is None and verdict.kind == Kind.COMPLAINT:
        named = _uuid(verdict.message_id.strip("<>").partition("@")[0])
    if named is None:
        return None
    with for_market("a mail that comes back says by its return path whose it was"):
        rows = Message.objects.filter(pk=named, channel=Channel.EMAIL)
        rows = rows if within is None else rows.filter(organisation_id=within)
        return rows.values_list("pk", "organisation_id").first()


def _answered(verdict: Verdict, organisation: int) -> Message | None:
    """The mail of this organisation that a letter answers. It proves nothing: whoever was forwarded the mail knows its name, too."""
    named = [found for one in verdict.thread if (found := _uuid(one.strip("<>").partition("@")[0]))]
    of = Message.objects.filter(organisation_id=organisation, channel=Channel.EMAIL, pk__in=named).defer("text", "html").in_bulk()
    return next((of[one] for one in named if one in of), None)


def _recipients_in(raw: bytes) -> list[str]:
    """To whom servers say that they delivered it; the header for people comes last."""
    head = raw[:20_000].replace(b"\r\n", b"\n").partition(b"\n\n")[0].decode("utf-8", "replace")
    found = []
    for name in ("x-caught-to:", "x-original-to:", "delivered-to:", "envelope-to:", "to:"):
        found += [line.partition(":")[2].strip() for line in head.split("\n") if line.lower().startswith(name)]
    return found


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
