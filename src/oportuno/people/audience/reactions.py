"""What audience does later, and by the clock."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.jobs import Lease, every, job
from oportuno.people.audience.actions import importing, telling
from oportuno.people.audience.actions.visiting import forget_pace
from oportuno.people.audience.queries.imports import imports_to_tidy

STAGE_KEPT = timedelta(days=7)  # an import can be undone for a week; a file that waits for a decision is kept no longer


@job("audience.tell_team")
def tell_team(lease: Lease, *, question: str) -> None:
    """Somebody asked: those who may answer hear of it."""
    with lease.step():
        telling.tell_team(question=UUID(question), mail=telling.ASKED, at=now())


@job("audience.remind_team")
def remind_team(lease: Lease, *, question: str) -> None:
    """The promise is about to break: they hear of it again, while they can still keep it."""
    with lease.step():
        telling.tell_team(question=UUID(question), mail=telling.REMINDER, at=now())


@job("audience.watch_promise")
def watch_promise(lease: Lease, *, question: str) -> None:
    """The promised moment has come: an answer is there, or the promise is broken."""
    with lease.step():
        telling.watch_promise(question=UUID(question), at=now())


@every("20 8 * * *", "audience.tidy")
def tidy(lease: Lease) -> None:
    """Forget how often forms were sent yesterday."""
    with lease.step():
        forget_pace(now())


@job("audience.import")
def run_import(lease: Lease, *, run: str) -> None:
    """A file of contacts, from where it stands."""
    importing.run_import(lease, UUID(run))


@every("50 3 * * *", "audience.tidy_imports")
def tidy_imports(lease: Lease) -> None:
    """The stage and the files of imports that are over, or that nobody decided about."""
    with lease.step():
        for organisation, run in imports_to_tidy(before=now() - STAGE_KEPT):
            with for_organisation(organisation):
                importing.tidy_import(run)
