"""Pictures drawn by code for a demo market: no file, no disk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from oportuno.kernel.isolation import acting_organisation
from oportuno.offer.catalogue.actions.following import follow_offers
from oportuno.offer.catalogue.models import Offer, Product, ProductPicture
from oportuno.offer.media import api as media
from oportuno.people.organisations.api import Organisation


@transaction.atomic
def illustrate(drawings: Mapping[str, media.Drawing], *, at: datetime) -> int:
    """Give products of the organisation that have no picture a drawn one, by SKU of their main offer; how many."""
    organisation = Organisation.objects.get(pk=acting_organisation())
    offers = dict(
        Offer.objects.filter(
            organisation_id=organisation.pk, sku__in=list(drawings), variant_id__isnull=True, has_picture=False
        ).values_list("product_id", "sku")
    )
    shown = dict(Product.objects.filter(pk__in=list(offers), organisation_id=organisation.pk).values_list("pk", "published"))
    kept = media.draw_pictures([drawings[offers[product]] for product in shown], at=at)
    ProductPicture.objects.bulk_create(
        ProductPicture(product_id=product, published=published, position=1, picture_id=picture.pk, alt=picture.alt)
        for (product, published), picture in zip(shown.items(), kept, strict=True)
    )
    follow_offers(organisation.pk, shown, currency=organisation.currency, at=at)
    return len(shown)
