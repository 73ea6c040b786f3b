"""What is looked at in the transaction right before a message goes out: suppression, consent, the register, the law's hours, caps."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from oportuno.kernel.facts import record
from oportuno.people.audience.api import may_receive
from oportuno.people.messaging.actions.capping import frequency_of, lately
from oportuno.people.messaging.actions.counting import digest_of
from oportuno.people.messaging.actions.queueing import give_job
from oportuno.people.messaging.facts import MessageFailed, MessageHeldBack
from oportuno.people.messaging.models import Channel, ExcludedNumber, Message, Purpose, Scope, State, Suppression
from oportuno.people.messaging.queries.ruled import rules_of
from oportuno.people.messaging.rules.frequency import next_chance
from oportuno.people.messaging.rules.law import Law, law_of, next_allowed, zones_of_phone


def why_not(message: Message) -> str:
    """Why this message must not go out at all, or nothing."""
    scopes = [Scope.ALL, Scope.MARKETING] if message.purpose == Purpose.MARKETING else [Scope.ALL]
    held = (
        Suppression.objects.filter(
            organisation_id=message.organisation_id, channel=message.channel, key=message.to_address, scope__in=scopes
        )
        .values_list("reason", flat=True)
        .first()
    )
    if held:
        return f"suppressed: {held}"
    if message.purpose != Purpose.MARKETING:
        return ""
    if message.contact_id is None or not may_receive(message.contact_id, channel=message.channel, purpose=message.agreed_to):
        return "no consent"
    if message.channel == Channel.SMS and law_of(message.country).register and is_excluded(message.to_address):
        return "excluded by the state's register"
    return ""


def is_excluded(number: str) -> bool:
    return ExcludedNumber.objects.filter(pk=digest_of(number)).exists()


def held_back(message: Message, at: datetime) -> bool:
    """Whether it was held back just now, with its reason written down."""
    if not (reason := why_not(message)):
        return False
    message.state, message.told = State.SUPPRESSED, reason
    message.save(update_fields=["state", "told"])
    record(MessageHeldBack(message=message.pk, reason=reason, contact=message.contact_id, at=at))
    return True


def wait_until_allowed(message: Message, at: datetime) -> bool:
    """Whether the law or a cap says "later": then it waits for the first moment that both allow; a bulletin has a job of its own."""
    if not message.bound:
        return False
    law, zones = law_of(message.country), _zones(message)
    moment = next_allowed(_after_caps(message, at, law, zones), law, message.channel, zones)
    if moment is not None and moment <= at:
        return False
    if moment is None:  # no hours within two weeks: look again then
        moment = at + timedelta(days=14)
    message.state, message.next_at, message.told = State.QUEUED, moment, f"waits for the hours of {law.source or 'courtesy'}"
    message.save(update_fields=["state", "next_at", "told", "tries_unclear"])
    if message.frame_id is None:
        give_job(message.pk, message.channel, at=moment)
    return True


def give_up(message: Message, state: State, told: str, at: datetime) -> None:
    message.state, message.told = state, told[:500]
    message.save()
    record(MessageFailed(message=message.pk, reason=told[:100], contact=message.contact_id, at=at))


def _zones(message: Message) -> tuple[str, ...]:
    if message.zones:
        return tuple(message.zones)
    return zones_of_phone(message.to_address) if message.channel == Channel.SMS else ()


def _after_caps(message: Message, at: datetime, law: Law, zones: tuple[str, ...]) -> datetime:
    """The first moment that the frequency allows. Only where the organisation wants it."""
    limits = frequency_of(rules_of(message.organisation_id))
    if message.contact_id is None or not limits:
        return at
    local = at.astimezone(ZoneInfo((zones or law.zones)[0]))
    had = lately(message.organisation_id, [message.contact_id], [message.pk], at)
    return next_chance(had.get(message.contact_id, []), message.channel, local, limits)
