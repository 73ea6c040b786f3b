"""Setting stopped work going again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel import jobs
from oportuno.kernel.audit import audit
from oportuno.kernel.errors import Refusal
from oportuno.kernel.facts.readers import replay
from oportuno.people.organisations.api import Member


@transaction.atomic
def replay_job(*, job: int, by: Member, at: datetime) -> None:
    """Put a job that used its tries back into the queue. Raises NotFound when it is no dead letter (any more)."""
    audit("job replayed", at=at, by=by.id, job=job, name=jobs.replay(job))


@transaction.atomic
def replay_parked_fact(*, parked: int, by: Member, at: datetime) -> None:
    """Let the reader take a parked fact now. Raises Refusal, and leaves it parked, if it still cannot."""
    try:
        with transaction.atomic():
            reader = replay(parked, at)
    except Refusal:
        raise
    except Exception as error:
        raise Refusal(_("The reader still cannot take it: %(error)s") % {"error": error}) from error
    audit("fact replayed", at=at, by=by.id, parked=parked, reader=reader)
