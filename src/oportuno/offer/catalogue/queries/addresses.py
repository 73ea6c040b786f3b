"""Products by their public addresses: for maps of the market, and for addresses that name several."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from oportuno.offer.catalogue.models import Product
from oportuno.offer.catalogue.queries.cards import ProductCard, as_anybody, products_by_id, sellers_of


@as_anybody
def product_addresses(after: UUID | None, limit: int) -> list[tuple[str, datetime]]:
    """(slug, last change) of products that somebody on show offers, the oldest first: at most `limit` behind one of them."""
    rows = list(_behind(after).values_list("pk", "slug", "updated_at")[:limit])
    offered = sellers_of([row[0] for row in rows])
    return [(slug, at) for pk, slug, at in rows if pk in offered]


@as_anybody
def last_of_products(after: UUID | None, limit: int) -> UUID | None:
    """The last of `limit` products behind one of them; None when that part is the last."""
    found = list(_behind(after).values_list("pk", flat=True)[limit - 1 : limit + 1])
    return found[0] if len(found) > 1 else None


@as_anybody
def products_named(slugs: Sequence[str]) -> list[ProductCard]:
    """Products on show, in the order of their slugs; others are left out."""
    ids = dict(Product.objects.filter(slug__in=slugs, published=True).values_list("slug", "pk"))
    return products_by_id([ids[slug] for slug in slugs if slug in ids])


def _behind(after: UUID | None) -> QuerySet[Product]:
    found = Product.objects.filter(published=True).order_by("pk")
    return found.filter(pk__gt=after) if after else found
