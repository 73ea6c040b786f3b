"""A lease on a job: who lost it must not write any more.

A worker that was frozen and revived, or one whose job the reaper gave to another, still believes that the job is its own.
Each attempt has a number; before a transaction of the job commits, the number must still be the one it began with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction
from procrastinate.exceptions import JobAborted

from oportuno.kernel.isolation import for_market, for_organisation


class LeaseLost(Exception):
    """Another attempt of this job has begun; what this one was about to commit is rolled back."""


@dataclass(frozen=True)
class Lease:
    """One attempt of one job. `organisation` is None for a job of the market; `must_stop` says that its worker is closing."""

    job: int
    attempt: int
    organisation: int | None
    name: str
    must_stop: Callable[[], bool] = lambda: False

    @contextmanager
    def step(self) -> Iterator[None]:
        """One transaction of the job, for its organisation or the market; commits only while the lease holds.

        A long job is several steps, each leaving its progress behind, so that the next attempt goes on from there.
        Raises LeaseLost instead of committing, and JobAborted instead of beginning while the worker closes: the job is put back.
        """
        if self.must_stop():
            raise JobAborted
        acting = for_market(f"job {self.name}") if self.organisation is None else for_organisation(self.organisation)
        with transaction.atomic(), acting:
            yield
            self.must_hold()

    def must_hold(self) -> None:
        """Raise LeaseLost unless this attempt is still the job's own; keeps it so until the transaction ends."""
        if self.job == 0:  # run at once, without the queue (tests, commands)
            return
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM procrastinate_jobs WHERE id = %s AND attempts = %s AND status = 'doing' FOR SHARE", [self.job, self.attempt]
            )
            if cursor.fetchone() is None:
                raise LeaseLost(f"job {self.job} ({self.name}) is no longer attempt {self.attempt}")
