"""The page of one contact with ten thousand facts, among as many contacts as there are: what it takes to make it, and to go through its history.

python bench/customer_view.py [--quick] [--most NUMBER] [--json FILE]
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
from frame import Size, Workload, clocked, main, percentile, several
from scratch import Scratch
from segments import fill

FACTS = 10_000
OTHERS = 2  # facts of every other contact, so that the log is no table of one person
AT = datetime.now(UTC).replace(microsecond=0)
GOAL = 300  # ms, at a million contacts
ASKED = 20


def measure(size: Size) -> Iterator[Workload]:
    for count in size.steps:
        scratch = Scratch("customer_view")
        try:
            from oportuno.people.organisations.testing import Actor, make_organisation, make_person

            owner = make_person("Medida")
            actor = Actor(owner, make_organisation("Medida", owner=owner))
            assert actor.organisation
            organisation = int(actor.organisation.pk)
            ids = fill(scratch, organisation, count)
            one = ids[count // 2]
            know(organisation, one)
            fill_facts(scratch, organisation, one, ids)
            scratch.as_owner(
                "VACUUM (ANALYZE) contact", "VACUUM (ANALYZE) fact", "VACUUM (ANALYZE) contact_identity", "VACUUM (ANALYZE) message"
            )
            yield looked_at(actor, one, count, size.runs)
        finally:
            scratch.drop()


def know(organisation: int, one: UUID) -> None:
    """What members and the person herself wrote down: addresses, notes, consents, questions."""
    from oportuno.kernel.isolation import for_organisation
    from oportuno.people.audience import api
    from oportuno.people.audience.models import Contact, Identity, Note

    with for_organisation(organisation):
        contact = Contact.objects.get(pk=one)
        Identity.objects.create(contact=contact, kind="email", value="medida@example.com", key="medida@example.com", created_at=AT)
        Identity.objects.create(contact=contact, kind="phone", value="300", key="+573001234567", created_at=AT)
        for number in range(40):
            Note.objects.create(contact=contact, text=f"Nota {number}", by_id=one, by_name="Medida", at=AT - timedelta(days=number))
        for purpose in ("bulletin", "offers", "topics"):
            api.give(
                contact=contact,
                agreed=api.Agreed(purpose, words="Sí"),
                circumstances=api.Circumstances("form"),
                at=AT - timedelta(days=300),
            )


def fill_facts(scratch: Scratch, organisation: int, one: UUID, ids: list[UUID]) -> None:
    """Six months: of the one, mails sent, opened and clicked, pages seen, tags; of each other one, a mail and a page."""
    from oportuno.kernel.facts.log import kind_number

    kinds = [
        kind_number(kind)
        for kind in (
            "messaging.message_sent",
            "messaging.mail_opened",
            "messaging.mail_clicked",
            "audience.page_viewed",
            "audience.contact_tagged",
        )
    ]
    data = [
        '{"purpose": "marketing"}',
        '{"frame": "00000000-0000-0000-0000-000000000001", "machine": false}',
        '{"frame": "00000000-0000-0000-0000-000000000001", "machine": false, "link": "x"}',
        '{"path": "/productos/rosa-roja/"}',
        '{"added": ["vip"], "removed": []}',
    ]
    chance = random.Random(7)
    with psycopg.connect(**scratch.cluster.dsn("superuser", scratch.name)) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT fact_partition((date_trunc('month', now()) - make_interval(months => n))::date) FROM generate_series(0, 6) n"
        )
        with cursor.copy(b"COPY fact (at, organisation_id, kind_id, subject_id, contact_id, data) FROM STDIN") as out:
            for number in range(FACTS):
                turn = number % 5
                at = AT - timedelta(seconds=chance.randrange(170 * 86400))
                out.write_row((at, organisation, kinds[turn], UUID(int=number), one, data[turn]))
            for number, other in enumerate(ids):
                for turn in range(OTHERS):
                    out.write_row(
                        (
                            AT - timedelta(seconds=chance.randrange(170 * 86400)),
                            organisation,
                            kinds[turn * 3],
                            UUID(int=number),
                            other,
                            data[turn * 3],
                        )
                    )
        connection.commit()


def looked_at(actor: Any, one: UUID, count: int, runs: int) -> Workload:
    from django.conf import settings
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    settings.ALLOWED_HOSTS = ["*"]
    workload = Workload(
        f"the page of one contact among {count:,}",
        f"{FACTS:,} facts of the contact, {OTHERS} of each other one; 40 notes, 3 consents with their evidence; vacuumed",
        "the page twice; then each in one process, with its templates, without the web server",
    )
    address = actor.desk(f"contactos/{one}/")
    for _time in range(2):
        assert actor.client.get(address).status_code == 200
    pages = {"the page": "", "the same, only consent": "?show=consent", "only visits": "?show=visits"}
    for name, query in pages.items():
        times = [times for _run in range(runs) for times in several(ASKED, lambda query=query: ms(actor, address + query))]
        workload.add(f"{name}: half of them", "ms", [percentile(times, 0.5)], less=True)
        workload.add(f"{name}: 19 of 20", "ms", [percentile(times, 0.95)], less=True, goal=GOAL)
    workload.add(
        "a page deep in its history",
        "ms",
        several(runs, lambda: ms(actor, f"{address}?after={(AT - timedelta(days=120)).isoformat().replace('+', '%2B')}~1")),
        less=True,
        goal=GOAL,
    )
    with CaptureQueriesContext(
        connection,
    ) as asked:
        actor.client.get(address)
    workload.add("queries of the page", "", [len(asked)], less=True)
    workload.add("time in the database", "ms", [sum(float(query["time"]) for query in asked.captured_queries) * 1000], less=True)
    return workload


def ms(actor: Any, address: str) -> float:
    def get() -> None:
        answer = actor.client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code}")

    return clocked(get) * 1000


if __name__ == "__main__":
    main(measure, __doc__)
