"""Work that is put off: with its transaction, for its organisation, and never lost with its worker."""

from __future__ import annotations

import inspect
from datetime import timedelta

import pytest
from django.db import connection, transaction
from procrastinate.worker import Worker

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Broken, NotFound
from oportuno.kernel.isolation import acting_organisation, for_organisation
from oportuno.kernel.jobs import Lease, LeaseLost, defer, job, reaper, replay
from oportuno.kernel.jobs.reaper import reap

pytestmark = pytest.mark.django_db
ran_for: list[int] = []


@job("tests.note", tries=3)
def note(lease: Lease, *, word: str) -> None:
    with lease.step():
        ran_for.append(acting_organisation())


def rows() -> list[tuple[str, str, int]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, status::text, attempts FROM procrastinate_jobs ORDER BY id")
        return cursor.fetchall()


def take(worker_silent_for: int = 0) -> int:
    """What a worker does when it takes the next job; it last gave a sign of life so many seconds ago."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT procrastinate_register_worker_v1()")
        cursor.execute("SELECT max(id) FROM procrastinate_workers")
        worker = cursor.fetchone()[0]
        cursor.execute("SELECT id FROM procrastinate_fetch_job_v2(NULL, %s)", [worker])
        taken = cursor.fetchone()[0]
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - make_interval(secs => %s) WHERE id = %s", [worker_silent_for, worker]
        )
        return int(taken)


def test_it_forgets_a_job_whose_transaction_is_rolled_back() -> None:
    with for_organisation(1):
        defer("tests.note", word="kept")
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            defer("tests.note", word="lost")
            raise ZeroDivisionError
    assert len(rows()) == 1


def test_it_refuses_a_job_without_an_organisation() -> None:
    with pytest.raises(Broken, match="organisation"):
        defer("tests.note", word="whose?")
    assert rows() == []


def test_it_takes_a_dead_workers_job_up_within_a_minute() -> None:
    """The last sign of life, the silence, a round of the reaper, and the wait of an idle worker: at their longest."""
    waits = {name: one.default for name, one in inspect.signature(Worker.__init__).parameters.items()}
    assert waits["update_heartbeat_interval"] + reaper.SILENCE + reaper.PAUSE + waits["fetch_job_polling_interval"] < 60
    assert waits["update_heartbeat_interval"] * 2 < reaper.SILENCE  # nobody is taken for dead who was late once


def test_it_queues_a_job_once_when_asked_to() -> None:
    with for_organisation(1):
        assert defer("tests.note", word="a", once="reindex") is not None
        assert defer("tests.note", word="b", once="reindex") is None
    assert len(rows()) == 1


def test_it_does_not_hold_work_up_for_what_waits_for_its_hour() -> None:
    """A campaign for next week that is taken back and sent now goes out now: what waits on the same thing is not yet in its way."""
    with for_organisation(1):
        later = defer("tests.note", word="next week", at=now() + timedelta(days=7), one_at_a_time="a campaign")
        first = defer("tests.note", word="now", one_at_a_time="a campaign")
        second = defer("tests.note", word="then", one_at_a_time="a campaign")
    assert take() == first
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM procrastinate_fetch_job_v2(NULL, (SELECT max(id) FROM procrastinate_workers))")
        assert cursor.fetchone() == (None,), "one at a time, still"
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [first])
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE id = %s", [later])
    assert take() == later, "its hour has come, and it was asked for before the other"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [later])
    assert take() == second


def test_it_puts_back_the_job_of_a_dead_worker_and_gives_up_after_its_tries() -> None:
    with for_organisation(1):
        defer("tests.note", word="a")
    take(worker_silent_for=31)
    assert reap() == (1, 0)
    assert rows() == [("tests.note", "todo", 1)]
    take(worker_silent_for=31)
    assert reap() == (1, 0)
    take(worker_silent_for=31)
    assert reap() == (0, 1)
    assert rows()[0][1] == "failed"


def test_it_leaves_the_job_of_a_living_worker_alone() -> None:
    with for_organisation(1):
        defer("tests.note", word="a")
    take(worker_silent_for=20)
    assert reap() == (0, 0)


def test_it_is_not_stopped_by_a_dead_job_whose_twin_waits_already() -> None:
    with for_organisation(1):
        defer("tests.note", word="a", once="same")
        take(worker_silent_for=31)
        defer("tests.note", word="b", once="same")
        defer("tests.note", word="c")
    take(worker_silent_for=31)
    assert reap() == (2, 0)
    assert sorted(state for _, state, _ in rows()) == ["aborted", "todo", "todo"]


def test_it_lets_a_worker_that_lost_its_lease_commit_nothing() -> None:
    with for_organisation(1):
        defer("tests.note", word="a")
    lease = Lease(job=take(worker_silent_for=31), attempt=0, organisation=1, name="tests.note")
    reap()  # meanwhile the job is given to another worker
    with pytest.raises(LeaseLost), lease.step(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO idempotency_key (scope, key, request_digest, headers, body, at) VALUES ('a', 'b', '', '{}', '', now())")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM idempotency_key")
        assert cursor.fetchone() == (0,)


def test_it_acts_for_the_organisation_it_was_deferred_for() -> None:
    ran_for.clear()
    note(Lease(job=0, attempt=0, organisation=7, name="tests.note"), word="a")
    assert ran_for == [7]


def give_up(times: int) -> None:
    for _ in range(times):
        take(worker_silent_for=31)
        reap()


def test_it_gives_a_dead_letter_all_its_tries_again_when_it_is_replayed() -> None:
    with for_organisation(1):
        defer("tests.note", word="a")
    give_up(3)
    assert rows()[0][1] == "failed"
    assert replay(number()) == "tests.note"
    with pytest.raises(NotFound):
        replay(number())
    give_up(2)
    assert rows()[0][1] == "todo"
    give_up(1)
    assert rows()[0][1] == "failed"


def test_it_gives_a_lost_lease_back_to_nobody_not_even_after_a_replay() -> None:
    """A worker frozen in the first life of a job must not take its second for its own."""
    with for_organisation(1):
        defer("tests.note", word="a")
    first = Lease(job=take(worker_silent_for=31), attempt=0, organisation=1, name="tests.note")
    reap()
    give_up(2)
    replay(first.job)
    take()
    with pytest.raises(LeaseLost), first.step():
        pass


def number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM procrastinate_jobs")
        return int(cursor.fetchone()[0])
