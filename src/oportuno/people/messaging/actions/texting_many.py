"""A text campaign: a row of intent for each reader, handed over one by one, at most once each, within law and caps.

    frame = make_text_frame(organisation=…, text="Hola {{ name }} …", …)
    text_many(frame, readers, at=at)                      # whose addresses are numbers in E.164; the same reader twice is once

What a reader's own words do to its parts is counted before anything goes out. Caps are counted in the transaction that means to
send: a full day goes on tomorrow. A row that a dead worker left half sent is left there and shown, for it may have cost money.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from django.conf import settings

from oportuno.kernel.disarmed import is_disarmed
from oportuno.kernel.errors import Broken, Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.ids import new_id
from oportuno.kernel.jobs import Lease
from oportuno.people.messaging.actions.counting import give_back, take_text
from oportuno.people.messaging.actions.gateways import TextGateway
from oportuno.people.messaging.actions.halting import cancel
from oportuno.people.messaging.actions.holding import give_up, held_back, wait_until_allowed
from oportuno.people.messaging.actions.posting import Reader, start
from oportuno.people.messaging.actions.texting import checked_text, finish, hand_over
from oportuno.people.messaging.facts import MessageHeldBack, TextCapReached
from oportuno.people.messaging.models import Channel, MailFrame, Message, Purpose, State
from oportuno.people.messaging.queries.frames import sender_name
from oportuno.people.messaging.queries.ruled import rules_of
from oportuno.people.messaging.rules.bulk import Merge
from oportuno.people.messaging.rules.caps import Cap, caps_on
from oportuno.people.messaging.rules.law import country_of_phone
from oportuno.people.messaging.rules.texts import preview_sms
from oportuno.people.organisations.api import Organisation

BATCH, MOST, LONGEST = 1_000, 2_000, 1_600
MOST_SECONDS = 60.0  # of one job: after that another one asks the clock, and the law, again
AWAY, LOOK_AGAIN = 3, timedelta(seconds=30)  # so many "later" one after another; when the gateway is asked again


def make_text_frame(
    *, organisation: int, text: str, language: str, at: datetime, purpose: str = Purpose.MARKETING, agreed_to: str = ""
) -> MailFrame:
    """What is the same for everybody. Acts for the organisation. Raises Refusal for no words, or more than ten parts."""
    if purpose == Purpose.MARKETING and not agreed_to:
        raise Broken("A text campaign needs the consent it rests on.")
    owner = Organisation.objects.get(pk=organisation)
    return MailFrame.objects.create(
        channel=Channel.SMS, purpose=purpose, agreed_to=agreed_to, language=language, from_name=sender_name(owner), subject="",
        text=checked_text(text), html="", created_at=at,
    )  # fmt: skip


def text_many(frame: MailFrame, readers: Iterable[Reader], *, at: datetime) -> int:
    """Rows of intent for these readers, in the running transaction; how many were new. Memory is that of a batch.

    A number of a country that the organisation did not choose, or words too long for a text, are held back with the reason.
    """
    owner = Organisation.objects.get(pk=frame.organisation_id)
    limits = rules_of(owner.pk)
    words, allowed = Merge.of(frame.text), {owner.country, *limits.countries}
    waiting, new = iter(readers), 0
    while batch := list(islice(waiting, BATCH)):
        rows = {f"{frame.pk}:{one.contact}": one for one in batch}
        known = set(Message.objects.filter(organisation_id=owner.pk, key__in=list(rows)).values_list("key", flat=True))
        made = [_row(frame, key, one, words, allowed, at) for key, one in rows.items() if key not in known]
        Message.objects.bulk_create(made, ignore_conflicts=True)
        new += len(made)
    start(frame)
    return new


def send_texts(lease: Lease, frame: UUID, *, gateway: TextGateway, at: datetime, most: int = MOST) -> int:
    """Go on with a text campaign until its rows are done, the law or a cap says later, or somebody stops it; how many were handed over."""
    if is_disarmed(settings.HOME):
        return 0
    handed, away, end = 0, 0, time.monotonic() + MOST_SECONDS
    while handed < most and (handed == 0 or time.monotonic() < end):
        with lease.step():
            found = MailFrame.objects.filter(organisation_id=lease.organisation, pk=frame, stopped=False).first()
            if found and found.cancelled:
                cancel([frame])
                return handed
            row = _next(found, at) if found else None
        if found is None or row is None:
            return handed
        outcome, told = hand_over(row, gateway)
        with lease.step():
            finish(Message.objects.select_for_update().get(organisation_id=lease.organisation, pk=row.pk), outcome, told, at)
            away = away + 1 if outcome == State.QUEUED else 0
            if outcome == State.QUEUED:
                give_back(_caps(row), at)
            if away == AWAY:  # the gateway takes nothing now: no use in asking for the others
                start(found, at=at + LOOK_AGAIN)
                return handed
        handed += 1
    with lease.step():
        start(MailFrame.objects.get(organisation_id=lease.organisation, pk=frame))
    return handed


def _row(frame: MailFrame, key: str, reader: Reader, words: Merge, allowed: set[str], at: datetime) -> Message:
    text, why = words.filled(reader.fields), ""
    try:
        text = checked_text(text)
    except Refusal:
        text, why = text[:LONGEST], "too long"
    country = country_of_phone(reader.address)
    if country not in allowed:
        why = "country"
    return Message(
        id=new_id(), organisation_id=frame.organisation_id, channel=Channel.SMS, key=key, purpose=frame.purpose, agreed_to=frame.agreed_to,
        to_address=reader.address, to_name=reader.name[:160], contact_id=reader.contact, frame=frame, language=frame.language, subject="",
        text=text, parts=preview_sms(text).segments, bound=frame.purpose == Purpose.MARKETING, country=country, zones=list(reader.zones),
        state=State.SUPPRESSED if why else State.QUEUED, told=f"text: {why}" if why else "", created_at=at, next_at=at,
    )  # fmt: skip


def _next(frame: MailFrame, at: datetime) -> Message | None:
    """The next text to hand over, marked as being sent; what must not go is held back on the way."""
    for dead in Message.objects.select_for_update(skip_locked=True).filter(
        organisation_id=frame.organisation_id, frame=frame, state=State.SENDING
    ):
        give_up(dead, State.UNCLEAR, "nobody saw how the try ended", at)
    waiting = Message.objects.filter(organisation_id=frame.organisation_id, frame=frame, state=State.QUEUED, next_at__lte=at).order_by("pk")
    while (row := waiting.select_for_update(skip_locked=True).first()) is not None:
        if held_back(row, at) or wait_until_allowed(row, at):
            continue
        if full := _full(row, at):
            if full != "number":
                _wait_for_tomorrow(frame, row, full, at)
                return None
            row.state, row.told = State.SUPPRESSED, "cap: number"
            row.save(update_fields=["state", "told"])
            record(MessageHeldBack(message=row.pk, reason=row.told, contact=row.contact_id, at=at))
            continue
        row.state, row.tries = State.SENDING, row.tries + 1
        row.save(update_fields=["state", "tries"])
        return row
    again = (
        Message.objects.filter(organisation_id=frame.organisation_id, frame=frame, state=State.QUEUED)
        .order_by("next_at")
        .values_list("next_at", flat=True)
        .first()
    )
    if again:
        start(frame, at=max(again, at))
    return None


def _full(row: Message, at: datetime) -> str:
    return take_text(_caps(row), at)


def _caps(row: Message) -> list[Cap]:
    owner = Organisation.objects.get(pk=row.organisation_id)
    most = rules_of(owner.pk).texts_a_day
    return caps_on(number=row.to_address, country=row.country, home=owner.country, organisation=owner.pk, texts_a_day=most, proven=True)


def _wait_for_tomorrow(frame: MailFrame, row: Message, full: str, at: datetime) -> None:
    """A cap of the day is reached: the rest goes on when the next one begins, and who runs the market hears of it."""
    cap = caps_on(number="", country="", home="", organisation=frame.organisation_id, texts_a_day=0, proven=True)[-1]
    MailFrame.objects.filter(organisation_id=frame.organisation_id, pk=frame.pk).update(waits_why="daily cap")
    record(TextCapReached(cap=full, country=row.country, at=at))
    start(frame, at=cap.window(at)[1])
