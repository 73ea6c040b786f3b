"""What segments do when something happened, later, and by the clock."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from uuid import UUID

from oportuno.kernel.clock import now
from oportuno.kernel.facts import Recorded, all_fact_classes, reader
from oportuno.kernel.jobs import Lease, every, job
from oportuno.people.segments.actions import building, following
from oportuno.people.segments.queries.deeds import deeds

BIN = timedelta(days=30)


def wanted() -> Collection[str]:
    """Facts that may move somebody in or out: whatever audience tells, what people do, and who came into other segments."""
    told = {kind for kind in all_fact_classes() if kind.startswith("audience.")}
    return told | {kind for deed in deeds().values() for kind in deed.kinds} | {"segments.segment_entered", "segments.segment_left"}


@reader("segments.follow", wanted)
def follow(batch: Sequence[Recorded]) -> None:
    """Whom it touched is looked at again."""
    following.follow(batch, now())


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
