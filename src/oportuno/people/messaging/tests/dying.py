"""A bulletin's worker that dies, or kills its database, at a moment that somebody chose (T16).

python dying.py prepare MAILS                                          prints the organisation and the bulletin
python dying.py work ORGANISATION BULLETIN URL SECONDS [self|POSTMASTER EVENT]   goes on with it; `done` when nothing is left
python dying.py tell ORGANISATION BULLETIN                             prints the states, and how often each was told as sent
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import django

django.setup()

from django.db import connection

from oportuno.kernel.facts.log import kind_number
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.kernel.jobs import Lease
from oportuno.people.audience.testing import make_contact
from oportuno.people.messaging.actions import printing
from oportuno.people.messaging.actions.pipelining import Mail, Pool, Told
from oportuno.people.messaging.actions.printing import send_frame
from oportuno.people.messaging.actions.relay_log import relay_log
from oportuno.people.messaging.api import Message, Reader, State, counted_otherwise, make_frame, post_many
from oportuno.people.messaging.facts import MessageSent
from oportuno.people.organisations.testing import make_organisation, make_person

BEGIN = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


class Dying:
    """Counts what happens, and kills at its moment: this process, or the server of the database."""

    def __init__(self, whom: str, event: int) -> None:
        self.whom, self.left = whom, event

    def happens(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid() if self.whom == "self" else int(self.whom), signal.SIGKILL)

    def statement(self, execute: Callable[..., Any], *asked: Any) -> Any:
        self.happens()
        return execute(*asked)


class DyingPool(Pool):
    dying: Dying | None = None

    def hand_over(self, mails: Sequence[Mail]) -> Iterator[Told]:
        for told in super().hand_over(mails):
            if self.dying:
                self.dying.happens()
            yield told


def prepare(mails: int) -> None:
    organisation = make_organisation("Muere", owner=make_person("Muere"))
    with for_organisation(organisation.pk):
        frame = make_frame(
            organisation=organisation.pk, subject="x", text="Hola {{ name }}", html="<p>Hola {{ name }}</p>", language="es-co",
            purpose="service", at=BEGIN,
        )  # fmt: skip
        contact = make_contact(organisation, "all@example.com")
        post_many(frame, [Reader(contact.pk, "r0@example.com")], at=BEGIN)
        first = Message.objects.get(frame=frame)
        rows = [Message(key=f"{frame.pk}:{n}", **shared(first), to_address=f"r{n}@example.com") for n in range(1, mails)]
        Message.objects.bulk_create(rows, batch_size=1000)
    print(organisation.pk, frame.pk)


def shared(first: Message) -> dict[str, Any]:
    names = ("channel", "purpose", "from_name", "contact", "frame", "fields", "language", "subject", "created_at", "next_at")
    return {name: getattr(first, name) for name in names}


def work(organisation: int, frame: UUID, url: str, seconds: int, whom: str = "", event: int = 0) -> None:
    printing.BATCH = 40  # so that there is always something left to die in the middle of
    pool = DyingPool(url)
    pool.dying = dying = Dying(whom, event)
    at = BEGIN + timedelta(seconds=seconds)
    with connection.execute_wrapper(dying.statement):
        for _round in range(200):
            send_frame(Lease(0, 0, organisation, "messaging.post"), frame, pool=pool, log=relay_log, at=at)
            at += timedelta(minutes=20)
            with for_organisation(organisation):
                if not Message.objects.filter(frame=frame, state__in=[State.QUEUED, State.SENDING]).exists():
                    print("done")
                    return


def tell(organisation: int, frame: UUID) -> None:
    with for_market("a test counts"), connection.cursor() as cursor:
        states = Counter(Message.objects.filter(frame=frame).values_list("state", flat=True))
        cursor.execute("SELECT count(*), count(DISTINCT subject_id) FROM fact WHERE kind_id = %s", [kind_number(MessageSent.kind)])
        print(json.dumps({"states": states, "told": cursor.fetchone(), "wrong": counted_otherwise()}))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["prepare", mails]:
            prepare(int(mails))
        case ["work", organisation, frame, url, seconds, *dies]:
            work(int(organisation), UUID(frame), url, int(seconds), *(dies[:1]), *(int(one) for one in dies[1:]))
        case ["tell", organisation, frame]:
            tell(int(organisation), UUID(frame))
