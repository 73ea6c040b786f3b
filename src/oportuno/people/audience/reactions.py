"""What audience does later, and by the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from oportuno.kernel.clock import now
from oportuno.kernel.facts import Recorded, reader
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.jobs import Lease, every, job
from oportuno.people.audience import facts
from oportuno.people.audience.actions import importing, retyping, telling
from oportuno.people.audience.actions.likening import look_for_duplicates, look_later
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


@job("audience.retype_field")
def retype_field(lease: Lease, *, field: str) -> None:
    """Values that came with a file before their field was made."""
    retyping.retype_field(lease, field=UUID(field), at=now())


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


@reader(
    "audience.look_for_duplicates", facts.ContactCaptured, facts.ContactChanged, facts.IdentityAdded, facts.ContactImportFinished,
    facts.ContactImportUndone, facts.MergeUndone,
)  # fmt: skip
def somebody_new(batch: Sequence[Recorded]) -> None:
    """Who was written down may be there already, under another address."""
    look_later(fact.organisation for fact in batch)


@job("audience.look_for_duplicates")
def look_over(lease: Lease) -> None:
    """All contacts of an organisation, for those that are the same."""
    with lease.step():
        look_for_duplicates(at=now())
