"""Driving an import from where it stands to where it must wait or is done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.db import connection

from oportuno.kernel.clock import now
from oportuno.kernel.facts import record
from oportuno.kernel.jobs import Lease
from oportuno.kernel.tables import Unreadable
from oportuno.people.audience.actions.importing.applying import Outdated, apply_batch
from oportuno.people.audience.actions.importing.comparing import compare, new_id
from oportuno.people.audience.actions.importing.deciding import forget_file
from oportuno.people.audience.actions.importing.staging import Incoming
from oportuno.people.audience.facts import ContactImportFinished
from oportuno.people.audience.models import ContactImport, ImportedKey, ImportedMatch, ImportedProblem, ImportedRow
from oportuno.people.organisations.api import Organisation

State = ContactImport.State
Progress = Callable[[ContactImport], None]
LANGUAGES = {"MX": "es-mx", "US": "en"}


def run_import(lease: Lease, run: UUID, *, progress: Progress | None = None) -> ContactImport:
    """Bring a run as far as it can go by itself: `ready`, or done, cancelled or failed.

    Every step is a transaction under the lease; after a crash, another call goes on behind the last one that committed.
    """
    tell = progress or (lambda _: None)
    found = _prepare(lease, run)
    tell(found)
    if found.state == State.READING:
        found = _read(lease, found, tell)
    while found.state in (State.COMPARING, State.APPLYING):
        found = _step(lease, found, _compare if found.state == State.COMPARING else _apply)
        tell(found)
    return found


def _prepare(lease: Lease, run: UUID) -> ContactImport:
    """The run as it stands. When a power cut emptied the stage, reading begins again; nothing that was written is written twice."""
    with lease.step():
        found = ContactImport.objects.select_for_update().get(pk=run)
        if found.is_working and found.rows > found.wrong and not ImportedRow.objects.filter(run_id=found.pk).exists():
            ImportedProblem.objects.filter(run=found).delete()
            for stage in (ImportedKey, ImportedMatch):
                stage.objects.filter(run_id=found.pk).delete()
            for name in ("rows", "read_line", "read_bytes", "applied_row", "new", "changed", "same", "wrong", "twins"):
                setattr(found, name, 0)
            found.dry_run = found.dry_run and found.state != State.APPLYING
            found.notes, found.state = {}, State.READING
            found.save()
        return found


def _read(lease: Lease, found: ContactImport, tell: Progress) -> ContactImport:
    incoming: Incoming | None = None
    try:
        more = True
        while more and found.state == State.READING:
            with lease.step():
                found = ContactImport.objects.select_for_update().get(pk=found.pk)
                if found.state != State.READING:
                    break
                _without_waiting_for_the_disk()
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


def _unreadable(lease: Lease, found: ContactImport, trouble: Unreadable) -> ContactImport:
    """The file cannot be read any further. What it gave before stays on the stage, unless it was made to do harm."""
    with lease.step():
        fresh = ContactImport.objects.select_for_update().get(pk=found.pk)
        fresh.trouble = {"code": trouble.code, "data": dict(trouble.data), "line": trouble.line}
        fresh.wrong += 1
        ImportedProblem.objects.create(run=fresh, line=trouble.line, code=trouble.code, data=dict(trouble.data))
        fresh.save(update_fields=["trouble", "wrong"])
        _go_on(fresh, State.COMPARING if fresh.rows and trouble.code not in ("bomb", "too_big") else State.FAILED)
        return fresh


def _without_waiting_for_the_disk() -> None:
    """What a power cut takes of an import it reads again: rows, and how far it came, are lost together."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")


def _step(lease: Lease, found: ContactImport, work: Callable[[ContactImport], None]) -> ContactImport:
    try:
        with lease.step():
            fresh = ContactImport.objects.select_for_update().get(pk=found.pk)
            if fresh.state == found.state:
                _without_waiting_for_the_disk()
                work(fresh)
            return fresh
    except Outdated:
        with lease.step():
            fresh = ContactImport.objects.select_for_update().get(pk=found.pk)
            if fresh.state == State.APPLYING:
                fresh.dry_run = False
                _go_on(fresh, State.COMPARING)
            return fresh


def _compare(run: ContactImport) -> None:
    compare(run)
    _go_on(run, State.READY if run.dry_run else State.APPLYING if run.new + run.changed else State.DONE)


def _apply(run: ContactImport) -> None:
    with connection.cursor() as cursor:
        made = new_id(cursor)
    organisation = Organisation.objects.get(pk=run.organisation_id)
    if not apply_batch(run, at=now(), new_id=made, language=LANGUAGES.get(organisation.country, "es-co")):
        _go_on(run, State.DONE)


def _go_on(run: ContactImport, state: str) -> None:
    """Into the next phase; the last one tells that the import is over, and no copy of the file is kept."""
    run.state = state
    if state == State.FAILED and not run.trouble:
        run.trouble = {"code": "empty", "data": {}, "line": 0}
    if run.is_over:
        run.ended_at = now()
        forget_file(run)
    run.save(update_fields=["state", "ended_at", "trouble", "path", "examples", "dry_run"])
    if state == State.DONE:
        told = partial(ContactImportFinished, run=run.pk, new=run.new, changed=run.changed, same=run.same, wrong=run.wrong)
        record(told(by=run.by_id, at=now()))
