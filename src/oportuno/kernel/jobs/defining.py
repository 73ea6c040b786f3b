"""Declaring jobs."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import structlog
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app as queue
from procrastinate.exceptions import JobAborted
from procrastinate.jobs import Job as QueuedJob
from procrastinate.retry import RetryDecision

from oportuno.kernel.errors import Broken
from oportuno.kernel.jobs.lease import Lease, LeaseLost

Scope = Literal["organisation", "market"]
log = structlog.get_logger(__name__)
DECLARED_DEAD = 75
"""How a worker ends that learns that its jobs were given to others: it was silent for too long.

At once, for whatever it still told the queue about the job would be told about somebody else's attempt. The supervisor
starts another one.
"""


@dataclass(frozen=True)
class Job:
    """A kind of work. `tries` counts attempts in all; after the last the job is a dead letter."""

    name: str
    scope: Scope
    tries: int
    run: Callable[..., None]
    queue: str = "default"


JOBS: dict[str, Job] = {}
LIFE = 1000
"""A dead letter that is replayed begins a new life: attempts go on from the next multiple of this.

So each life has all tries, and no attempt ever has the number of an earlier one: a lease lost once stays lost.
"""


def tried(attempts: int) -> int:
    """Attempts of a job's present life."""
    return attempts % LIFE


class Tries(RetryStrategy):
    """So many tries in each life. A job that stopped because its worker closed goes on at once: that was no failure."""

    def get_retry_decision(self, *, exception: BaseException, job: QueuedJob) -> RetryDecision | None:
        if isinstance(exception, JobAborted):
            return RetryDecision(retry_in={"seconds": 0})
        return super().get_retry_decision(exception=exception, job=job.evolve(attempts=tried(job.attempts)))


def job(
    name: str, *, scope: Scope = "organisation", tries: int = 5, queue_name: str = "default"
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare a job. The function gets a Lease first, then its ids as keywords.

    It runs in no transaction of its own: `with lease.step():` opens one for the right organisation.
    """

    def declare(run: Callable[..., None]) -> Callable[..., None]:
        if name in JOBS and JOBS[name].run.__qualname__ != run.__qualname__:
            raise Broken(f"Two jobs are called {name}")
        kind = JOBS[name] = Job(name, scope, tries, run, queue_name)
        retry = Tries(max_attempts=tries, exponential_wait=2)
        queue.task(name=name, queue=queue_name, retry=retry, pass_context=True)(_runner(kind))
        return run

    return declare


def every(cron: str, name: str, *, tries: int = 3) -> Callable[[Callable[[Lease], None]], Callable[[Lease], None]]:
    """Declare a job of the market that runs by the clock (cron, UTC). Two runs never overlap."""

    def declare(run: Callable[[Lease], None]) -> Callable[[Lease], None]:
        kind = JOBS[name] = Job(name, "market", tries, run, "clock")

        def tick(context: JobContext, timestamp: int) -> None:
            _run(kind, context, {})

        task = queue.task(name=name, queue="clock", queueing_lock=name, retry=Tries(max_attempts=tries, wait=10), pass_context=True)(tick)
        queue.periodic(cron=cron)(task)
        return run

    return declare


def _runner(kind: Job) -> Callable[..., None]:
    def runner(context: JobContext, **ids: Any) -> None:
        _run(kind, context, ids)

    return runner


def _run(kind: Job, context: JobContext, ids: dict[str, Any]) -> None:
    organisation = ids.pop("organisation", None)
    if kind.scope == "organisation" and organisation is None:
        raise Broken(f"The job {kind.name} was deferred without an organisation")
    lease = Lease(int(context.job.id or 0), context.job.attempts, organisation, kind.name, context.should_abort)
    try:
        kind.run(lease, **ids)
    except LeaseLost:
        log.error("worker.declared_dead", job=lease.job, kind=kind.name, attempt=lease.attempt)
        os._exit(DECLARED_DEAD)
