"""Work that other systems make for us, later."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings

from oportuno.doors.integrations.inbox.fetching import fetch_mail
from oportuno.doors.integrations.inbox.taking import JOB, call_readers, take_from
from oportuno.doors.integrations.models import WordpressRun
from oportuno.doors.integrations.wordpress.actions.fetching import bring_next_files
from oportuno.doors.integrations.wordpress.actions.finishing import FETCH
from oportuno.doors.integrations.wordpress.actions.running import bring
from oportuno.doors.integrations.wordpress.actions.starting import tidy_run
from oportuno.doors.integrations.wordpress.queries.runs import runs_to_tidy
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.jobs import Lease, every, job

KEPT = timedelta(days=30)


@job(WordpressRun.job)
def bring_wordpress(lease: Lease, *, run: str) -> None:
    """An import, from where it stands."""
    bring(lease, UUID(run))


@job(FETCH, queue_name="slow")
def fetch_files(lease: Lease) -> None:
    """The files it names, a few at a time."""
    while lease.organisation is not None and bring_next_files(lease):
        pass


@every("50 3 * * *", "wordpress.tidy")
def tidy_wordpress(lease: Lease) -> None:
    """The items and the files of imports that are over."""
    with lease.step():
        for organisation, run in runs_to_tidy(before=now() - KEPT):
            with for_organisation(organisation):
                tidy_run(run)


@every("* * * * * */20", "mail.fetch")
def fetch(lease: Lease) -> None:
    """Bounces, complaints and answers, within the minute: the market's own mailbox, and a job for each that organisations named."""
    with lease.step():
        call_readers(now())
    fetch_mail(lease, url=settings.INBOX_URL, at=now())


@job(JOB, tries=2)
def take_mailbox(lease: Lease, *, mailbox: str) -> None:
    """What is new in an organisation's mailbox."""
    take_from(lease, UUID(mailbox), at=now())
