"""What books do later."""

from __future__ import annotations

from uuid import UUID

from oportuno.kernel.clock import now
from oportuno.kernel.jobs import Lease, job
from oportuno.offer.ebooks import api


@job("ebooks.make")
def make(lease: Lease, *, edition: str) -> None:
    """An edition: gathered a text at a time, then set."""
    api.make_edition(edition=UUID(edition), step=lease.step, now=now)
