"""An import of contacts, from where it stands to where it must wait or is done."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from oportuno.kernel.clock import now
from oportuno.kernel.facts import Fact
from oportuno.kernel.imports import Drive
from oportuno.kernel.jobs import Lease
from oportuno.people.audience.actions.importing.applying import apply_batch
from oportuno.people.audience.actions.importing.comparing import compare
from oportuno.people.audience.actions.importing.deciding import forget_file
from oportuno.people.audience.actions.importing.staging import Incoming
from oportuno.people.audience.facts import ContactImportFinished
from oportuno.people.audience.models import ContactImport, ImportedKey, ImportedMatch, ImportedProblem, ImportedRow
from oportuno.people.organisations.api import Organisation


class Bringing(Drive[ContactImport]):
    runs, problems, stage = ContactImport, ImportedProblem, (ImportedRow, ImportedKey, ImportedMatch)
    counted = (*Drive.counted, "twins")

    def open(self, run: ContactImport) -> Incoming:
        return Incoming(run, Organisation.objects.get(pk=run.organisation_id))

    def compare(self, run: ContactImport) -> bool:
        compare(run)
        return False

    def apply(self, run: ContactImport) -> bool:
        return apply_batch(run, Organisation.objects.get(pk=run.organisation_id), at=now())

    def finished(self, run: ContactImport) -> Fact:
        return ContactImportFinished(run=run.pk, new=run.new, changed=run.changed, same=run.same, wrong=run.wrong, by=run.by_id, at=now())

    def has_lost_rows(self, run: ContactImport) -> bool:
        """Wrong rows never come onto the stage."""
        return run.rows > run.wrong and super().has_lost_rows(run)

    def tidy(self, run: ContactImport) -> None:
        forget_file(run)


def run_import(lease: Lease, run: UUID, *, progress: Callable[[ContactImport], None] | None = None) -> ContactImport:
    """Bring a run as far as it can go by itself: `ready`, or done, cancelled or failed. After a crash, another call goes on."""
    return Bringing(lease, progress).go(run)
