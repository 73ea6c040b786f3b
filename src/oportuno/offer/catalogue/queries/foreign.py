"""What a seller lists and another organisation described: seen through the market, for row-level security keeps it to its owner."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from oportuno.kernel.isolation import for_market
from oportuno.offer.catalogue.models import Product, Variant

WHY = "a seller lists a product that another described"


def others_product(product: UUID) -> Product:
    """Also while nobody shows it: whoever lists it sees what he lists."""
    with for_market(WHY):
        return Product.objects.get(pk=product)


def variants_of(products: Iterable[UUID]) -> list[Variant]:
    """All variants of these products, whoever described them, in their order. One or two queries."""
    wanted = set(products)
    found = list(Variant.objects.filter(product_id__in=wanted))
    if missing := wanted - {one.product_id for one in found}:
        with for_market(WHY):
            found += Variant.objects.filter(product_id__in=missing)
    return sorted(found, key=lambda one: (one.position, one.pk))


def variants_by_id(ids: Iterable[UUID | None]) -> dict[UUID, Variant]:
    """Variants that one's offers name, whoever described them. One or two queries."""
    wanted = {one for one in ids if one}
    found = Variant.objects.in_bulk(wanted)
    if missing := wanted - found.keys():
        with for_market(WHY):
            found |= Variant.objects.in_bulk(missing)
    return found
