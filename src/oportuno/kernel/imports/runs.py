"""One file on its way in, and why some of its rows stay outside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django.db import models

from oportuno.kernel.isolation import PrivateModel
from oportuno.kernel.jobs import defer, under_way

WAITING = ("mapping", "ready")
"""For a person's word."""
OVER = ("done", "undone", "cancelled", "failed")
MOST_KEPT = 10_000  # problems; all are counted, and nobody reads more
Found = tuple[str, str, Mapping[str, Any]]
"""Field, code and data of what is wrong; a sentence of the app's in the reader's language."""


class Run(PrivateModel):
    """An app adds `state`, with its own words for each, and the name of the job that works on it."""

    job: ClassVar[str]
    state: Any
    by_id: Any

    class Meta:
        abstract = True

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    @property
    def is_working(self) -> bool:
        return not self.is_over and self.state not in WAITING


class TableRun(Run):
    """Of a file of rows: each phase leaves how far it came (`read_line`, `applied_row`) in the transaction of its work."""

    name = models.CharField(max_length=200)
    path = models.TextField()
    size = models.BigIntegerField()
    dry_run = models.BooleanField(default=True)
    encoding = models.CharField(max_length=24, blank=True, default="")
    rows = models.PositiveIntegerField(default=0)
    read_bytes = models.BigIntegerField(default=0)
    read_line = models.PositiveIntegerField(default=0)
    applied_row = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    notes = models.JSONField(default=dict)
    trouble = models.JSONField(default=dict)
    by_id = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class Problem(PrivateModel):
    """Why a row did not go in. `code` and `data` become a sentence in the reader's language. An app adds `run`."""

    line = models.PositiveIntegerField()
    field = models.CharField(max_length=80, blank=True, default="")
    code = models.CharField(max_length=40)
    data = models.JSONField(default=dict)

    class Meta:
        abstract = True


def later(run: Run) -> None:
    """Let a job work on it, after those of the same organisation that came before."""
    defer(run.job, run=str(run.pk), one_at_a_time=f"{run.job} {run.organisation_id}")


def has_stopped(run: Run) -> bool:
    """It is not over, and no job works on it any more. What the command line began, it ends itself."""
    return run.is_working and run.by_id is not None and not under_way(run.job, run=str(run.pk))


def tell_problems(kind: type[Problem], run: TableRun, wrong: Sequence[tuple[int, Iterable[Found]]]) -> int:
    """Keep why rows are wrong; how many rows. Beyond the ten thousandth they are only counted."""
    if run.wrong < MOST_KEPT:
        kind._default_manager.bulk_create(
            kind(organisation_id=run.organisation_id, run=run, line=line, field=name[:80], code=code, data=dict(data))  # type: ignore[misc]
            for line, problems in wrong
            for name, code, data in problems
        )
    return len(wrong)
