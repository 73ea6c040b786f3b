"""Real workers, killed and frozen in the middle of a job: nothing is lost, nothing is done twice (T34)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from oportuno.kernel.facts import loop
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.jobs import defer, reaper, worker
from oportuno.kernel.jobs.defining import DECLARED_DEAD
from oportuno.kernel.jobs.tests import slow_jobs

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
Start = Callable[[], "subprocess.Popen[bytes]"]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts a worker of this test's database; all of them are gone at its end."""
    started: list[subprocess.Popen[bytes]] = []

    def one() -> subprocess.Popen[bytes]:
        environment = {**os.environ, "OPORTUNO_PROCESS": "worker", "PYTHONPATH": os.pathsep.join(sys.path)}
        started.append(subprocess.Popen([sys.executable, "-c", slow_jobs.WORKER], env=environment))
        return started[-1]

    yield one
    for process in started:
        process.kill()
        process.wait()


def until(true: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.05)


def ask(query: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def put_off(name: str, **ids: str) -> None:
    with for_organisation(1):
        defer(name, **ids)


def half_a_minute_passes() -> None:
    """Nobody who is dead or frozen gave a sign of life meanwhile."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '31 s'")


def effects() -> int:
    return int(ask(slow_jobs.EFFECTS))


def state() -> str:
    return str(ask("SELECT status::text FROM procrastinate_jobs WHERE task_name = 'tests.slow'"))


def test_it_goes_on_with_the_job_of_a_worker_that_was_killed(start: Start, tmp_path: Path) -> None:
    put_off("tests.slow", folder=str(tmp_path))
    first = start()
    until((tmp_path / "begun-0").exists)
    first.kill()
    first.wait()
    assert effects() == 0
    half_a_minute_passes()
    start()
    until(lambda: state() == "succeeded")
    assert effects() == 1


def test_it_does_nothing_twice_when_a_frozen_worker_comes_back(start: Start, tmp_path: Path) -> None:
    put_off("tests.slow", folder=str(tmp_path))
    first = start()
    until((tmp_path / "begun-0").exists)
    first.send_signal(signal.SIGSTOP)
    half_a_minute_passes()
    start()
    until((tmp_path / "begun-1").exists)
    (tmp_path / "go").touch()
    first.send_signal(signal.SIGCONT)
    assert first.wait(60) == DECLARED_DEAD
    until(lambda: state() == "succeeded")
    assert (effects(), ask("SELECT attempts FROM procrastinate_jobs WHERE task_name = 'tests.slow'")) == (1, 2)


def test_what_a_worker_had_locked_in_the_queue_when_it_froze_is_freed_by_the_server() -> None:
    put_off("tests.quick")
    frozen = psycopg.connect(**worker.login(frozen=1))
    frozen.execute("SELECT 1 FROM procrastinate_jobs FOR UPDATE")
    with connection.cursor() as cursor:  # waits as whoever starts would
        cursor.execute("SET statement_timeout = '60s'")
        cursor.execute("UPDATE procrastinate_jobs SET priority = priority")
        cursor.execute("RESET statement_timeout")
    with pytest.raises(psycopg.Error):
        frozen.execute("SELECT 1")
    frozen.close()


def test_it_puts_a_long_job_back_when_its_worker_is_closed(start: Start, tmp_path: Path) -> None:
    """Closing is no failure: however often the market was closed, the job is there and goes on behind its last step."""
    put_off("tests.steps", folder=str(tmp_path))
    for closed in range(3):  # more often than it has tries
        worker = start()
        until((tmp_path / f"stepped-{closed}").exists)
        worker.terminate()
        assert worker.wait(60) == 0
        assert ask("SELECT status::text || attempts FROM procrastinate_jobs WHERE task_name = 'tests.steps'") == f"todo{closed + 1}"
        assert ask("SELECT count(*) FROM procrastinate_workers") == 0
    (tmp_path / "enough").touch()
    start()
    until(lambda: ask("SELECT status::text FROM procrastinate_jobs WHERE task_name = 'tests.steps'") == "succeeded")


def test_it_works_on_beside_a_job_that_never_goes_well(start: Start) -> None:
    for _ in range(5):
        put_off("tests.poison")
        put_off("tests.quick")
    start()
    until(lambda: effects() == 5)
    assert ask("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'tests.poison' AND attempts > 0") == 5


@pytest.mark.parametrize("which", ["reaper", "readers"])
def test_it_keeps_reaping_and_reading_whatever_happens(which: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A defect in one round must not end the thread: nobody would notice."""
    stop, rounds = threading.Event(), []

    def stumble(*_: object, **__: object) -> int:
        rounds.append(1)
        if len(rounds) > 1:
            stop.set()
        raise RuntimeError("a defect of ours")

    if which == "reaper":
        monkeypatch.setattr(reaper, "PAUSE", 0.01)
        monkeypatch.setattr(reaper, "reap", stumble)
        reaper.run(stop)
    else:
        monkeypatch.setattr(loop, "read_all", stumble)
        loop.run(stop, lambda: None)
    assert len(rounds) == 2
