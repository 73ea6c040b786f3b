"""Driving a run from where it stands to where it must wait or is done."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from oportuno.kernel.clock import now
from oportuno.kernel.facts import record
from oportuno.kernel.jobs import Lease
from oportuno.kernel.tables import Unreadable
from oportuno.offer.catalogue.actions.importing.applying import apply_batch
from oportuno.offer.catalogue.actions.importing.comparing import compare_batch
from oportuno.offer.catalogue.actions.importing.staging import VARIANTS, Incoming
from oportuno.offer.catalogue.actions.importing.statistics import refresh_statistics
from oportuno.offer.catalogue.facts import ImportFinished
from oportuno.offer.catalogue.models import ImportProblem, ImportRow, ImportRun
from oportuno.people.organisations.api import Organisation

State = ImportRun.State
FEW = 500  # rows for which no plan is slow
MARKS = [*(FEW * 8**n for n in range(1, 6)), *(VARIANTS + FEW * 8**n for n in range(1, 6))]
"""Row numbers after which the tables have grown so much that the planner should look again."""
Progress = Callable[[ImportRun], None]


def run_import(lease: Lease, run: UUID, *, progress: Progress | None = None) -> ImportRun:
    """Bring a run as far as it can go by itself: `ready`, or done, cancelled or failed.

    Every step is a transaction under the lease; after a crash, another call goes on behind the last one that committed.
    """
    tell = progress or (lambda _: None)
    found = _prepare(lease, run)
    tell(found)
    if found.state == State.READING:
        found = _read(lease, found, tell)
    while found.state == State.COMPARING:
        found = _step(lease, found, _compare)
        tell(found)
    while found.state == State.APPLYING:
        found = _step(lease, found, _apply)
        tell(found)
    return found


def _prepare(lease: Lease, run: UUID) -> ImportRun:
    """The run as it stands. When a power cut emptied the stage, reading begins again; nothing that was written is written twice."""
    with lease.step():
        found = ImportRun.objects.select_for_update().get(pk=run)
        if found.is_working and found.rows and not ImportRow.objects.filter(run=found).exists():
            ImportProblem.objects.filter(run=found).delete()
            for name in ("rows", "read_line", "read_bytes", "compared_row", "applied_row", "new", "changed", "same", "wrong"):
                setattr(found, name, 0)
            if found.state == State.APPLYING:
                found.dry_run = False
            found.notes, found.state = {}, State.READING
            found.save()
        return found


def _read(lease: Lease, found: ImportRun, tell: Progress) -> ImportRun:
    """Rows onto the stage. A file that cannot be read any further keeps what it gave only if the person wants that."""
    incoming: Incoming | None = None
    try:
        more = True
        while more and found.state == State.READING:
            with lease.step():
                found = ImportRun.objects.select_for_update().get(pk=found.pk)
                if found.state != State.READING:
                    break
                incoming = incoming or Incoming(found, Organisation.objects.get(pk=found.organisation_id))
                more = incoming.step(found)
                if not more:
                    _go_on(found, State.COMPARING if found.rows else State.FAILED)
            tell(found)
    except Unreadable as trouble:
        return _unreadable(lease, found, trouble)
    finally:
        if incoming:
            incoming.close()
    return found


def _unreadable(lease: Lease, found: ImportRun, trouble: Unreadable) -> ImportRun:
    with lease.step():
        fresh = ImportRun.objects.select_for_update().get(pk=found.pk)
        fresh.trouble = {"code": trouble.code, "data": dict(trouble.data), "line": trouble.line}
        fresh.wrong += 1
        ImportProblem.objects.create(run=fresh, line=trouble.line, code=trouble.code, data=dict(trouble.data))
        if fresh.rows and fresh.keep_good and trouble.code not in ("bomb", "too_big"):
            fresh.save(update_fields=["trouble", "wrong"])
            _go_on(fresh, State.COMPARING)
        else:
            fresh.save(update_fields=["trouble", "wrong"])
            _go_on(fresh, State.FAILED)
        return fresh


def _step(lease: Lease, found: ImportRun, work: Callable[[ImportRun], None]) -> ImportRun:
    before = found.state
    with lease.step():
        fresh = ImportRun.objects.select_for_update().get(pk=found.pk)
        if fresh.state == before:
            work(fresh)
        return fresh


def _compare(run: ImportRun) -> None:
    if not run.compared_row and run.rows > FEW:
        refresh_statistics(stage=True)
        refresh_statistics(stage=False)
    if compare_batch(run):
        return
    good = run.new + run.changed
    waits = run.dry_run or (run.wrong and not run.keep_good)
    _go_on(run, State.READY if waits else State.APPLYING if good else State.DONE)


def _apply(run: ImportRun) -> None:
    before = run.applied_row
    if not apply_batch(run, at=now()):
        _go_on(run, State.DONE)
    elif any(before < mark <= run.applied_row for mark in MARKS):
        refresh_statistics(stage=False)


def _go_on(run: ImportRun, state: str) -> None:
    """Into the next phase; the last one tells that the import is over."""
    run.state = state
    if state == State.FAILED and not run.trouble:
        run.trouble = {"code": "empty", "data": {}, "line": 0}
    if run.is_over:
        run.ended_at = now()
    run.save(update_fields=["state", "ended_at", "trouble"])
    if state == State.DONE:
        record(ImportFinished(run=run.pk, new=run.new, changed=run.changed, same=run.same, wrong=run.wrong, by=run.by_id, at=now()))
