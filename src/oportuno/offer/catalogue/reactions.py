"""What the catalogue does when something happened, here or below; and its jobs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from oportuno.kernel.clock import now
from oportuno.kernel.facts import Recorded, reader
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.jobs import Lease, defer, every, job
from oportuno.offer.catalogue import api
from oportuno.offer.catalogue.facts import OfferHidden, OfferPublished, PriceChanged, ProductChanged, ProductsImported, StockChanged
from oportuno.offer.directory.facts import (
    CertificationExpired,
    CertificationGranted,
    SellerApproved,
    SellerExpired,
    SellerProfileChanged,
    SellerReinstated,
    SellerRevoked,
    SellerSuspended,
)

SEARCH_SET = 500
KEPT = timedelta(days=7)
"""How long the stage and the file of an import that is over are kept, for its report."""


@reader("catalogue.follow_sellers", SellerApproved, SellerReinstated, SellerSuspended, SellerRevoked, SellerExpired)
def follow_sellers(batch: Sequence[Recorded]) -> None:
    """What a seller offers shows exactly while the seller does."""
    for organisation in sorted({fact.organisation for fact in batch}):
        api.follow_seller(organisation, at=batch[-1].at)


@reader("catalogue.follow_certifications", CertificationGranted, CertificationExpired)
def follow_certifications(batch: Sequence[Recorded]) -> None:
    """What is found with a mark is found so exactly while the mark holds. Each seller is a job of its own: it may have many products."""
    for organisation in sorted({fact.organisation for fact in batch}):
        defer("catalogue.feed_seller", organisation=organisation, once=f"catalogue.feed_seller {organisation}")


@reader("catalogue.follow_places", SellerProfileChanged)
def follow_places(batch: Sequence[Recorded]) -> None:
    """What a seller offers is found where it delivers. As with certifications, each seller is a job of its own."""
    for organisation in sorted({fact.organisation for fact in batch if fact.data.get("served")}):
        defer("catalogue.feed_seller", organisation=organisation, once=f"catalogue.feed_seller {organisation}")


@job("catalogue.feed_seller")
def feed_seller(lease: Lease) -> None:
    """All that the seller shows goes into search again."""
    with lease.step():
        if lease.organisation is not None:
            api.feed_seller(lease.organisation)


@reader("catalogue.feed_search", OfferPublished, OfferHidden, ProductChanged, PriceChanged, StockChanged)
def feed_search(batch: Sequence[Recorded]) -> None:
    """Search knows what anybody may see now: one document per product, whatever happened to it how often."""
    api.feed_search(sorted({product for fact in batch if (product := _product(fact))}))


def _product(fact: Recorded) -> UUID | None:
    return fact.subject if fact.kind == ProductChanged.kind else UUID(str(fact.data["product"])) if "product" in fact.data else None


@reader("catalogue.feed_imports", ProductsImported)
def feed_imports(batch: Sequence[Recorded]) -> None:
    """Imports come by the thousand: each batch is a job of its own, so that no transaction grows without bound."""
    for fact in batch:
        if fact.subject:
            first, last = int(fact.data["first"]), int(fact.data["last"])
            defer(
                "catalogue.feed_import",
                organisation=fact.organisation,
                once=f"feed {fact.id}",
                run=str(fact.subject),
                first=first,
                last=last,
            )


@job("catalogue.feed_import")
def feed_import(lease: Lease, *, run: str, first: int, last: int) -> None:
    """A batch of an import goes into search, five hundred products a step."""
    with lease.step():
        products = api.products_of_import(UUID(run), first, last)
    for start in range(0, len(products), SEARCH_SET):
        with lease.step():
            api.feed_search(products[start : start + SEARCH_SET])


@reader("catalogue.bring_pictures", ProductsImported)
def ask_for_pictures(batch: Sequence[Recorded]) -> None:
    """Pictures named by address are brought later, one job per organisation at a time."""
    for organisation in sorted({fact.organisation for fact in batch}):
        defer("catalogue.bring_pictures", organisation=organisation, once=f"catalogue.bring_pictures {organisation}")


@job("catalogue.bring_pictures", queue_name="slow")
def bring_pictures(lease: Lease) -> None:
    """Bring pictures that wait, each in a step of its own; comes back while there are more."""
    while lease.organisation is not None and api.bring_next_pictures(lease):
        pass


@job("catalogue.import")
def run_import(lease: Lease, *, run: str) -> None:
    """An import, from where it stands."""
    api.run_import(lease, UUID(run))


@every("*/10 * * * *", "catalogue.turn_prices")
def turn_prices(lease: Lease) -> None:
    """Prices with dates begin and end by the clock."""
    with lease.step():
        api.turn_prices(at=now())


@every("40 3 * * *", "catalogue.tidy_imports")
def tidy_imports(lease: Lease) -> None:
    """The stage and the files of imports that are over."""
    with lease.step():
        for organisation, run in api.imports_to_tidy(before=now() - KEPT):
            with for_organisation(organisation):
                api.tidy_import(run)
