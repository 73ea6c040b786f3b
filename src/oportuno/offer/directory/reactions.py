"""What the directory does when something happened, and by the clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from oportuno.kernel.clock import now
from oportuno.kernel.facts import Recorded, reader
from oportuno.kernel.jobs import Lease, every
from oportuno.offer.directory import api
from oportuno.offer.directory.facts import (
    ApplicationSubmitted,
    CertificationExpired,
    CertificationGranted,
    ChangesAsked,
    PointOfSaleChanged,
    PointOfSaleClosed,
    PointOfSaleOpened,
    RequirementExpiring,
    SellerApproved,
    SellerExpired,
    SellerProfileChanged,
    SellerReinstated,
    SellerRejected,
    SellerRevoked,
    SellerSuspended,
)


@reader(
    "directory.index_sellers",
    SellerApproved,
    SellerReinstated,
    SellerProfileChanged,
    CertificationGranted,
    CertificationExpired,
    PointOfSaleOpened,
    PointOfSaleChanged,
    PointOfSaleClosed,
)
def index_sellers(batch: Sequence[Recorded]) -> None:
    """Search follows what sellers say of themselves. Who is hidden left the index when he was hidden."""
    api.index_sellers({UUID(fact.data["seller"]) if "seller" in fact.data else fact.subject for fact in batch if fact.subject})


@reader("directory.follow_plans", api.kinds_awaited_by_plans)
def follow_plans(batch: Sequence[Recorded]) -> None:
    """Facts of any kind may show a step of a plan done: which ones, the pack that is installed says."""
    api.count_towards_plans(batch)


@reader(
    "directory.write_letters",
    ApplicationSubmitted,
    ChangesAsked,
    SellerApproved,
    SellerRejected,
    SellerSuspended,
    SellerReinstated,
    SellerRevoked,
    SellerExpired,
    RequirementExpiring,
)
def write_letters(batch: Sequence[Recorded]) -> None:
    """Who applied hears what was decided and what ends; who vets hears who waits."""
    api.write_letters(batch, now())


@every("*/5 * * * *", "directory.expire")
def expire(lease: Lease) -> None:
    """What a seller showed ends by the clock; five minutes late at most."""
    _until_done(lease, api.expire_due)


@every("5 * * * *", "directory.remind")
def remind(lease: Lease) -> None:
    """Sellers hear in time of what ends soon."""
    _until_done(lease, api.remind_due)


def _until_done(lease: Lease, work: Callable[[datetime], int]) -> None:
    """A batch per transaction, so that no lock is held for long."""
    done = 1
    while done:
        with lease.step():
            done = work(now())
