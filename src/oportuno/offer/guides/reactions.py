"""What guides do when something happened."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from oportuno.kernel.clock import now
from oportuno.kernel.facts import Recorded, reader
from oportuno.kernel.jobs import Lease, every, job
from oportuno.offer.guides.actions import dossiers
from oportuno.offer.guides.actions.walking import count_walks
from oportuno.offer.guides.facts import GuideAnswered, GuideBegun


@reader("guides.count_walks", GuideBegun, GuideAnswered)
def count(batch: Sequence[Recorded]) -> None:
    """How far people walk."""
    count_walks(batch)


@job("guides.print_dossier")
def print_dossier(lease: Lease, *, dossier: str) -> None:
    """What somebody takes along, as a PDF."""
    dossiers.print_dossier(lease, dossier=UUID(dossier), at=now())


@every("50 3 * * *", "guides.forget_dossiers")
def forget_dossiers(lease: Lease) -> None:
    """After three months."""
    with lease.step():
        dossiers.forget_dossiers(before=now() - dossiers.KEPT)
