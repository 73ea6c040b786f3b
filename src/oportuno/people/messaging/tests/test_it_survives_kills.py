"""T16 and E1: a bulletin whose worker and database are killed again and again, to a relay that hangs up before its 250."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from oportuno.kernel.embedded import Cluster
from oportuno.kernel.embedded.processes import server_pid
from oportuno.kernel.testing import database
from oportuno.people.messaging.tests import dying
from oportuno.people.messaging.tests.test_it_posts_bulletins import Sink

MAILS = int(os.environ.get("OPORTUNO_KILLED_MAILS", "1000"))
KILLS = {"self": 20, "database": 5} if MAILS >= 10_000 else {"self": 8, "database": 3}
DROP = "197"  # the relay takes every so-manieth mail and hangs up before it says so


class Market:
    """A database server of its own that keeps what it said, and who works on it."""

    def __init__(self, folder: Path, log: Path) -> None:
        self.cluster = Cluster(folder / "pg")
        self.cluster.start()
        self.environment = {
            **os.environ, "OPORTUNO_TEST_CLUSTER": str(self.cluster.home), "OPORTUNO_PROCESS": "test", "OPORTUNO_HOME": str(folder),
            "OPORTUNO_MAIL_LOG": str(log), "OPORTUNO_TEST_DATABASE": "killed",
        }  # fmt: skip
        self.environment.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)

    def run(self, *asked: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, dying.__file__, *asked]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False, timeout=300)

    def said(self, *asked: str) -> str:
        done = self.run(*asked)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout.strip()


@pytest.fixture
def market(monkeypatch: Any) -> Iterator[tuple[Market, Sink]]:
    with tempfile.TemporaryDirectory(prefix="oportuno-killed-", dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        sink = Sink(folder)
        made = Market(folder, sink.log)
        monkeypatch.setenv("OPORTUNO_TEST_CLUSTER", str(made.cluster.home))
        database.clone(made.cluster, "killed")
        yield made, sink
        sink.stop()
        made.cluster.stop()


@pytest.mark.slow
def test_nobody_loses_a_mail_and_nobody_gets_it_twice(market: tuple[Market, Sink]) -> None:
    here, sink = market
    url = sink.start("--drop", DROP)
    organisation, frame = here.said("prepare", str(MAILS)).split()
    chance = random.Random(16)
    killed = [whom for whom, times in KILLS.items() for _ in range(times)]
    chance.shuffle(killed)
    minutes = 0
    for whom in killed:
        minutes += 60 * 24
        victim = "self" if whom == "self" else str(server_pid(here.cluster.data))
        ended = here.run("work", organisation, frame, url, str(minutes * 60), victim, str(chance.randint(3, MAILS // len(killed) // 2)))
        died = ended.returncode == -signal.SIGKILL or "OperationalError" in ended.stderr or "InterfaceError" in ended.stderr
        assert died, f"it died in the middle of it: {ended.stdout} {ended.stderr[-1500:]}"
        here.cluster.start()
    assert here.said("work", organisation, frame, url, str((minutes + 60 * 24) * 60)) == "done"
    told = json.loads(here.said("tell", organisation, frame))
    assert told == {"states": {"sent": MAILS}, "told": [MAILS, MAILS], "wrong": 0}
    taken = sink.taken()
    assert len(taken) == MAILS, "0 lost"
    assert set(taken.values()) == {1}, "0 extra"
