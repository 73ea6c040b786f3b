"""A person's part in an import: bring a file, say yes to what it would do, or stop it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Conflict, Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.ids import new_id
from oportuno.kernel.imports import has_stopped, keep_copy, later
from oportuno.kernel.isolation import acting_organisation
from oportuno.offer.catalogue.actions.importing.amounts import currencies
from oportuno.offer.catalogue.facts import ImportCancelled, ImportStarted
from oportuno.offer.catalogue.models import ImportRun
from oportuno.offer.catalogue.queries.places import own_place

State = ImportRun.State


@transaction.atomic
def start_import(
    *,
    name: str,
    at: datetime,
    currency: str,
    by: UUID | None = None,
    file: BinaryIO | None = None,
    path: Path | None = None,
    dry_run: bool = True,
    keep_good: bool = True,
    point_of_sale: UUID | None = None,
    language: str = "",
) -> ImportRun:
    """Take a file in. With `file` a copy is kept and a job reads it; with `path` it is read where it lies, by `run_import`.

    With `dry_run` the run stops at `ready`, before anything of the catalogue changes, until `apply_import`.
    Raises Refusal for an unknown currency, an empty file or one that is too big for the browser, NotFound for a place that is not one's own.
    """
    own_place(point_of_sale)
    if currency not in currencies():
        raise Refusal(
            _("“%(value)s” is not a currency. Use its three letters, such as COP, MXN or USD.") % {"value": currency[:10]}, field="currency"
        )
    identity = new_id()
    if path is None:
        assert file is not None
        path = keep_copy(file, Path(settings.PRIVATE_ROOT) / "imports" / str(acting_organisation()) / str(identity))
    run = ImportRun.objects.create(
        id=identity, name=Path(name).name[:200] or _("file"), path=str(path), size=path.stat().st_size, dry_run=dry_run, keep_good=keep_good,
        currency=currency, point_of_sale_id=point_of_sale, language=language, by_id=by, at=at,
    )  # fmt: skip
    record(ImportStarted(run=run.pk, by=by, at=at))
    if file is not None:
        later(run)
    return run


@transaction.atomic
def apply_import(*, run: UUID, keep_good: bool, by: UUID | None, at: datetime) -> ImportRun:
    """Write what the dry run showed, or take up again what stopped.

    Raises Conflict when it is not waiting for that, Refusal when all must be right and something is not.
    """
    found = ImportRun.objects.select_for_update().get(pk=run)
    if has_stopped(found):
        later(found)
        return found
    if found.state != State.READY:
        raise Conflict(_("This import is not waiting for a decision any more."))
    if found.wrong and not keep_good:
        raise Refusal(_("Some rows are wrong, so nothing was imported. Mend the file, or keep the good rows."))
    if not found.new and not found.changed:
        raise Refusal(_("There is nothing to import: no row is new or changes anything."))
    found.state, found.keep_good, found.dry_run = State.APPLYING, keep_good, False
    found.save(update_fields=["state", "keep_good", "dry_run"])
    later(found)
    return found


@transaction.atomic
def cancel_import(*, run: UUID, by: UUID | None, at: datetime) -> ImportRun:
    """Stop an import. What was written already stays; before `applying` nothing was. Raises Conflict when it is over."""
    found = ImportRun.objects.select_for_update().get(pk=run)
    if found.is_over:
        raise Conflict(_("This import is over already."))
    found.state, found.ended_at = State.CANCELLED, at
    found.save(update_fields=["state", "ended_at"])
    record(ImportCancelled(run=found.pk, by=by, at=at))
    return found
