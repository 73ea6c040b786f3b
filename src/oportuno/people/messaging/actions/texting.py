"""Text messages: counted before they are meant, looked at again right before they go, handed over at most once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from oportuno.kernel.disarmed import is_disarmed
from oportuno.kernel.errors import Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.ids import new_id
from oportuno.kernel.isolation import acting_organisation, for_organisation
from oportuno.kernel.jobs import Lease
from oportuno.people.audience.api import addresses
from oportuno.people.messaging import rules
from oportuno.people.messaging.actions.counting import take_text
from oportuno.people.messaging.actions.gateways import Refused, TextGateway, TryLater, Unclear
from oportuno.people.messaging.actions.holding import give_up, held_back, wait_until_allowed
from oportuno.people.messaging.actions.queueing import give_job
from oportuno.people.messaging.facts import MessageHeldBack, MessageQueued, MessageSent, TextCapReached
from oportuno.people.messaging.models import Channel, Message, Purpose, State
from oportuno.people.messaging.queries.ruled import rules_of
from oportuno.people.messaging.rules.caps import caps_on
from oportuno.people.messaging.rules.law import country_of_phone
from oportuno.people.messaging.rules.texts import preview_sms
from oportuno.people.organisations.api import Organisation

MOST_PARTS = 10


def send_text(
    *,
    text: str,
    to: str,
    organisation: int,
    key: str,
    at: datetime,
    language: str = "es-co",
    purpose: str = Purpose.TRANSACTIONAL,
    agreed_to: str = "",
    contact: UUID | None = None,
    to_name: str = "",
    proven: bool = False,
    secret: bool = False,
) -> Message:
    """Put a text message into the post, in the running transaction; a worker hands it to the gateway, at most once.

    `key` as of mails. `proven`: its reader showed that the number is his, or agreed to get texts; others are counted
    against narrow caps. What a cap forbids is kept as held back, and who runs the market hears of it.
    Raises Refusal for what is no number, no text, or for a country the organisation did not choose.
    """
    with for_organisation(organisation):
        if known := Message.objects.filter(organisation_id=organisation, key=key).first():
            return known
        owner = Organisation.objects.get(pk=organisation)
        number = checked_number(to, owner.country)
        words = checked_text(text)
        limits = rules_of(organisation)
        country = country_of_phone(number)
        if country not in {owner.country, *limits.countries}:
            raise Refusal(_("Texts to this number's country are not switched on for your organisation."), field="to")
        message = Message(
            id=new_id(), channel=Channel.SMS, key=key, purpose=purpose, agreed_to=agreed_to, to_address=number, to_name=to_name[:160],
            contact_id=contact, language=language, subject="", text=words, parts=preview_sms(words).segments, secret=secret,
            bound=purpose == Purpose.MARKETING, country=country, created_at=at, next_at=at,
        )  # fmt: skip
        caps = caps_on(
            number=number, country=country, home=owner.country, organisation=organisation, texts_a_day=limits.texts_a_day, proven=proven
        )
        return _queue(message, take_text(caps, at), at)


def checked_number(text: str, country: str) -> str:
    """E.164 of what somebody typed. Raises Refusal."""
    found = addresses.phone(text, country)
    if found is None:
        raise Refusal(_("This is not a phone number we can write to."), field="to")
    return found.key


def checked_text(text: str) -> str:
    """Words that fit a text message. Raises Refusal for none, and for more than ten parts."""
    words = "".join(letter for letter in text.replace("\r\n", "\n").strip() if letter == "\n" or letter.isprintable() or letter == "\u200d")
    if not words:
        raise Refusal(_("Write what the text message says."), field="text")
    if preview_sms(words).segments > MOST_PARTS:
        raise Refusal(_("This is too long for a text message: ten parts at most."), field="text")
    return words


def deliver_text(lease: Lease, message: UUID, *, gateway: TextGateway, at: datetime) -> None:
    """The one try. Whoever finds it half sent leaves it there: nobody knows whether the network has it, and it costs money."""
    if is_disarmed(settings.HOME):
        return
    with lease.step():
        found = _begin(message, at)
    if found is None:
        return
    outcome, told = hand_over(found, gateway)
    with lease.step():
        finish(Message.objects.select_for_update().get(organisation_id=lease.organisation, pk=message), outcome, told, at)


def hand_over(message: Message, gateway: TextGateway) -> tuple[State, str]:
    """The one try; what became of it, and what was told."""
    try:
        return State.SENT, gateway.hand_over(message=str(message.pk), to=message.to_address, text=message.text)
    except Refused as error:
        return State.FAILED, str(error)
    except TryLater as error:
        return State.QUEUED, str(error)
    except Unclear as error:
        return State.UNCLEAR, str(error)


def _queue(message: Message, full: str, at: datetime) -> Message:
    if full:
        message.state, message.told = State.SUPPRESSED, f"cap: {full}"
    if not Message.objects.bulk_create([message], ignore_conflicts=True) or not Message.objects.filter(pk=message.pk).exists():
        return Message.objects.get(organisation_id=message.organisation_id, key=message.key)
    if full:
        record(MessageHeldBack(message=message.pk, reason=message.told, contact=message.contact_id, at=at))
        record(TextCapReached(cap=full, country=message.country, at=at))
        return message
    record(MessageQueued(message=message.pk, purpose=message.purpose, template="", contact=message.contact_id, at=at))
    give_job(message.pk, message.channel)
    return message


def _begin(message: UUID, at: datetime) -> Message | None:
    found = (
        Message.objects.select_for_update()
        .filter(organisation_id=acting_organisation(), pk=message, channel=Channel.SMS, frame=None, state__in=[State.QUEUED, State.SENDING])
        .first()
    )
    if found is None:
        return None
    if found.state == State.SENDING:
        give_up(found, State.UNCLEAR, "nobody saw how the try ended", at)
        return None
    if found.state == State.QUEUED and found.next_at > at:  # it comes again at its hour
        return None
    if held_back(found, at) or wait_until_allowed(found, at):
        return None
    found.state = State.SENDING
    found.tries += 1
    found.save(update_fields=["state", "tries"])
    return found


def finish(message: Message, state: State, told: str, at: datetime) -> None:
    """Write down what became of a try. What was not taken is tried later: a campaign's by its own job, another by one for itself."""
    if message.state != State.SENDING:  # a report of the gateway was quicker than we
        return
    if state == State.SENT:
        message.state, message.sent_at, message.reference, message.told = state, at, told[:120], ""
        if message.secret:
            message.text = ""
        message.save()
        record(MessageSent(message=message.pk, purpose=message.purpose, contact=message.contact_id, at=at))
    elif state == State.QUEUED and (pause := rules.pause_after(message.tries)) is not None:
        message.state, message.told, message.next_at = state, told[:500], at + pause
        message.save(update_fields=["state", "told", "next_at"])
        if message.frame_id is None:
            give_job(message.pk, message.channel, at=message.next_at)
    else:
        give_up(message, State.FAILED if state == State.QUEUED else state, told, at)
