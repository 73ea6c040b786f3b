"""An import begins, is decided, and may be taken back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.doors.integrations.models import Brought, WordpressItem, WordpressRun
from oportuno.kernel.errors import Conflict, NotFound, Refusal
from oportuno.kernel.ids import new_id
from oportuno.kernel.imports import has_stopped, later
from oportuno.kernel.isolation import acting_organisation
from oportuno.kernel.sealed import seal, unseal
from oportuno.offer.sites.api import bringing as sites

from ..rest.client import Remote

PURPOSE = "wordpress"
LARGEST = 1024 * 2**20
"""Bytes that a browser may send; the command line takes files of any size."""
PIECE = 1024 * 1024
State = WordpressRun.State


@transaction.atomic
def start_run(
    *, name: str, at: datetime, by: UUID | None = None, file: BinaryIO | None = None, path: Path | None = None, dry_run: bool = True
) -> WordpressRun:
    """Take an export file in. With `file` a copy is kept and a job reads it; with `path` it is read where it lies, by `bring`.

    With `dry_run` the run stops at `ready`, before anything of the site changes, until `go_on`. Raises Refusal for a file that is too big.
    """
    identity = new_id()
    if path is None:
        assert file is not None
        path = _kept(identity, file)
    run = WordpressRun.objects.create(
        id=identity, name=Path(name).name[:200] or _("file"), path=str(path), size=path.stat().st_size, dry_run=dry_run, by_id=by, at=at
    )
    if file is not None:
        later(run)
    return run


def start_remote(*, address: str, user: str, password: str, outward: bool, at: datetime, by: UUID | None = None) -> WordpressRun:
    """A running WordPress: bring what it holds (to `ready`, as a file), or send our site there. A job does it; the password lies sealed
    until then. The other side is asked at once who we are, before anything is kept: call it outside of a transaction of yours.

    Raises Refusal, naming the field that is wrong.
    """
    remote = Remote(address, user, password)
    remote.me()
    sealed = seal(json.dumps({"address": remote.address, "user": user, "password": password}), PURPOSE)
    run = WordpressRun.objects.create(
        name=remote.address.partition("//")[2][:200], remote=sealed, outward=outward, dry_run=not outward, by_id=by, at=at,
        state=State.BRINGING if outward else State.CHECKING,
    )  # fmt: skip
    later(run)
    return run


def remote_of(run: WordpressRun) -> Remote:
    """Whom it asks."""
    said = json.loads(unseal(run.remote, PURPOSE))
    return Remote(said["address"], said["user"], said["password"])


def place_for(run: UUID) -> Path:
    """Where the copy of a run's file lies."""
    folder = Path(settings.PRIVATE_ROOT) / "imports" / str(acting_organisation())
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{run}.wxr"


@transaction.atomic
def go_on(*, run: UUID, by: UUID | None, at: datetime) -> WordpressRun:
    """Bring in what the dry run showed, or take up again what stopped. Raises Conflict when it is not waiting for that."""
    found = run_for(run, lock=True)
    if has_stopped(found):
        later(found)
        return found
    with _decided(run, State.READY) as found:
        found.state, found.dry_run = State.BRINGING, False
    later(found)
    return found


@transaction.atomic
def cancel_run(*, run: UUID, by: UUID | None, at: datetime) -> WordpressRun:
    """Stop; what was brought already stays. Raises Conflict when it is over."""
    found = run_for(run, lock=True)
    if found.is_over:
        raise Conflict(_("This import is over already."))
    found.state, found.ended_at, found.remote = State.CANCELLED, at, ""
    found.save(update_fields=["state", "ended_at", "remote"])
    return found


@transaction.atomic
def take_back(*, run: UUID, by: UUID | None, at: datetime) -> int:
    """What this import made and nobody has changed since goes into the bin; how many pieces. Raises Conflict unless it is done."""
    with _decided(run, State.DONE) as found:
        found.state = State.UNDONE
    brought = {one.entry_id: one.revision for one in Brought.objects.filter(first_run_id=found.pk)}
    return sites.take_back_entries(found.organisation_id, brought, at=at)


def run_for(run: UUID, *, lock: bool = False) -> WordpressRun:
    """A run of the organisation we act for. Raises NotFound."""
    rows = WordpressRun.objects.select_for_update() if lock else WordpressRun.objects
    found = rows.filter(pk=run, organisation_id=acting_organisation()).first()
    if found is None:
        raise NotFound
    return found


@transaction.atomic
def tidy_run(run: UUID) -> None:
    """Forget the file and the items of a run that is over; what it counted stays, and what of it is here."""
    found = run_for(run, lock=True)
    WordpressItem.objects.filter(run=found).delete()
    path, found.path = found.path, ""
    found.save(update_fields=["path"])
    if f"imports/{found.organisation_id}/" in path:
        Path(path).unlink(missing_ok=True)


@contextmanager
def _decided(run: UUID, state: str) -> Iterator[WordpressRun]:
    found = run_for(run, lock=True)
    if found.state != state:
        raise Conflict(_("This import is not waiting for a decision any more."))
    yield found
    found.save(update_fields=["state", "dry_run"])


def _kept(identity: UUID, file: BinaryIO) -> Path:
    """A copy, a piece at a time; whole or not at all."""
    path, size = place_for(identity), 0
    try:
        with path.open("wb") as copy:
            while piece := file.read(PIECE):
                size += len(piece)
                if size > LARGEST:
                    raise Refusal(_("The file is bigger than 1 GB. Bring it from the command line, or packed (.gz, .xz)."), field="file")
                copy.write(piece)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path
