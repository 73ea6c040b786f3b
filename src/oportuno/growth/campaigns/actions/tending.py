"""What an organisation's campaigns wait for: each in a transaction of its own, so that the trouble of one stops none of the others."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from oportuno.growth.campaigns.actions import controlling, deciding, guarding, making, sending
from oportuno.growth.campaigns.queries.due import due_series, going_out
from oportuno.kernel.jobs import Lease, LeaseLost

log = logging.getLogger(__name__)


def tend(lease: Lease, at: datetime) -> None:
    """Their hour, their winner, their end; bulletins that are due. Raises what failed of campaigns when all were looked at."""
    with lease.step():
        sending.begin_due(at)
        going, series = going_out(), due_series(at)
    failed = [error for one in going if (error := _tried(lease, partial(_look_at, one, at)))]
    for one in series:
        if _tried(lease, partial(making.make_bulletin, series=one, at=at)):
            with lease.step():
                making.put_off(series=one, at=at)
    if failed:
        raise ExceptionGroup("campaigns that could not be tended", failed)


def _look_at(campaign: UUID, at: datetime) -> None:
    guarding.pause_if_guarded(campaign, at)
    deciding.decide(campaign=campaign, at=at)
    controlling.finish_if_done(campaign, at)


def _tried(lease: Lease, act: Callable[[], object]) -> Exception | None:
    """What went wrong, if anything did; the transaction is undone then. A job that is not ours any more is no trouble of a campaign."""
    try:
        with lease.step():
            act()
    except LeaseLost:
        raise
    except Exception as error:
        if lease.must_stop():
            raise
        log.exception("one of the campaigns of organisation %s", lease.organisation)
        return error
    return None
