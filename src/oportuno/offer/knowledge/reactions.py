"""What the knowledge centre does later, and when sellers are shown or hidden."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from oportuno.kernel.clock import now
from oportuno.kernel.facts import Recorded, reader
from oportuno.kernel.jobs import Lease, every, job
from oportuno.offer.directory.facts import SellerApproved, SellerExpired, SellerReinstated, SellerRevoked, SellerSuspended
from oportuno.offer.knowledge import api
from oportuno.offer.knowledge.facts import ArticlePublished, ArticleWithdrawn


@reader("knowledge.follow_sellers", SellerApproved, SellerReinstated, SellerSuspended, SellerRevoked, SellerExpired)
def show_or_hide(batch: Sequence[Recorded]) -> None:
    """What a seller wrote is found while he is on show. Pages themselves ask at once; this is for search."""
    api.follow_owners({fact.organisation for fact in batch})


@reader(
    "knowledge.count_shown",
    ArticlePublished, ArticleWithdrawn, SellerApproved, SellerReinstated, SellerSuspended, SellerRevoked, SellerExpired,
)  # fmt: skip
def count(batch: Sequence[Recorded]) -> None:
    """How much there is to read, once for all that happened."""
    api.count_shown()


@every("20 4 * * *", "knowledge.count_shown")
def count_anew(lease: Lease) -> None:
    """What no fact told of: what came with a pack, or was mended by hand."""
    with lease.step():
        api.count_shown()


@job("knowledge.tell_of_turn")
def tell_of_turn(lease: Lease, *, turn: str, to: int) -> None:
    """Whoever a step of a review concerns hears of it by mail."""
    with lease.step():
        api.tell_of_turn(turn=UUID(turn), to=to, at=now())
