"""An import of products, from where it stands to where it must wait or is done."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from oportuno.kernel.clock import now
from oportuno.kernel.facts import Fact
from oportuno.kernel.imports import Drive
from oportuno.kernel.jobs import Lease
from oportuno.kernel.tables import Unreadable
from oportuno.offer.catalogue.actions.importing.applying import apply_batch
from oportuno.offer.catalogue.actions.importing.comparing import compare_batch
from oportuno.offer.catalogue.actions.importing.staging import VARIANTS, Incoming
from oportuno.offer.catalogue.actions.importing.statistics import refresh_statistics
from oportuno.offer.catalogue.facts import ImportFinished
from oportuno.offer.catalogue.models import ImportProblem, ImportRow, ImportRun
from oportuno.people.organisations.api import Organisation

FEW = 500  # rows for which no plan is slow
MARKS = [*(FEW * 8**n for n in range(1, 6)), *(VARIANTS + FEW * 8**n for n in range(1, 6))]
"""Row numbers after which the tables have grown so much that the planner should look again."""


class Stocking(Drive[ImportRun]):
    runs, problems, stage = ImportRun, ImportProblem, (ImportRow,)
    counted = (*Drive.counted, "compared_row")

    def open(self, run: ImportRun) -> Incoming:
        return Incoming(run, Organisation.objects.get(pk=run.organisation_id))

    def compare(self, run: ImportRun) -> bool:
        if not run.compared_row and run.rows > FEW:
            refresh_statistics(stage=True)
            refresh_statistics(stage=False)
        return compare_batch(run)

    def apply(self, run: ImportRun) -> bool:
        before = run.applied_row
        more = apply_batch(run, at=now())
        if any(before < mark <= run.applied_row for mark in MARKS):
            refresh_statistics(stage=False)
        return more

    def finished(self, run: ImportRun) -> Fact:
        return ImportFinished(run=run.pk, new=run.new, changed=run.changed, same=run.same, wrong=run.wrong, by=run.by_id, at=now())

    def waits(self, run: ImportRun) -> bool:
        """For a word about its wrong rows, too."""
        return run.dry_run or (bool(run.wrong) and not run.keep_good)

    def goes_on(self, run: ImportRun, trouble: Unreadable) -> bool:
        return run.keep_good and super().goes_on(run, trouble)


def run_import(lease: Lease, run: UUID, *, progress: Callable[[ImportRun], None] | None = None) -> ImportRun:
    """Bring a run as far as it can go by itself: `ready`, or done, cancelled or failed. After a crash, another call goes on."""
    return Stocking(lease, progress).go(run)
