"""Showing and hiding offers: one, many, or all of a seller's when the market decides about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from oportuno.kernel.facts import record_all
from oportuno.kernel.isolation import acting_organisation, for_organisation
from oportuno.offer.catalogue.actions.following import follow_products, show_offers
from oportuno.offer.catalogue.facts import OfferHidden, OfferPublished
from oportuno.offer.catalogue.models import Offer
from oportuno.offer.catalogue.queries.places import is_on_show

SET = 2_000


@transaction.atomic
def set_active(*, offers: Iterable[UUID], active: bool, by: UUID | None, at: datetime) -> list[UUID]:
    """Wish offers shown, or not; which of them changed. They show once the seller itself is on show; what was archived comes back."""
    organisation = acting_organisation()
    changed = list(
        Offer.objects.filter(pk__in=list(offers), organisation_id=organisation).exclude(active=active).values_list("pk", "product_id")
    )
    if changed:
        Offer.objects.filter(pk__in=[pk for pk, _ in changed]).update(active=active, archived=False, updated_at=at)
        show(organisation, [product for _, product in changed], on_show=is_on_show(organisation), by=by, at=at)
    return [pk for pk, _ in changed]


def show(organisation: int, products: Sequence[UUID], *, on_show: bool, by: UUID | None, at: datetime) -> int:
    """Bring what is published in step with what is wished and allowed; tells a fact for each offer that changed."""
    changed = show_offers(organisation, products, on_show=on_show)
    follow_products({product for _, product, _ in changed})
    record_all(
        (
            OfferPublished(offer=offer, product=product, by=by, at=at)
            if published
            else OfferHidden(offer=offer, product=product, by=by, at=at)
        )
        for offer, product, published in changed
    )
    return len(changed)


def follow_seller(organisation: int, *, at: datetime) -> int:
    """Show or hide all that a seller offers, as it is on show now or not; how many offers changed. In sets of two thousand products."""
    done = 0
    with for_organisation(organisation):
        on_show = is_on_show(organisation)
        after: UUID | None = None
        while products := _next_products(organisation, after):
            done += show(organisation, products, on_show=on_show, by=None, at=at)
            after = products[-1]
    return done


def _next_products(organisation: int, after: UUID | None) -> list[UUID]:
    found = Offer.objects.filter(organisation_id=organisation, variant_id__isnull=True)
    if after:
        found = found.filter(product_id__gt=after)
    return list(found.order_by("product_id").values_list("product_id", flat=True)[:SET])
