"""A person's part in an import: bring a file, say what its columns are, say yes to what it would do, or stop it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Conflict, Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.ids import new_id
from oportuno.kernel.imports import has_stopped, keep_copy, later
from oportuno.kernel.isolation import acting_organisation
from oportuno.kernel.tables import Unreadable
from oportuno.people.audience.facts import ContactImportCancelled, ContactImportStarted
from oportuno.people.audience.models import ContactImport, Purpose
from oportuno.people.audience.queries.fields import fields_of
from oportuno.people.audience.queries.sentences import sentence
from oportuno.people.audience.rules.addresses import plain_name
from oportuno.people.audience.rules.bringing.columns import is_target
from oportuno.people.audience.rules.bringing.source import open_source

MOST_TAGS = 5
State = ContactImport.State


@dataclass(frozen=True)
class Proof:
    """How everybody in the file agreed to advertising: `how` is where and by what means, `words` what they read, `at` when."""

    purposes: Sequence[str]
    how: str
    words: str
    at: datetime


@transaction.atomic
def start_import(
    *,
    name: str,
    at: datetime,
    by: UUID | None = None,
    file: BinaryIO | None = None,
    path: Path | None = None,
    dry_run: bool = True,
    mapping: Mapping[str, str] | None = None,
    consent: Proof | None = None,
    tags: Sequence[str] = (),
    fill_only: bool = False,
    look_first: bool = False,
) -> ContactImport:
    """Take a file in. With `file` a copy is kept and a job reads it; with `path` it is read where it lies, by `run_import`.

    With `look_first` it waits until `map_import` says what its columns are; with `dry_run` it stops at `ready`, before any
    contact changes, until `apply_import`. Without `consent` nobody in the file is asked for, nor may get, advertising.
    Raises Refusal for an empty file, one too big for the browser, a column that is nothing, or consent without its evidence.
    """
    identity = new_id()
    if path is None:
        assert file is not None
        path = keep_copy(file, _folder() / str(acting_organisation()) / str(identity))
    run = ContactImport(
        id=identity, name=Path(name).name[:200] or _("file"), path=str(path), size=path.stat().st_size, dry_run=dry_run, by_id=by, at=at,
        state=State.MAPPING if look_first else State.READING,
    )  # fmt: skip
    try:
        _settle(run, mapping or {}, consent, tags, fill_only, at)
        if look_first:
            _look(run)
    except Refusal:
        if file is not None:
            path.unlink(missing_ok=True)
        raise
    run.save(force_insert=True)
    record(ContactImportStarted(run=run.pk, by=by, at=at))
    if file is not None and run.is_working:
        later(run)
    return run


@transaction.atomic
def map_import(
    *, run: UUID, mapping: Mapping[str, str], consent: Proof | None, tags: Sequence[str] = (), fill_only: bool = False, at: datetime
) -> ContactImport:
    """Say what the columns are, and how people agreed; then the file is read. Raises Conflict when it is read already."""
    found = ContactImport.objects.select_for_update().get(pk=run)
    if found.state != State.MAPPING:
        raise Conflict(_("This file is being read already."))
    _settle(found, {**found.mapping, **mapping}, consent, tags, fill_only, at)
    if found.header and not {"email", "phone", "street", "postal_address", "social"} & set(found.mapping.values()):
        raise Refusal(_("Say which column holds the e-mail address, the phone or the postal address."), field="mapping")
    found.state = State.READING
    found.save()
    later(found)
    return found


@transaction.atomic
def apply_import(*, run: UUID, by: UUID | None, at: datetime) -> ContactImport:
    """Write what the dry run showed (looked at again, for contacts change), or take up again what stopped.

    Raises Conflict when it is not waiting for that, Refusal when there is nothing to write.
    """
    found = ContactImport.objects.select_for_update().get(pk=run)
    if has_stopped(found):
        later(found)
        return found
    if found.state != State.READY:
        raise Conflict(_("This import is not waiting for a decision any more."))
    if not found.new and not found.changed:
        raise Refusal(_("There is nothing to import: nobody is new or different."))
    found.state, found.dry_run = State.COMPARING, False
    found.save(update_fields=["state", "dry_run"])
    later(found)
    return found


@transaction.atomic
def cancel_import(*, run: UUID, by: UUID | None, at: datetime) -> ContactImport:
    """Stop an import. What was written already stays; before `applying` nothing was. Raises Conflict when it is over."""
    found = ContactImport.objects.select_for_update().get(pk=run)
    if found.is_over:
        raise Conflict(_("This import is over already."))
    found.state, found.ended_at = State.CANCELLED, at
    forget_file(found)
    found.save(update_fields=["state", "ended_at", "path", "examples"])
    record(ContactImportCancelled(run=found.pk, by=by, at=at))
    return found


def forget_file(run: ContactImport) -> None:
    """The copy that we kept holds addresses: it goes as soon as nobody reads it any more. What the command line read stays where it is."""
    path = Path(run.path) if run.path else None
    if path and path.is_relative_to(_folder()):
        transaction.on_commit(lambda: path.unlink(missing_ok=True))
        run.path = ""
    run.examples = {}


def _settle(
    run: ContactImport, mapping: Mapping[str, str], consent: Proof | None, tags: Sequence[str], fill_only: bool, at: datetime
) -> None:
    if wrong := next((target for target in mapping.values() if not is_target(target)), None):
        raise Refusal(_("A column cannot be “%(value)s”.") % {"value": wrong[:60]}, field="mapping")
    run.mapping, run.fill_only = dict(mapping), fill_only
    run.tags = sorted({word for tag in tags if (word := plain_name(tag).lower()[:40])})[:MOST_TAGS]
    run.consent = _evidence(consent, at) if consent and consent.purposes else {}


def _evidence(consent: Proof, at: datetime) -> dict[str, Any]:
    if any(purpose not in Purpose.values for purpose in consent.purposes):
        raise Refusal(_("There is no such purpose."), field="purposes")
    if not consent.how.strip() or not consent.words.strip():
        raise Refusal(
            _("Consent needs its evidence: where they agreed, and the words they agreed to. Without it, bring them without consent."),
            field="how",
        )
    if consent.at > at:
        raise Refusal(_("Nobody can have agreed at a time to come."), field="agreed_on")
    return {
        "purposes": list(consent.purposes),
        "how": consent.how.strip()[:40],
        "words": consent.words.strip()[:2000],
        "at": consent.at.isoformat(),
    }


def _look(run: ContactImport) -> None:
    """What the columns seem to be, with a few cells of each. A file that cannot be read at all is refused at once."""
    try:
        source = open_source(Path(run.path), declared=fields_of(run.organisation_id))
    except Unreadable as trouble:
        raise Refusal(sentence(trouble.code, {"line": trouble.line, **trouble.data}), field="file") from trouble
    run.program, run.encoding, run.header = source.program, source.encoding, list(source.header)
    run.mapping, run.examples = source.mapping, source.examples
    source.close()


def _folder() -> Path:
    """Of copies that only we read; each is removed when its import is over."""
    return Path(settings.PRIVATE_ROOT) / "contacts"
