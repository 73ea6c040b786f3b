"""A campaign whose worker is killed again and again while it walks through two thousand readers: each is gathered once."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from oportuno.growth.campaigns.tests import dying
from oportuno.kernel.embedded import Cluster
from oportuno.kernel.testing import database

READERS, KILLS = 2_000, 8
pytestmark = pytest.mark.slow


class Worker:
    """Processes of their own over a database of their own."""

    def __init__(self, name: str, home: Path) -> None:
        self.environment = {**os.environ, "OPORTUNO_PROCESS": "test", "OPORTUNO_TEST_DATABASE": name, "OPORTUNO_HOME": str(home)}
        self.environment.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)
        self.campaign = self.said("prepare", str(READERS)).split()

    def run(self, *asked: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, dying.__file__, *asked]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False, timeout=300)

    def said(self, *asked: str) -> str:
        done = self.run(*asked)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout.strip()

    def dies(self, statement: int) -> dict[str, Any]:
        """What is left of it when it dies in the middle."""
        ended = self.run("walk", *self.campaign, str(statement))
        assert ended.returncode == -signal.SIGKILL, f"it died in the middle of it: {ended.stdout} {ended.stderr[-1500:]}"
        return self.tells()

    def tells(self) -> dict[str, Any]:
        return dict(json.loads(self.said("tell", *self.campaign)))

    def does(self, act: str) -> None:
        self.said("do", *self.campaign, act)

    def walks(self) -> dict[str, Any]:
        return dict(json.loads(self.said("walk", *self.campaign, "0")))


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[Worker]:
    cluster, name = Cluster(Path(os.environ["OPORTUNO_TEST_CLUSTER"]), durable=False), f"test_{os.getpid()}_walked"
    database.clone(cluster, name)
    yield Worker(name, tmp_path)
    database.drop(cluster, name)


def test_however_often_it_is_killed_everybody_is_gathered_once(worker: Worker) -> None:
    chance = random.Random(5)
    seen = []
    for turn in range(KILLS):
        left = worker.dies(chance.randint(5, 60))
        assert left["messages"] == left["readers"] == left["gathered"] == left["audience"], "what is written is counted, in one transaction"
        assert left["broken"] == 0
        seen.append(left["gathered"])
        if turn == KILLS // 2:
            worker.does("pause")
            assert worker.walks()["gathered"] == left["gathered"], "paused, it stands still, also for a worker that begins anew"
            worker.does("go_on")
    assert 0 < max(seen) < READERS, "there was always something left to die in the middle of"
    done = worker.walks()
    assert (done["phase"], done["messages"], done["readers"], done["gathered"]) == ("done", READERS, READERS, READERS)
    assert (done["audience"], done["waiting"], done["broken"]) == (READERS, READERS, 0)


def test_called_off_after_its_worker_died_nobody_else_is_gathered_and_who_waited_is_counted(worker: Worker) -> None:
    left = worker.dies(90)
    assert 0 < left["gathered"] < READERS
    worker.does("call_off")
    after = worker.walks()
    assert (after["state"], after["messages"], after["audience"]) == ("cancelled", left["gathered"], left["gathered"])
    assert (after["suppressed"], after["waiting"], after["broken"]) == (left["gathered"], 0, 0)
