"""Opens and clicks of bulletins: taken in memory, written once a second, judged some seconds later together with their neighbours.

What a crash loses of the first second, nobody misses; what is written is judged once, with its counts and facts in one transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection

from oportuno.kernel.clock import now
from oportuno.kernel.facts import Buffer, Fact, record_cheaply
from oportuno.kernel.isolation import for_market
from oportuno.kernel.jobs import Lease, defer
from oportuno.people.messaging.facts import MailClicked, MailOpened
from oportuno.people.messaging.models import MailClick, MailOutcome, MailVisit
from oportuno.people.messaging.rules.bulk.tracking import PICTURE
from oportuno.people.messaging.rules.visits import WAIT, Visit, judge

JOB = "messaging.judge_visits"
BATCH = 2_000
WHY = "opens and clicks of many organisations' bulletins are judged together"
Seen = tuple[UUID, UUID, str, datetime]
"""Message, link (PICTURE for none), what it shows by itself, and when."""

TAKE = """
INSERT INTO mail_visit (id, organisation_id, message_id, link_id, why, at)
SELECT gen_random_uuid(), m.organisation_id, m.id, l.id, v.why, v.at
FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::timestamptz[]) AS v (message, link, why, at)
JOIN message m ON m.id = v.message
JOIN mail_frame f ON f.id = m.frame_id AND f.track
LEFT JOIN mail_link l ON l.id = v.link AND l.frame_id = f.id
WHERE (l.id IS NOT NULL OR v.link = %s) AND NOT EXISTS (
    SELECT FROM reader_wish w WHERE w.contact_id = m.contact_id AND w.organisation_id = m.organisation_id AND w.uncounted)
"""
OUTCOME = """
INSERT INTO mail_outcome (id, organisation_id, message_id, frame_id, opened_at, machine_opened_at, clicked_at, machine_clicked_at, hard)
SELECT gen_random_uuid(), o.organisation, o.message, o.frame, o.opened, o.machine_opened, o.clicked, o.machine_clicked, false
FROM unnest(%s::int[], %s::uuid[], %s::uuid[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[])
    AS o (organisation, message, frame, opened, machine_opened, clicked, machine_clicked)
ON CONFLICT (message_id, organisation_id) DO UPDATE SET
    opened_at = coalesce(mail_outcome.opened_at, excluded.opened_at),
    machine_opened_at = coalesce(mail_outcome.machine_opened_at, excluded.machine_opened_at),
    clicked_at = coalesce(mail_outcome.clicked_at, excluded.clicked_at),
    machine_clicked_at = coalesce(mail_outcome.machine_clicked_at, excluded.machine_clicked_at)
"""
CLICK = """
INSERT INTO mail_click (id, organisation_id, message_id, link_id, frame_id, number, person_at, machine_at)
SELECT gen_random_uuid(), c.organisation, c.message, c.link, c.frame, c.number, c.person, c.machine
FROM unnest(%s::int[], %s::uuid[], %s::uuid[], %s::uuid[], %s::int[], %s::timestamptz[], %s::timestamptz[])
    AS c (organisation, message, link, frame, number, person, machine)
ON CONFLICT (message_id, link_id, organisation_id) DO UPDATE SET
    person_at = coalesce(mail_click.person_at, excluded.person_at), machine_at = coalesce(mail_click.machine_at, excluded.machine_at)
"""


def take_visits(seen: Sequence[Seen]) -> int:
    """Write down what was fetched and followed, and have it judged; how many of it is about bulletins that are tracked."""
    with for_market(WHY), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('synchronous_commit', 'off', true)")
        cursor.execute(TAKE, [*(list(column) for column in zip(*seen, strict=True)), PICTURE])
        taken = int(cursor.rowcount)
        if taken:
            defer(JOB, at=now() + WAIT, once=JOB, one_at_a_time=JOB)
    return taken


BUFFER: Buffer[Seen] = Buffer("mail visits", take_visits)


@dataclass
class Story:
    """All that is known of the visits of one mail."""

    organisation: int
    message: UUID
    frame: UUID
    contact: UUID | None
    sent_at: datetime | None
    waiting: list[tuple[Visit, UUID | None]] = field(default_factory=list)
    """Those to judge now, each with its link."""
    neighbours: list[Visit] = field(default_factory=list)
    firsts: dict[tuple[str, int, bool], datetime] = field(default_factory=dict)
    """("open" or "click", link's number, by a machine) → the first time."""
    links: dict[int, UUID] = field(default_factory=dict)

    def settle(self) -> None:
        """Judge what waits. Who followed a link has seen the mail, whether or not its pictures were fetched."""
        for visit, link in sorted(self.waiting, key=lambda one: one[0].at):
            machine = bool(judge(visit, self.neighbours, sent_at=self.sent_at))
            if visit.link is not None and link is not None:
                self.links[visit.link] = link
                self.firsts.setdefault(("click", visit.link, machine), visit.at)
            if visit.link is None or not machine:
                self.firsts.setdefault(("open", 0, machine), visit.at)

    def first(self, what: str, machine: bool) -> datetime | None:
        return min((at for (kind, _, by), at in self.firsts.items() if kind == what and by == machine), default=None)


def judge_visits(lease: Lease, *, at: datetime) -> int:
    """Judge all visits that have waited for their neighbours; how many. Acts for the market, batch by batch."""
    judged = 0
    while True:
        with lease.step():
            rows = list(_waiting(at))
            if not rows:
                remember(at)
                return judged
            _settle(rows)
        judged += len(rows)


def remember(at: datetime) -> None:
    """Have visits judged whose job got lost (a restored backup)."""
    if MailVisit.objects.exists():
        defer(JOB, at=at + WAIT, once=JOB, one_at_a_time=JOB)


def _waiting(at: datetime) -> Iterator[MailVisit]:
    due = MailVisit.objects.filter(at__lte=at - WAIT).select_related("message", "link").order_by("at", "pk")
    return iter(due.defer("message__text", "message__html")[:BATCH])


def _settle(rows: list[MailVisit]) -> None:
    stories: dict[UUID, Story] = {}
    for row in rows:
        mail = row.message
        assert mail.frame_id
        story = stories.setdefault(mail.pk, Story(mail.organisation_id, mail.pk, mail.frame_id, mail.contact_id, mail.sent_at))
        story.waiting.append((_visit(row), row.link_id))
    _gather_neighbours(stories)
    told = _known(stories)
    for story in stories.values():
        story.settle()
    _write(list(stories.values()))
    record_cheaply([pair for story in stories.values() for pair in _facts(story, told[story.message])])
    MailVisit.objects.filter(pk__in=[row.pk for row in rows]).delete()


def _visit(row: MailVisit) -> Visit:
    return Visit(row.at, row.link.number if row.link else None, row.why)


def _gather_neighbours(stories: dict[UUID, Story]) -> None:
    """What else came of the same mails: visits that are too young to be judged, and clicks that were judged before."""
    for row in MailVisit.objects.filter(message__in=list(stories)).select_related("link"):
        stories[row.message_id].neighbours.append(_visit(row))
    for click in MailClick.objects.filter(message__in=list(stories)):
        moments = [moment for moment in (click.person_at, click.machine_at) if moment]
        stories[click.message_id].neighbours += [Visit(moment, click.number) for moment in moments]


def _known(stories: dict[UUID, Story]) -> dict[UUID, set[tuple[str, int, bool]]]:
    """What was told of each mail before: facts tell each thing once."""
    known: dict[UUID, set[tuple[str, int, bool]]] = defaultdict(set)
    for row in MailOutcome.objects.filter(message__in=list(stories)).select_for_update():
        known[row.message_id] |= {
            ("open", 0, machine) for machine in (False, True) if (row.machine_opened_at if machine else row.opened_at)
        }
    for click in MailClick.objects.filter(message__in=list(stories)).select_for_update():
        known[click.message_id] |= {
            ("click", click.number, machine) for machine in (False, True) if (click.machine_at if machine else click.person_at)
        }
    return known


def _write(stories: list[Story]) -> None:
    outcomes = [
        (one.organisation, one.message, one.frame, *(one.first(what, machine) for what in ("open", "click") for machine in (False, True)))
        for one in stories
    ]
    clicks = [
        (one.organisation, one.message, link, one.frame, number, one.firsts.get(("click", number, False)), one.firsts.get(("click", number, True)))
        for one in stories
        for number, link in one.links.items()
    ]  # fmt: skip
    with connection.cursor() as cursor:
        for statement, rows in ((OUTCOME, outcomes), (CLICK, clicks)):
            if rows:
                cursor.execute(statement, [list(column) for column in zip(*rows, strict=True)])


def _facts(story: Story, told: set[tuple[str, int, bool]]) -> Iterator[tuple[int, Fact]]:
    for (what, number, machine), at in story.firsts.items():
        if (what, number, machine) in told:
            continue
        about = {"message": story.message, "frame": story.frame, "machine": machine, "contact": story.contact, "at": at}
        yield story.organisation, MailOpened(**about) if what == "open" else MailClicked(link=number, **about)  # type: ignore[arg-type]
