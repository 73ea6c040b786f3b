"""What happened is told once, and every reader hears it."""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Sequence
from uuid import UUID

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Broken
from oportuno.kernel.facts import Fact, Recorded, reader, record, record_all
from oportuno.kernel.facts.log import kind_number, name_kinds
from oportuno.kernel.facts.loop import ensure_cursors
from oportuno.kernel.facts.readers import BATCH, READERS, read_once
from oportuno.kernel.ids import new_id
from oportuno.kernel.isolation import for_market, for_organisation


class BellRung(Fact):
    bell: UUID
    times: int = 1
    subject = "bell"


class PagePassed(Fact):
    """Told often, and nothing that the readers here want."""


heard: list[int] = []


@reader("tests.listener", BellRung)
def listen(batch: Sequence[Recorded]) -> None:
    if any(fact.data.get("times") == 13 for fact in batch):
        raise ValueError("thirteen is too many")
    heard.extend(fact.id for fact in batch)


awaited: list[str] = []
heard_later: list[int] = []


@reader("tests.changing_its_mind", lambda: awaited)
def listen_now_and_then(batch: Sequence[Recorded]) -> None:
    heard_later.extend(fact.id for fact in batch)


@pytest.fixture(autouse=True)
def _silence() -> None:
    for one in (heard, heard_later, awaited):
        one.clear()


def read_to_the_end(batch: int = BATCH, name: str = "tests.listener") -> None:
    with transaction.atomic():
        name_kinds()
        ensure_cursors()
    assert any(not read_once(READERS[name], now(), batch=batch) for _ in range(2000)), "it reads for ever"


def others_have_ended() -> None:
    """Whoever else writes on this server, in whichever database, began after all that was told here."""
    deadline = time.monotonic() + 30
    while one("SELECT fact_horizon() > max(transaction) FROM fact") != (True,):
        assert time.monotonic() < deadline, "somebody writes for very long"


def tell(*facts: Fact) -> None:
    with for_organisation(1):
        record_all(facts)


def one(sql: str) -> object:
    with for_market("a test"), connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()


@pytest.mark.django_db(transaction=True)
def test_it_tells_a_reader_each_fact_once_and_in_order() -> None:
    with for_organisation(1):
        record_all(BellRung(bell=new_id(), at=now()) for _ in range(1200))
    read_to_the_end()
    read_to_the_end()
    assert len(heard) == 1200
    assert heard == sorted(set(heard))


@pytest.mark.django_db(transaction=True)
def test_it_keeps_of_a_fact_all_that_was_told() -> None:
    bell, somebody, moment = new_id(), new_id(), now()
    tell(BellRung(bell=bell, times=3, by=somebody, contact=new_id(), at=moment), PagePassed(visitor=somebody, at=moment))
    told = []
    with for_market("a test"), connection.cursor() as cursor:
        cursor.execute("SELECT organisation_id, kind_id, subject_id, person_id, visitor_id, at, data FROM fact ORDER BY id")
        told = [(*row[:-1], json.loads(row[-1])) for row in cursor.fetchall()]
    assert told == [
        (1, kind_number(BellRung.kind), bell, somebody, None, moment, {"times": 3}),
        (1, kind_number(PagePassed.kind), None, None, somebody, moment, {}),
    ]


@pytest.mark.django_db(transaction=True)
def test_it_looks_only_once_at_what_a_reader_does_not_want(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fifty of another kind, ten looked at a time: left behind, and what follows is heard."""
    monkeypatch.setattr("oportuno.kernel.facts.readers.LOOK", 10)
    tell(*(PagePassed(at=now()) for _ in range(50)))
    others_have_ended()
    read_to_the_end()
    assert one("SELECT c.fact = max(f.id) FROM reader_cursor c, fact f WHERE c.name = 'tests.listener' GROUP BY c.fact") == (True,)
    tell(*(PagePassed(at=now()) for _ in range(25)), BellRung(bell=new_id(), at=now()), PagePassed(at=now()))
    others_have_ended()
    read_to_the_end()
    assert len(heard) == 1


@pytest.mark.django_db(transaction=True)
def test_it_asks_anew_which_facts_a_reader_wants() -> None:
    listening = "tests.changing_its_mind"
    tell(BellRung(bell=new_id(), at=now()))
    read_to_the_end(name=listening)
    assert heard_later == []
    awaited.append(BellRung.kind)
    tell(BellRung(bell=new_id(), at=now()), PagePassed(at=now()))
    read_to_the_end(name=listening)
    assert len(heard_later) == 1


def test_it_refuses_a_reader_that_does_not_say_what_it_reads() -> None:
    with pytest.raises(Broken, match="which facts"):
        reader("tests.of_everything")


@pytest.mark.django_db(transaction=True)
def test_it_forgets_a_fact_whose_transaction_is_rolled_back() -> None:
    with pytest.raises(ZeroDivisionError), for_organisation(1):
        record(BellRung(bell=new_id(), at=now()))
        raise ZeroDivisionError
    read_to_the_end()
    assert heard == []


@pytest.mark.django_db(transaction=True)
def test_it_parks_a_fact_that_a_reader_cannot_take_and_goes_on() -> None:
    with for_organisation(1):
        record_all([BellRung(bell=new_id(), at=now(), times=n) for n in (1, 13, 2)])
    for _ in range(30):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE reader_cursor SET retry_at = NULL")
        read_to_the_end()
    with connection.cursor() as cursor:
        cursor.execute("SELECT reader, error FROM parked_fact")
        assert [(r, "thirteen" in e) for r, e in cursor.fetchall()] == [("tests.listener", True)]
    assert len(heard) == 2


@pytest.mark.django_db
def test_it_lets_nobody_change_what_was_told() -> None:
    with for_market("a test", organisation=1):
        record(BellRung(bell=new_id(), at=now()))
        for deed in ("UPDATE fact SET data = '{}'", "DELETE FROM fact"):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(deed)


@pytest.mark.django_db(transaction=True)
def test_it_skips_nothing_when_eight_writers_commit_in_random_order() -> None:
    """100,000 facts by 8 writers whose transactions overlap, while the reader reads."""
    settings = connection.get_connection_params()
    connect = {k: settings[k] for k in ("host", "port", "user", "password", "dbname") if k in settings}
    with transaction.atomic():
        name_kinds()
        ensure_cursors()
    done = threading.Event()

    def write(seed: int) -> None:
        chance = random.Random(seed)
        with psycopg.connect(**connect) as one, psycopg.connect(**connect) as other:
            left = 12_500
            while left:
                sizes = [min(left, chance.randint(1, 400))]
                sizes.append(min(left - sizes[0], chance.randint(0, 400)))
                left -= sum(sizes)
                for link, size in zip((one, other), sizes, strict=True):
                    link.execute("SELECT set_config('app.organisation', '1', true)")
                    link.execute(
                        "INSERT INTO fact (organisation_id, kind_id, at, data) SELECT 1, %s, now(), '{}' FROM generate_series(1, %s)",
                        [kind_number(BellRung.kind), size],
                    )
                for link in chance.sample([one, other], 2):  # the one that began last may commit first
                    link.commit()

    writers = [threading.Thread(target=write, args=(seed,)) for seed in range(8)]
    for writer in writers:
        writer.start()
    finisher = threading.Thread(target=lambda: ([w.join() for w in writers], done.set()))
    finisher.start()
    while not done.is_set():
        read_once(READERS["tests.listener"], now(), batch=5000)
    finisher.join()
    read_to_the_end(batch=5000)
    assert len(heard) == len(set(heard)) == 100_000


@pytest.mark.django_db(transaction=True)
def test_it_does_not_wait_for_another_database_of_the_same_server_but_for_its_own() -> None:
    settings = connection.get_connection_params()
    connect = {k: settings[k] for k in ("host", "port", "user", "password") if k in settings}
    with psycopg.connect(**connect, dbname="postgres") as elsewhere, psycopg.connect(**connect, dbname=settings["dbname"]) as slow:
        elsewhere.execute("SELECT pg_current_xact_id()")  # it has a number, no lock on any table, and stays open
        with for_organisation(1):
            record(BellRung(bell=new_id(), at=now()))
        read_to_the_end()
        assert len(heard) == 1
        slow.execute("SELECT pg_current_xact_id()")  # one of ours, that may yet tell something
        with for_organisation(1):
            record(BellRung(bell=new_id(), at=now()))
        read_to_the_end()
        assert len(heard) == 1
        slow.rollback()
        read_to_the_end()
        assert len(heard) == 2
