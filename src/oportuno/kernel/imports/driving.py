"""Driving a run of rows from where it stands to where it must wait or is over.

Every step is a transaction under the lease; after a crash, another call goes on behind the last one that committed.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import ClassVar, Generic, Protocol, TypeVar
from uuid import UUID

from django.db import connection, models

from oportuno.kernel.clock import now
from oportuno.kernel.facts import Fact, record
from oportuno.kernel.imports.runs import Problem, TableRun
from oportuno.kernel.jobs import Lease
from oportuno.kernel.tables import Unreadable

Kind = TypeVar("Kind", bound=TableRun)
MADE_TO_HARM = ("bomb", "too_big")


class Outdated(Exception):
    """What was compared changed before it was written: compare again. Raised with nothing to commit."""


class Incoming(Protocol[Kind]):
    """An open file on its way to the stage."""

    def step(self, run: Kind) -> bool:
        """Put one batch on the stage and note how far it came; whether there may be more. Raises Unreadable."""

    def close(self) -> None: ...


class Drive(ABC, Generic[Kind]):
    """What an import does at each step; an app fills in the steps."""

    runs: type[Kind]
    problems: type[Problem]
    stage: tuple[type[models.Model], ...]
    """Its tables, each with a `run_id`. They are unlogged: a power cut empties them."""
    counted: ClassVar[tuple[str, ...]] = ("rows", "read_line", "read_bytes", "applied_row", "new", "changed", "same", "wrong")

    def __init__(self, lease: Lease, progress: Callable[[Kind], None] | None = None) -> None:
        self.lease, self.tell = lease, progress or (lambda _: None)

    @abstractmethod
    def open(self, run: Kind) -> Incoming[Kind]: ...

    @abstractmethod
    def compare(self, run: Kind) -> bool:
        """Compare the next rows; whether there may be more."""

    @abstractmethod
    def apply(self, run: Kind) -> bool:
        """Write the next rows; whether there may be more. Raises Outdated."""

    @abstractmethod
    def finished(self, run: Kind) -> Fact: ...

    def waits(self, run: Kind) -> bool:
        """Once compared: a person decides."""
        return bool(run.dry_run)

    def goes_on(self, run: Kind, trouble: Unreadable) -> bool:
        """With what a file gave before it could not be read any further."""
        return bool(run.rows) and trouble.code not in MADE_TO_HARM

    def has_lost_rows(self, run: Kind) -> bool:
        """A power cut has emptied the stage."""
        return bool(run.rows) and not self.stage[0]._default_manager.filter(run_id=run.pk).exists()

    def tidy(self, run: Kind) -> None:
        """It is over. The caller saves."""

    def go(self, run: UUID) -> Kind:
        """As far as it can go by itself: `ready`, or over."""
        found = self._taken_up(run)
        self.tell(found)
        if found.state == "reading":
            found = self.read(found)
        while found.state in ("comparing", "applying"):
            found = self._step(found)
            self.tell(found)
        return found

    def _taken_up(self, run: UUID) -> Kind:
        """The run as it stands. When a power cut emptied the stage, reading begins again; nothing that was written is written twice."""
        with self.lease.step():
            found = self._locked(run)
            if found.is_working and self.has_lost_rows(found):
                for kind in (self.problems, *self.stage):
                    kind._default_manager.filter(run_id=found.pk).delete()
                for name in self.counted:
                    setattr(found, name, 0)
                found.dry_run = found.dry_run and found.state != "applying"
                found.notes, found.state = {}, "reading"
                found.save()
            return found

    def read(self, found: Kind) -> Kind:
        """Rows onto the stage, and no further."""
        incoming: Incoming[Kind] | None = None
        try:
            more = True
            while more and found.state == "reading":
                with self.lease.step():
                    found = self._locked(found.pk)
                    if found.state != "reading":
                        break
                    incoming = incoming or self.open(found)
                    more = incoming.step(found)
                    if not more:
                        self._go_on(found, "comparing" if found.rows else "failed")
                self.tell(found)
        except Unreadable as trouble:
            return self._unreadable(found, trouble)
        finally:
            if incoming:
                incoming.close()
        return found

    def _unreadable(self, found: Kind, trouble: Unreadable) -> Kind:
        with self.lease.step():
            fresh = self._locked(found.pk)
            said = {"code": trouble.code, "data": dict(trouble.data), "line": trouble.line}
            fresh.trouble, fresh.wrong = said, fresh.wrong + 1
            self.problems._default_manager.create(run=fresh, **said)
            self._go_on(fresh, "comparing" if self.goes_on(fresh, trouble) else "failed")
            return fresh

    def _step(self, found: Kind) -> Kind:
        work = self._compare if found.state == "comparing" else self._apply
        try:
            with self.lease.step():
                fresh = self._locked(found.pk)
                if fresh.state == found.state:
                    work(fresh)
                return fresh
        except Outdated:
            with self.lease.step():
                fresh = self._locked(found.pk)
                if fresh.state == "applying":
                    fresh.dry_run = False
                    self._go_on(fresh, "comparing")
                return fresh

    def _compare(self, run: Kind) -> None:
        if not self.compare(run):
            self._go_on(run, "ready" if self.waits(run) else "applying" if run.new + run.changed else "done")

    def _apply(self, run: Kind) -> None:
        if not self.apply(run):
            self._go_on(run, "done")

    def _locked(self, run: UUID) -> Kind:
        """And the step does not wait for the disk: what a power cut takes is read again, for rows and how far it came are lost together."""
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = off")
        return self.runs._default_manager.select_for_update().get(pk=run)

    def _go_on(self, run: Kind, state: str) -> None:
        """Into the next phase; the last one tells that the import is over."""
        run.state = state
        if state == "failed" and not run.trouble:
            run.trouble = {"code": "empty", "data": {}, "line": 0}
        if run.is_over:
            run.ended_at = now()
            self.tidy(run)
        run.save()
        if state == "done":
            record(self.finished(run))
