"""Pictures drawn by code, for products that have none: demo markets, and whoever has no camera at hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from oportuno.offer.catalogue.models import Offer, Product, ProductPicture
from oportuno.offer.media.api import Drawing, draw_pictures


@transaction.atomic
def illustrate(drawings: Mapping[str, Drawing], *, at: datetime) -> int:
    """Give a drawing to each product, of the organisation we act for, that has no picture yet; by the SKU of its main offer.

    In sets, however many; how many products got one.
    """
    of_sku = dict(Offer.objects.filter(sku__in=drawings, variant_id__isnull=True).values_list("sku", "product_id"))
    own = {p.pk: p for p in Product.objects.filter(pk__in=of_sku.values())}
    shown = set(ProductPicture.objects.filter(product_id__in=own).values_list("product_id", flat=True))
    wanted = [(own[product], drawings[sku]) for sku, product in of_sku.items() if product in own and product not in shown]
    pictures = draw_pictures([drawing for _, drawing in wanted], at=at)
    rows = [
        ProductPicture(product=product, published=product.published, position=0, picture_id=picture.pk, alt=drawing.alt)
        for (product, drawing), picture in zip(wanted, pictures, strict=True)
    ]
    ProductPicture.objects.bulk_create(rows, batch_size=1000)
    Offer.objects.filter(product_id__in=[product.pk for product, _ in wanted]).update(has_picture=True)
    return len(rows)
