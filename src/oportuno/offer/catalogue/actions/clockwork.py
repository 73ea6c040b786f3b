"""What the clock asks of the catalogue."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from oportuno.kernel.facts import record
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.catalogue.actions.following import follow_offers, follow_products
from oportuno.offer.catalogue.facts import PriceChanged
from oportuno.offer.catalogue.models import ImportRow, ImportRun, Offer, OfferPrice
from oportuno.people.organisations.api import Organisation

LATE = timedelta(hours=26)
"""How far back a turn is looked for: a worker that slept for a day still catches up."""


def turn_prices(*, at: datetime) -> int:
    """Prices that began or ended lately show from now on; how many products. Acts for the market, then for each seller."""
    begun = OfferPrice.objects.filter(starts_at__gt=at - LATE, starts_at__lte=at)
    ended = OfferPrice.objects.filter(ends_at__gt=at - LATE, ends_at__lte=at)
    turned: dict[int, set[UUID]] = {}
    for offers in (begun, ended):
        for organisation, product in Offer.objects.filter(pk__in=offers.values("offer_id")).values_list("organisation_id", "product_id"):
            turned.setdefault(organisation, set()).add(product)
    for organisation, products in sorted(turned.items()):
        _turn(Organisation.objects.get(pk=organisation), products, at)
    return sum(map(len, turned.values()))


def _turn(organisation: Organisation, products: set[UUID], at: datetime) -> None:
    with for_organisation(organisation.pk):
        mains = Offer.objects.filter(product_id__in=products, variant_id__isnull=True)
        before = {one.pk: one.price_minor for one in mains}
        follow_offers(organisation.pk, products, currency=organisation.currency, at=at)
        follow_products(products)
        for one in mains.all():
            if before.get(one.pk) != one.price_minor:
                record(PriceChanged(offer=one.pk, product=one.product_id, currency=one.price_currency, minor=one.price_minor, at=at))


def tidy_import(run: UUID) -> None:
    """Forget the rows of an import that is over; what it counted and what was wrong stay."""
    found = ImportRun.objects.get(pk=run)
    ImportRow.objects.filter(run=found).delete()
    path, found.path = found.path, ""
    found.save(update_fields=["path"])
    if f"imports/{found.organisation_id}/" in path:
        Path(path).unlink(missing_ok=True)
