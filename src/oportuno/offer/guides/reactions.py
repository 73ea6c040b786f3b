"""What guides do when something happened."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from oportuno.kernel.clock import now
from oportuno.kernel.facts import Recorded, reader
from oportuno.kernel.jobs import Lease, every, job
from oportuno.offer.directory.facts import SellerApproved, SellerExpired, SellerReinstated, SellerRevoked, SellerSuspended
from oportuno.offer.guides.actions import dossiers
from oportuno.offer.guides.actions.finding import find_guides, follow_owners
from oportuno.offer.guides.actions.telling import tell_makers
from oportuno.offer.guides.actions.walking import count_walks
from oportuno.offer.guides.facts import GuideAnswered, GuideBegun, GuidePublished, GuideWithdrawn


@reader("guides.count_walks", GuideBegun, GuideAnswered)
def count(batch: Sequence[Recorded]) -> None:
    """How far people walk."""
    count_walks(batch)


@reader("guides.find_guides", GuidePublished, GuideWithdrawn)
def find(batch: Sequence[Recorded]) -> None:
    """What is on show is found."""
    find_guides({fact.subject for fact in batch if fact.subject})


@reader("guides.follow_sellers", SellerApproved, SellerReinstated, SellerSuspended, SellerRevoked, SellerExpired)
def show_or_hide(batch: Sequence[Recorded]) -> None:
    """What a seller wrote is found while he is on show. Pages themselves ask at once; this is for search."""
    follow_owners({fact.organisation for fact in batch})


@job("guides.print_dossier")
def print_dossier(lease: Lease, *, dossier: str) -> None:
    """What somebody takes along, as a PDF."""
    dossiers.print_dossier(lease, dossier=UUID(dossier), at=now())


@job("guides.tell_makers")
def tell_of_decision(lease: Lease, *, version: str, verdict: str, reason: str) -> None:
    """What the market decided of a guide, to who makes it."""
    with lease.step():
        tell_makers(version=UUID(version), verdict=verdict, reason=reason, at=now())


@every("50 3 * * *", "guides.forget_dossiers")
def forget_dossiers(lease: Lease) -> None:
    """After three months."""
    with lease.step():
        dossiers.forget_dossiers(before=now() - dossiers.KEPT)
