"""How much of marketing may go out today, looked at and counted in the transaction that marks mails as being sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Q

from oportuno.people.messaging.models import MailFrame, Message, SendingIdentity, SendingRules, State, TextCount
from oportuno.people.messaging.queries.ruled import rules_of
from oportuno.people.messaging.rules.frequency import Frequency, next_chance, week_of
from oportuno.people.messaging.rules.law import law_of
from oportuno.people.messaging.rules.warming import warm_cap
from oportuno.people.organisations.api import Organisation

KEPT = timedelta(days=2)


class Room:
    """What is left of an organisation's day. `left` None is no cap; `why` says which cap it is, `again` when there is room anew."""

    def __init__(self, organisation: int, at: datetime) -> None:
        owner = Organisation.objects.get(pk=organisation)
        local = at.astimezone(ZoneInfo(owner.time_zone))
        self.again = (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        self.key, self.until = f"mails {organisation} {local:%Y-%m-%d}", at + KEPT
        rules = rules_of(organisation)
        identity = SendingIdentity.objects.filter(organisation_id=organisation, warm_from__isnull=False).first()
        warm = warm_cap(identity.warm_from.astimezone(local.tzinfo).date(), local.date()) if identity and identity.warm_from else 0
        caps = [(most, why) for most, why in ((rules.mails_a_day, "daily cap"), (warm, "warm-up")) if most]
        self.left: int | None = None
        self.why = ""
        if caps:
            most, self.why = min(caps)
            self.left = max(0, most - self._used())

    def take(self, mails: int) -> None:
        """So many go out now. The row is locked: who sends at the same time counts after us."""
        if self.left is not None and mails:
            TextCount.objects.filter(pk=self.key).update(count=self._used() + mails)

    def give_back(self, mails: int) -> None:
        """So many were taken and did not go out."""
        if self.left is not None and mails:
            TextCount.objects.filter(pk=self.key).update(count=max(0, self._used() - mails))

    def _used(self) -> int:
        TextCount.objects.bulk_create([TextCount(key=self.key, until=self.until)], ignore_conflicts=True)
        return int(TextCount.objects.select_for_update().get(pk=self.key).count)


def frequency_of(rules: SendingRules) -> Frequency:
    """What an organisation allows itself of one person's attention."""
    a_day = min((one for one in (rules.mails_to_one_a_day, int(rules.caps_advertising)) if one), default=0)
    return Frequency(a_day=a_day, a_week=rules.mails_to_one_a_week, one_channel=rules.caps_advertising)


def put_off_the_often(frame: MailFrame, rows: Sequence[Message], at: datetime) -> set[UUID]:
    """Rows whose readers had enough for now wait for the next day that has room; which. Acts for the organisation."""
    limits = frequency_of(rules_of(frame.organisation_id))
    if not limits or not rows or not rows[0].bound:
        return set()
    with connection.cursor() as cursor:  # two bulletins to the same person at once: the second one sees the first
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('frequency'), %s)", [frame.organisation_id])
    later: dict[datetime, list[UUID]] = defaultdict(list)
    had = lately(frame.organisation_id, [row.contact_id for row in rows], [row.pk for row in rows], at)
    for row in rows:
        local = at.astimezone(ZoneInfo((row.zones or law_of(row.country).zones)[0]))
        chance = next_chance(had.get(row.contact_id, []), row.channel, local, limits)
        if chance > local:
            later[chance].append(row.pk)
    for chance, ids in later.items():
        Message.objects.filter(organisation_id=frame.organisation_id, pk__in=ids).update(
            next_at=chance, told="waits: its reader had enough for now"
        )
    return {pk for ids in later.values() for pk in ids}


def lately(
    organisation: int, contacts: Sequence[UUID | None], but: Sequence[UUID], at: datetime
) -> dict[UUID | None, list[tuple[str, datetime]]]:
    """What advertising these contacts of an organisation had this week or have under way: (channel, moment)."""
    since = week_of(at) - timedelta(days=1)  # whatever the reader's zone
    under_way = Q(state=State.SENDING) | Q(state=State.SENT, sent_at__gte=since)
    rows = Message.objects.filter(under_way, organisation_id=organisation, contact__in=contacts, bound=True).exclude(pk__in=but)
    found: dict[UUID | None, list[tuple[str, datetime]]] = defaultdict(list)
    for contact, channel, sent_at in rows.values_list("contact_id", "channel", "sent_at"):
        found[contact].append((channel, sent_at or at))
    return found
