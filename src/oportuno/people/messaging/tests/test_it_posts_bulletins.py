"""A bulletin to many: each reader once, lawfully, on pipelined lines, whoever dies on the way (T16, E1)."""

from __future__ import annotations

import collections
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from oportuno.kernel.facts import all_fact_classes
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.jobs import Lease
from oportuno.people.audience.api import Agreed, give, withdraw
from oportuno.people.audience.testing import FORM, make_contact
from oportuno.people.messaging.actions.pipelining import Fate, Mail, Pool
from oportuno.people.messaging.actions.printing import send_frame
from oportuno.people.messaging.actions.relay_log import relay_log
from oportuno.people.messaging.api import Message, Reader, State, make_frame, post_many, stop, suppress
from oportuno.people.messaging.models import MailFrame

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("America/Bogota"))
SUNDAY = MONDAY - timedelta(days=1)
SINK = Path(__file__).with_name("sink.py")


class Sink:
    """The relay's process, its log, and where it listens."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "mail.log"
        self.log.touch()
        self.running: list[subprocess.Popen[str]] = []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def start(self, *options: str) -> str:
        command = [sys.executable, str(SINK), str(self.port), str(self.log), *options]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout
        assert "listens" in process.stdout.readline()
        self.running.append(process)
        return f"smtp://127.0.0.1:{self.port}"

    def stop(self) -> None:
        while self.running:
            process = self.running.pop()
            process.kill()
            process.wait()

    def taken(self) -> collections.Counter[str]:
        """How many times each mail was taken, by its Message-ID."""
        return collections.Counter(re.findall(r"message-id=(<[^>]+>)", self.log.read_text()))


@pytest.fixture
def sink(tmp_path: Path, settings: Any) -> Iterator[Sink]:
    found = Sink(tmp_path)
    settings.HOME = tmp_path
    yield found
    found.stop()


def readers(alba: Any, many: int, address: Callable[[int], str] = lambda n: f"r{n}@example.com", **more: Any) -> list[Reader]:
    found = []
    with for_organisation(alba.organisation.pk):
        for number in range(many):
            contact = make_contact(alba.organisation, address(number))
            give(contact=contact, agreed=Agreed("offers"), circumstances=FORM, at=SUNDAY)
            found.append(Reader(contact.pk, address(number), f"Lector {number}", {"name": f"Ana {number}", "secret": "x"}, "CO", **more))
    return found


def bulletin(alba: Any, to: list[Reader], at: datetime = MONDAY) -> MailFrame:
    with for_organisation(alba.organisation.pk):
        frame = make_frame(
            organisation=alba.organisation.pk, subject="Rosas para {{ name }}", text="Hola {{ name }}", html="<p>Hola {{ name }}</p>",
            language="es-co", agreed_to="offers", at=at,
        )  # fmt: skip
        assert post_many(frame, to, at=at) == len(to)
        return frame


def send(alba: Any, frame: MailFrame, url: str, *, at: datetime = MONDAY, log: Any = lambda ids: None) -> int:
    pool = Pool(url)
    try:
        return send_frame(Lease(0, 0, alba.organisation.pk, "messaging.post"), frame.pk, pool=pool, log=log, at=at)
    finally:
        pool.close()


def states(alba: Any) -> dict[str, int]:
    with for_organisation(alba.organisation.pk):
        return dict(collections.Counter(Message.objects.exclude(frame=None).values_list("state", flat=True)))


@pytest.mark.parametrize("options", [[], ["--plain"]])
def test_each_reader_gets_it_once_also_from_a_relay_that_does_not_pipeline(alba, sink, options) -> None:
    url, to = sink.start(*options), readers(alba, 60)
    frame = bulletin(alba, to)
    with for_organisation(alba.organisation.pk):
        post_many(frame, to, at=MONDAY)
    assert send(alba, frame, url) == 60
    assert send(alba, frame, url) == 0
    assert states(alba) == {"sent": 60}
    assert set(sink.taken().values()) == {1}
    assert len(sink.taken()) == 60
    with for_organisation(alba.organisation.pk):
        assert all(set(row.fields) == {"name"} for row in Message.objects.exclude(frame=None)), "only what the words ask for is kept"


def test_who_left_or_is_suppressed_or_never_agreed_gets_nothing(alba, sink) -> None:
    url, to = sink.start(), readers(alba, 5)
    frame = bulletin(alba, to)
    withdraw(organisation=alba.organisation.pk, contact=to[0].contact, channel="email", purpose="offers", circumstances=FORM, at=MONDAY)
    suppress(organisation=alba.organisation.pk, address=to[1].address, reason="complaint", at=MONDAY)
    suppress(organisation=alba.organisation.pk, address=to[2].address, reason="stop", scope="marketing", at=MONDAY)
    send(alba, frame, url)
    assert states(alba) == {"suppressed": 3, "sent": 2}
    assert len(sink.taken()) == 2


def test_it_waits_for_the_law_of_its_readers_country(alba, sink) -> None:
    url = sink.start()
    frame = bulletin(alba, readers(alba, 3), at=SUNDAY)
    assert send(alba, frame, url, at=SUNDAY) == 0
    assert states(alba) == {"queued": 3}
    assert send(alba, frame, url, at=MONDAY) == 3


def test_a_stopped_bulletin_stands_still_until_it_goes_on(alba, sink) -> None:
    url = sink.start()
    frame = bulletin(alba, readers(alba, 3))
    with for_organisation(alba.organisation.pk):
        stop(frame.pk)
    assert send(alba, frame, url) == 0
    with for_organisation(alba.organisation.pk):
        stop(frame.pk, stopped=False)
    assert send(alba, frame, url) == 3


def test_refusals_are_of_one_reader_and_of_no_other(alba, sink) -> None:
    hosts = {3: "nobody.test", 7: "busy.test"}
    for kind, options in (("p", []), ("s", ["--plain"])):
        url = sink.start(*options)
        to = readers(alba, 20, lambda number, kind=kind: f"{kind}{number}@{hosts.get(number % 10, 'example.com')}")
        send(alba, bulletin(alba, to), url)
        sink.stop()
    assert states(alba) == {"sent": 32, "failed": 4, "queued": 4}
    assert len(sink.taken()) == 32
    with for_organisation(alba.organisation.pk):
        assert {row.told[:3] for row in Message.objects.filter(state=State.FAILED)} == {"550"}


def test_a_relay_that_is_away_costs_nobody_his_mail(alba, sink) -> None:
    frame = bulletin(alba, readers(alba, 4))
    assert send(alba, frame, f"smtp://127.0.0.1:{sink.port}") == 0
    assert states(alba) == {"queued": 4}
    assert send(alba, frame, sink.start(), at=MONDAY + timedelta(hours=1)) == 4


def test_lines_that_break_before_the_answer_lose_and_double_nothing_when_the_relay_keeps_a_log(alba, sink, settings) -> None:
    settings.MAIL_LOG = str(sink.log)
    url = sink.start("--drop", "23")
    frame = bulletin(alba, readers(alba, 300))
    for hour in range(12):
        send(alba, frame, url, at=MONDAY + timedelta(minutes=20 * hour), log=relay_log)
    assert states(alba) == {"sent": 300}
    assert len(sink.taken()) == 300
    assert set(sink.taken().values()) == {1}


def test_without_a_log_a_mail_in_doubt_is_sent_once_more_and_never_a_third_time(alba, sink) -> None:
    url = sink.start("--drop", "1")
    frame = bulletin(alba, readers(alba, 3))
    for hour in range(8):
        send(alba, frame, url, at=MONDAY + timedelta(minutes=20 * hour))
    assert states(alba) == {"unclear": 3}
    assert max(sink.taken().values()) <= 2


def test_the_fate_of_a_mail_is_told_apart_when_the_line_breaks(sink) -> None:
    url = sink.start("--drop", "3")
    pool = Pool(url, lines=1)
    mails = [Mail(str(n), "a@example.com", "b@example.com", b"Message-ID: <%d@x>\r\n\r\nx\r\n" % n) for n in range(7)]
    fates = {one.name: one.fate for one in pool.hand_over(mails)}
    assert fates == {"0": Fate.SENT, "1": Fate.SENT, "2": Fate.UNCLEAR, **dict.fromkeys("3456", Fate.LATER)}
    assert pool.kept == []


def test_what_happened_is_told_as_facts() -> None:
    assert {"messaging.message_sent", "messaging.message_held_back", "messaging.mail_bounced"} <= set(all_fact_classes())
