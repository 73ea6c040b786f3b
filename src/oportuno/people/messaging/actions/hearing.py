"""What a provider tells of a mail after it took it: the same as what a mail that comes back proves."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID

from oportuno.kernel.facts import record
from oportuno.kernel.ids import new_id
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.people.messaging.actions.intake import follow, keep
from oportuno.people.messaging.actions.outcomes import mark
from oportuno.people.messaging.actions.providers import MailNews, News
from oportuno.people.messaging.actions.suppressing import suppress
from oportuno.people.messaging.facts import MessageSent
from oportuno.people.messaging.models import Channel, Effect, Incoming, Message, Scope, State
from oportuno.people.messaging.rules.incoming import Kind
from oportuno.people.messaging.rules.incoming.reasons import UNDEFINED, enhanced_code, is_hard, reason_of

KINDS = {News.DELIVERED: Kind.DELIVERED, News.BOUNCED: Kind.BOUNCE, News.LATE: Kind.BOUNCE, News.COMPLAINED: Kind.COMPLAINT}
IN_DOUBT = (State.QUEUED, State.SENDING, State.UNCLEAR)


def take_news(news: MailNews, at: datetime) -> bool:
    """Write it down and do what it proves; False when it is about no mail of ours. In any order, any number of times, it ends the same."""
    found = _about(news)
    if found is None:
        return False
    with for_organisation(found[1]):
        message = Message.objects.select_for_update().get(organisation_id=found[1], pk=found[0])
        _it_was_taken(message, at)
        if news.kind == News.LEFT:
            mark(message, "left", at)
            suppress(
                organisation=found[1], address=message.to_address, reason="stop", scope=Scope.MARKETING, contact=message.contact_id, at=at
            )
        elif news.kind == News.DELIVERED:  # no row of its own: there are as many as mails
            follow(Kind.DELIVERED, None, message, at)
        else:
            _write_down(news, message, at)
    return True


def _write_down(news: MailNews, message: Message, at: datetime) -> None:
    told = news.told.replace("\x00", "")
    status = enhanced_code(told)
    reason = reason_of(told, status)
    late = news.kind == News.LATE
    row = Incoming(
        id=new_id(), digest=_digest(news, message), kind=KINDS[news.kind], message=message, recipient=message.to_address,
        hard=news.kind == News.BOUNCED and _is_hard(news, reason, status, told), delayed=late, status=status[:16],
        reason=reason[:40], told=told[:300], proved=True, effect=Effect.SHOWN, at=at,
    )  # fmt: skip
    if keep(row):
        row.effect = follow(KINDS[news.kind], row, message, at)
        row.save(update_fields=["effect"])


def _is_hard(news: MailNews, reason: str, status: str, told: str) -> bool:
    """The provider says so, and what the reader's server said does not speak against it (a list of senders, a full mailbox)."""
    return news.hard and (reason == UNDEFINED or is_hard(reason, status=status, told=told, delayed=False))


def _it_was_taken(message: Message, at: datetime) -> None:
    """It got through, whatever the answer to its handing over was, or whoever died before he wrote that down."""
    if message.state not in IN_DOUBT:
        return
    message.state, message.sent_at, message.told = State.SENT, at, ""
    if message.secret:
        message.text = message.html = ""
    message.save()
    record(MessageSent(message=message.pk, purpose=message.purpose, template=message.template, contact=message.contact_id, at=at))


def _digest(news: MailNews, message: Message) -> str:
    """The same news twice is one row; where the provider has no name for it, one of each kind and words."""
    named = news.name or f"{message.pk} {news.kind} {news.told}"
    return hashlib.sha256(f"news {named}".encode()).hexdigest()


def _about(news: MailNews) -> tuple[UUID, int] | None:
    try:
        message = UUID(news.message)
    except ValueError:
        return None
    with for_market("a provider tells about a mail without knowing whose it is"):
        return Message.objects.filter(pk=message, channel=Channel.EMAIL).values_list("pk", "organisation_id").first()
