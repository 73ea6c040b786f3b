"""Handing messages over, one at a time, so that whatever dies leaves at most the one in flight in doubt."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from oportuno.kernel.disarmed import is_disarmed
from oportuno.kernel.facts import record
from oportuno.kernel.isolation import acting_organisation
from oportuno.kernel.jobs import Lease
from oportuno.people.messaging import rules
from oportuno.people.messaging.actions.holding import give_up, held_back, wait_until_allowed
from oportuno.people.messaging.actions.intake import suppress_if_gone
from oportuno.people.messaging.actions.posting import start
from oportuno.people.messaging.actions.queueing import give_job
from oportuno.people.messaging.actions.relay import Refused, Relay, TryLater, Unclear
from oportuno.people.messaging.facts import MessageSent
from oportuno.people.messaging.models import Channel, MailFrame, Message, State
from oportuno.people.messaging.queries.envelopes import bounces_to, raw_mail
from oportuno.people.messaging.queries.signing import Sender, sender_for
from oportuno.people.messaging.rules.wire import BEYOND_ASCII, on_the_wire

FORGOTTEN = timedelta(minutes=15)  # a message waiting longer than its hour lost its job; the clock gives it a new one


def deliver(lease: Lease, message: UUID, *, relay: Relay, at: datetime) -> None:
    """One try. What the law and the list of suppressed addresses say is looked at in the transaction right before it."""
    if is_disarmed(settings.HOME):
        return
    with lease.step():
        found = _begin(message, at)
        identity = sender_for(found.organisation_id) if found else None
    if found is None or identity is None:
        return
    outcome = _hand_over(found, identity, relay)
    with lease.step():
        _end(Message.objects.select_for_update().get(organisation_id=lease.organisation, pk=message), *outcome, at)


def _hand_over(message: Message, identity: Sender, relay: Relay) -> tuple[State, str]:
    """The one try; what becomes of it, and what was told."""
    if not (to := on_the_wire(message.to_address)):
        return State.FAILED, BEYOND_ASCII
    try:
        mail = raw_mail(message, sender=identity.address, signer=identity.signer)
        return State.SENT, relay.hand_over(mail, sender=bounces_to(message.pk, identity.returns), recipient=to)
    except Refused as error:
        return State.FAILED, str(error)
    except TryLater as error:
        return State.QUEUED, str(error)
    except Unclear as error:
        return State.SENDING, str(error)


def give_jobs_to_forgotten(at: datetime, *, limit: int = 1000) -> int:
    """Messages whose job got lost (a restored backup, a disarmed market) are queued again; how many. Acts for the market."""
    if is_disarmed(settings.HOME):
        return 0
    forgotten = Message.objects.filter(state__in=[State.QUEUED, State.SENDING], next_at__lt=at - FORGOTTEN)
    frames = forgotten.filter(frame__isnull=False, frame__stopped=False).values("frame")
    for frame in MailFrame.objects.filter(pk__in=frames):
        start(frame)
    waiting = forgotten.filter(frame=None).order_by("next_at")[:limit]
    rows = list(waiting.values_list("pk", "organisation_id", "channel"))
    Message.objects.filter(pk__in=[pk for pk, _, _ in rows]).update(next_at=at)
    for pk, organisation, channel in rows:
        give_job(pk, channel, organisation=organisation, once=f"deliver {pk}")
    return len(rows)


def _begin(message: UUID, at: datetime) -> Message | None:
    """Mark it as being sent, or say why not. A message found half sent was in flight when somebody died."""
    found = (
        Message.objects.select_for_update()
        .filter(
            organisation_id=acting_organisation(), pk=message, channel=Channel.EMAIL, frame=None, state__in=[State.QUEUED, State.SENDING]
        )
        .first()
    )
    if found is None:
        return None
    if found.state == State.SENDING:
        found.tries_unclear += 1
        if found.tries_unclear >= rules.MOST_UNCLEAR:
            give_up(found, State.UNCLEAR, "nobody saw how two tries ended", at)
            return None
    if held_back(found, at) or wait_until_allowed(found, at):
        return None
    found.state = State.SENDING
    found.tries += 1
    found.save(update_fields=["state", "tries", "tries_unclear"])
    return found


def _end(message: Message, state: State, told: str, at: datetime) -> None:
    if message.state != State.SENDING:
        return  # a provider was quicker to tell what became of it
    message.told = told
    if state == State.SENT:
        message.state, message.sent_at = state, at
        _forget_secret(message)
        message.save()
        record(MessageSent(message=message.pk, purpose=message.purpose, template=message.template, contact=message.contact_id, at=at))
    elif state == State.FAILED:
        give_up(message, state, told, at)
        suppress_if_gone(message, told, at)
    elif (pause := rules.pause_after(message.tries)) is None:
        give_up(message, State.FAILED, told, at)
    else:
        message.state, message.next_at = state, at + pause
        message.save(update_fields=["state", "told", "next_at"])
        give_job(message.pk, message.channel, at=message.next_at)


def _forget_secret(message: Message) -> None:
    if message.secret:
        message.text = message.html = ""
