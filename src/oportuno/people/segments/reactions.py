"""What segments do when something happened, later, and by the clock."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from uuid import UUID

from oportuno.kernel.clock import now
from oportuno.kernel.facts import Recorded, all_fact_classes, reader
from oportuno.kernel.jobs import Lease, every, job
from oportuno.people.segments.actions import building, following, gathering
from oportuno.people.segments.queries.deeds import deeds
from oportuno.people.segments.queries.segments import asks_for_others

BIN = timedelta(days=30)
BATCH = 4_000  # facts at a time: each batch asks every segment that it may concern once


def wanted() -> Collection[str]:
    """Facts that may move somebody in or out: whatever audience tells, what people do, and, where a segment asks for others, who came into these.

    A burst that moves many would else be read once more for each of its segments.
    """
    told = {kind for kind in all_fact_classes() if kind.startswith("audience.")}
    chained = {"segments.segment_entered", "segments.segment_left"} if asks_for_others() else set()
    return told | {kind for deed in deeds().values() for kind in deed.kinds} | chained


@reader("segments.follow", wanted, batch=BATCH)
def follow(batch: Sequence[Recorded]) -> None:
    """Whom it touched is looked at again."""
    following.follow(batch, now())


@every("*/10 * * * *", "segments.deeds_as_meant")
def deeds_as_meant(lease: Lease) -> None:
    """What contacts did is put together anew when a deed means something else than before, or is new. Until then the log is asked."""
    gathering.gather_deeds(lease, now())


@every("50 9 * * 0", "segments.deeds_again")
def deeds_again(lease: Lease) -> None:
    """Once a week all of it, as months of the log come to their end."""
    gathering.gather_deeds(lease, now(), anew=True)


@job("segments.build")
def build_segment(lease: Lease, *, segment: str) -> None:
    """Members of what somebody said; a kill in the middle leaves those of before."""
    with lease.step():
        building.build(segment=UUID(segment), at=now())


@every("4 * * * *", "segments.by_the_clock")
def by_the_clock(lease: Lease) -> None:
    """“In the last 30 days” is another thing every hour."""
    with lease.step():
        following.by_the_clock()


@every("35 8 * * *", "segments.look_at_all")
def look_at_all(lease: Lease) -> None:
    """What no fact told; and the bin."""
    with lease.step():
        following.everything()
        following.empty_bin(now() - BIN)
