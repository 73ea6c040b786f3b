"""Sending a bulletin's rows: batch by batch, each row once."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import F

from oportuno.kernel.disarmed import is_disarmed
from oportuno.kernel.facts import record_all
from oportuno.kernel.isolation import acting_organisation
from oportuno.kernel.jobs import Lease
from oportuno.people.messaging import rules
from oportuno.people.messaging.actions.capping import Room, put_off_the_often
from oportuno.people.messaging.actions.guarding import watch
from oportuno.people.messaging.actions.halting import cancel
from oportuno.people.messaging.actions.intake import suppress_if_gone
from oportuno.people.messaging.actions.pipelining import Fate, Mail, Told
from oportuno.people.messaging.actions.posting import start
from oportuno.people.messaging.actions.providers import Hands
from oportuno.people.messaging.facts import MessageFailed, MessageHeldBack, MessageSent
from oportuno.people.messaging.models import MailFrame, Message, Purpose, State
from oportuno.people.messaging.queries.envelopes import bounces_to, sender_address
from oportuno.people.messaging.queries.signing import sender_for
from oportuno.people.messaging.queries.tracked import tracked
from oportuno.people.messaging.queries.ways_out import way_out_for, wishes_for
from oportuno.people.messaging.rules.bulk import Envelope, Press
from oportuno.people.messaging.rules.law import EMAIL, law_of, next_allowed
from oportuno.people.messaging.rules.wire import BEYOND_ASCII, on_the_wire

BATCH, MOST = 500, 10_000
MOST_SECONDS = 60.0  # of one job: a slow relay must not carry it past the hour at which the law says stop
HANDS = min(4, os.cpu_count() or 1)
NOT_NEEDED = ("text", "html", "subject", "key", "template", "told", "way_out", "reference", "from_name")
LOOK_AGAIN = timedelta(seconds=10)  # until what a relay took stands in its log
RelayLog = Callable[[Sequence[str]], set[str] | None]
"""Which of these Message-IDs the relay took; None when nobody can say."""

SUPPRESS = """
UPDATE message m SET state = 'suppressed', told = found.reason
FROM (
    SELECT m.id, CASE WHEN s.id IS NOT NULL THEN 'suppressed: ' || s.reason WHEN w.id IS NOT NULL THEN 'pace: ' || w.pace
        ELSE 'no consent' END AS reason
    FROM message m
    LEFT JOIN reader_wish w ON %(marketing)s AND w.organisation_id = m.organisation_id AND w.contact_id = m.contact_id AND w.pace <> 'all'
        AND EXISTS (SELECT FROM message b WHERE b.organisation_id = m.organisation_id AND b.contact_id = m.contact_id AND b.bound
            AND b.id <> m.id AND b.channel = 'email' AND (b.state = 'sending' OR (b.state = 'sent'
            AND b.sent_at > %(at)s::timestamptz - CASE w.pace WHEN 'weekly' THEN interval '7 days' ELSE interval '30 days' END)))
    LEFT JOIN suppression s ON s.organisation_id = m.organisation_id AND s.channel = 'email' AND s.key = m.to_address
        AND s.scope = ANY(%(scopes)s)
    WHERE m.organisation_id = %(organisation)s AND m.id = ANY(%(ids)s) AND (s.id IS NOT NULL OR w.id IS NOT NULL OR (%(marketing)s AND NOT EXISTS (
        SELECT FROM consent_state c WHERE c.organisation_id = m.organisation_id AND c.contact_id = m.contact_id
            AND c.channel = 'email' AND c.purpose = m.agreed_to AND c.standing = 'given'))))
found WHERE m.id = found.id RETURNING m.id, m.contact_id, m.told
"""
RESULT = """
UPDATE message m SET state = r.state, told = r.told, sent_at = CASE WHEN r.state = 'sent' THEN %s ELSE m.sent_at END,
    next_at = coalesce(r.next_at, m.next_at)
FROM (SELECT unnest(%s::uuid[]) AS id, unnest(%s::text[]) AS state, unnest(%s::text[]) AS told, unnest(%s::timestamptz[]) AS next_at) r
WHERE m.organisation_id = %s AND m.id = r.id AND m.state = 'sending' RETURNING m.id
"""


def send_frame(lease: Lease, frame: UUID, *, pool: Hands, log: RelayLog, at: datetime, most: int = MOST) -> int:
    """Go on with a bulletin until its rows are done, the law says later, or somebody stops it; how many were handed over.

    After `most` the rest goes on in a job of its own, which asks the clock and the law again.
    """
    if is_disarmed(settings.HOME):
        return 0
    with lease.step():
        _settle_doubts(frame, log, at)
        lawful, later = _countries(frame, at)
    handed, end = 0, time.monotonic() + MOST_SECONDS
    press: Press | None = None
    while handed < most and (handed == 0 or time.monotonic() < end):
        with lease.step():
            found = MailFrame.objects.filter(organisation_id=lease.organisation, pk=frame, stopped=False).first()
            if found and found.cancelled:
                cancel([frame])
                return handed
            rows = _claim(found, lawful, later, at, min(BATCH, pool.batch)) if found and not watch(frame, at) else None
            press = press or (press_for(found) if found and rows else None)
        if found is None or rows is None:
            return handed
        if rows and press:
            reached = [row for row in rows if on_the_wire(row.to_address)]
            told = [*pool.hand_over(_printed(press, reached)), *_unreached(rows, reached)]
            with lease.step():
                _write_down(rows, told, at)
                if found.purpose == Purpose.MARKETING:
                    Room(found.organisation_id, at).give_back(sum(one.fate == Fate.LATER for one in told))
                if all(one.fate in (Fate.LATER, Fate.UNCLEAR) for one in told):  # the relay is away: no use in asking for the others
                    start(found, at=at + LOOK_AGAIN)
                    return handed
                if any(one.fate == Fate.UNCLEAR for one in told):
                    start(found, at=at + LOOK_AGAIN)
        handed += len(rows)
    with lease.step():
        start(MailFrame.objects.get(organisation_id=lease.organisation, pk=frame))
    return handed


def press_for(frame: MailFrame) -> Press:
    """The bulletin ready to be printed. Its boundary is its own and the same in every try: the same mail stays the same.

    Acts for the organisation. Message-IDs are of the market's domain whoever signs: they never change.
    """
    sender = sender_for(frame.organisation_id)
    text, html, tokens = tracked(frame)
    return Press(
        subject=frame.subject, text=text, html=html, from_name=frame.from_name, from_address=sender.address,
        domain=sender_address().rpartition("@")[2], boundary="=_" + hashlib.sha256(frame.pk.bytes).hexdigest()[:32], at=frame.created_at,
        signer=sender.signer, tokens=tokens, reply_to=frame.reply_to, returns=sender.returns,
    )  # fmt: skip


def _printed(press: Press, rows: Sequence[Message]) -> list[Mail]:
    """Every mail, in order. A signature costs four times what the rest does, and lets other threads go on meanwhile."""
    if press.signer is None or len(rows) < 2 * HANDS:
        return [_mail(press, row) for row in rows]
    each = -(-len(rows) // HANDS)
    shares = [rows[at : at + each] for at in range(0, len(rows), each)]
    with ThreadPoolExecutor(HANDS, thread_name_prefix="printing") as hands:
        return [mail for share in hands.map(lambda some: [_mail(press, row) for row in some], shares) for mail in share]


def _unreached(rows: Sequence[Message], reached: Sequence[Message]) -> list[Told]:
    left = {row.pk for row in rows} - {row.pk for row in reached}
    return [Told(str(pk), Fate.REFUSED, BEYOND_ASCII) for pk in left]


def _mail(press: Press, row: Message) -> Mail:
    way_out, values = "", row.fields
    if row.purpose == Purpose.MARKETING:
        way_out = way_out_for(row.organisation_id, row.contact_id, row.agreed_to, row.language, row.pk)
        values = {**row.fields, "way_out": way_out, "preferences": wishes_for(row.organisation_id, row.contact_id, row.language)}
    to = on_the_wire(row.to_address)
    return Mail(str(row.pk), bounces_to(row.pk, press.returns), to, press.mail(Envelope(row.pk, to, row.to_name, way_out, values)))


def _claim(frame: MailFrame, lawful: list[str], later: datetime | None, at: datetime, most: int) -> list[Message] | None:
    """The next rows, marked as being sent; those that must not get it are held back in the same transaction. None when none is left."""
    room = Room(frame.organisation_id, at) if frame.purpose == Purpose.MARKETING else None
    if room and room.left == 0:
        _wait_for_room(frame, room)
        return None
    waiting = Message.objects.filter(
        organisation_id=frame.organisation_id, frame=frame, state=State.QUEUED, country__in=lawful, next_at__lte=at
    )
    most = most if room is None or room.left is None else min(most, room.left)
    rows = list(waiting.defer(*NOT_NEEDED).order_by("pk").select_for_update(skip_locked=True)[:most])
    if not rows:
        _come_again(frame, lawful, later, at)
        return None
    not_now = _hold_back(frame, [row.pk for row in rows], at) | put_off_the_often(frame, rows, at)
    going = [row for row in rows if row.pk not in not_now]
    Message.objects.filter(organisation_id=frame.organisation_id, pk__in=[row.pk for row in going]).update(
        state=State.SENDING, tries=F("tries") + 1
    )
    if room:
        room.take(len(going))
    if frame.waits_why:
        MailFrame.objects.filter(organisation_id=frame.organisation_id, pk=frame.pk).update(waits_why="")
    return going


def _wait_for_room(frame: MailFrame, room: Room) -> None:
    """Nothing more today; tomorrow it goes on by itself."""
    MailFrame.objects.filter(organisation_id=frame.organisation_id, pk=frame.pk).update(waits_why=room.why)
    start(frame, at=room.again)


def _countries(frame: UUID, at: datetime) -> tuple[list[str], datetime | None]:
    """Where the law lets it out now, and when it next does elsewhere. Transactional and service mail goes everywhere."""
    found = list(
        Message.objects.filter(organisation_id=acting_organisation(), frame=frame, state=State.QUEUED)
        .values_list("country", "bound")
        .distinct()
    )
    lawful, moments = [], []
    for country, bound in found:
        moment = next_allowed(at, law_of(country), EMAIL) if bound else at
        if moment == at:
            lawful.append(country)
        else:
            moments.append(moment or at + timedelta(days=14))
    return lawful, min(moments, default=None)


def _come_again(frame: MailFrame, lawful: list[str], later: datetime | None, at: datetime) -> None:
    """What the law or the relay puts off has its moment."""
    again = (
        Message.objects.filter(organisation_id=frame.organisation_id, frame=frame, state=State.QUEUED, country__in=lawful)
        .order_by("next_at")
        .values_list("next_at", flat=True)
        .first()
    )
    if moment := min((one for one in (again, later) if one is not None), default=None):
        start(frame, at=max(moment, at))


def _hold_back(frame: MailFrame, ids: list[UUID], at: datetime) -> set[UUID]:
    marketing = frame.purpose == "marketing"
    with connection.cursor() as cursor:
        cursor.execute(
            SUPPRESS,
            {
                "organisation": frame.organisation_id,
                "ids": ids,
                "scopes": ["all", "marketing"] if marketing else ["all"],
                "marketing": marketing,
                "at": at,
            },
        )
        rows = cursor.fetchall()
    record_all([MessageHeldBack(message=pk, reason=told, contact=contact, at=at) for pk, contact, told in rows])
    return {pk for pk, _, _ in rows}


def _settle_doubts(frame: UUID, log: RelayLog, at: datetime) -> None:
    """Rows that somebody left half sent: taken, says the relay's log, or not; where it cannot say, once more, never a third time."""
    rows = list(Message.objects.filter(organisation_id=acting_organisation(), frame=frame, state=State.SENDING).select_for_update())
    if not rows:
        return
    domain = sender_address().rpartition("@")[2]
    taken = log([f"<{row.pk}@{domain}>" for row in rows])
    told = []
    for row in rows:
        if taken is not None and f"<{row.pk}@{domain}>" in taken:
            told.append(Told(str(row.pk), Fate.SENT, "found in the relay's log"))
        elif taken is None and row.tries_unclear + 1 >= rules.MOST_UNCLEAR:
            told.append(Told(str(row.pk), Fate.UNCLEAR, "nobody saw how two tries ended"))
        else:
            told.append(Told(str(row.pk), Fate.LATER, ""))
    if taken is None:
        Message.objects.filter(organisation_id=acting_organisation(), pk__in=[row.pk for row in rows]).update(tries_unclear=1)
    _write_down(rows, told, at, settled=True)


def _write_down(rows: Sequence[Message], told: Sequence[Told], at: datetime, *, settled: bool = False) -> None:
    """Every fate in one statement, and what happened as facts. A broken line's mails stay in doubt until the log was asked."""
    of = {str(row.pk): row for row in rows}
    written = [(of[one.name], one, *_state(of[one.name], one, at, settled)) for one in told]
    with connection.cursor() as cursor:
        told_of = [[row.pk for row, *_ in written], [str(state) for _, _, state, _ in written], [one.words[:500] for _, one, *_ in written]]
        values: list[Any] = [at, *told_of, [moment for *_, moment in written], acting_organisation()]
        cursor.execute(RESULT, values)
        news = {pk for (pk,) in cursor.fetchall()}  # of others a provider told meanwhile what became of them
    written = [one for one in written if one[0].pk in news]
    record_all(
        MessageSent(message=row.pk, purpose=row.purpose, contact=row.contact_id, at=at)
        if state == State.SENT
        else MessageFailed(message=row.pk, reason=one.words[:100], contact=row.contact_id, at=at)
        for row, one, state, _ in written
        if state in (State.SENT, State.FAILED, State.UNCLEAR)
    )
    for row, one, state, _ in written:
        if state == State.FAILED:
            suppress_if_gone(row, one.words, at)


def _state(row: Message, one: Told, at: datetime, settled: bool) -> tuple[State, datetime | None]:
    """What becomes of a row, and when it is tried again."""
    if one.fate == Fate.SENT:
        return State.SENT, None
    if one.fate == Fate.REFUSED:
        return State.FAILED, None
    if one.fate == Fate.UNCLEAR:
        return (State.UNCLEAR if settled else State.SENDING), None
    pause = rules.pause_after(row.tries + 1)
    if settled:
        return State.QUEUED, at
    return (State.QUEUED, at + pause) if pause else (State.FAILED, None)
