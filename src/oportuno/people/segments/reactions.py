"""What segments do later."""

from __future__ import annotations

from uuid import UUID

from oportuno.kernel.clock import now
from oportuno.kernel.jobs import Lease, job
from oportuno.people.segments.actions import building


@job("segments.build")
def build_segment(lease: Lease, *, segment: str) -> None:
    """Members of what somebody said; a kill in the middle leaves those of before."""
    with lease.step():
        building.build(segment=UUID(segment), at=now())
