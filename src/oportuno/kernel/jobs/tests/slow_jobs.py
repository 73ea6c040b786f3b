"""Jobs that can be caught in the middle, and the program of a worker that does them."""

from __future__ import annotations

import time
from pathlib import Path
from uuid import uuid4

from django.db import connection

from oportuno.kernel.jobs import Lease, job

WORKER = f"import django; django.setup(); import {__name__}; from oportuno.kernel.jobs import worker; worker.run(concurrency=2)"
EFFECTS = "SELECT count(*) FROM idempotency_key WHERE scope = 'tests'"


@job("tests.slow", tries=3)
def slow(lease: Lease, *, folder: str) -> None:
    """Writes, then waits in its first attempt until it is told to go on; commits one effect."""
    with lease.step():
        effect()
        (Path(folder) / f"begun-{lease.attempt}").touch()
        while lease.attempt == 0 and not (Path(folder) / "go").exists():
            time.sleep(0.02)


@job("tests.steps", tries=2)
def steps(lease: Lease, *, folder: str) -> None:
    """One step after the other, an effect each, until it is told that it is enough."""
    while not (Path(folder) / "enough").exists():
        with lease.step():
            effect()
        (Path(folder) / f"stepped-{lease.attempt}").touch()


@job("tests.poison", tries=5)
def poison(lease: Lease) -> None:
    raise ValueError("this never goes well")


@job("tests.quick")
def quick(lease: Lease) -> None:
    with lease.step():
        effect()


def effect() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO idempotency_key (scope, key, request_digest, headers, body, at) VALUES ('tests', %s, '', '{}', '', now())",
            [str(uuid4())],
        )
